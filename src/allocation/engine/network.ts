import {
  byText,
  type Claimant,
  type HoursReason,
  type Need,
  type Pool,
  type Problem,
} from './format.ts'
import { matcherOf } from './matching.ts'

/** The problem as the computation walks it: indexes instead of ids, blocks instead of minutes. */
export type Network = {
  problem: Problem
  unitCents: number
  envelopes: NetworkEnvelope[]
  claimants: NetworkClaimant[]
  companies: { missionsMax: number }[]
  pools: NetworkPool[]
  needs: NetworkNeed[]
  /** Ways from a pool to a need, in all. */
  wayCount: number
}

export type NetworkEnvelope = {
  /** All of it, and what can be given in whole units. */
  cents: number
  wholeCents: number
  members: number[]
}

export type NetworkClaimant = {
  row: Claimant
  envelope: number
  /** Least and most cash, in whole units; both 0 for who can have none, both the same for pinned cash. */
  leastCents: number
  mostCents: number
  /** Most cash to the cent, for the even target. */
  requestCents: number
  needs: number[]
  /** Its minimum useful cash could not be kept: see `dropLowestScores`. */
  isDropped: boolean
  isPinned: boolean
  /** The total cap; pinned hours with the least cash may pass it, and are then the cap. */
  capCents: number
}

export type NetworkPool = {
  row: Pool
  company: number
  blocks: number
  /** At the highest value of its families: an upper bound when they differ (ALLOCATION 2.6). */
  blockCents: number
  valueCents: number
  missionsMax: number
}

export type NetworkNeed = {
  row: Need
  claimant: number
  halfHourCents: number
  /** The most it may hold in value, in whole half-hours. */
  valueCents: number
  /** Pools that may serve it when hours are cut at will, and those that can in whole blocks. */
  pools: number[]
  arcs: Arc[]
  /** Pinned hours: `undefined` when free, `null` for none. */
  pin: Arc | null | undefined
  obstacle?: HoursReason
}

/** A pool that may serve a need, and by how many blocks. */
export type Arc = { pool: number; leastBlocks: number; mostBlocks: number }

export function networkOf(problem: Problem): Network {
  const { claimants, envelopes } = cashSide(problem)
  const { pools, companies } = poolsOf(problem)
  const network: Network = {
    problem,
    unitCents: problem.cashUnitCents,
    envelopes,
    claimants,
    companies,
    pools,
    needs: [],
    wayCount: 0,
  }
  addNeeds(network)
  return network
}

/** What a block of this pool is worth to this need. */
export function blockCentsOf(need: NetworkNeed, pool: NetworkPool): number {
  return need.halfHourCents * (pool.row.blockMinutes / 30)
}

/** How much value in hours an association may hold beside its least cash. */
export function roomOf({ capCents, leastCents }: NetworkClaimant): number {
  return Math.max(0, capCents - leastCents)
}

function cashSide(problem: Problem) {
  const { envelopes, associations, cashUnitCents: unit, pins } = problem
  const ranks = new Map(envelopes.map(({ id }, rank) => [id, rank]))
  const pinned = new Map(pins.cash.map((pin) => [pin.associationId, pin.cashCents]))
  const helped = pinnedHours(problem)
  const members = envelopes.map((): number[] => [])
  const claimants = associations.map((row, rank): NetworkClaimant => {
    const envelope = ranks.get(row.envelopeId) ?? 0
    members[envelope]?.push(rank)
    const pin = pinned.get(row.id)
    const requestCents =
      pin ?? (row.isCashEligible ? Math.min(row.requestCents, row.totalCapCents) : 0)
    const mostCents = Math.floor(requestCents / unit) * unit
    const leastCents = pin ?? Math.min(Math.ceil(row.usefulCents / unit) * unit, mostCents)
    const isPinned = pin !== undefined
    const cash = { leastCents, mostCents, requestCents, capCents: row.totalCapCents }
    return { row, envelope, ...cash, needs: [], isDropped: false, isPinned }
  })
  const sides = envelopes.map(({ cashCents: cents }, rank) => ({
    cents,
    wholeCents: Math.floor(cents / unit) * unit,
    members: members[rank] ?? [],
  }))
  for (const envelope of sides) dropLowestScores(claimants, envelope)
  for (const one of claimants)
    one.capCents = Math.max(one.capCents, one.leastCents + (helped.get(one.row.id) ?? 0))
  return { claimants, envelopes: sides }
}

