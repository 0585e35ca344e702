import { NEVER, type Row, type Season, type Spot } from './season.ts'

/** Joins each need to the pools that may serve it. Pools lie in squares as wide as the farthest reach, and in those around. */
export function joinWays({ pools, needs }: Season) {
  let width = 1
  for (const { row } of pools.values()) width = Math.max(width, row.reachMetres ?? 0)
  const shelves = new Map<string, Spot[]>()
  const put = (shelf: string, pool: Spot) => {
    const there = shelves.get(shelf)
    if (there) there.push(pool)
    else shelves.set(shelf, [pool])
  }
  for (const pool of pools.values()) {
    const { place, reachMetres, modality, families } = pool.row
    const isBound = place && reachMetres !== undefined && modality !== 'remote'
    for (const family of new Set(families)) {
      put(family, pool)
      if (!isBound) put(`${family} anywhere`, pool)
      else
        for (const x of [-width, 0, width])
          for (const y of [-width, 0, width])
            put(`${family} ${squareOf(place.eastMetres + x, place.northMetres + y, width)}`, pool)
    }
  }
  for (const need of needs.values()) {
    const { family, place, modality } = need.row
    const square = place && squareOf(place.eastMetres, place.northMetres, width)
    const isBound = place && modality !== 'remote'
    for (const shelf of isBound ? [`${family} ${square}`, `${family} anywhere`] : [family])
      for (const pool of shelves.get(shelf) ?? []) if (isOpen(pool, need)) need.links.push(pool)
  }
}

function squareOf(east: number, north: number, width: number): string {
  return `${Math.floor(east / width)} ${Math.floor(north / width)}`
}

function isOpen(pool: Spot, { row, owner, pin }: Spot): boolean {
  const offer = pool.row
  const company = pool.owner.row
  const isRemote = offer.modality === 'remote' || row.modality === 'remote'
  if (!isRemote && isFar(offer, row)) return false
  if (isRemote && (offer.modality === 'on_site' || row.modality === 'on_site')) return false
  if (isEarly(row, offer) || isEarly(offer, row) || !owner.row.isHoursEligible) return false
  if (offer.minutes === 0 || offer.missionsMax === 0 || company.missionsMax === 0) return false
  if (company.excludedAssociationIds.includes(owner.id)) return false
  if (owner.row.excludedCompanyIds.includes(company.id)) return false
  const leastBlocks = Math.ceil(Math.max(row.minMinutes, 1) / offer.blockMinutes)
  const isWhole = leastBlocks <= Math.floor(row.maxMinutes / offer.blockMinutes)
  return isWhole && (!pin || pin.poolId === pool.id)
}

function isFar({ place, reachMetres = NEVER }: Row, { place: other }: Row): boolean {
  if (!place || !other) return false
  const [east, north] = [place.eastMetres - other.eastMetres, place.northMetres - other.northMetres]
  return east * east + north * north > reachMetres * reachMetres
}

function isEarly({ endsOn }: Row, { startsOn }: Row): boolean {
  return endsOn !== undefined && startsOn !== undefined && endsOn < startsOn
}
