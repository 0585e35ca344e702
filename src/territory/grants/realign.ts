import type { Cell } from '#platform'
import { readDate } from './dates.ts'
import type { GrantField, MappedColumn } from './fields.ts'
import { fold } from './header-words.ts'

/** A row cut in too many pieces because its commas were not quoted, put together again. */
export type Realigned = { cells: string[] } | { isDoubtful: true }

const FAR_YEAR = 2100
const MERGED_CELLS_MAX = 14
const JOIN_COST = 0.35

/**
 * Every way to join neighbouring pieces is weighed by what the columns should hold (a date, a SIRET, an
 * amount, a nature); the best wins, if no other way that gives another amount comes near it.
 */
export function realign(cells: readonly Cell[], mapped: readonly MappedColumn[]): Realigned {
  const pieces = cells.map((cell) => String(cell ?? '').replace(/;+$/, ''))
  while (pieces.length > mapped.length && pieces.at(-1) === '') pieces.pop()
  if (pieces.length <= mapped.length) return { cells: pieces }
  const amountRank = mapped.findIndex(({ field }) => field === 'amountCents')
  const best = bestJoin(pieces, mapped)
  if (!best) return { isDoubtful: true }
  const rival = bestJoin(pieces, mapped, { rank: amountRank, not: best.cells[amountRank] ?? '' })
  const isClear =
    fitness('amountCents', best.cells[amountRank] ?? '') > 0 &&
    (!rival || best.score - rival.score > 1)
  return isClear ? { cells: best.cells } : { isDoubtful: true }
}

type Join = { cells: string[]; score: number }
type Ban = { rank: number; not: string }

function bestJoin(pieces: string[], mapped: readonly MappedColumn[], ban?: Ban): Join | undefined {
  // best[used] is the best way to fill the columns so far with the first `used` pieces.
  let best = new Map<number, Join>([[0, { cells: [], score: 0 }]])
  for (const [rank, { field }] of mapped.entries()) {
    const next = new Map<number, Join>()
    for (const [used, join] of best) {
      const most = Math.min(MERGED_CELLS_MAX, pieces.length - used - (mapped.length - rank - 1))
      for (let count = 1; count <= most; count++) {
        const text = pieces
          .slice(used, used + count)
          .join(',')
          .trim()
        if (ban?.rank === rank && text === ban.not) continue
        const score = join.score + fitness(field, text) - JOIN_COST * (count - 1)
        if (score > (next.get(used + count)?.score ?? -Infinity))
          next.set(used + count, { cells: [...join.cells, text], score })
      }
    }
    best = next
  }
  return best.get(pieces.length)
}

function fitness(field: GrantField | undefined, text: string): number {
  const patterns: Partial<Record<GrantField, RegExp>> = {
    amountCents: /^\d{1,3}(?:[ \u00a0]?\d{3})*,\d{2}$/,
    grantorId: /^\d{14}$/,
    beneficiarySiret: /^\d{14}$|^$/,
    nature: /^$|numeraire|nature/,
    europeanNotice: /^(?:oui|non)?$/i,
    share: /^(?:0?[.,]\d+|1(?:[.,]0+)?|\d{1,3} ?%)?$/,
    aidRegisterId: /^\w{0,5}$/,
    paymentPeriod: /^\d{4}-\d{2}-\d{2}([_/].*)?$/,
  }
  const pattern = field && patterns[field]
  if (pattern?.test(fold(text))) return field === 'aidRegisterId' ? 1 : 3
  if (field === 'amountCents') return /^[1-9]\d*(?: \d{3})*$/.test(text) ? 1 : -3
  if (field === 'agreedOn') return readDate(text, FAR_YEAR).kind === 'day' ? 3 : -1
  return pattern ? -1 : 0
}
