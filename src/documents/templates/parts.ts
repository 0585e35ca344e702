import { type Cents, type Day, formatDay, formatEuros, formatHours, type Minutes } from '#kit'

/** The commune whose name heads the document; `colour` is its crest's, `#RRGGBB`. */
export type Issuer = { name: string; colour?: string; address?: string }

export type Address = { street: string; postcode: string; town: string; country?: string }

/** A party to an agreement; `identifier` says which register: `SIREN 732 829 320`, `RNA W751245606`. */
export type Party = {
  name: string
  identifier: string
  address: string
  representative: { name: string; role: string }
}

/** A signature given in METIS, printed in the party's frame instead of a blank. */
export type Signed = { name: string; on: Day }

export const euros = (value: Cents) => formatEuros(value)
export const hours = (value: Minutes) => formatHours(value)
export const dated = (value: Day) => formatDay(value)

export function addressLine({ street, postcode, town, country }: Address): string {
  return [street, `${postcode} ${town}`, country].filter(Boolean).join(', ')
}

export function signedLine(signed: Signed | undefined): string | undefined {
  return signed && `Signé électroniquement par ${signed.name}, le ${dated(signed.on)}`
}

/** A crest colour that is not a plain hexadecimal colour is left out rather than trusted. */
export function issuerParts({ name, colour }: Issuer) {
  return { name, colour: colour && /^#[0-9a-f]{6}$/i.test(colour) ? colour : null }
}

/** French quotes, which never part from their words. */
export const quoted = (text: string) => `«\u00a0${text}\u00a0»`
