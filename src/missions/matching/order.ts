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
    keep(best, { one: opening, total: totalOf(seeker, opening, rules), seeker, opening }, most)
  }
  return best
}

/** The people to whom this mission is open, the best first; at most `most` of them. */
export function seekersFor(
  opening: PreparedOpening,
  seekers: Iterable<PreparedSeeker>,
  rules: MatchRules,
  most = Number.POSITIVE_INFINITY,
): Ranked<PreparedSeeker>[] {
  const best: Ranked<PreparedSeeker>[] = []
  for (const seeker of seekers) {
    if (gateShut(seeker, opening)) continue
    keep(best, { one: seeker, total: totalOf(seeker, opening, rules), seeker, opening }, most)
  }
  return best
}

type Candidate<Kind> = {
  one: Kind
  total: number
  seeker: PreparedSeeker
  opening: PreparedOpening
}

/** Into its place in a list kept in order, and no longer than asked. */
function keep<Kind extends { id: string }>(
  best: Ranked<Kind>[],
  { one, total, seeker, opening }: Candidate<Kind>,
  most: number,
): void {
  const last = best[best.length - 1]
  if (best.length >= most && last && total < last.total) return
  const ranked = { one, total, lot: lotOf(seeker.id, opening.id) }
  let low = 0
  let high = best.length
  while (low < high) {
    const middle = (low + high) >> 1
    const known = best[middle]
    if (known && comesBefore(known, ranked)) low = middle + 1
    else high = middle
  }
  best.splice(low, 0, ranked)
  if (best.length > most) best.pop()
}

function comesBefore<Kind extends { id: string }>(a: Ranked<Kind>, b: Ranked<Kind>): boolean {
  if (a.total !== b.total) return a.total > b.total
  return a.lot === b.lot ? a.one.id < b.one.id : a.lot < b.lot
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
