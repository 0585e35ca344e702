import { byText, type Problem, type ResultLine, type Stage } from './format.ts'
import { blockCentsOf, type Network } from './network.ts'
import { compareRatios } from './ratios.ts'

/** Of each need: the company and its blocks, or nothing. */
export type Plan = ({ pool: number; blocks: number } | undefined)[]

export function hoursCentsOf({ claimants, needs, pools }: Network, plan: Plan): number[] {
  const cents = claimants.map(() => 0)
  plan.forEach((given, rank) => {
    const need = needs[rank]
    const pool = given && pools[given.pool]
    if (!need || !pool) return
    cents[need.claimant] = (cents[need.claimant] ?? 0) + given.blocks * blockCentsOf(need, pool)
  })
  return cents
}

export type Level = { stage: Stage; held: number; weight: number }

export function levelOf(
  totalCents: number,
  row: { floorCents: number; referenceCents: number },
): Level {
  return totalCents < row.floorCents
    ? { stage: 'floor', held: totalCents, weight: row.floorCents }
    : { stage: 'reference', held: totalCents, weight: row.referenceCents }
}

export function compareLevels(a: Level, b: Level): number {
  if (a.stage !== b.stage) return a.stage === 'floor' ? -1 : 1
  return compareRatios([a.held, a.weight], [b.held, b.weight])
}

/** At equal fairness: more hours used, then fewer companies beside one association, then fewer missions. */
export function thriftOf(network: Network, plan: Plan): [number, number, number] {
  let minutes = 0
  let missions = 0
  const pairs = new Set<string>()
  plan.forEach((given, need) => {
    const pool = network.pools[given?.pool ?? -1]
    if (!given || !pool) return
    minutes += given.blocks * pool.row.blockMinutes
    missions += 1
    pairs.add(`${network.needs[need]?.claimant} ${pool.row.companyId}`)
  })
  return [minutes, -pairs.size, -missions]
}

/** A last word between two plans that nothing else tells apart: the first need takes the first company, and most of it. */
export function compareByName(network: Network, a: Plan, b: Plan): number {
  for (let need = 0; need < a.length; need++) {
    const one = a[need]
    const other = b[need]
    const names = [one, other].map((given) => network.pools[given?.pool ?? -1]?.row.id ?? '~')
    const order =
      byText(names[1] ?? '', names[0] ?? '') || (one?.blocks ?? 0) - (other?.blocks ?? 0)
    if (order !== 0) return order
  }
  return 0
}

/** Lowest first, exactly. */
export function byLevel(problem: Problem): (a: ResultLine, b: ResultLine) => number {
  const rows = new Map(problem.associations.map((row) => [row.id, row]))
  const level = (line: ResultLine) =>
    levelOf(line.totalCents, rows.get(line.associationId) ?? { floorCents: 0, referenceCents: 1 })
  return (a, b) => compareLevels(level(a), level(b))
}
