import type { Cents } from '#kit'

/** The amount in full letters, as the Cerfa asks ("en toutes lettres"): `vingt et un euros et cinquante centimes`. */
export function amountInWords(amountCents: Cents): string {
  if (amountCents < 0n)
    throw new Error(`an amount in full letters is never negative: ${amountCents}`)
  const euros = amountCents / 100n
  const odd = amountCents % 100n
  const said = `${numberInWords(euros)}${euros > 0n && euros % 1_000_000n === 0n ? ' d’' : ' '}${euros < 2n ? 'euro' : 'euros'}`
  if (odd === 0n) return said
  const oddSaid = `${numberInWords(odd)} ${odd === 1n ? 'centime' : 'centimes'}`
  return euros === 0n ? oddSaid : `${said} et ${oddSaid}`
}

const SMALL =
  'zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize'.split(
    ' ',
  )
const TENS = ['', 'dix', 'vingt', 'trente', 'quarante', 'cinquante', 'soixante']

const SCALES = [
  { value: 1_000_000_000_000n, name: 'billion' },
  { value: 1_000_000_000n, name: 'milliard' },
  { value: 1_000_000n, name: 'million' },
]

function numberInWords(value: bigint): string {
  if (value === 0n) return 'zéro'
  const words: string[] = []
  let rest = value
  for (const { value: scale, name } of SCALES) {
    const count = rest / scale
    rest %= scale
    if (count > 0n) words.push(`${numberInWords(count)} ${name}${count > 1n ? 's' : ''}`)
  }
  const thousands = Number(rest / 1000n)
  const units = Number(rest % 1000n)
  if (thousands > 0) words.push(thousands === 1 ? 'mille' : `${under1000(thousands, false)} mille`)
  if (units > 0) words.push(under1000(units, true))
  return words.join(' ')
}

/** `cent` and `quatre-vingt` take an s when they end the number, never before `mille`. */
function under1000(value: number, endsNumber: boolean): string {
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  if (hundreds === 0) return under100(rest, endsNumber)
  const plural = hundreds > 1 && rest === 0 && endsNumber ? 's' : ''
  const said = hundreds === 1 ? 'cent' : `${SMALL[hundreds]} cent${plural}`
  return rest === 0 ? said : `${said} ${under100(rest, endsNumber)}`
}

function under100(value: number, endsNumber: boolean): string {
  if (value < 17) return SMALL[value] ?? ''
  if (value < 20) return `dix-${SMALL[value - 10]}`
  if (value === 71) return 'soixante et onze'
  if (value === 80) return endsNumber ? 'quatre-vingts' : 'quatre-vingt'
  if (value > 80) return `quatre-vingt-${under100(value - 80, endsNumber)}`
  const ten = value < 70 ? Math.floor(value / 10) : 6
  const unit = value - ten * 10
  if (unit === 0) return TENS[ten] ?? ''
  return unit === 1 ? `${TENS[ten]} et un` : `${TENS[ten]}-${under100(unit, endsNumber)}`
}
