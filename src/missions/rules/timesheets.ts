import { addDays, type Day, dayOf, formatDay, type Minutes, type Refusal, refusal } from '#kit'
import type { NewEntry, Warning } from './warnings.ts'
import { isQuarters } from './working-time.ts'

export type Entry = NewEntry & {
  id: string
  missionId: string
  employeeId: string
  enteredAt: Date
  acknowledged: Warning[]
  answer: GivenAnswer | undefined
  /** What was said since it was contested, in order. */
  steps: DisputeStep[]
  approvedAt: Date | undefined
  /** Why the commune counted it in the company's stead: on no receipt until the company approves it. */
  stoodIn: string | undefined
  /** An approval taken back: the hours are entered anew. */
  reversal: { reason: string; at: Date } | undefined
}

export type GivenAnswer = {
  outcome: 'confirmed' | 'disputed'
  reason: string
  /** The other duration that the association proposes; when the employee accepts, it stands confirmed. */
  proposedMinutes: Minutes | undefined
  byName: string
  personId: string | null
  linkId: string | null
  at: Date
}

export const entryStates = [
  'waiting',
  'confirmed',
  'disputed',
  'stoodIn',
  'approved',
  'reversed',
] as const
export type EntryState = (typeof entryStates)[number]

export const disputeSteps = ['accepted', 'answered', 'maintained', 'agreed', 'closed'] as const
export type DisputeStep = {
  kind: (typeof disputeSteps)[number]
  words: string
  /** In what both sides accept. */
  agreedMinutes: Minutes | undefined
  byName: string
  at: Date
}

/** Silence is no answer: an entry waits until somebody of the association speaks. */
export function entryStateOf(entry: Entry): EntryState {
  if (entry.approvedAt) return entry.stoodIn ? 'stoodIn' : 'approved'
  if (entry.reversal) return 'reversed'
  return entry.answer?.outcome ?? 'waiting'
}

export type Answer =
  | { outcome: 'confirmed'; entryIds: string[] }
  | { outcome: 'disputed'; entryIds: string[]; reason: string; proposedMinutes?: Minutes }

/** Why the association's word cannot be kept: nothing was shown, said already, no reason, one's own hours. */
export function answerRefusals(
  answer: Answer,
  { entries, answererId }: { entries: Entry[]; answererId: string | undefined },
): Refusal[] {
  const asked = entries.filter(({ id }) => answer.entryIds.includes(id))
  if (asked.length === 0) return [refusal('missions:refused.noEntry')]
  const refusals: Refusal[] = []
  const answered = asked.find((entry) => entryStateOf(entry) !== 'waiting')
  if (answered)
    refusals.push(
      refusal('missions:refused.answeredAlready', { name: answered.answer?.byName ?? '' }),
    )
  if (asked.some(({ employeeId }) => employeeId === answererId))
    refusals.push(refusal('missions:refused.ownHours'))
  if (answer.outcome === 'disputed' && answer.reason === '')
    refusals.push(refusal('missions:refused.noReason', { field: 'reason' }))
  if (answer.outcome === 'disputed' && answer.proposedMinutes !== undefined)
    refusals.push(...proposalRefusals(answer.proposedMinutes, asked))
  return refusals
}

function proposalRefusals(proposedMinutes: Minutes, asked: Entry[]): Refusal[] {
  const field = 'proposed'
  if (!isQuarters(proposedMinutes)) return [refusal('missions:refused.notQuarters', { field })]
  if (asked.some(({ workedMinutes }) => workedMinutes === proposedMinutes))
    return [refusal('missions:refused.sameDuration', { field })]
  return []
}

/** Waits for the company's word: confirmed by the association, or counted by the commune meanwhile. */
export function isToApprove(entry: Entry): boolean {
  const state = entryStateOf(entry)
  return state === 'confirmed' || state === 'stoodIn'
}

