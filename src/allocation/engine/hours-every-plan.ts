import { shareCash } from './cash.ts'
import type { Network } from './network.ts'
import {
  compareByName,
  compareLevels,
  hoursCentsOf,
  type Level,
  levelOf,
  type Plan,
  thriftOf,
} from './plan.ts'

const PLANS_MAX = 4_000
const CLAIMANTS_MAX = 40

/** True when so few plans of hours exist that each can be tried. */
export function everyPlanIsFew({ needs, claimants }: Network): boolean {
  if (claimants.length > CLAIMANTS_MAX) return false
  let plans = 1
  for (const { arcs } of needs) {
    plans *= 1 + arcs.reduce((sum, arc) => sum + arc.mostBlocks - arc.leastBlocks + 1, 0)
    if (plans > PLANS_MAX) return false
  }
  return true
}

/** The fairest plan of all, each followed by the exact split of cash. */
export function bestOfEveryPlan(network: Network): Plan {
  let best: { plan: Plan; worth: Worth } | undefined
  for (const plan of plansFrom(network, 0, [])) {
    if (!isAllowed(network, plan)) continue
    const worth = worthOf(network, plan)
    if (!best || compareWorth(worth, best.worth) > 0) best = { plan, worth }
    else if (compareWorth(worth, best.worth) === 0 && compareByName(network, plan, best.plan) > 0)
      best = { plan, worth }
  }
  return best?.plan ?? network.needs.map(() => undefined)
}

function* plansFrom(network: Network, need: number, begun: Plan): Generator<Plan> {
  const here = network.needs[need]
  if (!here) {
    yield [...begun]
    return
  }
  yield* plansFrom(network, need + 1, [...begun, undefined])
  for (const { pool, leastBlocks, mostBlocks } of here.arcs)
    for (let blocks = leastBlocks; blocks <= mostBlocks; blocks++)
      yield* plansFrom(network, need + 1, [...begun, { pool, blocks }])
}

function isAllowed(network: Network, plan: Plan): boolean {
  const used = network.pools.map(() => ({ blocks: 0, missions: 0 }))
  for (const given of plan) {
    const pool = given && used[given.pool]
    if (!given || !pool) continue
    pool.blocks += given.blocks
    pool.missions += 1
  }
  const poolsHold = network.pools.every(
    ({ row, blocks }, rank) =>
      (used[rank]?.blocks ?? 0) <= blocks &&
      (used[rank]?.missions ?? 0) <= (row.missionsMax ?? Number.POSITIVE_INFINITY),
  )
  const hours = hoursCentsOf(network, plan)
  return (
    poolsHold &&
    network.claimants.every(
      ({ row, leastCents }, rank) =>
        (hours[rank] ?? 0) <= Math.max(0, row.totalCapCents - leastCents),
    )
  )
}

export type Worth = { levels: Level[]; thrift: [number, number, number] }

export function worthOf(network: Network, plan: Plan): Worth {
  const hours = hoursCentsOf(network, plan)
  const cash = shareCash(network, hours)
  const levels = network.claimants
    .map(({ row }, rank) => levelOf((hours[rank] ?? 0) + (cash[rank] ?? 0), row))
    .sort(compareLevels)
  return { levels, thrift: thriftOf(network, plan) }
}

/** Leximin: the first association in which the two differ decides; then thrift. */
export function compareWorth(a: Worth, b: Worth): number {
  for (let rank = 0; rank < a.levels.length; rank++) {
    const one = a.levels[rank]
    const other = b.levels[rank]
    const order = one && other ? compareLevels(one, other) : 0
    if (order !== 0) return order
  }
  for (const rank of [0, 1, 2] as const)
    if (a.thrift[rank] !== b.thrift[rank]) return a.thrift[rank] - b.thrift[rank]
  return 0
}
