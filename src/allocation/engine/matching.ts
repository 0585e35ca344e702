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
  const byFamily = poolsByFamily(problem, pools)
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
    for (const rank of byFamily.get(need.row.family) ?? []) {
      let obstacle = apart(looking, facts, rank)
      if (obstacle === NONE) {
        const pool = pools[rank] as NetworkPool
        const isExcluded = excluded.includes(pool.row.companyId) || refusing?.has(pool.company)
        obstacle = isExcluded ? EXCLUDED : addWay(need, pool, { rank, roomCents })
      }
      if (obstacle !== NONE && obstacle > nearest) nearest = obstacle
    }
    return need.arcs.length > 0 ? undefined : obstacles[nearest]
  }
}

function poolsByFamily({ companies }: Problem, pools: NetworkPool[]): Map<string, number[]> {
  const byFamily = new Map<string, number[]>()
  pools.forEach(({ row, company, missionsMax }, rank) => {
    if (missionsMax === 0 || companies[company]?.missionsMax === 0 || row.minutes === 0) return
    for (const family of row.families) {
      const known = byFamily.get(family)
      if (known) known.push(rank)
      else byFamily.set(family, [rank])
    }
  })
  return byFamily
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

function apart(need: ReturnType<typeof lookingOf>, pools: Facts, rank: number): number {
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
