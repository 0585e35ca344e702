import { type Minutes, minutes } from '#kit'
import { byText, type Pool, type Problem, type Result } from './format.ts'
import { networkOf } from './network.ts'

export const unusedReasons = [
  'noNeed',
  'noMatch',
  'needsMet',
  'smallerThanABlock',
  'notTaken',
] as const
export type UnusedReason = (typeof unusedReasons)[number]

export type FamilyUse = {
  /** Of a flexible pool, all its families: `COMMS|FINANCE`. */
  family: string
  pledgedMinutes: Minutes
  usedMinutes: Minutes
  unused: { reason: UnusedReason; minutes: Minutes }[]
}

/** By skill family: the hours pledged, the hours used, and why the others are not. */
export function familiesOf(problem: Problem, result: Result): FamilyUse[] {
  const used = new Map<string, number>()
  for (const { hours } of result.lines)
    for (const { poolId, minutes } of hours) used.set(poolId, (used.get(poolId) ?? 0) + minutes)
  const reasonOf = unusedReasonOf(problem, result)
  const byFamily = Map.groupBy(problem.pools, ({ families }) => families.toSorted(byText).join('|'))
  return [...byFamily]
    .sort(([a], [b]) => byText(a, b))
    .map(([family, pools]) => {
      const unused = new Map<UnusedReason, number>()
      for (const pool of pools) {
        const left = pool.minutes - (used.get(pool.id) ?? 0)
        if (left === 0) continue
        const reason = left < pool.blockMinutes ? 'smallerThanABlock' : reasonOf(pool)
        unused.set(reason, (unused.get(reason) ?? 0) + left)
      }
      return {
        family,
        pledgedMinutes: minutes(pools.reduce((sum, pool) => sum + pool.minutes, 0)),
        usedMinutes: minutes(pools.reduce((sum, pool) => sum + (used.get(pool.id) ?? 0), 0)),
        unused: [...unused].map(([reason, count]) => ({ reason, minutes: minutes(count) })),
      }
    })
}

function unusedReasonOf(problem: Problem, result: Result): (pool: Pool) => UnusedReason {
  const asked = new Set(problem.needs.map(({ family }) => family))
  const met = new Set<string | undefined>()
  const served = new Map<string, string>()
  for (const { reasons, hours } of result.lines) {
    for (const { code, needId } of reasons) if (code === 'MISSION_MAX') met.add(needId)
    for (const { needId, poolId } of hours) served.set(needId, poolId)
  }
  const network = networkOf(problem)
  const within = new Map(network.pools.map(({ row }): [string, string[]] => [row.id, []]))
  for (const { row, arcs } of network.needs)
    for (const { pool } of arcs) within.get(network.pools[pool]?.row.id ?? '')?.push(row.id)
  return ({ id, families }) => {
    const needs = within.get(id) ?? []
    if (needs.length === 0) return families.some((one) => asked.has(one)) ? 'noMatch' : 'noNeed'
    const isElsewhere = (need: string) => served.has(need) && served.get(need) !== id
    return needs.every((need) => met.has(need) || isElsewhere(need)) ? 'needsMet' : 'notTaken'
  }
}