/** Why the company cannot approve these hours: only what the association confirmed, never one's own. */
export function approvalRefusals(
  entryIds: string[],
  { entries, approverId }: { entries: Entry[]; approverId: string },
): Refusal[] {
  const asked = entries.filter(({ id }) => entryIds.includes(id))
  if (asked.length === 0) return [refusal('missions:refused.noEntry')]
  const refusals: Refusal[] = []
  if (!asked.every(isToApprove)) refusals.push(refusal('missions:refused.notConfirmed'))
  if (asked.some(({ employeeId }) => employeeId === approverId))
    refusals.push(refusal('missions:refused.ownHours'))
  return refusals
}

/** METIS convention: how long the company's word on confirmed hours is waited for. */
export const STAND_IN_DAYS = 30
const STAND_IN_REASON_MAX = 500

/** The day from which the commune may count, in the company's stead, what the association confirmed. */
export function standInFrom(entries: Entry[]): Day | undefined {
  const [first] = entries
    .filter((entry) => entryStateOf(entry) === 'confirmed')
    .flatMap(({ answer }) => (answer ? [dayOf(answer.at)] : []))
    .sort()
  return first && addDays(first, STAND_IN_DAYS)
}

/** Why the commune cannot count these hours in the company's stead: nothing waits, too soon, one's own, no reason. */
export function standInRefusals(asked: {
  entries: Entry[]
  reason: string
  personId: string
  today: Day
}): Refusal[] {
  const { entries, reason, personId, today } = asked
  const from = standInFrom(entries)
  if (!from) return [refusal('missions:refused.notConfirmed')]
  const refusals: Refusal[] = []
  if (today < from)
    refusals.push(refusal('missions:refused.standInTooSoon', { from: formatDay(from) }))
  if (entries.some((entry) => entryStateOf(entry) === 'confirmed' && entry.employeeId === personId))
    refusals.push(refusal('missions:refused.ownHours'))
  if (reason === '') refusals.push(refusal('missions:refused.noReason', { field: 'standInReason' }))
  if (reason.length > STAND_IN_REASON_MAX) {
    const most = STAND_IN_REASON_MAX
    refusals.push(refusal('incidents:refused.wordsTooLong', { field: 'standInReason', most }))
  }
  return refusals
}

/** Why an approval cannot be taken back: it stands on a receipt, the mission is over, or it is one's own. */
export function reversalRefusals(asked: {
  entry: Entry | undefined
  isEnded: boolean
  reason: string
  personId: string
}): Refusal[] {
  const { entry, isEnded, reason, personId } = asked
  if (!entry) return [refusal('missions:refused.noEntry')]
  const refusals: Refusal[] = []
  if (entry.reversal) refusals.push(refusal('missions:refused.reversedAlready'))
  else if (entryStateOf(entry) !== 'approved')
    refusals.push(refusal('missions:refused.notApprovedYet'))
  // What was not worked went back to the pledge: nobody could enter the right hours any more.
  if (isEnded) refusals.push(refusal('missions:refused.endedAlready'))
  if (entry.employeeId === personId) refusals.push(refusal('missions:refused.ownHours'))
  if (reason === '')
    refusals.push(refusal('missions:refused.noReason', { field: 'reversalReason' }))
  return refusals
}

// An hour between two links: a busy volunteer is not flooded.
export const LINK_PAUSE_MINUTES = 60
/** Long enough for a holiday, short enough for memory. */
export const LINK_DAYS = 30

export function linkRefusals(asked: {
  entries: Entry[]
  recipientsCount: number
  lastMadeAt: Date | undefined
  now: Date
}): Refusal[] {
  const refusals: Refusal[] = []
  if (!asked.entries.some((entry) => entryStateOf(entry) === 'waiting'))
    refusals.push(refusal('missions:refused.nothingToConfirm'))
  if (asked.recipientsCount === 0) refusals.push(refusal('missions:refused.nobodyToConfirm'))
  const pauseEndsAt = (asked.lastMadeAt?.getTime() ?? 0) + LINK_PAUSE_MINUTES * 60_000
  if (pauseEndsAt > asked.now.getTime()) refusals.push(refusal('missions:refused.linkJustSent'))
  return refusals
}
