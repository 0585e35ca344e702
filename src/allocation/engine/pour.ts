import { byText } from './format.ts'

/** Somebody under the tap: what it holds, what it is measured by, and how many more units it may take. */
export type Glass = {
  id: string
  heldCents: number
  weightCents: number
  roomUnits: number
  tieCents: number
}

// Levels are cut into 2^40 parts: finer than one unit of any association, so that a part holds at most one unit each.
const PARTS = 1n << 40n

/**
 * Adams' divisor method from where each one stands: the next unit always goes to the lowest held / weight.
 * It is leximin in whole units, and nobody loses when there are more units. At a tie the smaller reference
 * comes first, then the id. Answers the units of each.
 */
export function pour(units: number, glasses: Glass[], unitCents: number): number[] {
  const room = glasses.reduce((sum, { roomUnits }) => sum + roomUnits, 0)
  if (room <= units) return glasses.map(({ roomUnits }) => roomUnits)
  const unit = BigInt(unitCents)
  const exact = glasses.map((glass) => ({
    held: BigInt(glass.heldCents),
    weight: BigInt(glass.weightCents),
    room: BigInt(glass.roomUnits),
  }))
  // The units that start below a level are the first ones of the method, whatever the level.
  const startingBelow = (level: bigint) =>
    exact.map(({ held, weight, room }) => {
      const missing = level * weight - held * PARTS
      if (missing <= 0n) return 0n
      const count = (missing + unit * PARTS - 1n) / (unit * PARTS)
      return count < room ? count : room
    })
  const level = lastLevelWithin(BigInt(units), startingBelow)
  const given = startingBelow(level).map(Number)
  let left = units - given.reduce((sum, count) => sum + count, 0)
  const next = startingBelow(level + 1n).map(Number)
  const waiting = [...glasses.keys()]
    .filter((rank) => (next[rank] ?? 0) > (given[rank] ?? 0))
    .sort((a, b) => firstServed(glasses, given, unitCents, a, b))
  for (const rank of waiting) {
    if (left === 0) break
    given[rank] = (given[rank] ?? 0) + 1
    left -= 1
  }
  return given
}

function lastLevelWithin(units: bigint, startingBelow: (level: bigint) => bigint[]): bigint {
  const count = (level: bigint) => startingBelow(level).reduce((sum, one) => sum + one, 0n)
  let low = 0n
  let high = PARTS
  while (count(high) <= units) {
    low = high
    high *= 2n
  }
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (count(middle) <= units) low = middle
    else high = middle
  }
  return low
}

function firstServed(
  glasses: Glass[],
  given: number[],
  unitCents: number,
  a: number,
  b: number,
): number {
  const one = glasses[a]
  const other = glasses[b]
  if (!one || !other) return a - b
  const oneHolds = one.heldCents + (given[a] ?? 0) * unitCents
  const otherHolds = other.heldCents + (given[b] ?? 0) * unitCents
  return (
    compareRatios([oneHolds, one.weightCents], [otherHolds, other.weightCents]) ||
    one.tieCents - other.tieCents ||
    byText(one.id, other.id)
  )
}

/** Exact, by cross-multiplication; in bigint only when a product passes 2^53. */
export function compareRatios([a, b]: [number, number], [c, d]: [number, number]): number {
  const left = a * d
  const right = c * b
  if (left < Number.MAX_SAFE_INTEGER && right < Number.MAX_SAFE_INTEGER) return left - right
  const difference = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
