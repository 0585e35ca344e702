import { actorOf, type Place } from '#people'
import type { Typed } from '#platform'
import { saveDraftOf } from './draft-store.ts'
import { criteriaOfGeneralInterest } from './eligibility.ts'

/** The parts of the review page, each with a button of its own; all of them are sent with any. */
export type Part =
  | 'completeness'
  | 'cash'
  | 'hours'
  | 'marks'
  | 'messages'
  | 'notes'
  | 'assignment'
  | 'draft'

const fields: Record<Exclude<Part, 'marks' | 'draft'>, readonly string[]> = {
  completeness: ['missing', 'answerBy'],
  cash: ['cashBasis', 'cashEvidence', 'cashPiece', 'cashExpiresOn'],
  hours: [
    'hoursBasis',
    'hoursEvidence',
    'hoursPiece',
    'hoursExpiresOn',
    ...criteriaOfGeneralInterest,
  ],
  messages: ['message'],
  notes: ['words'],
  assignment: ['agentId'],
}

function isIn(part: Part, name: string): boolean {
  if (part === 'draft') return false
  if (part === 'marks')
    return name === 'comment' || name === 'markReason' || name.startsWith('mark-')
  return fields[part].includes(name)
}

const kept: Part[] = ['completeness', 'cash', 'hours', 'marks', 'messages', 'notes']

/** What was typed elsewhere on the page than in this part, and differs from what is known. */
export function leftOver(part: Part, { typed, known }: { typed: Typed; known: Typed }): Typed {
  const left = Object.entries(typed).filter(
    ([name, words]) =>
      !isIn(part, name) &&
      kept.some((other) => isIn(other, name)) &&
      words !== (known[name] ?? '') &&
      name !== 'answerBy',
  )
  return Object.fromEntries(left)
}

export async function keepLeftOver(
  place: Place,
  applicationId: string,
  left: Typed,
): Promise<void> {
  const key = { territoryId: place.territory.id, applicationId, personId: actorOf(place).personId }
  await saveDraftOf(place.tx, key, { typed: left, at: place.now })
}
