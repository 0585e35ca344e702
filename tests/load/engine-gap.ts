import type { Result } from '../../src/allocation/engine/format.ts'
import type { Levels } from '../../src/allocation/engine/levels.ts'
import type { Network } from '../../src/allocation/engine/network.ts'
import type { Report } from './engine-report.ts'
import { middle } from './engine-timing.ts'
import { bestInWholeHours } from './peers/milp.ts'

export type Season = { size: number; network: Network; levels: Levels; result: Result }

/** What whole blocks and one pool a mission cost, beside hours cut at will. */
export function tellGap({ size, network, result }: Season, { tell, judge }: Report) {
  tell(`${size} delivered / relaxed`, result.deliveredCents / result.relaxedCents)
  const gaps = levelGaps(network, result)
  const references = gaps.reduce((sum, one) => sum + one.references, 0)
  const mean = gaps.reduce((sum, { gap, references }) => sum + gap * references, 0) / references
  tell(`${size} level gap, widest envelope, %`, 100 * Math.max(...gaps.map(({ gap }) => gap)))
  if (size <= 2_000) tell(`${size} level gap, %`, 100 * mean)
  else judge(`${size} level gap, %`, 100 * mean, { most: 1.5 })
}

/** By envelope: how far the common cash level stands below that of the even target. */
function levelGaps({ claimants, envelopes }: Network, { lines }: Result) {
  return envelopes.flatMap(({ members }) => {
    const inside = members.flatMap((rank) => {
      const line = lines[rank]
      const reference = claimants[rank]?.row.referenceCents ?? 1
      return line?.reasons[0]?.code === 'CASH_LEVEL' ? [{ ...line, reference }] : []
    })
    if (inside.length === 0) return []
    const delivered = middle(inside.map(({ totalCents, reference }) => totalCents / reference))
    const relaxed = middle(inside.map(({ relaxedCents, reference }) => relaxedCents / reference))
    const references = inside.reduce((sum, { reference }) => sum + reference, 0)
    return [{ gap: 1 - delivered / relaxed, references }]
  })
}

/** Beside what a mixed-integer programme could not exceed: in value, and in the level of those whom cash lifts. */
export async function judgeBounds(season: Season, secondsMost: number, { tell, judge }: Report) {
  const { size, network, result } = season
  const most = size > 600 ? 1 : 0.5
  const value = await bestInWholeHours(network, { of: 'value' }, secondsMost)
  const deliveredEuros = result.deliveredCents / 100
  const valueGap = 100 * (1 - deliveredEuros / value.bound)
  judge(`${size} value under the MILP bound, %`, valueGap, { most }, !value.isProven)
  tell(`${size} MILP of value`, shownBound(value))
  const { keptEuros, delivered } = commonLevel(season)
  const level = await bestInWholeHours(network, { of: 'level', keptEuros }, secondsMost)
  const levelGap = 100 * (1 - delivered / level.bound)
  judge(`${size} level under the MILP bound, %`, levelGap, { most }, !level.isProven)
  tell(`${size} MILP of level`, shownBound(level))
}

function shownBound({ isProven, seconds }: { isProven: boolean; seconds: number }): string {
  const time = `${Math.round(seconds)} s`
  return isProven ? `proven in ${time}` : `stopped after ${time}: the bound is loose`
}

/**
 * The largest group of the even target: those of it whom cash can lift or lower share one level. Nobody lower may lose
 * for it, nor anybody higher fall below it. One unit of cash is forgiven.
 */
function commonLevel({ network, levels, result }: Season) {
  const { claimants, unitCents } = network
  const referenceOf = (rank: number) => claimants[rank]?.row.referenceCents ?? 1
  const heldBy = (rank: number) => result.lines[rank]?.totalCents ?? 0
  const weightOf = (group: number[]) => group.reduce((sum, rank) => sum + referenceOf(rank), 0)
  const group = levels.groups.reduce((best, one) => (weightOf(one) > weightOf(best) ? one : best))
  const relaxed = (rank: number) => (levels.totals[rank] ?? 0) / referenceOf(rank)
  const target = Math.min(...group.map(relaxed))
  const lifted = new Set(
    group.filter((rank) => {
      const cash = levels.cash[rank] ?? 0
      const { leastCents = 0, requestCents = 0 } = claimants[rank] ?? {}
      return cash > leastCents && cash < requestCents
    }),
  )
  const delivered = Math.min(
    ...[...lifted].map((rank) => (heldBy(rank) + unitCents) / referenceOf(rank)),
  )
  const keptCents = (rank: number) =>
    Math.min(heldBy(rank), Math.min(target, delivered) * referenceOf(rank) - unitCents)
  const keptEuros = claimants.map((_, rank) =>
    lifted.has(rank) ? null : Math.max(0, keptCents(rank) / 100),
  )
  return { keptEuros, delivered }
}
