import {
  byText,
  type Claimant,
  type HoursReason,
  type Need,
  type Pool,
  type Problem,
} from './format.ts'

/** The problem as the computation walks it: indexes instead of ids, blocks instead of minutes. */
export type Network = {
  problem: Problem
  unitCents: number
  envelopeCents: number[]
  claimants: NetworkClaimant[]
  pools: NetworkPool[]
  needs: NetworkNeed[]
}

export type NetworkClaimant = {
  row: Claimant
  envelope: number
  /** Least and most cash, in whole units; both 0 for who can have none. */
  leastCents: number
  mostCents: number
  needs: number[]
  /** Its minimum useful cash could not be kept: see `dropped`. */
  isDropped: boolean
}

export type NetworkPool = { row: Pool; blocks: number; blockCents: number; minuteValue: number }

export type NetworkNeed = { row: Need; claimant: number; arcs: Arc[]; obstacle?: HoursReason }

/** A company that may serve a need, and by how many blocks. */
export type Arc = { pool: number; leastBlocks: number; mostBlocks: number }

export function networkOf(problem: Problem): Network {
  const envelopeIds = new Map(problem.envelopes.map(({ id }, rank) => [id, rank]))
  const claimants = problem.associations.map((row): NetworkClaimant => {
    const unit = problem.cashUnitCents
    const mostCents = row.isCashEligible
      ? Math.floor(Math.min(row.requestCents, row.totalCapCents) / unit) * unit
      : 0
    const leastCents = Math.min(Math.ceil(row.usefulCents / unit) * unit, mostCents)
    const envelope = envelopeIds.get(row.envelopeId) ?? 0
    return { row, envelope, leastCents, mostCents, needs: [], isDropped: false }
  })
  const envelopeCents = problem.envelopes.map(
    ({ cashCents }) => Math.floor(cashCents / problem.cashUnitCents) * problem.cashUnitCents,
  )
  dropLowestScores(claimants, envelopeCents)
  const pools = poolsOf(problem)
  return {
    problem,
    unitCents: problem.cashUnitCents,
    envelopeCents,
    claimants,
    pools,
    needs: needsOf(problem, claimants, pools),
  }
}

/** When the minimum useful amounts pass the envelope, the lowest score gets no cash, and so on: the published rule. */
function dropLowestScores(claimants: NetworkClaimant[], envelopeCents: number[]) {
  envelopeCents.forEach((cashCents, envelope) => {
    const inside = claimants.filter((one) => one.envelope === envelope && one.leastCents > 0)
    let askedCents = inside.reduce((sum, { leastCents }) => sum + leastCents, 0)
    const worstFirst = inside.sort(
      (a, b) => a.row.score - b.row.score || byText(b.row.id, a.row.id),
    )
    for (const one of worstFirst) {
      if (askedCents <= cashCents) return
      askedCents -= one.leastCents
      one.isDropped = true
      one.leastCents = 0
      one.mostCents = 0
    }
  })
}

function poolsOf({ families, pools }: Problem): NetworkPool[] {
  const hourlyCents = new Map(families.map((one) => [one.family, one.hourlyValueCents]))
  return pools.map((row) => {
    // checkProblem made the hourly value even and the block a multiple of 30 minutes: whole cents.
    const halfHourCents = (hourlyCents.get(row.family) ?? 0) / 2
    return {
      row,
      blocks: row.missionsMax === 0 ? 0 : Math.floor(row.minutes / row.blockMinutes),
      blockCents: (row.blockMinutes / 30) * halfHourCents,
      minuteValue: halfHourCents / 30,
    }
  })
}

function needsOf(
  problem: Problem,
  claimants: NetworkClaimant[],
  pools: NetworkPool[],
): NetworkNeed[] {
  const ranks = new Map(claimants.map(({ row }, rank) => [row.id, rank]))
  const poolsByFamily = Map.groupBy(pools.keys(), (pool) => pools[pool]?.row.family)
  return problem.needs.flatMap((row, rank) => {
    const claimant = ranks.get(row.associationId) ?? 0
    const owner = claimants[claimant]
    if (!owner) return []
    owner.needs.push(rank)
    return [{ row, claimant, ...arcsOf(row, owner, pools, poolsByFamily.get(row.family) ?? []) }]
  })
}

function arcsOf(
  need: Need,
  owner: NetworkClaimant,
  pools: NetworkPool[],
  candidates: number[],
): { arcs: Arc[]; obstacle?: HoursReason } {
  if (!owner.row.isHoursEligible) return { arcs: [], obstacle: 'NOT_GENERAL_INTEREST' }
  let obstacle: HoursReason = 'NO_POOL'
  const arcs = candidates.flatMap((rank): Arc[] => {
    const pool = pools[rank]
    if (!pool || pool.blocks === 0) return []
    const reason = obstacleBetween(need, owner, pool)
    if (reason) {
      obstacle = nearest(obstacle, reason)
      return []
    }
    return [{ pool: rank, ...blocksBetween(need, owner, pool) }]
  })
  return arcs.length > 0 ? { arcs } : { arcs, obstacle }
}

// From the farthest to the nearest: of several obstacles, the one that came closest to help is told.
const obstacles: HoursReason[] = [
  'NO_POOL',
  'EXCLUDED',
  'NO_COMMON_PERIOD',
  'NO_COMMON_PLACE',
  'BLOCK',
  'TOTAL_CAP_HOURS',
]

function nearest(a: HoursReason, b: HoursReason): HoursReason {
  return obstacles.indexOf(a) >= obstacles.indexOf(b) ? a : b
}

function obstacleBetween(
  need: Need,
  owner: NetworkClaimant,
  pool: NetworkPool,
): HoursReason | undefined {
  if (owner.row.excludedCompanyIds.includes(pool.row.companyId)) return 'EXCLUDED'
  if (!overlap(need, pool.row)) return 'NO_COMMON_PERIOD'
  const places = [need.modality, pool.row.modality]
  if (places.includes('on_site') && places.includes('remote')) return 'NO_COMMON_PLACE'
  const { leastBlocks, mostBlocks } = blocksBetween(need, owner, pool)
  if (leastBlocks <= mostBlocks) return undefined
  const roomBlocks = Math.floor(roomOf(owner) / pool.blockCents)
  return roomBlocks < leastBlocks ? 'TOTAL_CAP_HOURS' : 'BLOCK'
}

function blocksBetween(need: Need, owner: NetworkClaimant, pool: NetworkPool) {
  const { blockMinutes } = pool.row
  return {
    leastBlocks: Math.max(1, Math.ceil(need.minMinutes / blockMinutes)),
    mostBlocks: Math.min(
      pool.blocks,
      Math.floor(need.maxMinutes / blockMinutes),
      Math.floor(roomOf(owner) / pool.blockCents),
    ),
  }
}

/** How much value in hours an association may hold beside its least cash. */
export function roomOf({ row, leastCents }: NetworkClaimant): number {
  return Math.max(0, row.totalCapCents - leastCents)
}

function overlap(a: Need | Pool, b: Need | Pool): boolean {
  const startsTooLate = a.startsOn !== undefined && b.endsOn !== undefined && a.startsOn > b.endsOn
  const endsTooEarly = a.endsOn !== undefined && b.startsOn !== undefined && a.endsOn < b.startsOn
  return !startsTooLate && !endsTooEarly
}
