import { flowOf, walkerOf } from './flow.ts'
import { byText, type LevelGroup, type Repair, type Shortfall } from './format.ts'
import type { Levels } from './levels.ts'
import type { Network } from './network.ts'

/**
 * When the floors cannot all be reached even if hours could be cut at will: who stays under, the resources that hold
 * them there (no smaller set does: it is a minimum cut), and what would be enough. Null when all are reached.
 */
export function shortfallOf(
  network: Network,
  levels: Levels,
  certificate: LevelGroup[],
): Shortfall | null {
  const lacks = network.claimants.map(({ row }, rank) =>
    Math.max(0, row.floorCents - (levels.totals[rank] ?? 0)),
  )
  const missingCents = lacks.reduce((sum, cents) => sum + cents, 0)
  if (missingCents === 0) return null
  const lowest = network.claimants.reduce(
    (least, { row }, rank) =>
      row.floorCents > 0 ? Math.min(least, (levels.totals[rank] ?? 0) / row.floorCents) : least,
    1,
  )
  return {
    missingCents,
    associationIds: network.claimants.flatMap(({ row }, rank) => (lacks[rank] ? [row.id] : [])),
    cut: certificate.filter(({ stage }) => stage === 'floor').flatMap(({ cut }) => cut),
    repairs: [
      ...hoursRepair(network, missingCents),
      { kind: 'floors', percent: Math.floor(lowest * 100) },
      ...envelopeRepair(network, missingCents),
    ],
  }
}

/** The family of which the fewest hours more would be enough, if one is. */
function hoursRepair(network: Network, missingCents: number): Repair[] {
  const { problem, needs } = network
  const families = problem.families.toSorted(
    (a, b) => b.hourlyValueCents - a.hourlyValueCents || byText(a.family, b.family),
  )
  const isEnough = floorsWith(network)
  for (const { family, hourlyValueCents } of families) {
    const helped = needs.flatMap(({ row, pools }, rank) =>
      row.family === family && pools.length > 0 ? [rank] : [],
    )
    if (helped.length === 0 || !isEnough({ needs: helped })) continue
    return [
      { kind: 'hours', family, minutes: 30 * Math.ceil((2 * missingCents) / hourlyValueCents) },
    ]
  }
  return []
}

/** The first envelope whose growth alone would be enough: by what is missing, since each cent then helps. */
function envelopeRepair(network: Network, missingCents: number): Repair[] {
  const isEnough = floorsWith(network)
  const found = network.problem.envelopes.find((_, envelope) =>
    isEnough({ envelope, cents: missingCents }),
  )
  const unit = network.unitCents
  return found
    ? [{ kind: 'envelope', id: found.id, cents: Math.ceil(missingCents / unit) * unit }]
    : []
}

type More = { envelope: number; cents: number } | { needs: number[] }

/** Fills the floors as far as can be, then answers whether more of something would fill them all. */
function floorsWith(network: Network): (more: More) => boolean {
  const flow = flowOf(network)
  const { firstNeed, firstClaimant, starts, rest, supply, nodeCount } = flow
  const excess = new Float64Array(nodeCount)
  const walker = walkerOf(flow, excess)
  const nodes = Int32Array.from({ length: nodeCount }, (_, node) => node)
  excess.set(supply)
  network.claimants.forEach(({ row, leastCents }, rank) => {
    excess[firstClaimant + rank] = -Math.max(0, row.floorCents - leastCents)
  })
  walker.carry(nodes)
  const before = { excess: excess.slice(), rest: rest.slice() }
  return (more) => {
    excess.set(before.excess)
    rest.set(before.rest)
    if ('envelope' in more) excess[more.envelope] = (excess[more.envelope] as number) + more.cents
    else
      for (const need of more.needs) {
        const last = (starts[firstNeed + need + 1] as number) - 1
        excess[firstNeed + need] = rest[last] as number
      }
    walker.carry(nodes)
    return excess.subarray(firstClaimant).every((lack) => lack >= 0)
  }
}
