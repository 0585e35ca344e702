import type { Network } from '../../../src/allocation/engine/network.ts'
import { type LinearProgramme, openProgramme } from './highs.ts'
import { programmeOf, type Rows } from './programme.ts'

export type PeerLevels = {
  /** Of each association, if hours could be cut at will; cents, not whole. */
  totals: number[]
  rounds: number
  /** False when the time was up, or when the solver's tolerance led it astray. */
  isComplete: boolean
}

// A row holds its association down when it carries more than this share of the round's price.
const DUAL_LEAST = 1e-7
// The solver works in euros with a tolerance of 1e-7: a thousandth of a cent of slack keeps rounds feasible.
const SLACK_EUROS = 1e-5
const AT_LEAST_LEVEL = { lower: 0, upper: Number.POSITIVE_INFINITY }
const FREE = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY }

/**
 * As even as possible, by successive linear programmes in HiGHS, each warm started from the last: raise the lowest level, fix those that hold it down,
 * go on with the others. First the floors, as a share of each floor; then the references.
 */
export async function successiveLevels(
  network: Network,
  { isTuned = true, secondsMost = Number.POSITIVE_INFINITY } = {},
): Promise<PeerLevels> {
  const rows = programmeOf(network)
  const open = await openProgramme(rows.data, isTuned)
  const { claimants } = network
  const climb: Climb = {
    open,
    rows,
    totals: claimants.map(() => 0),
    sure: claimants.map(() => 0),
    isFixed: claimants.map((_, rank) => rows.reachEuros[rank] === 0),
    rounds: 0,
    until: performance.now() + secondsMost * 1000,
  }
  const floors = claimants.map(({ row }) => row.floorCents / 100)
  const references = claimants.map(({ row }) => row.referenceCents / 100)
  try {
    const isComplete = raise(climb, floors, 1) && raise(climb, references, Number.POSITIVE_INFINITY)
    return {
      totals: climb.totals.map((euros) => euros * 100),
      rounds: climb.rounds,
      isComplete,
    }
  } finally {
    open.close()
  }
}

type Climb = {
  open: LinearProgramme
  rows: Rows
  totals: number[]
  /** What an earlier stage already promised, in euros. */
  sure: number[]
  isFixed: boolean[]
  rounds: number
  until: number
}

/** One scale, from 0 to `top`: true when every association found its level or reached the top. */
function raise(climb: Climb, weights: number[], top: number): boolean {
  const { open, rows, totals } = climb
  const waits = startStage(climb, weights, top)
  while (waits.size > 0) {
    if (performance.now() > climb.until) return false
    const found = open.solve()
    climb.rounds += 1
    // The solver lost its way: what it last found stands.
    if (!found) return false
    const level = -found.value / rows.worth
    for (const rank of waits) totals[rank] = found.rows[rows.rangeRow(rank)] ?? 0
    if (level >= top - 1e-9) break
    for (const rank of heldDown(climb, found.duals, waits, weights)) {
      hold(climb, rank, level * (weights[rank] ?? 0))
      fix(climb, waits, rank)
    }
  }
  // The top of the floors is reached by all who still wait: from here on it is a promise.
  for (const rank of waits) {
    climb.sure[rank] = weights[rank] ?? 0
    hold(climb, rank, weights[rank] ?? 0)
  }
  return true
}

function startStage({ open, rows, isFixed }: Climb, weights: number[], top: number): Set<number> {
  open.setUpper(0, top)
  const waits = new Set<number>()
  weights.forEach((weight, rank) => {
    const isIn = !isFixed[rank] && weight > 0
    open.setCoefficient({ row: rows.ratioRow(rank), column: 0 }, -weight)
    open.setRowBounds(rows.ratioRow(rank), isIn ? AT_LEAST_LEVEL : FREE)
    if (isIn) waits.add(rank)
  })
  return waits
}

/** Those whose row has a price are at this level in every best answer; at least one has. */
function heldDown(
  { rows }: Climb,
  duals: Float64Array,
  waits: Set<number>,
  weights: number[],
): number[] {
  const prices = [...waits].map((rank) => ({
    rank,
    price: (Math.abs(duals[rows.ratioRow(rank)] ?? 0) * (weights[rank] ?? 0)) / rows.worth,
  }))
  const held = prices.filter(({ price }) => price > DUAL_LEAST).map(({ rank }) => rank)
  if (held.length > 0) return held
  const dearest = prices.reduce((best, one) => (one.price > best.price ? one : best))
  return [dearest.rank]
}

/** From here on the association has this much, and no longer holds the level down. */
function hold({ open, rows, totals }: Climb, rank: number, euros: number) {
  totals[rank] = euros
  open.setRowBounds(rows.ratioRow(rank), FREE)
  open.setRowBounds(rows.rangeRow(rank), between(rows.capEuros[rank], euros))
}

function between(upper = 0, lower = 0): { lower: number; upper: number } {
  return { lower: Math.max(0, lower - SLACK_EUROS), upper }
}

function fix({ isFixed }: Climb, waits: Set<number>, rank: number) {
  isFixed[rank] = true
  waits.delete(rank)
}
