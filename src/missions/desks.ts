import { type Calendar, dayOf, zoneOf } from '#kit'
import { allTerritories, type Place } from '#people'
import { type Db, inTerritory } from '#platform'
import { calendarIn } from './store/index.ts'

export type House = { db: Db; config: { url: string } }

/** What writing a mail needs to know of a commune, whether somebody is signed in or not. */
export type Desk = Pick<Place, 'tx' | 'territory' | 'url' | 'now' | 'today'>
/** A job's, whose delays run on the commune's own days. */
export type JobDesk = Desk & { calendar: Calendar }

/** A job's work in each commune, each in a transaction of its own; what was done in all of them. */
export async function atEachDesk(
  { db, config }: House,
  now: Date,
  work: (desk: JobDesk) => Promise<number>,
): Promise<number> {
  let count = 0
  for (const territory of await allTerritories(db))
    count += await inTerritory(db, { territoryId: territory.id }, async (tx) => {
      const calendar = await calendarIn(tx, territory.id)
      const today = dayOf(now, zoneOf(calendar))
      const url = `${config.url}/${territory.slug}`
      return work({ tx, territory, url, now, today, calendar })
    })
  return count
}
