import { type Cents, cents } from '#kit'
import { cellText } from '#platform'
import { readAmount } from './amounts.ts'
import { cellOf } from './columns-of.ts'
import { type MoneyField, moneyFields } from './fields.ts'
import type { Grant } from './grant.ts'
import type { LineToRead, Remarks } from './grant-line.ts'
import { type GrantNature, readNature } from './natures.ts'

const KEPT_FIELDS = [
  'requestedCents',
  'proposedCents',
  'alreadyAwardedCents',
  'inKindCents',
  'loanCents',
  'guaranteeCents',
] as const satisfies MoneyField[]
type KeptField = (typeof KEPT_FIELDS)[number]
type Amounts = Partial<Record<MoneyField, Cents>>
type Money = Pick<Grant, 'nature' | 'amountCents' | KeptField>

/** Cash, help in kind, loans and guarantees are kept apart: no sum of them means anything. */
export function readMoney(row: LineToRead, remarks: Remarks): Money {
  const { found, wasRefused } = amountsOf(row, remarks)
  const amountCents = totalOf(found)
  const nature = natureOf(row, remarks, {
    ...found,
    ...(amountCents === undefined ? {} : { amountCents }),
  })
  const { requestedCents, proposedCents, inKindCents } = found
  const kept = keptAsWritten(found)
  const isEmpty = amountCents === undefined && Object.keys(kept).length === 0 && !hasInKind(row)
  if (isEmpty && !wasRefused) remarks.refuse('amountCents', 'amount-missing')
  if ((amountCents ?? 0n) < 0n) remarks.warn('amountCents', 'amount-negative')
  warnOfUnusual(row, remarks, amountCents)
  if (amountCents === undefined) return { nature, ...kept, ...awardedEarlier(remarks, found) }
  if (
    nature === 'mixed' &&
    inKindCents === undefined &&
    row.columns.rankOf.inKindDescription === undefined
  )
    remarks.warn('nature', 'mixed-not-split')
  const isProposal =
    row.habits.hasUndecided && requestedCents !== undefined && proposedCents === undefined
  return {
    nature,
    ...inItsPlace(nature, amountCents),
    ...(isProposal ? { proposedCents: amountCents } : {}),
    ...kept,
  }
}

// Two hundred times the middle amount of the file: often a decimal comma lost by a tool (1 152,32 → 115232).
const UNUSUAL_TIMES = 200n

function warnOfUnusual(
  { habits }: LineToRead,
  remarks: Remarks,
  amountCents: Cents | undefined,
): void {
  if (amountCents === undefined || habits.medianCents === 0n) return
  const times = amountCents / habits.medianCents
  if (times >= UNUSUAL_TIMES)
    remarks.warn('amountCents', 'amount-unusual', { times: Number(times) })
}

function amountsOf(row: LineToRead, remarks: Remarks): { found: Amounts; wasRefused: boolean } {
  const found: Amounts = {}
  let wasRefused = false
  for (const field of moneyFields) {
    const reading = readAmount(cellOf(row.columns, row.cells, field), row.habits.amountStyle)
    if (reading.kind === 'amount') {
      found[field] = reading.amountCents
      if (reading.doubt)
        remarks.warn(field, reading.doubt, { euros: Number(reading.amountCents) / 100 })
    } else if (reading.kind === 'refused' && field === 'inKindCents') {
      remarks.warn(field, reading.code)
    } else if (reading.kind === 'refused') {
      remarks.refuse(field, reading.code)
      wasRefused = true
    }
  }
  return { found, wasRefused }
}

function totalOf({
  amountCents,
  operatingCents,
  investmentCents,
  proposedCents,
}: Amounts): Cents | undefined {
  if (amountCents !== undefined) return amountCents
  if (operatingCents === undefined && investmentCents === undefined) return proposedCents
  return cents((operatingCents ?? 0n) + (investmentCents ?? 0n))
}

function natureOf(row: LineToRead, remarks: Remarks, found: Amounts): GrantNature {
  const cell = cellOf(row.columns, row.cells, 'nature')
  const written = readNature(cell)
  if (cellText(cell) !== '' && !written && /\p{L}{3}/u.test(cellText(cell)))
    remarks.warn('nature', 'nature-unknown')
  const isInKind = found.inKindCents !== undefined || hasInKind(row)
  const hasCash = (found.amountCents ?? 0n) !== 0n
  if (isInKind) return hasCash ? 'mixed' : 'inKind'
  if (!hasCash && found.amountCents === undefined) {
    if (found.loanCents !== undefined) return 'loan'
    if (found.guaranteeCents !== undefined) return 'guarantee'
  }
  return written ?? 'cash'
}

function hasInKind(row: LineToRead): boolean {
  return cellText(cellOf(row.columns, row.cells, 'inKindDescription')) !== ''
}

/** The amount column of a loan is a loan, not cash. */
function inItsPlace(nature: GrantNature, amountCents: Cents): Partial<Money> {
  if (nature === 'loan') return { loanCents: amountCents }
  if (nature === 'guarantee') return { guaranteeCents: amountCents }
  return nature === 'inKind' && amountCents !== 0n ? { inKindCents: amountCents } : { amountCents }
}

/** A line with no new amount, of which a part was granted earlier in the year: that part is its grant. */
function awardedEarlier(remarks: Remarks, { alreadyAwardedCents }: Amounts): Partial<Money> {
  if (alreadyAwardedCents === undefined) return {}
  remarks.warn('alreadyAwardedCents', 'amount-awarded-earlier')
  return { amountCents: alreadyAwardedCents }
}

function keptAsWritten(found: Amounts): Partial<Record<KeptField, Cents>> {
  const kept: Partial<Record<KeptField, Cents>> = {}
  for (const field of KEPT_FIELDS) {
    const value = found[field]
    if (value !== undefined) kept[field] = value
  }
  return kept
}
