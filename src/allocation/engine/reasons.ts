import type { Reason } from './format.ts'
import {
  type Arc,
  blockCentsOf,
  type Network,
  type NetworkClaimant,
  type NetworkNeed,
  roomOf,
} from './network.ts'
import { compareLevels, hoursCentsOf, type Level, levelOf, type Plan } from './plan.ts'

/** Why each association has this cash and these hours: from what binds in the split itself, never from a solver's prices. */
export function reasonsOf(network: Network, plan: Plan, cash: number[]): Reason[][] {
  const hours = hoursCentsOf(network, plan)
  const view: View = { network, plan, left: leftOf(network, plan), hours }
  const held = network.claimants.map((_, rank) => ({
    cashCents: cash[rank] ?? 0,
    hoursCents: hours[rank] ?? 0,
  }))
  const nexts = network.envelopes.map(({ members }) => nextStart(network, members, held))
  return network.claimants.map((one, rank) => [
    cashReason(network, one, held[rank] ?? nothing, nexts[one.envelope]),
    ...one.needs.flatMap((need) => hoursReason(view, need)),
  ])
}

type Held = { cashCents: number; hoursCents: number }
const nothing: Held = { cashCents: 0, hoursCents: 0 }

/** Whether one more unit of cash would break no limit of its own. */
export function canTakeMore(
  { unitCents }: Network,
  one: NetworkClaimant,
  { cashCents, hoursCents }: Held,
): boolean {
  return (
    !one.isPinned &&
    !one.isDropped &&
    cashCents + unitCents <= one.mostCents &&
    cashCents + unitCents + hoursCents <= one.capCents
  )
}

/** Where the next unit of an envelope would start: with the lowest of those who can take it. */
function nextStart(network: Network, members: number[], held: Held[]): Level | undefined {
  let lowest: Level | undefined
  for (const rank of members) {
    const one = network.claimants[rank]
    const has = held[rank] ?? nothing
    if (!one || !canTakeMore(network, one, has)) continue
    const level = levelOf(has.cashCents + has.hoursCents, one.row)
    if (!lowest || compareLevels(level, lowest) < 0) lowest = level
  }
  return lowest
}

function cashReason(
  network: Network,
  one: NetworkClaimant,
  has: Held,
  next: Level | undefined,
): Reason {
  const { row, leastCents, isPinned, isDropped } = one
  const { cashCents, hoursCents } = has
  if (isPinned) return { code: 'PINNED', amountCents: cashCents }
  if (!row.isCashEligible) return { code: 'NOT_CASH_ELIGIBLE' }
  if (isDropped) return { code: 'DROPPED_BELOW_MIN', amountCents: row.usefulCents }
  if (cashCents + network.unitCents > row.requestCents)
    return { code: 'OWN_REQUEST_CAP', amountCents: row.requestCents }
  if (!canTakeMore(network, one, has)) return { code: 'TOTAL_CAP', amountCents: row.totalCapCents }
  const level = levelOf(cashCents + hoursCents, row)
  if (next && isAtLevel(network, one, has, next))
    return level.stage === 'floor'
      ? { code: 'FLOOR_STAGE', amountCents: row.floorCents }
      : { code: 'CASH_LEVEL' }
  // It stands above the others: its floor, its useful minimum or its hours put it there.
  if (cashCents > leastCents) return { code: 'AT_FLOOR', amountCents: row.floorCents }
  if (cashCents > 0) return { code: 'MIN_USEFUL_CASH', amountCents: row.usefulCents }
  return { code: hoursCents > 0 ? 'HOURS_ABOVE_LEVEL' : 'NO_CASH_LEFT' }
}

/** It takes the next unit, or took one of the last: those who share what comes. */
function isAtLevel(
  { unitCents }: Network,
  { row, leastCents }: NetworkClaimant,
  has: Held,
  next: Level,
): boolean {
  const total = has.cashCents + has.hoursCents
  const level = levelOf(total, row)
  if (compareLevels(level, next) === 0) return true
  const isRaised =
    has.cashCents > leastCents && levelOf(total - unitCents, row).stage === next.stage
  return isRaised && level.stage === next.stage
}

type Left = { blocks: number[]; missions: number[]; companyMissions: number[] }

