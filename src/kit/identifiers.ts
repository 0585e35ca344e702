// Formats and keys: DOMAIN 6.6. A registry may hold a number that fails its key, so a caller that
// can ask the registry treats a failed key as a warning.

export type Siret = string & { readonly kind: 'siret' }
export type Siren = string & { readonly kind: 'siren' }
export type Rna = string & { readonly kind: 'rna' }

const bare = (text: string) => text.replace(/[\s\u00a0\u202f.-]/g, '').toUpperCase()

export function parseSiren(text: string): Siren | undefined {
  const value = bare(text)
  return /^\d{9}$/.test(value) && passesLuhn(value) ? (value as Siren) : undefined
}

const LA_POSTE = '356000000'

export function parseSiret(text: string): Siret | undefined {
  const value = bare(text)
  if (!/^\d{14}$/.test(value) || !passesLuhn(value.slice(0, 9))) return undefined
  // La Poste has more establishments than the key allows: the sum of digits replaces it.
  const isPost = value.startsWith(LA_POSTE) && digitSum(value) % 5 === 0
  return passesLuhn(value) || isPost ? (value as Siret) : undefined
}

export function sirenOf(siret: Siret): Siren {
  return siret.slice(0, 9) as Siren
}

/** `W751245606`, `W2A1001234` (the third sign may be a letter), or the older `0653005592`. */
export function parseRna(text: string): Rna | undefined {
  const value = bare(text)
  return /^W\d[A-Z0-9]\d{7}$/.test(value) || /^0\d{3}00\d{4}$/.test(value)
    ? (value as Rna)
    : undefined
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let rank = 0; rank < digits.length; rank++) {
    const digit = Number(digits[digits.length - 1 - rank])
    const doubled = rank % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function digitSum(digits: string): number {
  return [...digits].reduce((sum, digit) => sum + Number(digit), 0)
}
