import type { Network } from '../../../src/allocation/engine/network.ts'
import { type Programme, programmeOf } from './programme.ts'

// Levels found in whole cents, this close to each other, are one.
const SAME_LEVEL = 1e-4
const CENT_EUROS = 0.01

/** What a solver minimises is the level, times minus its worth. */
export type OneLevel = { programme: Programme; worth: number; level: number }

/**
 * One linear programme: the level that most of the references share. Who is below is fixed where it stands:
 * the very first programme would be trivial, since an association that nobody can help holds it at zero.
 */
export function oneLevel(network: Network, totals: number[]): OneLevel {
  const { data, worth, ratioRow, rangeRow } = programmeOf(network)
  const references = network.claimants.map(({ row }) => row.referenceCents)
  const ratios = totals.map((cents, rank) => cents / (references[rank] ?? 1))
  const level = commonLevel(ratios, references)
  const isBelow = (rank: number) => (ratios[rank] ?? 0) < level - SAME_LEVEL
  const { starts, indices, values } = data.matrix
  for (let entry = 0; entry < (starts[1] ?? 0); entry++) {
    const rank = (indices[entry] ?? 0) - ratioRow(0)
    values[entry] = isBelow(rank) ? 0 : -(references[rank] ?? 0) / 100
  }
  totals.forEach((cents, rank) => {
    if (isBelow(rank)) data.rowLower[rangeRow(rank)] = Math.max(0, cents / 100 - CENT_EUROS)
  })
  data.colUpper[0] = Number.POSITIVE_INFINITY
  return { programme: data, worth, level }
}

function commonLevel(ratios: number[], references: number[]): number {
  const order = [...ratios.keys()].sort((a, b) => (ratios[a] ?? 0) - (ratios[b] ?? 0))
  let best = { level: 0, weight: -1 }
  let here = { level: Number.NEGATIVE_INFINITY, weight: 0 }
  for (const rank of order) {
    const ratio = ratios[rank] ?? 0
    if (ratio - here.level > SAME_LEVEL) here = { level: ratio, weight: 0 }
    here.weight += references[rank] ?? 0
    if (here.weight > best.weight) best = here
  }
  return best.level
}
