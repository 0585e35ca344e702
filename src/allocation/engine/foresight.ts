import type { Network } from './network.ts'

/**
 * What a plan of hours will be worth once cash has completed it, without handing out each euro: per envelope, cash
 * is poured in thought over the hours, and an unevenness (the lower, the fairer) sums how far each stays behind.
 */
export type Foresight = {
  hoursCents: Float64Array
  /** By how much one cent of hours more for this association would lower the unevenness. */
  weights: Float64Array
  uneven(): number
  /** Unevenness if this association held so many cents more in hours. */
  unevenWith(changes: Change[]): number
  apply(changes: Change[]): void
}

export type Change = { claimant: number; cents: number }

// The steeper, the nearer to leximin: at 8 an association at 70 % weighs three times one at 80 %.
const FLOOR_WEIGHT = 1_000
const LOWEST_RATIO = 0.02
const STEPS_MAX = 60
const GAP_CENTS = 0.01
const LEVEL_MAX = 1_000

export function foresee(network: Network): Foresight {
  const { claimants, envelopeCents } = network
  const members = envelopeCents.map((_, envelope) =>
    [...claimants.keys()].filter((rank) => claimants[rank]?.envelope === envelope),
  )
  const hoursCents = new Float64Array(claimants.length)
  const weights = new Float64Array(claimants.length)
  const totals = new Float64Array(claimants.length)
  const levels = new Float64Array(envelopeCents.length).fill(1)
  const hasFloors = claimants.some(({ row }) => row.floorCents > 0)
  const limits = limitsOf(network)
  const look = (envelope: number, isKept: boolean) => {
    const inside = members[envelope] ?? []
    return lookInto(
      {
        envelope,
        inside,
        limits,
        hoursCents,
        totals,
        levels,
        hasFloors,
        cashCents: envelopeCents[envelope] ?? 0,
      },
      isKept ? weights : undefined,
    )
  }
  const perEnvelope = envelopeCents.map((_, envelope) => look(envelope, true))
  const shift = (changes: Change[], sign: number) => {
    for (const { claimant, cents } of changes)
      hoursCents[claimant] = (hoursCents[claimant] ?? 0) + sign * cents
  }
  const touched = (changes: Change[]) => [
    ...new Set(changes.map(({ claimant }) => claimants[claimant]?.envelope ?? 0)),
  ]
  return {
    hoursCents,
    weights,
    uneven: () => perEnvelope.reduce((sum, one) => sum + one, 0),
    unevenWith(changes) {
      shift(changes, 1)
      let total = perEnvelope.reduce((sum, one) => sum + one, 0)
      for (const envelope of touched(changes))
        total += look(envelope, false) - (perEnvelope[envelope] ?? 0)
      shift(changes, -1)
      return total
    },
    apply(changes) {
      shift(changes, 1)
      for (const envelope of touched(changes)) perEnvelope[envelope] = look(envelope, true)
    },
  }
}

type Limits = {
  least: Float64Array
  most: Float64Array
  cap: Float64Array
  floor: Float64Array
  reference: Float64Array
}

function limitsOf({ claimants }: Network): Limits {
  const of = (read: (one: (typeof claimants)[number]) => number) =>
    Float64Array.from(claimants, read)
  return {
    least: of(({ leastCents }) => leastCents),
    most: of(({ mostCents }) => mostCents),
    cap: of(({ row }) => row.totalCapCents),
    floor: of(({ row }) => row.floorCents),
    reference: of(({ row }) => row.referenceCents),
  }
}

type View = {
  envelope: number
  levels: Float64Array
  hasFloors: boolean
  inside: number[]
  limits: Limits
  hoursCents: Float64Array
  totals: Float64Array
  cashCents: number
}

function lookInto(view: View, weights: Float64Array | undefined): number {
  const { inside, limits, hoursCents, totals } = view
  const hours = inside.reduce((sum, rank) => sum + (hoursCents[rank] ?? 0), 0)
  const resources = hours + view.cashCents
  // Floors first; the references only once every floor is within reach.
  if (view.hasFloors && fill(view, limits.floor, 1).sum > resources)
    settle(view, limits.floor, resources)
  else settle(view, limits.reference, resources)
  let uneven = 0
  for (const rank of inside) {
    const total = totals[rank] ?? 0
    uneven += lag(total, limits.reference[rank] ?? 1)
    const floor = limits.floor[rank] ?? 0
    if (total < floor) uneven += FLOOR_WEIGHT * (lag(total, floor) - lag(floor, floor))
    if (weights) weights[rank] = weightOf(view, rank)
  }
  return uneven
}

/** R·(R/u)^7: its slope is (R/u)^8, and it is written in products only, so that every machine finds the same. */
function lag(total: number, reference: number): number {
  const ratio = reference / Math.max(total, LOWEST_RATIO * reference)
  const square = ratio * ratio
  return reference * square * square * square * ratio
}

function weightOf({ limits, totals }: View, rank: number): number {
  const total = totals[rank] ?? 0
  const cap = limits.cap[rank] ?? 0
  if (total >= cap) return 0
  const slope = (weight: number) => {
    const ratio = weight / Math.max(total, LOWEST_RATIO * weight)
    const fourth = ratio * ratio * ratio * ratio
    return fourth * fourth
  }
  const floor = limits.floor[rank] ?? 0
  return (
    slope(limits.reference[rank] ?? 1) + (total < floor - 0.5 ? FLOOR_WEIGHT * slope(floor) : 0)
  )
}

/** Sets the totals at one level of `scale`; answers their sum, and how fast it grows with the level. */
function fill(view: View, scale: Float64Array, level: number): { sum: number; slope: number } {
  const { inside, limits, hoursCents, totals } = view
  const isFloorStage = scale === limits.floor
  let sum = 0
  let slope = 0
  for (const rank of inside) {
    const hours = hoursCents[rank] ?? 0
    const least = hours + (limits.least[rank] ?? 0)
    const most = Math.max(least, Math.min(hours + (limits.most[rank] ?? 0), limits.cap[rank] ?? 0))
    const floor = isFloorStage ? 0 : (limits.floor[rank] ?? 0)
    const weight = scale[rank] ?? 0
    const aimed = level * weight
    const isInside = aimed >= least && aimed < most && aimed >= floor
    const total = Math.min(most, Math.max(least, floor, aimed))
    if (isInside) slope += weight
    totals[rank] = total
    sum += total
  }
  return { sum, slope }
}

/** Finds the level at which the resources are all poured, from the level found last time: Newton, kept in a bracket. */
function settle(view: View, scale: Float64Array, resources: number) {
  let low = 0
  let high = Number.POSITIVE_INFINITY
  let level = view.levels[view.envelope] ?? 1
  for (let step = 0; step < STEPS_MAX; step++) {
    const { sum, slope } = fill(view, scale, level)
    const gap = resources - sum
    if (Math.abs(gap) < GAP_CENTS || high - low < 1e-12) break
    if (gap > 0) low = level
    else high = level
    // Nobody can take more: what is left stays in the envelope.
    if (gap > 0 && level > LEVEL_MAX) break
    const next = slope > 0 ? level + gap / slope : Number.NaN
    const halfway = Number.isFinite(high) ? (low + high) / 2 : 2 * level + 0.1
    level = next > low && next < high ? next : halfway
  }
  view.levels[view.envelope] = Math.min(level, 1)
}
