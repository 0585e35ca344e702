import {
  addDays,
  type Day,
  formatHours,
  type Minutes,
  type Refusal,
  refusal,
  sumMinutes,
} from '#kit'
import { lawOn } from '#platform'

export type Worked = { day: Day; workedMinutes: Minutes }

export type NewEntry = { day: Day; workedMinutes: Minutes; isAtNight: boolean; note: string }

/** What surrounds an entry: the agreement, and what the same person entered elsewhere in METIS. */
export type Around = {
  agreement: { startsOn: Day; endsOn: Day; effectiveOn: Day } | undefined
  leftMinutes: Minutes
  /** All the person's hours of that week, disputed ones apart: as far as METIS sees. */
  sameWeek: Worked[]
  today: Day
}

const QUARTER_MINUTES = 15n

/** Every reason why these hours cannot be entered, with the article where the law says no. */
export function entryRefusals(entry: NewEntry, around: Around): Refusal[] {
  const { agreement, today } = around
  if (!agreement) return [refusal('missions:refused.notInForce')]
  return [
    ...calendarRefusals(entry.day, agreement, today),
    ...durationRefusals(entry, around.leftMinutes),
    // Years before, the law may not even be known to METIS; the agreement refuses such a day.
    ...(entry.day < agreement.startsOn ? [] : legalRefusals(entry, around.sameWeek)),
  ]
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
  if (workedMinutes < QUARTER_MINUTES || workedMinutes % QUARTER_MINUTES !== 0n)
    return [refusal('missions:refused.notQuarters', { field })]
  if (workedMinutes > left)
    return [refusal('missions:refused.moreThanLeft', { field, left: formatHours(left) })]
  return []
}

function legalRefusals({ day, workedMinutes }: NewEntry, sameWeek: Worked[]): Refusal[] {
  const field = 'workedMinutes'
  const law = lawOn(day)
  const sameDay = sameWeek.filter((worked) => worked.day === day)
  const dayMinutes = sum(sameDay) + workedMinutes
  const weekMinutes = sum(sameWeek) + workedMinutes
  const refusals: Refusal[] = []
  // C. trav. art. L.3121-18
  if (dayMinutes > law.dailyMinutesMax)
    refusals.push(
      refusal('missions:refused.dayTooLong', { field, most: formatHours(law.dailyMinutesMax) }),
    )
  // C. trav. art. L.3121-20
  if (weekMinutes > law.weeklyMinutesMax)
    refusals.push(
      refusal('missions:refused.weekTooLong', { field, most: formatHours(law.weeklyMinutesMax) }),
    )
  return refusals
}

export type Warning = 'long' | 'sunday' | 'night'

/** What the three parties should see, though nothing forbids it: L.3132-3 (Sunday), L.3122-2 (night). */
export function warningsOf(entry: Omit<NewEntry, 'note'>): Warning[] {
  const warnings: Warning[] = []
  if (entry.workedMinutes > lawOn(entry.day).missionDayMinutes) warnings.push('long')
  if (weekdayOf(entry.day) === SUNDAY) warnings.push('sunday')
  if (entry.isAtNight) warnings.push('night')
  return warnings
}

/** The civil week of the law: Monday to Sunday (C. trav. art. L.3121-35). */
export function weekOf(within: Day): { from: Day; to: Day } {
  const from = addDays(within, -((weekdayOf(within) + 6) % 7))
  return { from, to: addDays(from, 6) }
}

const SUNDAY = 0

function weekdayOf(on: Day): number {
  return new Date(`${on}T00:00:00Z`).getUTCDay()
}

function sum(worked: Worked[]): Minutes {
  return sumMinutes(worked.map(({ workedMinutes }) => workedMinutes))
}
