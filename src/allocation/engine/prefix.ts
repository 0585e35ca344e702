import { byText } from './format.ts'
import { compareRatios } from './ratios.ts'

/**
 * What each of several may receive, unit by unit. Unit number j of one starts where it then stands, `from + j·unit`:
 * on the floor's scale while that is under the floor, on the reference's after. The lowest start is served first:
 * Adams' divisor method, which is leximin in whole units (ALLOCATION 2.5). Typed arrays, all in order of rank.
 */
export type Scale = {
  unit: number
  from: Float64Array
  /** Most units. */
  room: Float64Array
  floor: Float64Array
  reference: Float64Array
  /** Last word at equal starts. */
  ids: string[]
}

/** Beyond every floor: levels from 0 up are shares of references; from -1 to 0, shares of floors less one. */
export function levelAt(scale: Scale, rank: number, held: number): number {
  const floor = scale.floor[rank] as number
  return held < floor ? held / floor - 1 : held / (scale.reference[rank] as number)
}

const STEPS_MAX = 100

/**
 * Hands out `units` among the ranks, lowest start first, into `given`; answers the level that was reached. Exact:
 * whatever the order of the ranks, no unit given starts after one that was not.
 */
export function pourUnits(
  scale: Scale,
  ranks: ArrayLike<number>,
  units: number,
  given: Float64Array,
  guess = 0,
): number {
  const level = levelUnder(scale, ranks, units, given, guess)
  let left = units
  for (let at = 0; at < ranks.length; at++) left -= given[ranks[at] as number] as number
  if (left > 0) giveNext(scale, ranks, left, given)
  settle(scale, ranks, given)
  return level
}

/** The highest level found at which the units that start below it are not too many; sets `given` to those. */
function levelUnder(
  scale: Scale,
  ranks: ArrayLike<number>,
  units: number,
  given: Float64Array,
  guess: number,
): number {
  const nearEnough = 4 + ranks.length / 32
  let low = -1
  let high = Number.POSITIVE_INFINITY
  let level = guess
  for (let step = 0; step < STEPS_MAX; step++) {
    const { sum, slope } = countBelow(scale, ranks, level, given)
    const gap = units - sum
    if (gap >= 0 && (gap <= nearEnough || (slope === 0 && level > 0))) {
      low = level
      break
    }
    if (gap >= 0) low = level
    else high = level
    // Aim a little under: the level sought is one that does not pass.
    const aimed = level + (gap - nearEnough / 2) / slope
    const middle = Number.isFinite(high) ? (low + high) / 2 : 2 * level + 1
    const next = aimed > low && aimed < high ? aimed : middle
    if (next <= low || next >= high) break
    level = next
  }
  countBelow(scale, ranks, low, given)
  return low
}

function countBelow(scale: Scale, ranks: ArrayLike<number>, level: number, given: Float64Array) {
  const { unit, from, room, floor, reference } = scale
  let sum = 0
  let slope = 0
  for (let at = 0; at < ranks.length; at++) {
    const rank = ranks[at] as number
    const f = floor[rank] as number
    const r = reference[rank] as number
    const aim = level < 0 ? (1 + level) * f : Math.max(f, level * r)
    const count = Math.ceil((aim - (from[rank] as number)) / unit)
    const most = room[rank] as number
    const kept = count <= 0 ? 0 : Math.min(count, most)
    given[rank] = kept
    sum += kept
    if (count > 0 && count < most) slope += level < 0 ? f : aim > f || level * r >= f ? r : 0
  }
  return { sum, slope: slope / unit }
}

/** A few units more: to those whose next one starts lowest. */
function giveNext(scale: Scale, ranks: ArrayLike<number>, units: number, given: Float64Array) {
  let left = units
  while (left > 0) {
    const starts = new Float64Array(ranks.length)
    let open = 0
    for (let at = 0; at < ranks.length; at++) {
      const rank = ranks[at] as number
      const count = given[rank] as number
      if (count < (scale.room[rank] as number)) starts[open++] = startOf(scale, rank, count)
    }
    if (open === 0) return
    const sorted = starts.subarray(0, open).sort()
    const last = sorted[Math.min(left, open) - 1] as number
    for (let at = 0; at < ranks.length && left > 0; at++) {
      const rank = ranks[at] as number
      const count = given[rank] as number
      if (count >= (scale.room[rank] as number) || startOf(scale, rank, count) > last) continue
      given[rank] = count + 1
      left -= 1
    }
  }
}

/** While a unit given starts after one that was not, it changes hands: rounding has misplaced few, if any. */
function settle(scale: Scale, ranks: ArrayLike<number>, given: Float64Array) {
  for (;;) {
    let last = -1
    let lastStart = Number.NEGATIVE_INFINITY
    let next = -1
    let nextStart = Number.POSITIVE_INFINITY
    for (let at = 0; at < ranks.length; at++) {
      const rank = ranks[at] as number
      const count = given[rank] as number
      if (count > 0) {
        const start = startOf(scale, rank, count - 1)
        if (start > lastStart || (start === lastStart && isBefore(scale, last, rank, given, -1))) {
          last = rank
          lastStart = start
        }
      }
      if (count < (scale.room[rank] as number)) {
        const start = startOf(scale, rank, count)
        if (start < nextStart || (start === nextStart && isBefore(scale, rank, next, given, 0))) {
          next = rank
          nextStart = start
        }
      }
    }
    if (last < 0 || next < 0 || last === next || lastStart < nextStart) return
    if (!startsBefore(scale, [next, given[next] as number], [last, (given[last] as number) - 1]))
      return
    given[last] = (given[last] as number) - 1
    given[next] = (given[next] as number) + 1
  }
}

function startOf(scale: Scale, rank: number, count: number): number {
  return levelAt(scale, rank, (scale.from[rank] as number) + count * scale.unit)
}

function isBefore(scale: Scale, a: number, b: number, given: Float64Array, shift: number): boolean {
  return startsBefore(scale, [a, (given[a] as number) + shift], [b, (given[b] as number) + shift])
}

/** Exact; at equal starts the smaller reference comes first, then the id. */
function startsBefore(scale: Scale, [a, ja]: [number, number], [b, jb]: [number, number]): boolean {
  const heldA = (scale.from[a] as number) + ja * scale.unit
  const heldB = (scale.from[b] as number) + jb * scale.unit
  const isFloorA = heldA < (scale.floor[a] as number)
  const isFloorB = heldB < (scale.floor[b] as number)
  if (isFloorA !== isFloorB) return isFloorA
  const weights = isFloorA ? scale.floor : scale.reference
  const order =
    compareRatios([heldA, weights[a] as number], [heldB, weights[b] as number]) ||
    (scale.reference[a] as number) - (scale.reference[b] as number) ||
    byText(scale.ids[a] ?? '', scale.ids[b] ?? '')
  return order < 0
}
