import { type Place, type Role, recipientsOf } from '#people'
import { type Held, type Language, type Say, sayIn, writeMail } from '#platform'

/** All that a notice needs to know of where it is written: a job has no more. */
type Desk = Pick<Place, 'tx' | 'territory'>

/** Whoever reads a mail, in the language that they chose: rarely that of whoever caused it. */
export type Reader = { say: Say; language: Language }
/** What a mail says, or how it says it to this reader: a date, an amount, a word of ours. */
export type Told = Record<string, unknown | ((reader: Reader) => unknown)>
/** Without a language of their own, a mail address alone is written to in French. */
export type Addressee = { email: string; language?: string | null }

/**
 * Tells everyone who holds `role` in an organisation; the texts are `<key>.subject` and
 * `<key>.body`. Written in the transaction of its cause, sent after it.
 */
export async function tell(
  place: Desk & Pick<Place, 'today'>,
  to: { organisationId: string; role: Role },
  key: string,
  values: Told = {},
): Promise<void> {
  const people = await recipientsOf(place.tx, { ...to, today: place.today })
  for (const person of people)
    await tellPerson(place, person, key, { ...values, name: person.name })
}

export async function tellPerson(
  place: Desk,
  person: Addressee,
  key: string,
  values: Told = {},
  held: Partial<Held> = {},
): Promise<void> {
  const reader = readerOf(person)
  const shown = inWordsOf(reader, { commune: place.territory.name, ...values })
  await writeMail(place.tx, {
    recipient: person.email,
    subject: reader.say(`${key}.subject`, shown),
    body: reader.say(`${key}.body`, shown),
    ...held,
  })
}

function readerOf({ language }: Addressee): Reader {
  const own: Language = language === 'en' ? 'en' : 'fr'
  return { say: sayIn(own), language: own }
}

function inWordsOf(reader: Reader, values: Told): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'function' ? value(reader) : value,
    ]),
  )
}

export type MailLine = {
  person: Addressee & { name: string }
  line: (reader: Reader) => string
}

/** One mail a person, however many things there are to say to them: `{{lines}}` in its body. */
export async function tellTogether(desk: Desk, lines: MailLine[], key: string): Promise<void> {
  const ofEach = Map.groupBy(lines, ({ person }) => person.email)
  for (const [email, own] of ofEach) {
    const person = own[0]?.person ?? { email, name: '' }
    await tellPerson(desk, person, key, {
      name: person.name,
      count: own.length,
      lines: (reader: Reader) => own.map(({ line }) => line(reader)).join('\n\n'),
    })
  }
}
