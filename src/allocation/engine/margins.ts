import { byText, type LevelGroup, type MarginEvent, type Margins, type Reason } from './format.ts'
import type { Network, NetworkClaimant } from './network.ts'
import { hoursCentsOf, type Plan } from './plan.ts'
import { compareRatios } from './ratios.ts'
import { canTakeMore } from './reasons.ts'
import { referenceOf } from './references.ts'

type View = {
  network: Network
  plan: Plan
  cash: number[]
  relaxed: { totals: number[]; groupOf: number[]; groups: Pick<LevelGroup, 'stage' | 'cut'>[] }
  reasons: Reason[][]
}

/** What would change each line, in exact fractions of what is in the rows: each can be counted again with a pencil. */
export function marginsOf(view: View): Margins[] {
  const { network, plan, cash, reasons } = view
  const hours = hoursCentsOf(network, plan)
  const totals = network.claimants.map((_, rank) => (cash[rank] ?? 0) + (hours[rank] ?? 0))
  const standing: Standing = {
    network,
    cash,
    hours,
    totals,
    codes: reasons.map(([first]) => first?.code),
  }
  const sharings = network.envelopes.map(({ members }) => sharingOf(standing, members))
  const hoursMargins = hoursMarginsOf(view)
  return network.claimants.map((one, rank) => {
    const code = standing.codes[rank]
    return {
      envelope: envelopeMargin(sharings[one.envelope], code, one),
      hours: hoursMargins[rank] ?? [],
      isHeldByRequest: code === 'OWN_REQUEST_CAP',
      tenPoints: tenPoints(network, one, totals[rank] ?? 0),
    }
  })
}

type Standing = {
  network: Network
  cash: number[]
  hours: number[]
  totals: number[]
  codes: (Reason['code'] | undefined)[]
}

type Sharing = {
  code: Reason['code']
  count: number
  weight: bigint
  untilCents: number
  event: MarginEvent
}

/** Floors or references: what the next euro of the envelope is shared by. */
function weightOf({ row }: NetworkClaimant, code: Reason['code']): number {
  return code === 'FLOOR_STAGE' ? row.floorCents : row.referenceCents
}

/** Those of an envelope who rise together, and the lowest level at which that ends; of two at once, the first by id. */
function sharingOf(standing: Standing, members: number[]): Sharing | undefined {
  const { network, totals, codes } = standing
  const code = (['FLOOR_STAGE', 'CASH_LEVEL'] as const).find((one) =>
    members.some((rank) => codes[rank] === one),
  )
  if (!code) return undefined
  let weight = 0n
  let held = 0n
  let count = 0
  for (const rank of members) {
    const one = network.claimants[rank]
    if (!one || codes[rank] !== code) continue
    weight += BigInt(weightOf(one, code))
    held += BigInt(totals[rank] ?? 0)
    count += 1
  }
  const events = members.flatMap((rank) => eventOf(standing, rank, code) ?? [])
  if (code === 'FLOOR_STAGE') events.push({ event: { code: 'JOINS' }, at: [1, 1] })
  const first = events.reduce<Happening>(
    (least, one) => (least.at[1] === 0 || compareRatios(one.at, least.at) < 0 ? one : least),
    { event: { code: 'NEVER' }, at: [1, 0] },
  )
  const [top, bottom] = [BigInt(first.at[0]), BigInt(first.at[1])]
  const until = bottom === 0n ? 0n : (weight * top - held * bottom) / bottom
  // Rounding to whole units may already have lifted them past it.
  return { code, count, weight, untilCents: until > 0n ? Number(until) : 0, event: first.event }
}

type Happening = { event: MarginEvent; at: [number, number] }

