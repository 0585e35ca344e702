import { numberFormat } from './formats.ts'

/** Euro cents. Branded, so that cents and minutes can never be added together. */
export type Cents = bigint & { readonly unit: 'cents' }

export function cents(value: bigint | number | string): Cents {
  return BigInt(value) as Cents
}

export function sumCents(values: Iterable<Cents>): Cents {
  let total = 0n
  for (const value of values) total += value
  return cents(total)
}

/** Shares `total` into `parts` whole-cent parts; the first parts get the odd cents. */
export function splitCents(total: Cents, parts: number): Cents[] {
  const each = total / BigInt(parts)
  const odd = Number(total % BigInt(parts))
  return Array.from({ length: parts }, (_, rank) => cents(rank < odd ? each + 1n : each))
}

const SPACES = /[\s\u00a0\u202f]/g

/** Reads an amount as a French person types it: `1 500`, `1 500,5`, `1500.50 €`. */
export function parseEuros(text: string): Cents | undefined {
  const bare = text.replace(SPACES, '').replace(/(€|euros?)$/i, '')
  const match = /^(-?)(\d{1,13})(?:[.,](\d{1,2}))?$/.exec(bare)
  if (!match) return undefined
  const [, sign, whole = '0', decimals = ''] = match
  const value = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))
  return cents(sign ? -value : value)
}

/** `1 500 €`, `1 500,50 €`: narrow no-break spaces, cents only when there are some. */
export function formatEuros(value: Cents, locale = 'fr'): string {
  const hasCents = value % 100n !== 0n
  return numberFormat(locale, {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: hasCents ? 2 : 0,
    maximumFractionDigits: 2,
  }).format(Number(value) / 100)
}
