import { lockedEntries, type Mission } from '#missions'
import type { Place } from '#people'
import { latestValuations, receiptedAmong } from './store.ts'
import { freeEntries, type LockedEntry, type Valuation } from './valuation.ts'

/** Approved hours of a mission that stand on no living receipt. */
export async function entriesToReceipt(place: Place, mission: Mission): Promise<LockedEntry[]> {
  const locked = await lockedEntries(place.tx, mission.territoryId, mission.id)
  const ids = locked.map(({ id }) => id)
  return freeEntries(locked, await receiptedAmong(place.tx, mission.territoryId, ids))
}

export async function valuationOf(place: Place, missionId: string): Promise<Valuation | undefined> {
  const all = await latestValuations(place.tx, place.territory.id, [missionId])
  return all.get(missionId)
}
