import type { Circumstances, HoursReason, Need, Pool, Problem } from './format.ts'
import {
  blockCentsOf,
  type NetworkClaimant,
  type NetworkNeed,
  type NetworkPool,
  roomOf,
} from './network.ts'

// From the farthest to the nearest: of several obstacles, the one that came closest to help is told.
const obstacles = [
  'NO_POOL',
  'NO_COMMON_PERIOD',
  'NO_COMMON_PLACE',
  'TOO_FAR',
  'EXCLUDED',
  'BLOCK',
  'TOTAL_CAP_HOURS',
] as const satisfies HoursReason[]
const [NO_POOL, NO_COMMON_PERIOD, NO_COMMON_PLACE, TOO_FAR, EXCLUDED, BLOCK, TOTAL_CAP_HOURS] = [
  0, 1, 2, 3, 4, 5, 6,
]
const NONE = 7

/**
 * Finds the pools of each need, and the obstacle when none can serve it. Facts of pools lie in flat arrays: each is
 * read for every need of its families, a hundred million times in the largest seasons.
 */
export function matcherOf(problem: Problem, pools: NetworkPool[]) {
  const facts = factsOf(pools)
  const shelves = shelvesOf(problem, pools, facts)
  const refusedBy = new Map<string, Set<number>>()
  problem.companies.forEach(({ excludedAssociationIds }, rank) => {
    for (const id of excludedAssociationIds)
      refusedBy.set(id, (refusedBy.get(id) ?? new Set()).add(rank))
  })
  return (need: NetworkNeed, owner: NetworkClaimant): HoursReason | undefined => {
    if (!owner.row.isHoursEligible) return 'NOT_GENERAL_INTEREST'
    const looking = lookingOf(need.row)
    const refusing = refusedBy.get(owner.row.id)
    const excluded = owner.row.excludedCompanyIds
    const roomCents = roomOf(owner)
    let nearest = NO_POOL
    const shelf = shelves.get(need.row.family)
    for (const rank of shelf ? withinReach(shelf, looking, facts) : []) {
      let obstacle = apart(looking, facts, rank)
      if (obstacle === NONE) {
        const pool = pools[rank] as NetworkPool
        const isExcluded = excluded.includes(pool.row.companyId) || refusing?.has(pool.company)
        obstacle = isExcluded ? EXCLUDED : addWay(need, pool, { rank, roomCents })
      }
      if (obstacle !== NONE && obstacle > nearest) nearest = obstacle
    }
    if (need.arcs.length > 0) return undefined
    // Nobody can help: what stands in the way is looked for among the far ones too.
    for (const rank of shelf?.all ?? []) {
      const obstacle = apart(looking, facts, rank)
      if (obstacle !== NONE && obstacle > nearest) nearest = obstacle
    }
    return obstacles[nearest]
  }
}

/** Pools of one family by rank; those of limited reach by longitude too, so that a need looks only around itself. */
type Shelf = { all: number[]; wide: number[]; near: number[]; farthest: number }

function shelvesOf({ companies }: Problem, pools: NetworkPool[], facts: Facts): Map<string, Shelf> {
  const shelves = new Map<string, Shelf>()
  pools.forEach(({ row, company, missionsMax }, rank) => {
    if (missionsMax === 0 || companies[company]?.missionsMax === 0 || row.minutes === 0) return
    for (const family of row.families) {
      const shelf = shelves.get(family) ?? { all: [], wide: [], near: [], farthest: 0 }
      shelves.set(family, shelf)
      const reachSquared = facts.reachSquared[rank] as number
      shelf.all.push(rank)
      ;(reachSquared === Number.POSITIVE_INFINITY ? shelf.wide : shelf.near).push(rank)
      if (reachSquared < Number.POSITIVE_INFINITY)
        shelf.farthest = Math.max(shelf.farthest, row.reachMetres ?? 0)
    }
  })
  const { east } = facts
  for (const { near } of shelves.values())
    near.sort((a, b) => (east[a] as number) - (east[b] as number) || a - b)
  return shelves
}

