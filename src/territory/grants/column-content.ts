import { type Cell, cellText, isBlank } from '#platform'
import { readAmount, unknownStyle } from './amounts.ts'
import { readDate } from './dates.ts'

/** What the first values of a column look like: shares of its filled cells. */
export type ColumnContent = {
  filled: number
  money: number
  /** Whole numbers from 1990 to 2100. */
  years: number
  dates: number
  /** Five digits that a spreadsheet would show as a day since 1990: amounts look like that too. */
  serials: number
  identifiers: number
  words: number
  distinct: number
}

const FAR_YEAR = 2100

export function contentOf(cells: readonly (Cell | undefined)[]): ColumnContent {
  const filled = cells.filter((cell) => !isBlank(cell))
  const texts = filled.map(cellText)
  const share = (test: (text: string, rank: number) => boolean) =>
    filled.length === 0 ? 0 : texts.filter(test).length / filled.length
  return {
    filled: filled.length,
    money: share((_, rank) => looksLikeMoney(filled[rank])),
    years: share((text) => /^(?:199\d|20\d\d)(?:\.0)?$/.test(text)),
    dates: share((text) => !/^\d+$/.test(text) && readDate(text, FAR_YEAR).kind === 'day'),
    serials: share((text) => /^\d{5}$/.test(text) && readDate(text, FAR_YEAR).kind === 'day'),
    identifiers: share((text) =>
      /^'?(?:\d[\d ]{7,17}(?:\.0)?|\d[.,]?\d*E\+?1\d|W\d\w\d{7})$/i.test(text),
    ),
    words: share((text) => /\p{L}{2}/u.test(text) && !/^\d[.,]\d*E\+?\d+$/i.test(text)),
    distinct: new Set(texts).size,
  }
}

function looksLikeMoney(cell: Cell | undefined): boolean {
  const reading = readAmount(cell ?? null, unknownStyle())
  return (
    reading.kind === 'amount' || (reading.kind === 'refused' && reading.code === 'amount-ambiguous')
  )
}
