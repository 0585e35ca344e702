import { addMonths, type Day, dayOf, type Refusal, refusal } from '#kit'
import { lawOn } from '#platform'

export const subjects = ['cash', 'hours'] as const
/** Two eligibilities, never mixed: the commune's euros, the companies' hours. */
export type Subject = (typeof subjects)[number]

export type Outcome = 'presumed' | 'ruled' | 'declared' | 'to_review' | 'eligible' | 'ineligible'

/** DOMAIN 3.1, E1 to E7: what makes a body of general interest (CGI art. 200 and 238 bis). */
export const criteriaOfGeneralInterest = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7'] as const
export type GeneralInterest = (typeof criteriaOfGeneralInterest)[number]
export const answerChoices = ['yes', 'no', 'unknown'] as const
export type Answer = (typeof answerChoices)[number]
export type Answers = Partial<Record<GeneralInterest, Answer>>

// DOMAIN 3.3: on what ground hours, hence a tax receipt, may be received.
export const hoursBases = [
  'rup',
  'ruling_granted',
  'ruling_tacit',
  'ruling_refused',
  'self_declaration',
] as const
export type HoursBasis = (typeof hoursBases)[number]

// CGCT L.2121-29: local public interest, neutrality.
export const cashBases = [
  'local_interest',
  'to_look_into',
  'no_local_interest',
  'political_or_religious',
] as const
export type CashBasis = (typeof cashBases)[number]

export type EligibilityInput = Evidence &
  (
    | { subject: 'cash'; basis: CashBasis }
    | { subject: 'hours'; basis: HoursBasis; answers?: Answers }
  )

/** A reference in words, a piece of the file, or both; and until when the evidence itself holds. */
type Evidence = { evidence: string; pieceId?: string | undefined; expiresOn?: Day | undefined }

export type EligibilityCheck = {
  subject: Subject
  outcome: Outcome
  basis: string
  evidence: string
  evidencePieceId: string | null
  answers: Answers
  checkedAt: Date
  expiresOn: Day | null
}

const outcomes: Record<CashBasis | Exclude<HoursBasis, 'self_declaration'>, Outcome> = {
  local_interest: 'eligible',
  to_look_into: 'to_review',
  no_local_interest: 'ineligible',
  political_or_religious: 'ineligible',
  rup: 'presumed',
  ruling_granted: 'ruled',
  // LPF art. L.80 C: six months of silence are an agreement.
  ruling_tacit: 'ruled',
  ruling_refused: 'ineligible',
}

export function outcomeOf(input: EligibilityInput): Outcome {
  if (input.basis !== 'self_declaration') return outcomes[input.basis]
  const answers = input.subject === 'hours' ? (input.answers ?? {}) : {}
  const isAllYes = criteriaOfGeneralInterest.every((criterion) => answers[criterion] === 'yes')
  return isAllYes ? 'declared' : 'to_review'
}

/**
 * A declaration is to be made again every year; a decree or a ruling holds, unless the evidence
 * itself says until when.
 */
export function expiryOf(outcome: Outcome, today: Day, evidenceUntil?: Day): Day | null {
  const lawful =
    outcome === 'declared' ? addMonths(today, lawOn(today).selfDeclarationMonths) : undefined
  if (lawful && evidenceUntil) return evidenceUntil < lawful ? evidenceUntil : lawful
  return evidenceUntil ?? lawful ?? null
}

export function refusalsForEligibility(input: EligibilityInput, today: Day): Refusal[] {
  const { subject, expiresOn } = input
  const refusals: Refusal[] = []
  if (expiresOn && expiresOn <= today)
    refusals.push(refusal('review:refused.expired', { field: `${subject}ExpiresOn` }))
  if (input.subject === 'hours' && input.basis === 'self_declaration')
    return [...refusals, ...refusalsForAnswers(input.answers ?? {})]
  if (!input.evidence.trim() && !input.pieceId)
    refusals.push(refusal('review:refused.noEvidence', { field: `${subject}Evidence` }))
  return refusals
}

export function refusalsForAnswers(answers: Answers): Refusal[] {
  return criteriaOfGeneralInterest
    .filter((criterion) => answers[criterion] === undefined)
    .map((field) => refusal('review:refused.noAnswer', { field, rank: field.slice(1) }))
}

export function isEligible(outcome: Outcome | undefined): boolean {
  return outcome !== undefined && outcome !== 'to_review' && outcome !== 'ineligible'
}

/** Found eligible, and no longer so on that day: to be made again before it. */
export function expiresBefore(
  check: Pick<EligibilityCheck, 'outcome' | 'expiresOn'> | undefined,
  on: Day,
): boolean {
  return isEligible(check?.outcome) && outcomeOn(check, on) === undefined
}

/** The outcome that holds on that day: none when the declaration has expired by then. */
export function outcomeOn(
  check: Pick<EligibilityCheck, 'outcome' | 'expiresOn'> | undefined,
  on: Day,
): Outcome | undefined {
  if (!check || (check.expiresOn !== null && check.expiresOn <= on)) return undefined
  return check.outcome
}

export type HoursCheck = Pick<EligibilityCheck, 'outcome' | 'checkedAt' | 'expiresOn'>

/**
 * Whether hours worked on that day may stand on a tax receipt: a gift is judged on its own day, not on
 * the day of the signature (CGI art. 238 bis and 1740 A; DOMAIN 8.3). `checks`, oldest first, are all
 * that was found about the association. What was in force decides; where nothing was, because a
 * declaration had expired or the question was open, the next finding does.
 */
export function mayReceiveOn(checks: HoursCheck[], on: Day): boolean {
  const inForce = checks.findLast(({ checkedAt }) => dayOf(checkedAt) <= on)
  const found = outcomeOn(inForce, on)
  if (found && found !== 'to_review') return isEligible(found)
  const next = checks.find(
    ({ checkedAt, outcome }) => dayOf(checkedAt) > on && outcome !== 'to_review',
  )
  return isEligible(next?.outcome)
}
