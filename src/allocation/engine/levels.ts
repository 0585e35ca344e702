import type { Note } from './format.ts'
import { type LinearProgramme, openProgramme } from './highs.ts'
import type { Network } from './network.ts'
import { programmeOf } from './programme.ts'

export type Levels = {
  /** Of each association, if hours could be cut at will; cents, not whole. */
  totals: number[]
  rounds: number
  notes: Note[]
}

// A row holds its association down when it carries more than this share of the round's price.
const DUAL_LEAST = 1e-7
// The solver works in euros with a tolerance of 1e-7: a thousandth of a cent of slack keeps rounds feasible.
const SLACK_EUROS = 1e-5

/**
 * As even as possible, by successive linear programmes: raise the lowest level, fix those that hold it down,
 * go on with the others. First the floors, as a share of each floor; then the references.
 */
export async function levelsOf(network: Network): Promise<Levels> {
  const programme = programmeOf(network)
  const open = await openProgramme(programme.data)
  try {
    return raise(network, open, programme)
  } finally {
    open.close()
  }
}

type Rows = ReturnType<typeof programmeOf>
type Climb = {
  network: Network
  open: LinearProgramme
  rows: Rows
  totals: number[]
  isFixed: boolean[]
  rounds: number
}

function raise(network: Network, open: LinearProgramme, rows: Rows): Levels {
  const { claimants } = network
  const climb: Climb = {
    network,
    open,
    rows,
    totals: claimants.map(() => 0),
    isFixed: claimants.map((_, rank) => rows.reachEuros[rank] === 0),
    rounds: 0,
  }
  const floors = claimants.map(({ row }) => row.floorCents / 100)
  const isComplete =
    stage(climb, floors, 1) &&
    stage(
      climb,
      claimants.map(({ row }) => row.referenceCents / 100),
      Number.POSITIVE_INFINITY,
    )
  return {
    totals: climb.totals.map((euros) => euros * 100),
    rounds: climb.rounds,
    notes: isComplete ? [] : [{ code: 'levelsIncomplete', values: { rounds: climb.rounds } }],
  }
}

/** One scale, from 0 to `top`: true when every association found its level or reached the top. */
function stage(climb: Climb, weights: number[], top: number): boolean {
  const { open, rows, isFixed, network } = climb
  open.setUpper(0, top)
  const waits = new Set<number>()
  weights.forEach((weight, rank) => {
    const isIn = !isFixed[rank] && weight > 0
    open.setCoefficient({ row: rows.ratioRow(rank), column: 0 }, isIn ? -weight : 0)
    if (isIn) waits.add(rank)
  })
  // Each round fixes at least one association, so there are never more rounds than associations.
  while (waits.size > 0) {
    const found = open.solve()
    climb.rounds += 1
    if (!found) return keepLast(climb, waits)
    for (const rank of waits) climb.totals[rank] = found.rows[rows.rangeRow(rank)] ?? 0
    if (found.value >= top - 1e-9) break
    for (const rank of heldDown(found.duals, waits, rows, weights)) {
      const level = found.value * (weights[rank] ?? 0)
      waits.delete(rank)
      isFixed[rank] = true
      climb.totals[rank] = level
      open.setCoefficient({ row: rows.ratioRow(rank), column: 0 }, 0)
      keepAtLeast(climb, rank, level)
    }
  }
  // The top of the floors is reached by all who still wait: from here on it is a promise.
  for (const rank of waits) keepAtLeast(climb, rank, weights[rank] ?? 0)
  return network.claimants.length > 0
}

function heldDown(
  duals: Float64Array,
  waits: Set<number>,
  rows: Rows,
  weights: number[],
): number[] {
  const prices = [...waits].map((rank) => ({
    rank,
    price: Math.abs(duals[rows.ratioRow(rank)] ?? 0) * (weights[rank] ?? 0),
  }))
  const held = prices.filter(({ price }) => price > DUAL_LEAST).map(({ rank }) => rank)
  if (held.length > 0) return held
  const dearest = prices.reduce((best, one) => (one.price > best.price ? one : best))
  return [dearest.rank]
}

function keepAtLeast({ open, rows }: Climb, rank: number, euros: number) {
  open.setRowBounds(rows.rangeRow(rank), {
    lower: Math.max(0, euros - SLACK_EUROS),
    upper: rows.capEuros[rank] ?? 0,
  })
}

/** The solver lost its way: what it last found stands as a target, and the result says so. */
function keepLast({ isFixed }: Climb, waits: Set<number>): boolean {
  for (const rank of waits) isFixed[rank] = true
  return false
}
