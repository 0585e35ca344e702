import type { Reason } from './format.ts'
import { type Network, roomOf } from './network.ts'
import { hoursCentsOf, type Plan } from './plan.ts'

/** Why each association has this cash and these hours: from what binds in the split itself, never from the solver's prices. */
export function reasonsOf(network: Network, plan: Plan, cash: number[]): Reason[][] {
  const hours = hoursCentsOf(network, plan)
  const left = leftOf(network, plan)
  return network.claimants.map((one, rank) => [
    cashReason(network, rank, { cashCents: cash[rank] ?? 0, hoursCents: hours[rank] ?? 0 }),
    ...one.needs.map((need) => hoursReason({ network, plan, left, hours }, need)),
  ])
}

type Held = { cashCents: number; hoursCents: number }

function cashReason(network: Network, rank: number, { cashCents, hoursCents }: Held): Reason {
  const { unitCents, claimants } = network
  const { row, leastCents, isDropped } = claimants[rank] ?? {}
  const total = cashCents + hoursCents
  if (!row?.isCashEligible) return { code: 'NOT_CASH_ELIGIBLE' }
  if (isDropped) return { code: 'DROPPED_BELOW_MIN', amountCents: row.usefulCents }
  if (cashCents + unitCents > row.requestCents)
    return { code: 'OWN_REQUEST_CAP', amountCents: row.requestCents }
  if (total + unitCents > row.totalCapCents)
    return { code: 'TOTAL_CAP', amountCents: row.totalCapCents }
  if (total < row.floorCents) return { code: 'FLOOR_STAGE', amountCents: row.floorCents }
  if (cashCents > (leastCents ?? 0)) return { code: 'CASH_LEVEL' }
  if (cashCents > 0) return { code: 'MIN_USEFUL_CASH', amountCents: row.usefulCents }
  return { code: hoursCents > 0 ? 'HOURS_ABOVE_LEVEL' : 'NO_CASH_LEFT' }
}

export type PoolLeft = { blocks: number; missions: number }

export function leftOf({ pools }: Network, plan: Plan): PoolLeft[] {
  const left = pools.map(({ row, blocks }) => ({
    blocks,
    missions: row.missionsMax ?? Number.POSITIVE_INFINITY,
  }))
  for (const given of plan) {
    const pool = given && left[given.pool]
    if (!given || !pool) continue
    pool.blocks -= given.blocks
    pool.missions -= 1
  }
  return left
}

type View = { network: Network; plan: Plan; left: PoolLeft[]; hours: number[] }

function hoursReason(view: View, rank: number): Reason {
  const { network, plan, left } = view
  const need = network.needs[rank]
  const needId = need?.row.id ?? ''
  if (!need || need.obstacle) return { code: need?.obstacle ?? 'NO_POOL', needId }
  const given = plan[rank]
  const arcs = given ? need.arcs.filter(({ pool }) => pool === given.pool) : need.arcs
  const poolIds = arcs.map(({ pool }) => network.pools[pool]?.row.id ?? '')
  const minutes = need.row.maxMinutes
  if (given) return servedReason(view, rank, { needId, poolIds, minutes })
  const some = (holds: (rest: PoolLeft, least: number) => boolean) =>
    arcs.some(({ pool, leastBlocks }) => {
      const rest = left[pool]
      return rest !== undefined && holds(rest, leastBlocks)
    })
  if (some((rest, least) => rest.blocks >= least && rest.missions > 0))
    return { code: hasNoRoom(view, rank) ? 'TOTAL_CAP_HOURS' : 'LEVEL_REACHED', needId, poolIds }
  if (some((rest, least) => rest.blocks >= least)) return { code: 'MISSIONS_FULL', needId, poolIds }
  if (some((rest) => rest.blocks > 0)) return { code: 'BLOCK', needId, poolIds }
  return { code: 'SKILL_BOTTLENECK', needId, poolIds }
}

function servedReason(view: View, rank: number, reason: Omit<Reason, 'code'>): Reason {
  const { network, plan, left } = view
  const given = plan[rank]
  const need = network.needs[rank]
  const blockMinutes = network.pools[given?.pool ?? -1]?.row.blockMinutes ?? 0
  const minutes = (given?.blocks ?? 0) * blockMinutes
  const maxMinutes = need?.row.maxMinutes ?? 0
  if (minutes === maxMinutes) return { code: 'MISSION_MAX', ...reason }
  if (minutes + blockMinutes > maxMinutes) return { code: 'BLOCK', ...reason }
  if ((left[given?.pool ?? -1]?.blocks ?? 0) === 0) return { code: 'SKILL_BOTTLENECK', ...reason }
  return { code: hasNoRoom(view, rank) ? 'TOTAL_CAP_HOURS' : 'LEVEL_REACHED', ...reason }
}

/** No block of any company that could help fits under the total cap. */
function hasNoRoom({ network, hours }: View, rank: number): boolean {
  const need = network.needs[rank]
  const owner = network.claimants[need?.claimant ?? -1]
  if (!need || !owner) return true
  const roomCents = roomOf(owner) - (hours[need.claimant] ?? 0)
  return need.arcs.every(({ pool }) => (network.pools[pool]?.blockCents ?? 0) > roomCents)
}