/** In order of rank, as if all had been looked at. */
function withinReach(
  { all, wide, near, farthest }: Shelf,
  need: Looking,
  { east }: Facts,
): number[] {
  if (need.isNowhere) return all
  const found = [...wide]
  for (let at = firstFrom(near, east, need.east - farthest); at < near.length; at++) {
    const rank = near[at] as number
    if ((east[rank] as number) > need.east + farthest) break
    found.push(rank)
  }
  return found.sort((a, b) => a - b)
}

function firstFrom(ranks: number[], east: Float64Array, least: number): number {
  let low = 0
  let high = ranks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((east[ranks[middle] as number] as number) < least) low = middle + 1
    else high = middle
  }
  return low
}

type Facts = ReturnType<typeof factsOf>

const [ANYWHERE, ON_SITE, REMOTE] = [0, 1, 2]

function modeOf({ modality }: Circumstances): number {
  return modality === 'on_site' ? ON_SITE : modality === 'remote' ? REMOTE : ANYWHERE
}

function factsOf(pools: NetworkPool[]) {
  const column = (read: (row: Pool) => number) => Float64Array.from(pools, ({ row }) => read(row))
  return {
    from: column(({ startsOn }) => dayNumber(startsOn, 0)),
    to: column(({ endsOn }) => dayNumber(endsOn, Number.POSITIVE_INFINITY)),
    mode: column(modeOf),
    east: column(({ place }) => place?.eastMetres ?? 0),
    north: column(({ place }) => place?.northMetres ?? 0),
    reachSquared: column(reachSquaredOf),
  }
}

function reachSquaredOf({ place, reachMetres, modality }: Pool): number {
  if (!place || reachMetres === undefined || modality === 'remote') return Number.POSITIVE_INFINITY
  return reachMetres * reachMetres
}

type Looking = ReturnType<typeof lookingOf>

function lookingOf(row: Need) {
  const mode = modeOf(row)
  return {
    from: dayNumber(row.startsOn, 0),
    to: dayNumber(row.endsOn, Number.POSITIVE_INFINITY),
    mode,
    isNowhere: !row.place || mode === REMOTE,
    east: row.place?.eastMetres ?? 0,
    north: row.place?.northMetres ?? 0,
  }
}

/** `2027-03-31` as 20270331: in order, and quick to compare. */
function dayNumber(day: string | undefined, otherwise: number): number {
  return day === undefined ? otherwise : Number(day.replaceAll('-', ''))
}

function apart(need: Looking, pools: Facts, rank: number): number {
  if (need.from > (pools.to[rank] as number) || (pools.from[rank] as number) > need.to)
    return NO_COMMON_PERIOD
  // On site with on remote: one of each makes three.
  if (need.mode + (pools.mode[rank] as number) === ON_SITE + REMOTE) return NO_COMMON_PLACE
  if (need.isNowhere) return NONE
  const east = need.east - (pools.east[rank] as number)
  const north = need.north - (pools.north[rank] as number)
  return east * east + north * north > (pools.reachSquared[rank] as number) ? TOO_FAR : NONE
}

function addWay(
  need: NetworkNeed,
  pool: NetworkPool,
  { rank, roomCents }: { rank: number; roomCents: number },
) {
  const { blockMinutes } = pool.row
  const leastBlocks = Math.max(1, Math.ceil(need.row.minMinutes / blockMinutes))
  const wholeBlocks = Math.floor(need.row.maxMinutes / blockMinutes)
  if (leastBlocks > wholeBlocks) return BLOCK
  need.pools.push(rank)
  const roomBlocks = Math.floor(roomCents / blockCentsOf(need, pool))
  const mostBlocks = Math.min(pool.blocks, wholeBlocks, roomBlocks)
  if (leastBlocks <= mostBlocks) {
    need.arcs.push({ pool: rank, leastBlocks, mostBlocks })
    return NONE
  }
  return roomBlocks < leastBlocks ? TOTAL_CAP_HOURS : BLOCK
}
