import { addDays, type Calendar, holidaysOf, yearOf } from '#kit'
import { lawOn } from '#platform'
import { isByNight, isRestShort, type Timed } from './day-times.ts'
import { weekdayOf } from './weeks.ts'

export type Worked = Timed & { isAtNight?: boolean }

export type NewEntry = Timed & {
  isAtNight: boolean
  note: string
  /** The warnings that the person says to have read. */
  acknowledged?: Warning[]
}

/**
 * What the three parties should see, though nothing forbids it: a long day, Saturday, Sunday (L.3132-3),
 * a public holiday of the commune (L.3133-1), the night (L.3122-2), the rest between two days (L.3131-1).
 */
export const warningKinds = [
  'long',
  'saturday',
  'sunday',
  'holiday',
  'night',
  'rest',
  'restShort',
] as const
export type Warning = (typeof warningKinds)[number]

const SUNDAY = 0
const SATURDAY = 6

export function warningsOf(
  entry: Omit<NewEntry, 'note'>,
  { others, calendar }: { others: Worked[]; calendar: Calendar },
): Warning[] {
  const { day, workedMinutes, isAtNight } = entry
  const isShort = isRestShort(entry, others)
  const sameDay = others.filter((worked) => worked.day === day)
  const dayMinutes = sameDay.reduce((sum, worked) => sum + worked.workedMinutes, 0n)
  const weekday = weekdayOf(day)
  const isSaid: Record<Warning, boolean> = {
    long: dayMinutes + workedMinutes > lawOn(day).missionDayMinutes,
    saturday: weekday === SATURDAY,
    sunday: weekday === SUNDAY,
    holiday: holidaysOf(calendar, yearOf(day)).includes(day),
    night: isAtNight || isByNight(entry),
    rest: isShort === undefined && mayLackRest(entry, others),
    restShort: isShort === true,
  }
  return warningKinds.filter((kind) => isSaid[kind])
}

/** Where beginnings were not said, eleven hours of rest are in doubt when a night touches another day. */
function mayLackRest({ day, isAtNight }: Omit<NewEntry, 'note'>, others: Worked[]): boolean {
  const beside = others.filter(
    (worked) => worked.day === addDays(day, -1) || worked.day === addDays(day, 1),
  )
  return isAtNight ? beside.length > 0 : beside.some((worked) => worked.isAtNight)
}
