import { type Day, daysBetween, type Minutes, minutes } from '#kit'
import { lawOn } from '#platform'
import type { Turn } from './weights.ts'

/** Where on earth, in degrees. */
export type Spot = { latitude: number; longitude: number }
type Where = { postCode?: string | undefined; spot?: Spot | undefined }

/** How many missions, this year and in the years before. */
export type Turns = { thisYear: number; before: number }

/** What one says of oneself; all of it may be left out, and all of it is one's own. */
export type Wishes = Where & {
  families: string[]
  occupation?: string | undefined
  causes: string[]
  rhythm?: Rhythm | undefined
  isRemoteOnly: boolean
  reachKm?: number | undefined
  availableFrom?: Day | undefined
  availableUntil?: Day | undefined
}

/** An employee who may help, with what METIS knows of their missions in this commune. */
export type Seeker = Wishes & {
  id: string
  companyId: string
  /** Still to be worked on missions that they were chosen for. */
  committedMinutes: Minutes
  /** Given or promised this year. */
  yearMinutes: Minutes
  turns: Turns
}

/** A mission that looks for somebody. */
export type Opening = Where & {
  id: string
  companyId: string
  family: string
  occupation?: string | undefined
  cause?: string | undefined
  modality: 'on_site' | 'remote' | 'hybrid'
  agreedMinutes: Minutes
  startsOn: Day
  endsOn: Day
  /** The association may receive hours (L.8241-3). */
  isEligible: boolean
  policy: Policy
  /** What the association received before. */
  turns: Turns
}

/** What the company added to its promise (DOMAIN 1.2). */
export type Policy = {
  preferredCauses: string[]
  excludedCauses: string[]
  /** At most, for one person in a year. */
  yearMinutesMax?: Minutes | undefined
}

export const rhythms = ['flash', 'days', 'regular'] as const
export type Rhythm = (typeof rhythms)[number]

const FLASH_MINUTES = 240n
const DAYS_MINUTES = 5n * 420n

/** Half a day is a flash mission; up to a week of work, days; beyond, it comes back regularly. */
export function rhythmOf(agreedMinutes: Minutes): Rhythm {
  if (agreedMinutes <= FLASH_MINUTES) return 'flash'
  return agreedMinutes <= DAYS_MINUTES ? 'days' : 'regular'
}

/**
 * What the law lets one person work between two days, both counted: 10 h a day, six days and 48 h a
 * week, 44 h a week on average over twelve (C. trav. art. L.3121-18, L.3132-1, L.3121-20, L.3121-22).
 */
export function lawfulMinutes(from: Day, to: Day): Minutes {
  const days = daysBetween(from, to) + 1
  if (days <= 0) return minutes(0)
  const law = lawOn(from)
  const weeks = BigInt(Math.ceil(days / 7))
  const workedDays = BigInt(days) < weeks * 6n ? BigInt(days) : weeks * 6n
  const weekly = days >= TWELVE_WEEKS_DAYS ? law.averageWeeklyMinutesMax : law.weeklyMinutesMax
  const byDay = workedDays * law.dailyMinutesMax
  const byWeek = weeks * weekly
  return minutes(byDay < byWeek ? byDay : byWeek)
}

const TWELVE_WEEKS_DAYS = 84

export function turnOf({ thisYear, before }: Turns): Turn {
  if (thisYear > 1) return 'more'
  if (thisYear === 1) return 'onceThisYear'
  return before > 0 ? 'notThisYear' : 'never'
}
