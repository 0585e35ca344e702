import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Day, dayOf } from '#kit'

/**
 * The demo's calendar: a whole season can be played in an afternoon. Kept in the data folder, so
 * that time does not go back at the next start. Real installations have no such thing.
 */
export type DemoClock = { now: () => Date; moveTo: (day: Day) => void }

const DAY_MILLISECONDS = 24 * 3600 * 1000

export function demoClock(dataDir: string): DemoClock {
  const file = join(dataDir, 'demo-days-ahead')
  let daysAhead = existsSync(file) ? Number(readFileSync(file, 'utf8')) || 0 : 0
  const now = () => new Date(Date.now() + daysAhead * DAY_MILLISECONDS)
  return {
    now,
    moveTo: (day) => {
      const [from, to] = [dayOf(new Date()), day].map((text) => Date.parse(`${text}T00:00:00Z`))
      daysAhead = Math.round(((to ?? 0) - (from ?? 0)) / DAY_MILLISECONDS)
      writeFileSync(file, String(daysAhead))
    },
  }
}
