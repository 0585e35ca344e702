import { addDays, type Calendar, type Day, day, isWorkingDay } from '#kit'

/** Days after the monthly mail on which it is recalled to whoever has not answered. */
export const roundSteps = [0, 7, 14] as const
export type RoundStep = (typeof roundSteps)[number]

export function firstOfMonth(within: Day): Day {
  return day(`${within.slice(0, 7)}-01`)
}

/** The day of the monthly mail: nobody reads one on the first of January. */
export function firstWorkingDay(month: Day, calendar: Calendar): Day {
  return isWorkingDay(month, calendar) ? month : firstWorkingDay(addDays(month, 1), calendar)
}

/**
 * The mail to send that day, if any: the latest whose day has come, once. A worker that slept sends one
 * mail when it wakes, not three.
 */
export function roundDue(asked: {
  today: Day
  calendar: Calendar
  toldSteps: RoundStep[]
}): RoundStep | undefined {
  const first = firstWorkingDay(firstOfMonth(asked.today), asked.calendar)
  const due = roundSteps.findLast((step) => addDays(first, step) <= asked.today)
  const isTold = asked.toldSteps.some((step) => due !== undefined && step >= due)
  return isTold ? undefined : due
}
