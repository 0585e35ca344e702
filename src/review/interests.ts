import { note } from '#journal'
import { type Refusal, type Refused, refusal } from '#kit'
import { actorOf, deed, organisationsOf, type Place } from '#people'
import { insertInterest, interestsOf } from './store.ts'

/** An elected member's or an agent's tie with an association: from then on they read and mark nothing of it. */
export async function declareInterest(
  place: Place,
  input: { associationId: string; nature: string },
): Promise<{ id: string } | Refused> {
  const { tx, territory, now } = place
  const { personId } = actorOf(place)
  const associations = await organisationsOf(tx, territory.id, 'association')
  const refusals: Refusal[] = []
  if (!associations.some(({ id }) => id === input.associationId))
    refusals.push(refusal('review:refused.noAssociation', { field: 'associationId' }))
  if (!input.nature.trim()) refusals.push(refusal('review:refused.noNature', { field: 'nature' }))
  const declared = await interestsOf(tx, territory.id)
  const isKnown = declared.some(
    (interest) => interest.personId === personId && interest.associationId === input.associationId,
  )
  if (isKnown) refusals.push(refusal('review:refused.alreadyDeclared', { field: 'associationId' }))
  if (refusals.length > 0) return { refusals }
  const { associationId } = input
  const interest = { territoryId: territory.id, personId, associationId }
  const id = await insertInterest(tx, { ...interest, nature: input.nature.trim() }, now)
  const details = { associationId }
  await note(tx, { ...deed(place), action: 'interest.declared', subjectId: id, details })
  return { id }
}
