import type { Scale } from './prefix.ts'

const STEPS_MAX = 100

/**
 * The even target of a group: what each holds at the level where all they hold is used, to the cent above or below it.
 * Fractions of a cent go to the largest remainders, so that nobody is a whole cent from its exact share. Sets `given`
 * (above `scale.from`), answers the level.
 */
export function evenTargets(
  scale: Scale,
  ranks: ArrayLike<number>,
  cents: number,
  given: Float64Array,
  guess: number,
): number {
  const level = levelWhere(scale, ranks, cents, given, guess)
  const remainders: { rank: number; part: number }[] = []
  let left = cents
  for (let at = 0; at < ranks.length; at++) {
    const rank = ranks[at] as number
    const exact = given[rank] as number
    const whole = Math.floor(exact)
    given[rank] = whole
    left -= whole
    if (whole < (scale.room[rank] as number)) remainders.push({ rank, part: exact - whole })
  }
  if (left <= 0) return level
  remainders.sort((a, b) => b.part - a.part || a.rank - b.rank)
  for (let at = 0; left > 0 && remainders.length > 0; at = (at + 1) % remainders.length) {
    const { rank } = remainders[at] as { rank: number }
    given[rank] = (given[rank] as number) + 1
    left -= 1
  }
  return level
}

/** Newton's method kept in a bracket; `given` is left at what each holds there, in fractions of a cent. */
function levelWhere(
  scale: Scale,
  ranks: ArrayLike<number>,
  cents: number,
  given: Float64Array,
  guess: number,
): number {
  let low = -1
  let high = Number.POSITIVE_INFINITY
  let level = guess
  for (let step = 0; step < STEPS_MAX; step++) {
    const { sum, slope } = holdAt(scale, ranks, level, given)
    const gap = cents - sum
    if (Math.abs(gap) < 1e-6) return level
    if (gap > 0) low = level
    else high = level
    const aimed = slope > 0 ? level + gap / slope : Number.NaN
    const middle = high < Number.POSITIVE_INFINITY ? (low + high) / 2 : 2 * level + 1
    const next = aimed > low && aimed < high ? aimed : middle
    // As near as floating numbers come; below, so that the rest is handed out and never taken back.
    if (next <= low || next >= high) break
    level = next
  }
  holdAt(scale, ranks, low, given)
  return low
}

function holdAt(scale: Scale, ranks: ArrayLike<number>, level: number, given: Float64Array) {
  const { from, room, floor, reference } = scale
  const isFloor = level < 0
  const weights = isFloor ? floor : reference
  const share = isFloor ? 1 + level : level
  let sum = 0
  let slope = 0
  for (let at = 0; at < ranks.length; at++) {
    const rank = ranks[at] as number
    const weight = weights[rank] as number
    const scaled = share * weight
    const aim = isFloor ? scaled : Math.max(floor[rank] as number, scaled)
    const wanted = aim - (from[rank] as number)
    const most = room[rank] as number
    const held = wanted <= 0 ? 0 : Math.min(wanted, most)
    given[rank] = held
    sum += held
    if (wanted > 0 && wanted < most && aim === scaled) slope += weight
  }
  return { sum, slope }
}
