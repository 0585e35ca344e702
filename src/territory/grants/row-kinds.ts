import { type Cell, cellText, isBlank } from '#platform'
import { readAmount, unknownStyle } from './amounts.ts'
import { type Columns, cellOf } from './columns-of.ts'
import { moneyFields } from './fields.ts'
import type { SkipReason } from './grant.ts'
import { fold } from './header-words.ts'

// « Ensemble vocal » and « Total Danse » are associations: after the word comes nothing, or what is added up.
const TOTAL =
  /^\W*(?:sous[ -]?)?(?:total|totaux)(?:$|\W*$|[\s:]+(?:general|generaux|global|d[eu]s?\b|subvention|commission|budget|chapitre|article|theme|section|resultat|des|par|\d).*$)/

/** Rows that hold no grant: totals, notes under the table, titles between its parts. */
export function skipReason(
  columns: Columns,
  cells: readonly Cell[],
  runningCents: bigint,
): SkipReason | undefined {
  const filled = cells.filter((cell) => !isBlank(cell))
  const name = cellText(cellOf(columns, cells, 'beneficiaryName'))
  const hasName = name !== '' && !TOTAL.test(fold(name))
  const saysTotal = filled.some((cell) => typeof cell === 'string' && TOTAL.test(fold(cell.trim())))
  if (!hasName && saysTotal) return 'total'
  if (!hasName && isBareSum(columns, cells, runningCents)) return 'total'
  if (filled.length !== 1 || typeof filled[0] !== 'string') return undefined
  if (/^\W*\(?\d?\)?[.:*]|^(?:nb|note|source|nota|\*)/i.test(filled[0])) return 'note'
  // A lone text above or below is a title or a note, unless it is an amount that lost its name.
  return readAmount(filled[0], unknownStyle()).kind === 'amount'
    ? undefined
    : filled[0].length > 60
      ? 'note'
      : 'title'
}

/** Only sums of money, the first of which is what the lines above add up to. */
function isBareSum(columns: Columns, cells: readonly Cell[], runningCents: bigint): boolean {
  const moneyRanks = moneyFields
    .map((field) => columns.rankOf[field])
    .filter((rank) => rank !== undefined)
  const hasOther = cells.some((cell, rank) => !isBlank(cell) && !moneyRanks.includes(rank))
  if (hasOther || runningCents === 0n) return false
  return moneyRanks.some((rank) => {
    const reading = readAmount(cells[rank], unknownStyle())
    return reading.kind === 'amount' && reading.amountCents === runningCents
  })
}
