import { gateShut } from './gates.ts'
import type { PreparedOpening, PreparedSeeker } from './prepared.ts'
import { totalOf } from './scores.ts'
import type { MatchRules } from './weights.ts'

export type Ranked<Kind> = { one: Kind; total: number; lot: number }

/** The missions open to this person, the best first; at most `most` of them. */
export function openingsFor(
  seeker: PreparedSeeker,
  openings: Iterable<PreparedOpening>,
  rules: MatchRules,
  most = Number.POSITIVE_INFINITY,
): Ranked<PreparedOpening>[] {
  const best: Ranked<PreparedOpening>[] = []
  for (const opening of openings) {
    if (gateShut(seeker, opening)) continue
    const total = totalOf(seeker, opening, rules)
    const last = best[best.length - 1]
    if (best.length >= most && last && total < last.total) continue
    insert(best, { one: opening, total, lot: lotOf(seeker.id, opening.id) }, most)
  }
  return best
}

/** Into its place in a list kept in order, and no longer than asked. */
function insert(
  best: Ranked<PreparedOpening>[],
  ranked: Ranked<PreparedOpening>,
  most: number,
): void {
  let low = 0
  let high = best.length
  while (low < high) {
    const middle = (low + high) >> 1
    const known = best[middle]
    if (known && compared(known, ranked) < 0) low = middle + 1
    else high = middle
  }
  best.splice(low, 0, ranked)
  if (best.length > most) best.pop()
}

/** Those who offered their help for one mission: in the order that its association chose, then by the rules. */
export function callOrder<Offer extends { seeker: PreparedSeeker; rank: number | undefined }>(
  offers: Offer[],
  opening: PreparedOpening,
  rules: MatchRules,
): Offer[] {
  const ranked = offers.map((offer) => ({
    offer,
    one: offer.seeker,
    rank: offer.rank ?? Number.MAX_SAFE_INTEGER,
    total: totalOf(offer.seeker, opening, rules),
    lot: lotOf(offer.seeker.id, opening.id),
  }))
  return ranked.sort((a, b) => a.rank - b.rank || compared(a, b)).map(({ offer }) => offer)
}

function compared<Kind extends { id: string }>(a: Ranked<Kind>, b: Ranked<Kind>): number {
  return b.total - a.total || a.lot - b.lot || (a.one.id < b.one.id ? -1 : 1)
}

/**
 * Who comes first among equals: a lot drawn from both numbers, FNV-1a over 32 bits, the same for
 * whoever counts again. An order by number would always favour the oldest accounts.
 */
export function lotOf(seekerId: string, openingId: string): number {
  let lot = 0x811c9dc5
  for (const text of [seekerId, openingId])
    for (let rank = 0; rank < text.length; rank++)
      lot = Math.imul(lot ^ text.charCodeAt(rank), 0x01000193)
  return lot >>> 0
}
