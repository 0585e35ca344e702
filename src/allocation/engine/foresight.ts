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

export function foresee(network: Network): Foresight {
  const { claimants, envelopeCents } = network
  const members = envelopeCents.map((_, envelope) =>
    [...claimants.keys()].filter((rank) => claimants[rank]?.envelope === envelope),
  )
  const hoursCents = new Float64Array(claimants.length)
  const weights = new Float64Array(claimants.length)
  const totals = new Float64Array(claimants.length)
  const limits = limitsOf(network)
  const look = (envelope: number, isKept: boolean) => {
    const inside = members[envelope] ?? []
    return lookInto(
      { inside, limits, hoursCents, totals, cashCents: envelopeCents[envelope] ?? 0 },
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
  const floorsReached = fill(view, limits.floor, 1)
  if (floorsReached > resources) settle(view, limits.floor, resources)
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

/** Sets the totals at one level of `scale` and answers their sum. */
function fill(
  { inside, limits, hoursCents, totals }: View,
  scale: Float64Array,
  level: number,
): number {
  let sum = 0
  for (const rank of inside) {
    const hours = hoursCents[rank] ?? 0
    const least = hours + (limits.least[rank] ?? 0)
    const most = Math.max(least, Math.min(hours + (limits.most[rank] ?? 0), limits.cap[rank] ?? 0))
    const floor = scale === limits.floor ? 0 : (limits.floor[rank] ?? 0)
    const aimed = Math.max(floor, level * (scale[rank] ?? 0))
    const total = aimed < least ? least : Math.min(aimed, most)
    totals[rank] = total
    sum += total
  }
  return sum
}

function settle(view: View, scale: Float64Array, resources: number) {
  let low = 0
  let high = 1
  while (high < 1_024 && fill(view, scale, high) < resources) {
    low = high
    high *= 2
  }
  for (let step = 0; step < STEPS_MAX; step++) {
    const below = fill(view, scale, low)
    const above = fill(view, scale, high)
    if (above - below < 0.01 || below >= resources || above <= resources) break
    // Straight line, but never so near an end that the other end stays for ever.
    const share = Math.min(0.9, Math.max(0.1, (resources - below) / (above - below)))
    const middle = low + share * (high - low)
    if (fill(view, scale, middle) <= resources) low = middle
    else high = middle
  }
  fill(view, scale, low)
}
