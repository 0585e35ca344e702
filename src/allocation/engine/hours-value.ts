import type { Levels } from './levels.ts'
import type { Network } from './network.ts'

/**
 * What hours are worth once cash has completed them. Cash of one envelope runs to its lowest associations, so that
 * it has one level `t`, hence one price. At that price what an association brings depends on its own hours alone:
 * the best of `R·φ(u/R) − price·cash` over the cash it may have. Sums of these are what the search raises; by
 * Lagrangian duality they bound the true sum from above and meet it when `t` is the level that cash will reach.
 */
export type HoursValue = {
  /** Hours of each association, in cents. */
  held: Float64Array
  /** What this association brings with so many cents of hours. */
  of(rank: number, cents: number): number
  /** By how much one cent more would raise it, at most. */
  slope(rank: number, cents: number): number
  /** Brings the level of each envelope to what the hours held now leave to its cash. */
  reprice(): void
  /** The same to first order, after one association's hours changed from so many cents: the price follows each move. */
  follow(rank: number, before: number): void
}

// φ(r) = −r⁻⁷/7: its slope is r⁻⁸, so steep that an association at 70 % weighs three times one at 80 %: near leximin.
const LOWEST_RATIO = 0.02
/** A floor weighs so many times a reference: floors come first. */
const FLOOR_WEIGHT = 1_000
const STEPS_MAX = 60

export function hoursValueOf(network: Network, levels: Levels): HoursValue {
  const { claimants, envelopes } = network
  const held = new Float64Array(claimants.length)
  const column = (read: (one: (typeof claimants)[number]) => number) => {
    const numbers = new Float64Array(claimants.length)
    claimants.forEach((one, rank) => {
      numbers[rank] = read(one)
    })
    return numbers
  }
  const least = column((one) => one.leastCents)
  const most = column((one) => one.mostCents)
  const cap = column((one) => one.capCents)
  const floor = column((one) => one.row.floorCents)
  const reference = column((one) => one.row.referenceCents)
  const home = Int32Array.from(claimants, (one) => one.envelope)
  const level = new Float64Array(envelopes.length)
  const price = new Float64Array(envelopes.length)
  // Of each envelope: the references (or floors) between which its next cent is shared.
  const sharing = new Float64Array(envelopes.length)

  function cashAt(rank: number, hours: number, at: number): number {
    const f = floor[rank] as number
    const aim = at < 0 ? (1 + at) * f : Math.max(f, at * (reference[rank] as number))
    const low = least[rank] as number
    const high = Math.max(low, Math.min(most[rank] as number, (cap[rank] as number) - hours))
    const cash = aim - hours
    return cash < low ? low : Math.min(cash, high)
  }

  function of(rank: number, hours: number): number {
    const envelope = home[rank] as number
    const cash = cashAt(rank, hours, level[envelope] as number)
    const total = cash + hours
    const f = floor[rank] as number
    const lack = total < f ? FLOOR_WEIGHT * f * (worth(total / f) - worth(1)) : 0
    const r = reference[rank] as number
    return r * worth(total / r) + lack - (price[envelope] as number) * cash
  }

  function slope(rank: number, hours: number): number {
    const total = cashAt(rank, hours, level[home[rank] as number] as number) + hours
    const f = floor[rank] as number
    return (
      steepness(total / (reference[rank] as number)) +
      (total < f ? FLOOR_WEIGHT * steepness(total / f) : 0)
    )
  }

  function reprice() {
    envelopes.forEach(({ wholeCents, members }, envelope) => {
      setLevel(envelope, levelOfCash(envelope, members, wholeCents))
    })
  }

  function setLevel(envelope: number, at: number) {
    level[envelope] = at
    price[envelope] = at < 0 ? FLOOR_WEIGHT * steepness(1 + at) : steepness(at)
  }

  function follow(rank: number, before: number) {
    const envelope = home[rank] as number
    const at = level[envelope] as number
    const growth = sharing[envelope] as number
    if (growth === 0) return
    const freed = cashAt(rank, before, at) - cashAt(rank, held[rank] as number, at)
    const next = at + freed / growth
    // Past the floors, or back under them, the scale is another: wait for the next look at all.
    if (next < 0 === at < 0) setLevel(envelope, next)
  }

  /** Where the envelope is all poured: Newton's method kept in a bracket. */
  function levelOfCash(envelope: number, members: number[], cents: number): number {
    let low = -1
    let high = Number.POSITIVE_INFINITY
    let at = level[envelope] as number
    for (let step = 0; step < STEPS_MAX; step++) {
      let sum = 0
      let growth = 0
      for (const rank of members) {
        const hours = held[rank] as number
        const cash = cashAt(rank, hours, at)
        sum += cash
        const isFree =
          cash > (least[rank] as number) &&
          cash < Math.min(most[rank] as number, (cap[rank] as number) - hours)
        if (isFree) growth += (at < 0 ? floor : reference)[rank] as number
      }
      sharing[envelope] = growth
      const gap = cents - sum
      if (Math.abs(gap) < 0.01 || high - low < 1e-12) break
      if (gap > 0) low = at
      else high = at
      // Nobody can take more: what is left stays in the envelope.
      if (gap > 0 && at > 100) break
      const aimed = growth > 0 ? at + gap / growth : Number.NaN
      const middle = high < Number.POSITIVE_INFINITY ? (low + high) / 2 : 2 * at + 1
      at = aimed > low && aimed < high ? aimed : middle
    }
    return at
  }

  // The even target says what hours to expect: prices are near right from the start.
  claimants.forEach((_, rank) => {
    held[rank] = (levels.totals[rank] ?? 0) - (levels.cash[rank] ?? 0)
  })
  level.fill(0.8)
  reprice()
  held.fill(0)
  return { held, of, slope, reprice, follow }
}

/** Written in products only, so that every machine finds the same; straight below the lowest ratio. */
function worth(ratio: number): number {
  if (ratio < LOWEST_RATIO)
    return worth(LOWEST_RATIO) - (LOWEST_RATIO - ratio) * steepness(LOWEST_RATIO)
  const square = ratio * ratio
  return -1 / (7 * square * square * square * ratio)
}

function steepness(ratio: number): number {
  const kept = Math.max(ratio, LOWEST_RATIO)
  const square = kept * kept
  const fourth = square * square
  return 1 / (fourth * fourth)
}
