import type { Campaign } from '#campaigns'
import { type Cents, type Day, type Minutes, type Refusal, refusal, sumMinutes } from '#kit'

export const modalities = ['on_site', 'remote', 'hybrid'] as const
export type Modality = (typeof modalities)[number]

/** Hours of one skill, as asked. Below `minMinutes` they would be of no use. */
export type Need = {
  id: string
  applicationId: string
  family: string
  minMinutes: Minutes
  maxMinutes: Minutes
  deliverable: string
  modality: Modality
  startsOn: Day
  endsOn: Day
}

/** A need while the application is a draft: any answer may still be open. */
export type DraftNeed = {
  family: string | null
  minMinutes: Minutes | null
  maxMinutes: Minutes | null
  deliverable: string
  modality: Modality
  startsOn: Day | null
  endsOn: Day | null
}

/** A need as a form sends it: under the id of its row, where the form gave one. */
export type NewNeed = DraftNeed & { id?: string }

export type Answers = {
  envelopeId: string | null
  projectTitle: string
  projectSummary: string
  beneficiaries: string
  askedCents: Cents | null
  /** Below this the project does not start. */
  usefulCents: Cents | null
  cashFallback: string
  budgetChargesCents: Cents | null
  budgetProductsCents: Cents | null
}

export type Deposit = { number: string; depositedAt: Date; documentId: string }

export type Association = {
  id: string
  name: string
  rna: string | null
  siret: string | null
  address: string
  purpose: string
}

export type Application = Answers & {
  territoryId: string
  id: string
  campaignId: string
  association: Association
  commitmentSignedAt: Date | null
  savedAt: Date
  /** The association asks for nothing any more. */
  withdrawnAt: Date | null
  deposit: Deposit | undefined
  needs: (DraftNeed & { id: string })[]
}

export function askedMinutes(needs: { maxMinutes: Minutes | null }[]): Minutes {
  return sumMinutes(needs.flatMap(({ maxMinutes }) => maxMinutes ?? []))
}

/** The parts of the file, in the order of the task list; each is the field of its refusals. */
export const taskGroups = {
  association: ['identity', 'contacts', 'relations', 'means', 'budget'],
  project: ['request', 'project', 'details', 'resources', 'project-budget', 'money', 'needs'],
  sending: ['pieces', 'attestations', 'commitment'],
} as const
export type TaskGroup = keyof typeof taskGroups
export type Task = (typeof taskGroups)[TaskGroup][number]

export type Season = { campaign: Campaign; families: string[]; today: Day }

/** Why this file cannot be deposited today: empty when it can. */
export function refusalsForDeposit(application: Application, season: Season): Refusal[] {
  return [
    ...refusalsForCalendar(season),
    ...refusalsForIdentity(application),
    ...refusalsForProject(application),
    ...refusalsForMoney(application),
    ...application.needs.flatMap((need, index) => refusalsForNeed(need, index + 1, season)),
    ...refusalsForCommitment(application),
  ]
}

export function refusalsForCalendar({
  campaign,
  today,
}: {
  campaign: Campaign
  today: Day
}): Refusal[] {
  if (campaign.state !== 'applying') return [refusal('applications:refused.notOpen')]
  if (today > campaign.applicationsCloseOn) return [refusal('applications:refused.tooLate')]
  return []
}

// CRPA art. R.112-9-1: an association that files online is known by its RNA or register number.
function refusalsForIdentity({ association }: Application): Refusal[] {
  return association.rna || association.siret
    ? []
    : [refusal('applications:refused.noIdentifier', { field: 'identity', at: 'rna' })]
}

function refusalsForProject(application: Application): Refusal[] {
  const refusals: Refusal[] = []
  const say = (code: string, at: string) => refusals.push(refusal(code, { field: 'project', at }))
  if (!application.projectTitle) say('applications:refused.noTitle', 'projectTitle')
  if (!application.projectSummary) say('applications:refused.noSummary', 'projectSummary')
  return refusals
}

function refusalsForMoney(application: Application): Refusal[] {
  const refusals: Refusal[] = []
  const say = (code: string, at: string) => refusals.push(refusal(code, { field: 'money', at }))
  const { askedCents, usefulCents, budgetChargesCents, budgetProductsCents, needs } = application
  const asksCash = askedCents !== null && askedCents > 0n
  if (!asksCash && needs.length === 0) say('applications:refused.nothingAsked', 'askedCents')
  if (!application.envelopeId) say('applications:refused.noEnvelope', 'envelopeId')
  if (usefulCents !== null && usefulCents > (askedCents ?? 0n))
    say('applications:refused.usefulAboveAsked', 'usefulCents')
  const hasBudget = budgetChargesCents !== null && budgetProductsCents !== null
  if (asksCash && !hasBudget) say('applications:refused.noBudget', 'budgetChargesCents')
  // Cerfa 12156: both columns of the budget carry the same total.
  if (budgetChargesCents !== budgetProductsCents && (hasBudget || !asksCash))
    say('applications:refused.unbalanced', 'budgetProductsCents')
  return refusals
}

function refusalsForNeed(
  need: DraftNeed,
  rank: number,
  { campaign, families }: Pick<Season, 'campaign' | 'families'>,
): Refusal[] {
  const refusals: Refusal[] = []
  const say = (code: string, name: string) =>
    refusals.push(refusal(code, { field: 'needs', rank, at: `need${rank}-${name}` }))
  if (!need.family) say('applications:refused.needWithoutFamily', 'family')
  else if (!families.includes(need.family))
    say('applications:refused.familyNotInCampaign', 'family')
  if (!need.minMinutes || !need.maxMinutes) say('applications:refused.needWithoutHours', 'hoursMin')
  if (!need.deliverable) say('applications:refused.needWithoutDeliverable', 'deliverable')
  if (!need.startsOn || !need.endsOn) say('applications:refused.needWithoutPeriod', 'startsOn')
  else if (need.startsOn < campaign.startsOn || need.endsOn > campaign.endsOn)
    say('applications:refused.needOutsideSeason', 'startsOn')
  return refusals
}

// Law 2000-321 art. 10-1: no grant without the contrat d'engagement républicain.
function refusalsForCommitment({ commitmentSignedAt }: Application): Refusal[] {
  return commitmentSignedAt
    ? []
    : [refusal('applications:refused.noCommitment', { field: 'commitment' })]
}
