import type { LoanTerms, MissionRoute, SecondmentPurpose } from '#documents'
import { type Day, type Refusal, refusal } from '#kit'
import { type Mission, stateOf } from './states.ts'

/** What the parties settle before they sign; the rest is known already. */
export type AgreementTerms = {
  route: MissionRoute
  purpose: SecondmentPurpose | undefined
  /** Asked when the staff are lent at cost. */
  loan?: LoanTerms | undefined
  tasks: string[]
  startsOn: Day | undefined
  endsOn: Day | undefined
  places: string
  schedule: string
  companyReferent: string
  associationReferent: string
}

export const routes = ['secondment', 'service', 'loan'] as const satisfies MissionRoute[]
export const purposes = [
  'qualification',
  'transition',
  'partnership',
] as const satisfies SecondmentPurpose[]

type Season = { startsOn: Day; endsOn: Day }

/** Every reason why this agreement cannot be prepared; those of R.8241-2 come from its template. */
export function agreementRefusals(
  mission: Mission,
  terms: AgreementTerms,
  around: { season: Season; mayReceiveHours: boolean; ofContent: Refusal[] },
): Refusal[] {
  // Anybody may be lent staff at cost: it is no gift.
  const isOpenTo = terms.route === 'loan' || around.mayReceiveHours
  return [
    ...stateRefusals(mission),
    ...(isOpenTo ? [] : [refusal('missions:refused.notEligible')]),
    ...around.ofContent.map(inOurWords),
    ...seasonRefusals(terms, around.season),
  ]
}

function stateRefusals(mission: Mission): Refusal[] {
  const state = stateOf(mission)
  if (state === 'approved' || state === 'signing') return []
  const isBefore = state === 'open' || state === 'selected'
  return [refusal(isBefore ? 'missions:refused.notApproved' : 'missions:refused.inForce')]
}

function seasonRefusals({ startsOn, endsOn }: AgreementTerms, season: Season): Refusal[] {
  const refusals: Refusal[] = []
  if (startsOn && startsOn < season.startsOn)
    refusals.push(refusal('missions:refused.beforeSeason', { field: 'startsOn' }))
  if (endsOn && endsOn > season.endsOn)
    refusals.push(refusal('missions:refused.afterSeason', { field: 'endsOn' }))
  return refusals
}

const ofTemplate: Record<string, string> = {
  'mission-agreement-ends-before-start': 'missions:refused.endsBeforeStart',
  'mission-agreement-too-long': 'missions:refused.tooLong',
}

function inOurWords({ code, field, values }: Refusal): Refusal {
  const ours = ofTemplate[code] ?? `missions:missing.${field}`
  return refusal(ours, { ...values, ...(field ? { field } : {}) })
}

/** The three whose word is needed, in any order. */
export function isSignedByAll(signedBy: string[]): boolean {
  return ['company', 'association', 'employee'].every((party) => signedBy.includes(party))
}
