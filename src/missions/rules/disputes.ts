import { type Refusal, refusal } from '#kit'
import { type DisputeStep, type Entry, entryStateOf } from './timesheets.ts'
import { isQuarters } from './working-time.ts'

export const speakers = ['employee', 'association', 'mediator'] as const
export type Speaker = (typeof speakers)[number]

/**
 * Whose turn it is: the employee answers, the association confirms or maintains, then the company or
 * the commune closes. Undefined once it is over, or where nothing is contested.
 */
export function turnIn(entry: Entry): Speaker | undefined {
  if (entryStateOf(entry) !== 'disputed') return undefined
  const turns: Partial<Record<DisputeStep['kind'], Speaker>> = {
    answered: 'association',
    maintained: 'mediator',
  }
  const last = entry.steps.at(-1)
  return last ? turns[last.kind] : 'employee'
}

/** A side that is silent for so long lets a third speak: silence agrees to nothing, and blocks nobody. */
export const MEDIATION_AFTER_DAYS = 14
const DAY_MILLISECONDS = 24 * 3600 * 1000

export function mayMediate(entry: Entry, now: Date): boolean {
  const turn = turnIn(entry)
  if (!turn || turn === 'mediator') return turn !== undefined
  const lastWordAt = entry.steps.at(-1)?.at ?? entry.answer?.at ?? now
  return now.getTime() - lastWordAt.getTime() > MEDIATION_AFTER_DAYS * DAY_MILLISECONDS
}

export type Said = Pick<DisputeStep, 'kind' | 'words' | 'agreedMinutes'>

const theirs: Record<Speaker, DisputeStep['kind'][]> = {
  employee: ['accepted', 'answered', 'closed'],
  association: ['agreed', 'maintained'],
  mediator: ['agreed', 'closed'],
}

/** Why this word cannot be kept: it is somebody else's turn, it gives no reason, or no duration. */
export function stepRefusals(
  step: Said,
  asked: { entry: Entry; speaker: Speaker; personId: string | undefined; now: Date },
): Refusal[] {
  const { entry, speaker, personId, now } = asked
  const turn = turnIn(entry)
  if (!turn) return [refusal('missions:refused.disputeOver')]
  const isTheirTurn = turn === speaker || (speaker === 'mediator' && mayMediate(entry, now))
  if (!isTheirTurn || !theirs[speaker].includes(step.kind))
    return [refusal('missions:refused.notYourTurn')]
  const refusals: Refusal[] = []
  if (speaker !== 'employee' && entry.employeeId === personId)
    refusals.push(refusal('missions:refused.ownHours'))
  const isAgreed = step.kind === 'accepted' || step.kind === 'agreed'
  if (!isAgreed && step.words === '')
    refusals.push(refusal('missions:refused.noReason', { field: 'words' }))
  if (isAgreed && !(step.agreedMinutes !== undefined && isQuarters(step.agreedMinutes)))
    refusals.push(refusal('missions:refused.notQuarters', { field: 'agreed' }))
  return refusals
}
