import type { CutResource, LevelGroup } from './format.ts'
import type { Levels } from './levels.ts'
import type { Network, NetworkNeed } from './network.ts'
import { compareLevels, levelOf } from './plan.ts'
import { ratioText } from './ratios.ts'

/**
 * Who shares which level in the even target, and what holds each there (ALLOCATION 2.7). What lower
 * groups leave of its resources adds up to what its associations hold: with all lower groups a minimum cut, which
 * anybody can add up, and which says that nobody below could get more.
 */
export function certificateOf(network: Network, levels: Levels): LevelGroup[] {
  const { claimants, envelopes, pools, needs } = network
  const { envelopePlaces, poolPlaces, groupOf, cash, flows } = levels
  const envelopeCents = envelopes.map(({ cents }) => cents)
  const poolCents = pools.map(({ valueCents }) => valueCents)
  claimants.forEach(({ envelope, leastCents }, rank) => {
    const isLower = (groupOf[rank] ?? 0) < (envelopePlaces[envelope] ?? 0)
    const drawn = isLower ? (cash[rank] ?? 0) : leastCents
    envelopeCents[envelope] = (envelopeCents[envelope] ?? 0) - drawn
  })
  for (const { need, pool, cents } of flows)
    if ((groupOf[needs[need]?.claimant ?? 0] ?? 0) < (poolPlaces[pool] ?? 0))
      poolCents[pool] = (poolCents[pool] ?? 0) - cents
  const cuts = levels.groups.map((): CutResource[] => [])
  const list = (
    kind: 'envelope' | 'pool',
    ids: { id: string }[],
    places: Int32Array,
    left: number[],
  ) =>
    ids.forEach(({ id }, rank) => {
      cuts[places[rank] ?? -1]?.push({ kind, id, capacityCents: left[rank] ?? 0 })
    })
  list('envelope', network.problem.envelopes, envelopePlaces, envelopeCents)
  list('pool', network.problem.pools, poolPlaces, poolCents)
  return levels.groups.map((ranks, place) => {
    const cut = cuts[place] ?? []
    for (const rank of ranks) cut.push(...ownLimits(network, levels, rank, place))
    const level = ranks
      .map((rank) => levelOf(levels.totals[rank] ?? 0, claimants[rank]?.row ?? noRow))
      .reduce((lowest, one) => (compareLevels(one, lowest) < 0 ? one : lowest))
    return {
      stage: level.stage,
      ratio: ratioText(level.held, level.weight),
      associationIds: ranks.map((rank) => claimants[rank]?.row.id ?? ''),
      totalCents: ranks.reduce((sum, rank) => sum + (levels.totals[rank] ?? 0), 0),
      cut,
    }
  })
}

const noRow = { floorCents: 0, referenceCents: 1 }

/** What of the association's own stands between it and resources that hold only higher groups. */
function ownLimits(network: Network, levels: Levels, rank: number, place: number): CutResource[] {
  const one = network.claimants[rank]
  if (!one) return []
  const { row, requestCents, leastCents, envelope, capCents } = one
  if (levels.isCapped[rank]) return [{ kind: 'totalCap', id: row.id, capacityCents: capCents }]
  const isOut = (levels.envelopePlaces[envelope] ?? 0) > place
  const cash: CutResource = isOut
    ? { kind: 'request', id: row.id, capacityCents: Math.max(requestCents, leastCents) }
    : { kind: 'useful', id: row.id, capacityCents: leastCents }
  const isHeld = (need: NetworkNeed) =>
    need.pools.some((pool) => (levels.poolPlaces[pool] ?? 0) > place)
  return [
    ...(cash.capacityCents > 0 ? [cash] : []),
    ...one.needs.flatMap((id): CutResource[] => {
      const need = network.needs[id]
      if (!need || !isHeld(need)) return []
      return [{ kind: 'need', id: need.row.id, capacityCents: need.valueCents }]
    }),
  ]
}
