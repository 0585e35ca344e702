import { addDays, type Day, type Minutes, minutes } from '#kit'
import { lawOn } from '#platform'

/** Hours of a day, with their beginning in minutes after midnight where it was said. */
export type Timed = { day: Day; workedMinutes: Minutes; startsAt?: Minutes | undefined }

export const DAY_MINUTES = 24n * 60n
const NIGHT_FROM = 21n * 60n
const NIGHT_UNTIL = 6n * 60n

/** Undefined where the beginning was not said. */
export function endOf({ startsAt, workedMinutes }: Timed): Minutes | undefined {
  return startsAt === undefined ? undefined : minutes(startsAt + workedMinutes)
}

/** The other hours of the same person that these would overlap, as far as both beginnings are known. */
export function overlapped<Other extends Timed>(one: Timed, others: Other[]): Other | undefined {
  const { startsAt } = one
  const end = endOf(one)
  if (startsAt === undefined || end === undefined) return undefined
  return others.find((other) => {
    const otherEnd = endOf(other)
    return (
      other.day === one.day &&
      other.startsAt !== undefined &&
      otherEnd !== undefined &&
      other.startsAt < end &&
      startsAt < otherEnd
    )
  })
}

/** Some of it between 21 h and 6 h (C. trav. art. L.3122-2); false where the beginning was not said. */
export function isByNight(one: Timed): boolean {
  const end = endOf(one)
  if (one.startsAt === undefined || end === undefined) return false
  return one.startsAt < NIGHT_UNTIL || end > NIGHT_FROM
}

/**
 * Whether less than the rest of the law (C. trav. art. L.3131-1) lies between this day of work and those
 * beside it. Undefined where a beginning is not known, and nothing known is too short.
 */
export function isRestShort(one: Timed, others: Timed[]): boolean | undefined {
  const on = (day: Day) => others.filter((other) => other.day === day)
  const own = [one, ...on(one.day)]
  const rests = [
    restBetween(on(addDays(one.day, -1)), own),
    restBetween(own, on(addDays(one.day, 1))),
  ]
  const least = lawOn(one.day).dailyRestMinutes
  if (rests.some((rest) => rest !== undefined && rest < least)) return true
  return rests.includes(undefined) ? undefined : false
}

/** From the last end of a day to the first beginning of the next; a day without hours is rest. */
function restBetween(day: Timed[], next: Timed[]): bigint | undefined {
  if (day.length === 0 || next.length === 0) return DAY_MINUTES
  const ends = day.map(endOf).filter((end) => end !== undefined)
  const starts = next.map(({ startsAt }) => startsAt).filter((start) => start !== undefined)
  if (ends.length < day.length || starts.length < next.length) return undefined
  const [lastEnd] = ends.sort((a, b) => Number(b - a))
  const [firstStart] = starts.sort((a, b) => Number(a - b))
  return DAY_MINUTES - (lastEnd ?? 0n) + (firstStart ?? 0n)
}