/** What pinned hours are worth to each association. */
function pinnedHours({ needs, families, pins }: Problem): Map<string, number> {
  const minutes = new Map(pins.hours.map((pin) => [pin.needId, pin.minutes]))
  const hourly = new Map(families.map((one) => [one.family, one.hourlyValueCents]))
  const cents = new Map<string, number>()
  for (const { id, associationId, family } of needs) {
    const worth = ((minutes.get(id) ?? 0) * (hourly.get(family) ?? 0)) / 60
    if (worth > 0) cents.set(associationId, (cents.get(associationId) ?? 0) + worth)
  }
  return cents
}

/** When the minimum useful amounts pass the envelope, the lowest score gets no cash, and so on: the published rule. */
function dropLowestScores(claimants: NetworkClaimant[], { wholeCents, members }: NetworkEnvelope) {
  const inside = members
    .flatMap((rank) => claimants[rank] ?? [])
    .filter((one) => one.leastCents > 0)
  let askedCents = inside.reduce((sum, { leastCents }) => sum + leastCents, 0)
  if (askedCents <= wholeCents) return
  const worstFirst = inside
    .filter(({ isPinned }) => !isPinned)
    .sort((a, b) => a.row.score - b.row.score || byText(b.row.id, a.row.id))
  for (const one of worstFirst) {
    if (askedCents <= wholeCents) return
    askedCents -= one.leastCents
    one.isDropped = true
    one.leastCents = 0
    one.mostCents = 0
    one.requestCents = 0
  }
}

function poolsOf({ families, pools, companies }: Problem) {
  const hourlyCents = new Map(families.map((one) => [one.family, one.hourlyValueCents]))
  const ranks = new Map(companies.map(({ id }, rank) => [id, rank]))
  const limit = (missionsMax: number | null) => missionsMax ?? Number.POSITIVE_INFINITY
  return {
    companies: companies.map(({ missionsMax }) => ({ missionsMax: limit(missionsMax) })),
    pools: pools.map((row): NetworkPool => {
      // checkProblem made the hourly value even and the block a multiple of 30 minutes: whole cents.
      const halfHourCents =
        row.families.reduce((most, one) => Math.max(most, hourlyCents.get(one) ?? 0), 0) / 2
      return {
        row,
        company: ranks.get(row.companyId) ?? 0,
        blocks: Math.floor(row.minutes / row.blockMinutes),
        blockCents: (row.blockMinutes / 30) * halfHourCents,
        valueCents: Math.floor(row.minutes / 30) * halfHourCents,
        missionsMax: limit(row.missionsMax),
      }
    }),
  }
}

function addNeeds(network: Network) {
  const { problem, claimants, pools, needs } = network
  const ranks = new Map(claimants.map(({ row }, rank) => [row.id, rank]))
  const hourlyCents = new Map(problem.families.map((one) => [one.family, one.hourlyValueCents]))
  const pins = new Map(problem.pins.hours.map((pin) => [pin.needId, pin]))
  const match = matcherOf(problem, pools)
  problem.needs.forEach((row, rank) => {
    const claimant = ranks.get(row.associationId) ?? 0
    const owner = claimants[claimant]
    if (!owner) return
    owner.needs.push(rank)
    const halfHourCents = (hourlyCents.get(row.family) ?? 0) / 2
    const valueCents = Math.floor(row.maxMinutes / 30) * halfHourCents
    const need: NetworkNeed = {
      row,
      claimant,
      halfHourCents,
      valueCents,
      pools: [],
      arcs: [],
      pin: undefined,
    }
    const obstacle = match(need, owner)
    const pin = pins.get(row.id)
    if (pin) pinNeed(need, pools, pin)
    if (need.arcs.length === 0 && obstacle) need.obstacle = obstacle
    network.wayCount += need.pools.length
    needs.push(need)
  })
}

/** A pinned need keeps its pool alone, and so many blocks; checkProblem made sure that they fit. */
function pinNeed(
  need: NetworkNeed,
  pools: NetworkPool[],
  pin: { poolId: string | null; minutes: number },
) {
  const pool =
    pin.poolId === null ? -1 : (need.pools.find((one) => pools[one]?.row.id === pin.poolId) ?? -1)
  const blocks = pin.minutes / (pools[pool]?.row.blockMinutes ?? 30)
  const arc = { pool, leastBlocks: blocks, mostBlocks: blocks }
  need.pin = pool < 0 ? null : arc
  need.pools = pool < 0 ? [] : [pool]
  need.arcs = pool < 0 ? [] : [arc]
}
