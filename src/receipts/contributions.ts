import { type Cents, cents, type Day, type Minutes, minutes, sumMinutes } from '#kit'
import type { Receipt } from './issue.ts'
import { livingOf } from './totals.ts'

// Règlement ANC 2018-06, art. 211-1 to 211-4, foot of the income statement: what was used, what was
// received. The pair for hours of a company's employees is to be agreed with the accountant (DOMAIN 5).
export const accounts = [
  { number: '862', kind: 'used', side: 'debit' },
  { number: '871', kind: 'received', side: 'credit' },
] as const

/** The association's own accounting year, whatever its first month. */
export type FiscalYear = { from: Day; to: Day }

export type DayOnReceipt = { receiptId: string; day: Day; workedMinutes: Minutes }

/** A receipt as far as it belongs to a fiscal year: `receiptedMinutes` and `valueCents` are that part. */
export type InKindContribution = ReceiptWithMission & { isPart: boolean }
export type ReceiptWithMission = Receipt & { missionTitle: string }

/** What the year received, by the days worked and not by the day of signature; cancelled receipts apart. */
export function contributionsIn(
  { from, to }: FiscalYear,
  receipts: ReceiptWithMission[],
  worked: DayOnReceipt[],
): InKindContribution[] {
  const days = Map.groupBy(worked, ({ receiptId }) => receiptId)
  return livingOf(receipts).flatMap((receipt) => {
    const own = days.get(receipt.id) ?? []
    const before = minutesOf(own.filter((entry) => entry.day < from))
    const until = minutesOf(own.filter((entry) => entry.day <= to))
    if (until <= before) return []
    const receiptedMinutes = minutes(until - before)
    const valueCents = cents(valueOfFirst(receipt, until) - valueOfFirst(receipt, before))
    const isPart = receiptedMinutes < receipt.receiptedMinutes
    return [{ ...receipt, receiptedMinutes, valueCents, isPart }]
  })
}

/** Of the first minutes of a receipt: rounded from its start, so that the years always add up to it. */
function valueOfFirst({ valueCents, receiptedMinutes }: Receipt, first: Minutes): Cents {
  return cents((2n * valueCents * first + receiptedMinutes) / (2n * receiptedMinutes))
}

function minutesOf(days: DayOnReceipt[]): Minutes {
  return sumMinutes(days.map(({ workedMinutes }) => workedMinutes))
}
