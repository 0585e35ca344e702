import { dayFormat } from './formats.ts'

/** A calendar day without time or zone, `2027-03-31`. */
export type Day = string & { readonly unit: 'day' }

export function day(text: string): Day {
  const parsed = existingDay(text)
  if (!parsed) throw new Error(`not a day: ${text}`)
  return parsed
}

/** Reads `2027-03-31` or `31/03/2027`; undefined when no such day exists in our time. */
export function parseDay(text: string): Day | undefined {
  const found = existingDay(text)
  return found && found >= FIRST_DAY && found <= LAST_DAY ? found : undefined
}

/** The same for old files, where a day may exist and still be a slip: `31/12/4435`. */
export function existingDay(text: string): Day | undefined {
  const french = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim())
  const iso = french
    ? `${french[3]}-${french[2]?.padStart(2, '0')}-${french[1]?.padStart(2, '0')}`
    : text.trim()
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined
  const date = new Date(`${iso}T00:00:00Z`)
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
  return exists ? (iso as Day) : undefined
}

// Outside of them a date is a slip of the keyboard: `0027-03-31`, `20270-03-31`.
const FIRST_DAY = '1900-01-01'
const LAST_DAY = '2199-12-31'

/** The civil day at this instant: in mainland France, unless another zone is named. */
export function dayOf(instant: Date, timeZone = 'Europe/Paris'): Day {
  return dayFormat('sv-SE', { timeZone }).format(instant) as Day
}

/** The instant at which clocks of that zone show this day and time; undefined unless it is written `14:32`. */
export function instantAt(on: Day, time: string, timeZone = 'Europe/Paris'): Date | undefined {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return undefined
  const asUtc = Date.parse(`${on}T${time}:00Z`)
  // Twice: the first guess may fall on the other side of a change of hour.
  let instant = asUtc
  for (let turn = 0; turn < 2; turn++) instant = asUtc - offsetAt(instant, timeZone)
  return new Date(instant)
}

/** How far that zone is ahead of UTC then, in milliseconds. */
function offsetAt(instant: number, timeZone: string): number {
  const shown = dayFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (
    Date.parse(`${shown.format(instant).replace(' ', 'T')}Z`) - Math.floor(instant / 1000) * 1000
  )
}

/** Whole days from one day to a later one. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MILLISECONDS)
}

const DAY_MILLISECONDS = 24 * 3600 * 1000

export function addDays(from: Day, count: number): Day {
  const date = new Date(`${from}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + count)
  return date.toISOString().slice(0, 10) as Day
}

/** Same date `count` months later, or the last day of that month when it is shorter. */
export function addMonths(from: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = from.split('-').map(Number)
  const lastDate = new Date(Date.UTC(year, month - 1 + count + 1, 0)).getUTCDate()
  const moved = new Date(Date.UTC(year, month - 1 + count, Math.min(date, lastDate)))
  return moved.toISOString().slice(0, 10) as Day
}

export function yearOf(from: Day): number {
  return Number(from.slice(0, 4))
}

/** `1er avril 2027`, `31 mars 2027` / `31 March 2027`. */
export function formatDay(value: Day, locale = 'fr'): string {
  const instant = new Date(`${value}T00:00:00Z`)
  return inWords(instant, locale, { dateStyle: 'long', timeZone: 'UTC' })
}

/** `24 novembre 2026 à 14:32`: in mainland France, unless another zone is named. */
export function formatInstant(value: Date, locale = 'fr', timeZone = 'Europe/Paris'): string {
  const options = { dateStyle: 'long', timeStyle: 'short', timeZone } as const
  return inWords(value, locale, options)
}

/** French says the first of the month `1er`, which Intl does not. */
function inWords(value: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  const words = dayFormat(locale, options).format(value)
  return locale === 'fr' ? words.replace(/^1 /, '1er ') : words
}
