import type { Refusal } from '#kit'
import type { Typed } from '#platform'
import type { Word } from '../actions/index.ts'
import { type Answer, disputeSteps } from '../rules/index.ts'
import { durationIn } from './parts.tsx'

/** "This line is wrong", with the right duration where one was chosen. */
export function disputeOf({ entry = '', reason = '', proposed }: Typed): Answer {
  const proposedMinutes = durationIn(proposed)
  return {
    outcome: 'disputed',
    entryIds: [entry],
    reason,
    ...(proposedMinutes === undefined ? {} : { proposedMinutes }),
  }
}

/** One word in a dispute; each entry of the page has fields of its own. */
export function wordOf(typed: Typed): Word {
  const { entry: entryId = '', kind = '' } = typed
  const agreed = durationIn(typed[`agreed-${entryId}`])
  return {
    entryId,
    kind: disputeSteps.find((step) => step === kind) ?? 'answered',
    words: typed[`words-${entryId}`] ?? '',
    ...(agreed === undefined ? {} : { agreed }),
  }
}

/** A refused word is told beside the field of its own entry. */
export function atItsEntry({ entry, kind }: Typed, refusals: Refusal[]): Refusal[] {
  if (!kind || !entry) return refusals
  return refusals.map((one) => (one.field ? { ...one, field: `${one.field}-${entry}` } : one))
}
