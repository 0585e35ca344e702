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
  family: string
  pledgedMinutes: Minutes
  usedMinutes: Minutes
  unused: { reason: UnusedReason; minutes: Minutes }[]
}

/** By skill family: the hours pledged, the hours used, and why the others are not. */
export function familiesOf(problem: Problem, result: Result): FamilyUse[] {
  const used = new Map<string, number>()
  for (const { poolId, minutes } of result.lines.flatMap(({ hours }) => hours))
    used.set(poolId, (used.get(poolId) ?? 0) + minutes)
  const reasonOf = unusedReasonOf(problem, result)
  const byFamily = Map.groupBy(problem.pools, ({ family }) => family)
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
  const met = new Set(
    result.lines.flatMap(({ reasons }) =>
      reasons.filter(({ code }) => code === 'MISSION_MAX').map(({ needId }) => needId),
    ),
  )
  const served = new Map(
    result.lines.flatMap(({ hours }) => hours.map(({ needId, poolId }) => [needId, poolId])),
  )
  const network = networkOf(problem)
  const within = new Map<string, string[]>()
  for (const { row, arcs } of network.needs)
    for (const { pool } of arcs) {
      const id = network.pools[pool]?.row.id ?? ''
      within.set(id, [...(within.get(id) ?? []), row.id])
    }
  return ({ id, family }) => {
    const needs = within.get(id) ?? []
    if (needs.length === 0) return asked.has(family) ? 'noMatch' : 'noNeed'
    const isElsewhere = (need: string) => served.has(need) && served.get(need) !== id
    return needs.every((need) => met.has(need) || isElsewhere(need)) ? 'needsMet' : 'notTaken'
  }
}
