/** An account number whose country, length and check digits hold; never written in the clear at rest. */
export type Iban = string & { readonly kind: 'iban' }

/** What is wrong with a number, as precisely as the number itself tells. */
export type IbanFault =
  | { fault: 'signs' }
  | { fault: 'country'; country: string }
  | { fault: 'length'; country: string; most: number; count: number }
  | { fault: 'key' }

// ISO 13616, as its register stands.
const lengths: Record<number, string> = {
  15: 'NO',
  16: 'BE',
  18: 'DK FI FK FO GL NL SD',
  19: 'MK SI',
  20: 'AT BA EE KZ LT LU MN XK',
  21: 'CH HR LI LV',
  22: 'BG BH CR DE GB GE IE ME RS VA',
  23: 'AE GI IL IQ OM SO TL',
  24: 'AD CZ ES MD PK RO SA SE SK TN VG',
  25: 'LY PT ST',
  26: 'IS TR',
  27: 'BI DJ FR GR IT MC MR SM',
  28: 'AL AZ BY CY DO GT HN HU LB NI PL SV',
  29: 'BR EG PS QA UA',
  30: 'JO KW MU YE',
  31: 'MT SC',
  32: 'LC',
  33: 'RU',
}
const lengthOf = new Map(
  Object.entries(lengths).flatMap(([length, countries]) =>
    countries.split(' ').map((country): [string, number] => [country, Number(length)]),
  ),
)

/** Reads a number as people copy it: in groups, with the word IBAN before it, in small letters. */
export function readIban(text: string): Iban | IbanFault {
  const value = text
    .replace(/[\s\u00a0\u202f.-]/g, '')
    .toUpperCase()
    .replace(/^IBAN:?/, '')
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(value)) return { fault: 'signs' }
  const country = value.slice(0, 2)
  const most = lengthOf.get(country)
  if (!most) return { fault: 'country', country }
  if (value.length !== most) return { fault: 'length', country, most, count: value.length }
  return hasKey(value) ? (value as Iban) : { fault: 'key' }
}

/** `FR76 •••• 1234`: enough to recognise an account, too little to use it. */
export function maskedIban(iban: Iban): string {
  return `${iban.slice(0, 4)} •••• ${iban.slice(-4)}`
}

/** In groups of four, as banks print it. */
export function formatIban(iban: Iban): string {
  return iban.replace(/(.{4})(?=.)/g, '$1\u00a0')
}

// ISO 7064: country and key moved to the end, letters as 10 to 35, the whole leaves 1 modulo 97.
function hasKey(value: string): boolean {
  const digits = [...value.slice(4), ...value.slice(0, 4)]
    .map((sign) => Number.parseInt(sign, 36))
    .join('')
  return BigInt(digits) % 97n === 1n
}