function leftOf({ pools, companies }: Network, plan: Plan): Left {
  const blocks = pools.map((pool) => pool.blocks)
  const missions = pools.map(({ missionsMax }) => missionsMax)
  const companyMissions = companies.map(({ missionsMax }) => missionsMax)
  for (const given of plan) {
    const pool = given && pools[given.pool]
    if (!given || !pool) continue
    blocks[given.pool] = (blocks[given.pool] ?? 0) - given.blocks
    missions[given.pool] = (missions[given.pool] ?? 0) - 1
    companyMissions[pool.company] = (companyMissions[pool.company] ?? 0) - 1
  }
  return { blocks, missions, companyMissions }
}

type View = { network: Network; plan: Plan; left: Left; hours: number[] }

function hoursReason(view: View, rank: number): Reason[] {
  const { network, plan } = view
  const need = network.needs[rank]
  if (!need) return []
  const needId = need.row.id
  const given = plan[rank]
  if (need.pin !== undefined)
    return [{ code: 'PINNED_HOURS', needId, ...(given && named(network, [given.pool])) }]
  if (need.obstacle) return [{ code: need.obstacle, needId }]
  if (given)
    return [{ ...servedReason(view, need, given), needId, ...named(network, [given.pool]) }]
  return [{ ...unservedReason(view, need), needId }]
}

function named({ pools }: Network, ranks: number[]): { poolIds: string[] } {
  return { poolIds: ranks.map((rank) => pools[rank]?.row.id ?? '') }
}

function servedReason(
  view: View,
  need: NetworkNeed,
  given: { pool: number; blocks: number },
): Pick<Reason, 'code' | 'minutes'> {
  const { network, left } = view
  const pool = network.pools[given.pool]
  if (!pool) return { code: 'NO_POOL' }
  const minutes = given.blocks * pool.row.blockMinutes
  if (minutes === need.row.maxMinutes) return { code: 'MISSION_MAX', minutes }
  if (minutes + pool.row.blockMinutes > need.row.maxMinutes) return { code: 'BLOCK', minutes }
  if (left.blocks[given.pool] === 0) return { code: 'SKILL_BOTTLENECK', minutes }
  const hasRoom = blockCentsOf(need, pool) <= roomLeft(view, need)
  return { code: hasRoom ? 'LEVEL_REACHED' : 'TOTAL_CAP_HOURS', minutes }
}

/**
 * Of the pools that could have helped, those that came closest, and the minutes that the best of them has left: hours and
 * a mission to spare, then hours that would pass the cap, then hours but no mission, then too few hours, then none.
 */
function unservedReason(
  view: View,
  need: NetworkNeed,
): Pick<Reason, 'code' | 'poolIds' | 'minutes'> {
  const { network, left } = view
  const roomCents = roomLeft(view, need)
  const codeOf = ({ pool: rank, leastBlocks }: Arc): (typeof closest)[number] => {
    const pool = network.pools[rank]
    const blocks = left.blocks[rank] ?? 0
    if (!pool || blocks === 0) return 'SKILL_BOTTLENECK'
    if (blocks < leastBlocks) return 'BLOCK'
    if (left.missions[rank] === 0 || left.companyMissions[pool.company] === 0)
      return 'MISSIONS_FULL'
    return leastBlocks * blockCentsOf(need, pool) > roomCents ? 'TOTAL_CAP_HOURS' : 'LEVEL_REACHED'
  }
  const codes = need.arcs.map(codeOf)
  const code = closest.find((one) => codes.includes(one)) ?? 'SKILL_BOTTLENECK'
  const ranks = need.arcs.flatMap(({ pool }, arc) => (codes[arc] === code ? [pool] : []))
  const minutes = ranks.reduce(
    (most, rank) =>
      Math.max(most, (left.blocks[rank] ?? 0) * (network.pools[rank]?.row.blockMinutes ?? 0)),
    0,
  )
  return { code, ...named(network, ranks), minutes }
}

const closest = [
  'LEVEL_REACHED',
  'TOTAL_CAP_HOURS',
  'MISSIONS_FULL',
  'BLOCK',
  'SKILL_BOTTLENECK',
] as const

/** What the total cap leaves for hours beside the least cash, once its other hours are counted. */
function roomLeft({ network, hours }: View, { claimant }: NetworkNeed): number {
  const owner = network.claimants[claimant]
  return owner ? roomOf(owner) - (hours[claimant] ?? 0) : 0
}
