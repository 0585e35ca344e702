import {
  addDays,
  type Calendar,
  type Day,
  formatHours,
  type Minutes,
  type Refusal,
  refusal,
  sumMinutes,
} from '#kit'
import { lawOn } from '#platform'
import { DAY_MINUTES, endOf, overlapped } from './day-times.ts'
import { type NewEntry, type Worked, warningsOf } from './warnings.ts'
import { weekOf } from './weeks.ts'

/** What surrounds an entry: the agreement, and what the same person entered elsewhere in METIS. */
export type Around = {
  agreement: { startsOn: Day; endsOn: Day; effectiveOn: Day } | undefined
  leftMinutes: Minutes
  /** The person's other hours of METIS in the eleven weeks before and after, disputed ones apart. */
  others: Worked[]
  /** The season's accounts are made: nothing enters any more. */
  isSeasonClosed: boolean
  calendar: Calendar
  today: Day
}

const QUARTER_MINUTES = 15n
const AVERAGE_WEEKS = 12

/** Every reason why these hours cannot be entered, with the article where the law says no. */
export function entryRefusals(entry: NewEntry, around: Around): Refusal[] {
  const { agreement, today } = around
  if (around.isSeasonClosed) return [refusal('missions:refused.seasonClosed')]
  if (!agreement) return [refusal('missions:refused.notInForce')]
  const refusals = [
    ...calendarRefusals(entry.day, agreement, today),
    ...durationRefusals(entry, around.leftMinutes),
    ...startRefusals(entry, around.others),
    // Years before, the law may not even be known to METIS; the agreement refuses such a day.
    ...(entry.day < agreement.startsOn ? [] : legalRefusals(entry, around.others)),
  ]
  // What is refused anyway asks nobody to read a warning first.
  return refusals.length > 0 ? refusals : unreadWarnings(entry, around)
}

/** Nothing forbids it, but the person says once that they know. */
function unreadWarnings(entry: NewEntry, around: Around): Refusal[] {
  return warningsOf(entry, around)
    .filter((warning) => !entry.acknowledged?.includes(warning))
    .map((warning) => refusal(`missions:read.${warning}`, { field: 'acknowledged' }))
}

function calendarRefusals(
  worked: Day,
  agreement: { startsOn: Day; endsOn: Day; effectiveOn: Day },
  today: Day,
): Refusal[] {
  const field = 'day'
  if (worked > today) return [refusal('missions:refused.future', { field })]
  if (worked < agreement.startsOn || worked > agreement.endsOn)
    return [refusal('missions:refused.outsideAgreement', { field })]
  // R.8241-2, II: the employee's express consent comes before the first hour.
  if (worked < agreement.effectiveOn)
    return [refusal('missions:refused.beforeSignatures', { field })]
  return []
}

function durationRefusals({ workedMinutes }: NewEntry, left: Minutes): Refusal[] {
  const field = 'workedMinutes'
  if (!isQuarters(workedMinutes)) return [refusal('missions:refused.notQuarters', { field })]
  if (workedMinutes > left)
    return [refusal('missions:refused.moreThanLeft', { field, left: formatHours(left) })]
  return []
}

function startRefusals(entry: NewEntry, others: Worked[]): Refusal[] {
  const field = 'startsAt'
  const { startsAt } = entry
  if (startsAt === undefined) return []
  if (startsAt % QUARTER_MINUTES !== 0n)
    return [refusal('missions:refused.startNotQuarter', { field })]
  if ((endOf(entry) ?? 0n) > DAY_MINUTES)
    return [refusal('missions:refused.overMidnight', { field })]
  const other = overlapped(entry, others)
  const [from, to] = [other?.startsAt, other && endOf(other)]
  if (from === undefined || to === undefined) return []
  return [
    refusal('missions:refused.overlap', { field, from: formatHours(from), to: formatHours(to) }),
  ]
}

export function isQuarters(workedMinutes: Minutes): boolean {
  return workedMinutes >= QUARTER_MINUTES && workedMinutes % QUARTER_MINUTES === 0n
}

function legalRefusals(entry: NewEntry, others: Worked[]): Refusal[] {
  const field = 'workedMinutes'
  const { day, workedMinutes } = entry
  const law = lawOn(day)
  const sameWeek = others.filter((worked) => weekOf(worked.day).from === weekOf(day).from)
  const sameDay = sameWeek.filter((worked) => worked.day === day)
  const most = (limit: Minutes) => ({ field, most: formatHours(limit) })
  const refusals: Refusal[] = []
  // C. trav. art. L.3121-18
  if (sum(sameDay) + workedMinutes > law.dailyMinutesMax)
    refusals.push(refusal('missions:refused.dayTooLong', most(law.dailyMinutesMax)))
  // C. trav. art. L.3121-20
  if (sum(sameWeek) + workedMinutes > law.weeklyMinutesMax)
    refusals.push(refusal('missions:refused.weekTooLong', most(law.weeklyMinutesMax)))
  // C. trav. art. L.3121-22
  else if (busiestWeeks(entry, others) > law.averageWeeklyMinutesMax * BigInt(AVERAGE_WEEKS))
    refusals.push(refusal('missions:refused.averageTooLong', most(law.averageWeeklyMinutesMax)))
  // C. trav. art. L.3132-1
  if (new Set([day, ...sameWeek.map((worked) => worked.day)]).size > law.weeklyDaysMax)
    refusals.push(refusal('missions:refused.noDayOff', { field: 'day' }))
  return refusals
}

/** The most minutes in any twelve weeks in a row that hold this entry, itself included. */
function busiestWeeks({ day, workedMinutes }: NewEntry, others: Worked[]): bigint {
  const week = weekOf(day).from
  let most = 0n
  for (let back = 0; back < AVERAGE_WEEKS; back++) {
    const from = addDays(week, -7 * back)
    const until = addDays(from, 7 * AVERAGE_WEEKS - 1)
    const within = others.filter((worked) => worked.day >= from && worked.day <= until)
    const total = sum(within) + workedMinutes
    if (total > most) most = total
  }
  return most
}

/** The days whose hours count when one is entered: eleven weeks on both sides (L.3121-22). */
export function weeksAround(within: Day): { from: Day; to: Day } {
  const { from, to } = weekOf(within)
  const apart = 7 * (AVERAGE_WEEKS - 1)
  return { from: addDays(from, -apart), to: addDays(to, apart) }
}

function sum(worked: Worked[]): Minutes {
  return sumMinutes(worked.map(({ workedMinutes }) => workedMinutes))
}
