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
const AT_LEAST_LEVEL = { lower: 0, upper: Number.POSITIVE_INFINITY }
const FREE = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY }
const LEAP_FIRST = 8

/**
 * As even as possible, by successive linear programmes: raise the lowest level, fix those that hold it down,
 * go on with the others. First the floors, as a share of each floor; then the references.
 */
export async function levelsOf(network: Network): Promise<Levels> {
  const rows = programmeOf(network)
  const open = await openProgramme(rows.data)
  const { claimants } = network
  const climb: Climb = {
    open,
    rows,
    totals: claimants.map(() => 0),
    sure: claimants.map(() => 0),
    isFixed: claimants.map((_, rank) => rows.reachEuros[rank] === 0),
    rounds: 0,
  }
  const floors = claimants.map(({ row }) => row.floorCents / 100)
  const references = claimants.map(({ row }) => row.referenceCents / 100)
  try {
    const isComplete = raise(climb, floors, 1) && raise(climb, references, Number.POSITIVE_INFINITY)
    return {
      totals: climb.totals.map((euros) => euros * 100),
      rounds: climb.rounds,
      notes: isComplete ? [] : [{ code: 'levelsIncomplete', values: { rounds: climb.rounds } }],
    }
  } finally {
    open.close()
  }
}

type Climb = {
  open: LinearProgramme
  rows: ReturnType<typeof programmeOf>
  totals: number[]
  /** What an earlier stage already promised, in euros. */
  sure: number[]
  isFixed: boolean[]
  rounds: number
}

/** One scale, from 0 to `top`: true when every association found its level or reached the top. */
function raise(climb: Climb, weights: number[], top: number): boolean {
  const { open, rows, totals } = climb
  const waits = startStage(climb, weights, top)
  const leaps = leapsOver(climb, weights, waits)
  while (waits.size > 0) {
    const leap = leaps.next(top)
    for (const rank of leap.ranks) hold(climb, rank, reachable(climb, rank))
    const found = open.solve()
    climb.rounds += 1
    const hasFallen = leap.ranks.length > 0 && (!found || found.value < leap.landing)
    leaps.landed(!hasFallen)
    if (hasFallen) {
      for (const rank of leap.ranks) letGo(climb, rank)
      continue
    }
    // The solver lost its way: what it last found stands as a target, and the result says so.
    if (!found) return false
    for (const rank of leap.ranks) fix(climb, waits, rank)
    for (const rank of waits) totals[rank] = found.rows[rows.rangeRow(rank)] ?? 0
    if (found.value >= top - 1e-9) break
    for (const rank of heldDown(climb, found.duals, waits, weights)) {
      hold(climb, rank, found.value * (weights[rank] ?? 0))
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

/**
 * Most levels are an association's own request or cap. Several at once are put where they can rise to at most;
 * if everybody else still gets above the last of them, they were right, and many rounds are saved. If not, they
 * are let go: rounds stay bounded, since each fixes somebody or halves the leap.
 */
function leapsOver(climb: Climb, weights: number[], waits: Set<number>) {
  const ratio = (rank: number) => reachable(climb, rank) / (weights[rank] ?? 1)
  const byReach = [...waits].sort((a, b) => ratio(a) - ratio(b))
  let size = LEAP_FIRST
  let pause = 0
  let patience = 1
  let isLeaping = false
  return {
    next(top: number): { ranks: number[]; landing: number } {
      const waiting = byReach.filter((rank) => waits.has(rank))
      const ranks = waiting.slice(0, Math.min(size, waiting.length - 1))
      const landing = ratio(ranks.at(-1) ?? -1)
      isLeaping = pause === 0 && ranks.length > 0 && landing < top
      pause = Math.max(0, pause - 1)
      return isLeaping ? { ranks, landing } : { ranks: [], landing: 0 }
    },
    landed(hasLanded: boolean) {
      if (!isLeaping) return
      if (hasLanded) patience = 1
      size = hasLanded ? size * 2 : Math.floor(size / 2)
      if (size > 0) return
      size = 1
      pause = patience
      patience *= 2
    },
  }
}

function reachable({ rows }: Climb, rank: number): number {
  return Math.min(rows.reachEuros[rank] ?? 0, rows.capEuros[rank] ?? 0)
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
    price: Math.abs(duals[rows.ratioRow(rank)] ?? 0) * (weights[rank] ?? 0),
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

function letGo({ open, rows, sure }: Climb, rank: number) {
  open.setRowBounds(rows.ratioRow(rank), AT_LEAST_LEVEL)
  open.setRowBounds(rows.rangeRow(rank), between(rows.capEuros[rank], sure[rank]))
}

function between(upper = 0, lower = 0): { lower: number; upper: number } {
  return { lower: Math.max(0, lower - SLACK_EUROS), upper }
}

function fix({ isFixed }: Climb, waits: Set<number>, rank: number) {
  isFixed[rank] = true
  waits.delete(rank)
}
