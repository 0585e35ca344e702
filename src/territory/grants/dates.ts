import { type Day, day, existingDay } from '#kit'
import { type Cell, cellText, dayOfSerial } from '#platform'
import { fold } from './header-words.ts'

export type DateReading =
  | { kind: 'day'; day: Day }
  | { kind: 'year'; year: number }
  | { kind: 'blank' }
  | { kind: 'unreadable' }
  /** A date or a year, but one in which no grant of a file of today was given. */
  | { kind: 'impossible' }

/** Grants of communes are published since the nineties; `1974` or `16` are other things in a year's place. */
export const FIRST_YEAR = 1990
// 1 January 1990 and 31 December 2069, counted in days as spreadsheets do.
const SERIALS = { first: 32_874, last: 62_092 }
const MONTHS = [
  'janv',
  'fevr',
  'mars',
  'avr',
  'mai',
  'juin',
  'juil',
  'aout',
  'sept',
  'oct',
  'nov',
  'dec',
]

export function readDate(cell: Cell | undefined, lastYear: number): DateReading {
  const text = cellText(cell).replace(/\.0+$/, '')
  if (text === '') return { kind: 'blank' }
  if (/^-?\d{1,4}$/.test(text)) return yearReading(Number(text), lastYear)
  const found = dayIn(text)
  if (!found) return { kind: 'unreadable' }
  const year = Number(found.slice(0, 4))
  return year < FIRST_YEAR || year > lastYear ? { kind: 'impossible' } : { kind: 'day', day: found }
}

/** `2017`, `Exercice 2017`, a day; `2016-2017` or `2016/2017` are two years, so neither. */
export function readYear(cell: Cell | undefined, lastYear: number): DateReading {
  const text = cellText(cell).replace(/\.0+$/, '')
  const alone = /^(?:année|annee|exercice|budget)?\s*:?\s*(\d{1,4})$/i.exec(text)
  return alone ? yearReading(Number(alone[1]), lastYear) : readDate(cell, lastYear)
}

function yearReading(year: number, lastYear: number): DateReading {
  return year < FIRST_YEAR || year > lastYear ? { kind: 'impossible' } : { kind: 'year', year }
}

/** The first day written in a text: `2018-01-04_2021-06-21`, `15/12/2016`, `CP du 22 mai 2023`, `43655`. */
function dayIn(text: string): Day | undefined {
  if (/^\d{5}$/.test(text)) {
    const serial = Number(text)
    return serial >= SERIALS.first && serial <= SERIALS.last ? day(dayOfSerial(serial)) : undefined
  }
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(text)
  if (compact) return existingDay(`${compact[1]}-${compact[2]}-${compact[3]}`)
  const iso = /(?<!\d)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)/.exec(text)
  if (iso) return dayFrom({ year: iso[1], month: iso[2], date: iso[3] })
  const french = /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/.exec(text)
  if (french) return dayFrom({ year: french[3], month: french[2], date: french[1] })
  const words = /(?<!\d)(\d{1,2})(?:er)?\s+([a-z]{3,9})\.?\s+(\d{4})(?!\d)/.exec(fold(text))
  const month = MONTHS.findIndex((start) => words?.[2]?.startsWith(start)) + 1
  return words && month > 0
    ? dayFrom({ year: words[3], month: String(month), date: words[1] })
    : undefined
}

type Written = { year: string | undefined; month: string | undefined; date: string | undefined }

function dayFrom({ year = '', month = '', date = '' }: Written): Day | undefined {
  const full = year.length === 2 ? `20${year}` : year
  return existingDay(`${full}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`)
}
