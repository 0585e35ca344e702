import { type Refusal, refusal } from '#kit'
import type { NewEntry } from './working-time.ts'

export type Entry = NewEntry & {
  id: string
  missionId: string
  employeeId: string
  enteredAt: Date
  answer:
    | { outcome: 'confirmed' | 'disputed'; reason: string; byName: string; at: Date }
    | undefined
  approvedAt: Date | undefined
}

export const entryStates = ['waiting', 'confirmed', 'disputed', 'approved'] as const
export type EntryState = (typeof entryStates)[number]

/** Silence is no answer: an entry waits until somebody of the association speaks. */
export function entryStateOf(entry: Entry): EntryState {
  if (entry.approvedAt) return 'approved'
  return entry.answer?.outcome ?? 'waiting'
}

export type Answer =
  | { outcome: 'confirmed'; entryIds: string[] }
  | { outcome: 'disputed'; entryIds: string[]; reason: string }

/** Why the association's word cannot be kept: nothing was shown, said already, no reason, one's own hours. */
export function answerRefusals(
  answer: Answer,
  { entries, answererId }: { entries: Entry[]; answererId: string | undefined },
): Refusal[] {
  const asked = entries.filter(({ id }) => answer.entryIds.includes(id))
  if (asked.length === 0) return [refusal('missions:refused.noEntry')]
  const refusals: Refusal[] = []
  if (asked.some((entry) => entryStateOf(entry) !== 'waiting'))
    refusals.push(refusal('missions:refused.answeredAlready'))
  if (asked.some(({ employeeId }) => employeeId === answererId))
    refusals.push(refusal('missions:refused.ownHours'))
  if (answer.outcome === 'disputed' && answer.reason === '')
    refusals.push(refusal('missions:refused.noReason', { field: 'reason' }))
  return refusals
}

/** Why the company cannot approve these hours: only what the association confirmed, never one's own. */
export function approvalRefusals(
  entryIds: string[],
  { entries, approverId }: { entries: Entry[]; approverId: string },
): Refusal[] {
  const asked = entries.filter(({ id }) => entryIds.includes(id))
  if (asked.length === 0) return [refusal('missions:refused.noEntry')]
  const refusals: Refusal[] = []
  if (asked.some((entry) => entryStateOf(entry) !== 'confirmed'))
    refusals.push(refusal('missions:refused.notConfirmed'))
  if (asked.some(({ employeeId }) => employeeId === approverId))
    refusals.push(refusal('missions:refused.ownHours'))
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
