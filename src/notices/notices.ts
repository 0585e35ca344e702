import { type Place, type Role, recipientsOf } from '#people'
import { type Held, writeMail } from '#platform'

/** All that a notice needs to know of where it is written: a job has no more. */
type Desk = Pick<Place, 'tx' | 'territory' | 'say'>

/**
 * Tells everyone who holds `role` in an organisation; the texts are `<key>.subject` and
 * `<key>.body`. Written in the transaction of its cause, sent after it.
 */
export async function tell(
  place: Desk & Pick<Place, 'today'>,
  to: { organisationId: string; role: Role },
  key: string,
  values: Record<string, unknown> = {},
): Promise<void> {
  const people = await recipientsOf(place.tx, { ...to, today: place.today })
  for (const person of people)
    await tellPerson(place, person, key, { ...values, name: person.name })
}

export async function tellPerson(
  place: Desk,
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

/** One mail a person, however many things there are to say to them: `{{lines}}` in its body. */
export async function tellTogether(
  desk: Desk,
  lines: { person: { name: string; email: string }; line: string }[],
  key: string,
): Promise<void> {
  const ofEach = Map.groupBy(lines, ({ person }) => person.email)
  for (const [email, own] of ofEach) {
    const values = {
      name: own[0]?.person.name ?? '',
      count: own.length,
      lines: own.map(({ line }) => line).join('\n\n'),
    }
    await tellPerson(desk, { email }, key, values)
  }
}
