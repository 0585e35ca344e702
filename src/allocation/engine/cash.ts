import type { Network, NetworkClaimant } from './network.ts'
import { type Glass, pour } from './pour.ts'

/**
 * The cash, once hours are known: exact, in whole units, envelope by envelope. First the least cash that is of
 * use, then the floors, then the references. It only counts down, so no envelope can be passed.
 */
export function shareCash(network: Network, hoursCents: number[]): number[] {
  const cash = network.claimants.map(({ leastCents }) => leastCents)
  const byEnvelope = Map.groupBy(
    network.claimants.keys(),
    (rank) => network.claimants[rank]?.envelope,
  )
  network.envelopeCents.forEach((envelopeCents, envelope) => {
    const ranks = (byEnvelope.get(envelope) ?? []).filter(
      (rank) => (network.claimants[rank]?.mostCents ?? 0) > 0,
    )
    shareEnvelope(network, { envelopeCents, ranks, hoursCents }, cash)
  })
  return cash
}

type Share = { envelopeCents: number; ranks: number[]; hoursCents: number[] }

function shareEnvelope(
  network: Network,
  { envelopeCents, ranks, hoursCents }: Share,
  cash: number[],
) {
  const { unitCents } = network
  const spent = ranks.reduce((sum, rank) => sum + (cash[rank] ?? 0), 0)
  let units = Math.floor((envelopeCents - spent) / unitCents)
  const give = (glassOf: (one: NetworkClaimant, held: number, room: number) => Glass) => {
    const glasses = ranks.flatMap((rank) => {
      const one = network.claimants[rank]
      if (!one) return []
      const held = (hoursCents[rank] ?? 0) + (cash[rank] ?? 0)
      return [glassOf(one, held, roomUnits(one, held, cash[rank] ?? 0, unitCents))]
    })
    const given = pour(units, glasses, unitCents)
    given.forEach((count, index) => {
      const rank = ranks[index] ?? 0
      cash[rank] = (cash[rank] ?? 0) + count * unitCents
      units -= count
    })
  }
  give(({ row }, heldCents, room) => ({
    id: row.id,
    heldCents,
    weightCents: row.floorCents,
    roomUnits: Math.min(room, Math.max(0, Math.ceil((row.floorCents - heldCents) / unitCents))),
    tieCents: row.referenceCents,
  }))
  give(({ row }, heldCents, room) => ({
    id: row.id,
    heldCents,
    weightCents: row.referenceCents,
    roomUnits: room,
    tieCents: row.referenceCents,
  }))
}

/** Whole units that still go in, under the request and under the total cap. */
function roomUnits(
  { row, mostCents }: NetworkClaimant,
  heldCents: number,
  cashCents: number,
  unitCents: number,
): number {
  const roomCents = Math.min(mostCents - cashCents, row.totalCapCents - heldCents)
  return Math.max(0, Math.floor(roomCents / unitCents))
}