function eventOf(
  { network, cash, hours, totals, codes }: Standing,
  rank: number,
  code: Reason['code'],
) {
  const one = network.claimants[rank]
  const weight = one ? weightOf(one, code) : 0
  if (!one || weight === 0) return undefined
  const associationId = one.row.id
  const totalCents = totals[rank] ?? 0
  if (codes[rank] === code) {
    const asked = one.requestCents + (hours[rank] ?? 0)
    return asked <= one.capCents
      ? happening({ code: 'REQUEST_CAP', associationId }, asked, weight)
      : happening({ code: 'TOTAL_CAP', associationId }, one.capCents, weight)
  }
  // Above the level, and able to take cash: the level will reach it.
  const isAble = canTakeMore(network, one, {
    cashCents: cash[rank] ?? 0,
    hoursCents: hours[rank] ?? 0,
  })
  return isAble ? happening({ code: 'JOINS', associationId }, totalCents, weight) : undefined
}

function happening(event: MarginEvent, held: number, weight: number): Happening {
  return { event, at: [held, weight] }
}

function envelopeMargin(
  sharing: Sharing | undefined,
  code: Reason['code'] | undefined,
  one: NetworkClaimant,
): Margins['envelope'] {
  if (!sharing || sharing.code !== code) return null
  const { count, weight, untilCents, event } = sharing
  return {
    share: fraction(BigInt(weightOf(one, code)), weight),
    sharers: count - 1,
    untilCents,
    event,
  }
}

/** An hour more from a pool of the group's cut raises all of the group who are below their cap, each by its weight. */
function hoursMarginsOf({ network, relaxed }: View): Margins['hours'][] {
  const { claimants, needs, pools, problem } = network
  const { totals, groupOf, groups } = relaxed
  const placeOf = new Map(
    groups.flatMap(({ cut }, place) =>
      cut.flatMap(({ kind, id }) => (kind === 'pool' ? [[id, place] as const] : [])),
    ),
  )
  const places = pools.map(({ row }) => placeOf.get(row.id))
  const hourly = new Map(problem.families.map((one) => [one.family, one.hourlyValueCents]))
  const weights = groups.map(() => 0n)
  const weightIn = (one: NetworkClaimant, place: number) =>
    BigInt(groups[place]?.stage === 'floor' ? one.row.floorCents : one.row.referenceCents)
  const canRise = claimants.map((one, rank) => (totals[rank] ?? 0) < one.capCents)
  claimants.forEach((one, rank) => {
    const place = groupOf[rank] ?? 0
    if (canRise[rank]) weights[place] = (weights[place] ?? 0n) + weightIn(one, place)
  })
  return claimants.map((one, rank) => {
    const place = groupOf[rank] ?? 0
    const weight = weights[place] ?? 0n
    if (!canRise[rank] || weight === 0n) return []
    const mine = one.needs.flatMap((need) => needs[need] ?? [])
    const held = mine.filter((need) => need.pools.some((pool) => places[pool] === place))
    return [...new Set(held.map(({ row }) => row.family))].sort(byText).map((family) => ({
      family,
      gain: fraction(BigInt(hourly.get(family) ?? 0) * weightIn(one, place), weight),
    }))
  })
}

function tenPoints(
  { problem }: Network,
  { row }: NetworkClaimant,
  totalCents: number,
): Margins['tenPoints'] {
  if (row.basisCents === undefined) return null
  const raised = referenceOf(row.basisCents, Math.min(100, row.score + 10), problem.scoreWeights)
  const referenceCents = raised - row.referenceCents
  if (totalCents < row.floorCents) return { referenceCents, gainCents: 0 }
  const whole = BigInt(referenceCents) * BigInt(totalCents)
  const divisor = BigInt(row.referenceCents)
  // Rounded down, also when κ falls and the gain is a loss.
  const isLess = whole < 0n && whole % divisor !== 0n
  return { referenceCents, gainCents: Number(whole / divisor - (isLess ? 1n : 0n)) }
}

/** In lowest terms. */
function fraction(top: bigint, bottom: bigint): string {
  let [a, b] = [top, bottom]
  while (b !== 0n) [a, b] = [b, a % b]
  return `${top / a}/${bottom / a}`
}
