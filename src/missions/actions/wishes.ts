import { note } from '#journal'
import type { Refused } from '#kit'
import { actorOf, deed, type Place } from '#people'
import type { Wishes } from '../matching/index.ts'
import { eraseWishes, saveWishes } from '../store/index.ts'

/** What an employee says of themself; the journal keeps that they did, never what. */
export async function sayWishes(
  place: Place,
  wishes: Wishes,
): Promise<Record<never, never> | Refused> {
  const { personId } = actorOf(place)
  await saveWishes(place.tx, { territoryId: place.territory.id, personId }, wishes, place.now)
  await note(place.tx, { ...deed(place), action: 'wishes.said', subjectId: personId })
  return {}
}

export async function eraseOwnWishes(place: Place): Promise<void> {
  const { personId } = actorOf(place)
  await eraseWishes(place.tx, { territoryId: place.territory.id, personId })
  await note(place.tx, { ...deed(place), action: 'wishes.erased', subjectId: personId })
}
