import { addDays, type Day, day } from './days.ts'

/** Where the same days are off: C. trav. art. L.3133-1, L.3134-13 (Alsace-Moselle), L.3422-2 (overseas). */
export const calendars = [
  'mainland',
  'alsaceMoselle',
  'guadeloupe',
  'martinique',
  'guyane',
  'reunion',
  'saintPierreMiquelon',
  'mayotte',
  'saintBarthelemy',
  'saintMartin',
  'wallisFutuna',
  'polynesia',
  'newCaledonia',
] as const
export type Calendar = (typeof calendars)[number]

const byDepartment: Record<string, Calendar> = {
  '57': 'alsaceMoselle',
  '67': 'alsaceMoselle',
  '68': 'alsaceMoselle',
  '971': 'guadeloupe',
  '972': 'martinique',
  '973': 'guyane',
  '974': 'reunion',
  '975': 'saintPierreMiquelon',
  '976': 'mayotte',
  '977': 'saintBarthelemy',
  '978': 'saintMartin',
  '986': 'wallisFutuna',
  '987': 'polynesia',
  '988': 'newCaledonia',
}

/** The calendar of a commune, by its INSEE code. */
export function calendarOf(inseeCode: string): Calendar {
  return byDepartment[inseeCode.slice(0, 3)] ?? byDepartment[inseeCode.slice(0, 2)] ?? 'mainland'
}

const zones: Partial<Record<Calendar, string>> = {
  guadeloupe: 'America/Guadeloupe',
  martinique: 'America/Martinique',
  guyane: 'America/Cayenne',
  reunion: 'Indian/Reunion',
  saintPierreMiquelon: 'America/Miquelon',
  mayotte: 'Indian/Mayotte',
  saintBarthelemy: 'America/St_Barthelemy',
  saintMartin: 'America/Marigot',
  wallisFutuna: 'Pacific/Wallis',
  polynesia: 'Pacific/Tahiti',
  newCaledonia: 'Pacific/Noumea',
}

/** Where the commune's days begin and end: a deposit at 23:30 in Papeete is of that day there. */
export function zoneOf(calendar: Calendar): string {
  return zones[calendar] ?? 'Europe/Paris'
}

const everywhere = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']

// Good Friday is off by law in Alsace-Moselle alone: elsewhere it is a custom, and a custom gives the
// administration no more time.
const own: Partial<Record<Calendar, string[]>> = {
  alsaceMoselle: ['12-26'],
  guadeloupe: ['05-27'],
  martinique: ['05-22'],
  guyane: ['06-10'],
  reunion: ['12-20'],
  mayotte: ['04-27'],
  saintBarthelemy: ['10-09'],
  saintMartin: ['05-28'],
  wallisFutuna: ['04-28', '07-29'],
  newCaledonia: ['09-24'],
}

/** The public holidays of a year, in order. */
export function holidaysOf(calendar: Calendar, year: number): Day[] {
  const easter = easterOf(year)
  const moving = [1, 39, 50].map((after) => addDays(easter, after))
  if (calendar === 'alsaceMoselle') moving.push(addDays(easter, -2))
  const fixed = [...everywhere, ...(own[calendar] ?? [])].map((date) => day(`${year}-${date}`))
  return [...fixed, ...moving].sort()
}

const kept = new Map<string, Set<Day>>()

/** Monday to Friday, save holidays (« jour ouvré »). */
export function isWorkingDay(on: Day, calendar: Calendar): boolean {
  return weekdayOf(on) !== SATURDAY && !isRestDay(on, calendar)
}

const SATURDAY = 6

function weekdayOf(on: Day): number {
  return new Date(`${on}T00:00:00Z`).getUTCDay()
}

/** A Sunday or a public holiday. */
export function isRestDay(on: Day, calendar: Calendar): boolean {
  if (weekdayOf(on) === 0) return true
  const key = `${calendar} ${on.slice(0, 4)}`
  const holidays = kept.get(key) ?? new Set(holidaysOf(calendar, Number(on.slice(0, 4))))
  kept.set(key, holidays)
  return holidays.has(on)
}

/** The `count`-th working day after that day, which itself does not count. */
export function addWorkingDays(from: Day, count: number, calendar: Calendar): Day {
  let on = from
  for (let left = count; left > 0; ) {
    on = addDays(on, 1)
    if (isWorkingDay(on, calendar)) left -= 1
  }
  return on
}

/** That day, or the last working day before it. */
export function workingDayUntil(on: Day, calendar: Calendar): Day {
  return isWorkingDay(on, calendar) ? on : workingDayUntil(addDays(on, -1), calendar)
}

/** Easter Sunday by the Gregorian computus (Meeus, Jones, Butcher). */
function easterOf(year: number): Day {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d =
    (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114
  const month = String(Math.floor(f / 31)).padStart(2, '0')
  return day(`${year}-${month}-${String((f % 31) + 1).padStart(2, '0')}`)
}
