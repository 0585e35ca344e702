import { type Place, peopleOf, type Role } from '#people'
import { type Held, writeMail } from '#platform'

/**
 * Tells everyone who holds `role` in an organisation; the texts are `<key>.subject` and
 * `<key>.body`. Written in the transaction of its cause, sent after it.
 */
export async function tell(
  place: Place,
  to: { organisationId: string; role: Role },
  key: string,
  values: Record<string, unknown> = {},
): Promise<void> {
  const people = await peopleOf(place.tx, to.organisationId, to.role)
  for (const person of people)
    await tellPerson(place, person, key, { ...values, name: person.name })
}

export async function tellPerson(
  place: Place,
  person: { email: string },
  key: string,
  values: Record<string, unknown> = {},
  held: Partial<Held> = {},
): Promise<void> {
  const shown = { commune: place.territory.name, ...values }
  await writeMail(place.tx, {
    recipient: person.email,
    subject: place.say(`${key}.subject`, shown),
    body: place.say(`${key}.body`, shown),
    ...held,
  })
}
