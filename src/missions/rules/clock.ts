import { addWorkingDays, type Calendar, type Day, dayOf, zoneOf } from '#kit'

/** Whose word is awaited: the association's on a candidacy, the company's on an absence or on confirmed hours. */
export type Awaited = 'candidacy' | 'absence' | 'approval'

/** METIS convention: 48 h, and a last word 48 h later, both in working days. */
const STEP_WORKING_DAYS = 2
const STEPS = 2

/** The day by which an answer is expected, in the commune's calendar: two working days later. */
export function answerDay(since: Date, calendar: Calendar): Day {
  return stepDay(since, calendar, 1)
}

function stepDay(since: Date, calendar: Calendar, step: number): Day {
  return addWorkingDays(dayOf(since, zoneOf(calendar)), STEP_WORKING_DAYS * step, calendar)
}

/** The latest step that has come: 0 before the 48 h, 1 after, 2 after 48 h more; never a third. */
export function stepReached(since: Date, now: Date, calendar: Calendar): 0 | 1 | 2 {
  const today = dayOf(now, zoneOf(calendar))
  const reached = Array.from({ length: STEPS }, (_, rank) => rank + 1).filter((step) => {
    const on = stepDay(since, calendar, step)
    // The same hour of the day, so that 48 h are 48 h.
    return today > on || (today === on && hourIn(now, calendar) >= hourIn(since, calendar))
  })
  return reached.length === 0 ? 0 : reached.length === 1 ? 1 : 2
}

function hourIn(instant: Date, calendar: Calendar): string {
  const timeZone = zoneOf(calendar)
  return instant.toLocaleTimeString('sv-SE', { timeZone })
}

/** Working days that one waited: 0 for an answer of the same day. */
export function workingDaysBetween(from: Date, to: Date, calendar: Calendar): number {
  const zone = zoneOf(calendar)
  const end = dayOf(to, zone)
  let count = 0
  for (let on = addWorkingDays(dayOf(from, zone), 1, calendar); on <= end; ) {
    count += 1
    on = addWorkingDays(on, 1, calendar)
  }
  return count
}

/** In how many working days this association usually answers; undefined before its first answer. */
export function usualWait(
  answers: { askedAt: Date; answeredAt: Date }[],
  calendar: Calendar,
): number | undefined {
  const waits = answers
    .map(({ askedAt, answeredAt }) => workingDaysBetween(askedAt, answeredAt, calendar))
    .sort((a, b) => a - b)
  return waits[Math.floor((waits.length - 1) / 2)]
}
