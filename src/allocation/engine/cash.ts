import type { Network } from './network.ts'
import { pourUnits, type Scale } from './prefix.ts'

/**
 * The cash, once hours are known: exact, in whole units, envelope by envelope. It starts at the least cash that is of
 * use; each next unit goes to the lowest, floors before references. Count-down: no envelope can be passed.
 */
export function shareCash(network: Network, hoursCents: ArrayLike<number>): number[] {
  const { claimants, envelopes, unitCents } = network
  const scale = cashScale(network, hoursCents)
  const units = new Float64Array(claimants.length)
  for (const { wholeCents, members } of envelopes) {
    const kept = members.reduce((sum, rank) => sum + (claimants[rank]?.leastCents ?? 0), 0)
    // Pinned cash may have been written for a larger envelope: what is left is then nothing.
    pourUnits(scale, members, Math.max(0, (wholeCents - kept) / unitCents), units, 0.8)
  }
  return claimants.map(({ leastCents }, rank) => leastCents + (units[rank] ?? 0) * unitCents)
}

/** From the hours and the least cash, as many units as request and total cap leave. */
function cashScale({ claimants, unitCents }: Network, hoursCents: ArrayLike<number>): Scale {
  const empty = () => new Float64Array(claimants.length)
  const ids = claimants.map(({ row }) => row.id)
  const scale = {
    unit: unitCents,
    from: empty(),
    room: empty(),
    floor: empty(),
    reference: empty(),
    ids,
  }
  claimants.forEach((one, rank) => {
    const from = (hoursCents[rank] ?? 0) + one.leastCents
    const room = Math.min(one.mostCents - one.leastCents, one.capCents - from)
    scale.from[rank] = from
    scale.room[rank] = Math.max(0, Math.floor(room / unitCents))
    scale.floor[rank] = one.row.floorCents
    scale.reference[rank] = one.row.referenceCents
  })
  return scale
}
