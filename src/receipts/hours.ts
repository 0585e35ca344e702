import type { Minutes } from '#kit'
import { lockedEntries, type Mission } from '#missions'
import type { Place } from '#people'
import { type HoursCheck, hoursChecksOf, mayReceiveOn } from '#review'
import { latestValuations, receiptedAmong } from './store.ts'
import { freeEntries, type LockedEntry, minutesOf, type Valuation } from './valuation.ts'

export type HoursToReceipt = {
  entries: LockedEntry[]
  /** Worked on a day when the association was not eligible: on no receipt, ever (CGI art. 1740 A). */
  barredMinutes: Minutes
}

/** Approved hours of a mission that stand on no living receipt. */
export async function hoursToReceipt(place: Place, mission: Mission): Promise<HoursToReceipt> {
  const { tx, territory } = place
  const locked = await lockedEntries(tx, territory.id, mission.id)
  const ids = locked.map(({ id }) => id)
  const free = freeEntries(locked, await receiptedAmong(tx, territory.id, ids))
  const checks = await hoursChecksOf(tx, territory.id, [mission.associationId])
  const { entries, barred } = apart(free, checks.get(mission.associationId) ?? [])
  return { entries, barredMinutes: minutesOf(barred) }
}

/** The same minutes for many missions: asked in detail only of associations that lost something. */
export async function barredMinutesOf(
  { tx, territory, today }: Place,
  missions: Mission[],
): Promise<Map<string, Minutes>> {
  const worked = missions.filter(({ approvedMinutes }) => approvedMinutes > 0n)
  const ids = [...new Set(worked.map(({ associationId }) => associationId))]
  const checks = await hoursChecksOf(tx, territory.id, ids)
  const barred = new Map<string, Minutes>()
  for (const { id, associationId } of worked) {
    const own = checks.get(associationId) ?? []
    const hasLost = own.some(({ outcome }) => outcome === 'ineligible')
    if (!hasLost && mayReceiveOn(own, today)) continue
    barred.set(id, minutesOf(apart(await lockedEntries(tx, territory.id, id), own).barred))
  }
  return barred
}

function apart(all: LockedEntry[], checks: HoursCheck[]) {
  const isBarred = ({ day }: LockedEntry) => !mayReceiveOn(checks, day)
  return { entries: all.filter((entry) => !isBarred(entry)), barred: all.filter(isBarred) }
}

export async function valuationOf(place: Place, missionId: string): Promise<Valuation | undefined> {
  const all = await latestValuations(place.tx, place.territory.id, [missionId])
  return all.get(missionId)
}
