import type { CampaignState } from '#campaigns'
import { type Day, type Refusal, refusal } from '#kit'
import type { Outcome, Subject } from './eligibility.ts'

export type CompletenessCheck = {
  rank: number
  /** Empty: complete. Otherwise what is missing, in words that the association reads. */
  missing: string
  checkedAt: Date
  /** The delay that the request gave; none on requests of old. */
  answerBy: Day | undefined
  answer: { note: string; answeredAt: Date } | undefined
}

export type CompletenessState = 'unchecked' | 'incomplete' | 'answered' | 'complete'

export function completenessOf(checks: CompletenessCheck[]): CompletenessState {
  const last = checks.at(-1)
  if (!last) return 'unchecked'
  if (last.missing === '') return 'complete'
  return last.answer ? 'answered' : 'incomplete'
}

/** What the association still has to answer: one list, however many times it was asked. */
export function waitingList(checks: CompletenessCheck[]): string {
  const last = checks.at(-1)
  return last && !last.answer ? last.missing : ''
}

/** What is asked now, after what was asked and not answered yet; each line once. */
export function oneList(waiting: string, added: string): string {
  const lines = [...waiting.split('\n'), ...added.split('\n')].map((line) => line.trim())
  return [...new Set(lines)].filter((line) => line !== '').join('\n')
}

/** Where a deposited file stands, for the rooms that come after. */
export type Standing = {
  applicationId: string
  isComplete: boolean
  cash: Outcome | undefined
  hours: Outcome | undefined
  /** 0 to 100; undefined until every criterion has a mark. */
  score: number | undefined
}

/**
 * Checks go on until the season's decisions are carried out; the right to hours is watched as long as
 * hours are worked and receipts signed, for it may be lost on the way.
 */
export function refusalsForCheck(state: CampaignState, subject?: Subject): Refusal[] {
  const isUnderReview = ['applying', 'reviewing', 'deliberating'].includes(state)
  const areHoursWatched = subject === 'hours' && ['executing', 'reporting'].includes(state)
  return isUnderReview || areHoursWatched ? [] : [refusal('review:refused.closed')]
}

/** Marks stop where the proposal to the council begins. */
export function refusalsForMarking(state: CampaignState): Refusal[] {
  return ['applying', 'reviewing'].includes(state) ? [] : [refusal('review:refused.marksClosed')]
}

export type Interest = { personId: string; associationId: string; nature: string }

/** CGCT art. L.2131-11: whoever has an interest in the matter takes no part in it. */
export function isRecused(interests: Interest[], personId: string, associationId: string): boolean {
  return interests.some(
    (interest) => interest.personId === personId && interest.associationId === associationId,
  )
}

export type Blocker =
  | 'unchecked'
  | 'incomplete'
  | 'answered'
  | 'cashUnknown'
  | 'hoursUnknown'
  | 'cashExpires'
  | 'hoursExpires'
  | 'unmarked'

/** What still keeps this file out of a fair allocation. */
export function blockersOf(file: {
  completeness: CompletenessState
  standing: Standing
  asksHours: boolean
  asksCash: boolean
  /** Found eligible, but no longer on the council's day. */
  expiring: Subject[]
}): Blocker[] {
  const { completeness, standing, asksCash, asksHours, expiring } = file
  const blockers: Blocker[] = []
  if (completeness !== 'complete') blockers.push(completeness)
  if (asksCash && isOpen(standing.cash))
    blockers.push(expiring.includes('cash') ? 'cashExpires' : 'cashUnknown')
  if (asksHours && isOpen(standing.hours))
    blockers.push(expiring.includes('hours') ? 'hoursExpires' : 'hoursUnknown')
  if (standing.score === undefined) blockers.push('unmarked')
  return blockers
}

function isOpen(outcome: Outcome | undefined): boolean {
  return outcome === undefined || outcome === 'to_review'
}
