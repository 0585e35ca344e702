import { type Cents, cents } from '#kit'
import { type Cell, cellText } from '#platform'
import { fold } from './header-words.ts'

export type AmountReading =
  | { kind: 'amount'; amountCents: Cents; doubt?: AmountDoubt }
  | { kind: 'blank' }
  | {
      kind: 'refused'
      code:
        | 'amount-unreadable'
        | 'amount-ambiguous'
        | 'amount-cut-by-spreadsheet'
        | 'amount-too-big'
    }

/** What the reader should check although the amount was understood. */
export type AmountDoubt = 'amount-thousands-by-file' | 'amount-rounded'

/** How the other amounts of the file are written: it settles `1,500`. */
export type AmountStyle = {
  hasDecimalComma: boolean
  hasDecimalPoint: boolean
  hasThousandsComma: boolean
  hasThousandsPoint: boolean
}

export function unknownStyle(): AmountStyle {
  return {
    hasDecimalComma: false,
    hasDecimalPoint: false,
    hasThousandsComma: false,
    hasThousandsPoint: false,
  }
}

const BLANK_WORDS =
  /^(?:ne rien indiquer|neant|nc|n\/?c|nd|n\.?d\.?|na|n\/a|sans objet|non precise|non renseigne|vide|aucun|x|[-–—/.*?]+)$/
// No commune of France gives ten billion euros at once.
const EUROS_MAX = 10_000_000_000

export function isBlankWord(cell: Cell | undefined): boolean {
  const text = cellText(cell)
  return text === '' || BLANK_WORDS.test(fold(text))
}

export function learnStyle(style: AmountStyle, cell: Cell | undefined): void {
  if (typeof cell !== 'string') return
  const text = bareAmount(cell)
  if (/\d,\d{1,2}$/.test(text)) style.hasDecimalComma = true
  if (/\d\.\d{1,2}$/.test(text)) style.hasDecimalPoint = true
  if (/^-?\d{1,3}(?:,\d{3}){2,}|^-?\d{1,3}(?:,\d{3})+\.\d/.test(text))
    style.hasThousandsComma = true
  if (/^-?\d{1,3}(?:\.\d{3}){2,}|^-?\d{1,3}(?:\.\d{3})+,\d/.test(text))
    style.hasThousandsPoint = true
}

/** Reads euros as people and software write them. What could be read two ways is refused, never guessed. */
export function readAmount(cell: Cell | undefined, style: AmountStyle): AmountReading {
  if (typeof cell === 'number') return fromNumber(cell)
  if (isBlankWord(cell)) return { kind: 'blank' }
  const text = bareAmount(cellText(cell))
  if (/^-?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text))
    return { kind: 'refused', code: 'amount-cut-by-spreadsheet' }
  const plain = /^(-?)(\d+)(?:[.,](\d{1,2}))?$/.exec(text)
  if (plain) return inCents({ sign: plain[1], whole: plain[2], decimals: plain[3] })
  const grouped =
    /^(-?)(\d{1,3}(?:,\d{3})+)\.(\d{1,2})$/.exec(text) ??
    /^(-?)(\d{1,3}(?:\.\d{3})+),(\d{1,2})$/.exec(text) ??
    /^(-?)(\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:\.\d{3}){2,})$/.exec(text)
  if (grouped)
    return inCents({
      sign: grouped[1],
      whole: grouped[2]?.replace(/[.,]/g, ''),
      decimals: grouped[3],
    })
  if (/^-?\d{1,3}[.,]\d{3}$/.test(text)) return threeDigits(text, style)
  const long = /^(-?)(\d+)[.,](\d{4,})$/.exec(text)
  return long
    ? fromNumber(Number(text.replace(',', '.')))
    : { kind: 'refused', code: 'amount-unreadable' }
}

/** `1,500` is 1 500 € where other amounts of the file say so (`12.50`, `1,234,567`), and refused otherwise. */
function threeDigits(text: string, style: AmountStyle): AmountReading {
  const isComma = text.includes(',')
  const isDecimal = isComma ? style.hasDecimalComma : style.hasDecimalPoint
  const isThousands = isComma
    ? style.hasThousandsComma || style.hasDecimalPoint
    : style.hasThousandsPoint || style.hasDecimalComma
  if (isDecimal || !isThousands) return { kind: 'refused', code: 'amount-ambiguous' }
  const reading = inCents({
    sign: text.startsWith('-') ? '-' : '',
    whole: text.replace(/[^\d]/g, ''),
    decimals: '',
  })
  return reading.kind === 'amount' ? { ...reading, doubt: 'amount-thousands-by-file' } : reading
}

/** Without currency and spaces, when the spaces part thousands: `2024 1500` stays two numbers. */
function bareAmount(text: string): string {
  const bare = text
    .replace(/^['’]/, '')
    .replace(/[\u00a0\u202f\s]+/g, ' ')
    .replace(/\s*(?:€|euros?|eur)\.?\s*(?:t\.?t\.?c\.?|h\.?t\.?)?\s*$/i, '')
    .replace(/^€\s*/, '')
    .replace(/^[-−–]\s*/, '-')
    .trim()
  return /^-?\d{1,3}(?: \d{3})+(?:[.,]\d*)?$/.test(bare)
    ? bare.replaceAll(' ', '').replace(/[.,]$/, '')
    : bare
}

type Digits = { sign: string | undefined; whole: string | undefined; decimals: string | undefined }

function inCents({ sign, whole = '0', decimals = '' }: Digits): AmountReading {
  if (whole.length > 11) return { kind: 'refused', code: 'amount-too-big' }
  const value = BigInt(whole) * 100n + BigInt(decimals.padEnd(2, '0'))
  if (value > BigInt(EUROS_MAX) * 100n) return { kind: 'refused', code: 'amount-too-big' }
  return { kind: 'amount', amountCents: cents(sign ? -value : value) }
}

function fromNumber(euros: number): AmountReading {
  if (!Number.isFinite(euros)) return { kind: 'refused', code: 'amount-unreadable' }
  if (Math.abs(euros) > EUROS_MAX) return { kind: 'refused', code: 'amount-too-big' }
  const amountCents = cents(Math.round(euros * 100))
  // Spreadsheets keep 24350.1000000001; a third decimal that counts is worth a word.
  const isExact = Math.abs(euros * 100 - Math.round(euros * 100)) < 0.01
  return isExact
    ? { kind: 'amount', amountCents }
    : { kind: 'amount', amountCents, doubt: 'amount-rounded' }
}
