import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cents, day, minutes } from '#kit'
import { contributionsIn, type DayOnReceipt, type ReceiptWithMission } from './contributions.ts'
import { totalOf } from './totals.ts'

const receipt: ReceiptWithMission = {
  id: 'one',
  associationId: 'foodBank',
  associationName: 'Banque alimentaire',
  companyId: 'accountants',
  companyName: 'Cabinet Aubry',
  missionId: 'budget',
  missionTitle: 'Un budget suivi',
  valuationId: 'first',
  year: 2028,
  number: 1,
  cerfaVersion: '16216*03',
  valueCents: cents(100_01),
  receiptedMinutes: minutes(180),
  fromDay: day('2027-12-30'),
  toDay: day('2028-01-04'),
  documentId: 'paper',
  ledgerEntryId: 'entry',
  issuedAt: new Date('2028-02-01T09:00:00Z'),
  replacesId: undefined,
  cancellation: undefined,
}
const worked = (on: string, count: number): DayOnReceipt => ({
  receiptId: 'one',
  day: day(on),
  workedMinutes: minutes(count),
})
const days = [worked('2027-12-30', 60), worked('2028-01-04', 120)]
const year = (from: string, to: string) => ({ from: day(from), to: day(to) })
const civil2027 = year('2027-01-01', '2027-12-31')
const civil2028 = year('2028-01-01', '2028-12-31')
const figures = (asked = civil2027, known = receipt) =>
  contributionsIn(asked, [known], days).map((line) => [line.receiptedMinutes, line.valueCents])

test('hours of December belong to December, even on a receipt signed in February', () => {
  expect(figures(civil2027)).toEqual([[60n, 33_34n]])
  expect(figures(civil2028)).toEqual([[120n, 66_67n]])
})

test('an accounting year from September to August takes the receipt whole', () => {
  const [line] = contributionsIn(year('2027-09-01', '2028-08-31'), [receipt], days)
  expect(line).toMatchObject({ receiptedMinutes: 180n, valueCents: 100_01n, isPart: false })
})

test('a cancelled receipt and a year without hours count nothing', () => {
  const cancellation = { reason: 'Montant erroné', cancelledAt: new Date() }
  expect(figures(civil2027, { ...receipt, cancellation })).toEqual([])
  expect(figures(year('2026-01-01', '2026-12-31'))).toEqual([])
})

test('however the years are cut, their parts add up to the receipt to the cent', () => {
  const entries = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 40 })),
    {
      minLength: 1,
    },
  )
  fc.assert(
    fc.property(
      entries,
      fc.bigInt(1n, 10_000_00n),
      fc.integer({ min: 1, max: 27 }),
      (all, value, cut) => {
        const on = (date: number) => `2027-02-${String(date).padStart(2, '0')}`
        const some = all.map(([date, quarters]) => worked(on(date), quarters * 15))
        const known = {
          ...receipt,
          valueCents: cents(value),
          receiptedMinutes: minutes(
            some.reduce((sum, { workedMinutes }) => sum + workedMinutes, 0n),
          ),
        }
        const parts = [year(on(1), on(cut)), year(on(cut + 1), on(28))].flatMap((asked) =>
          contributionsIn(asked, [known], some),
        )
        const { minutes: counted, valueCents } = totalOf('', parts)
        expect([counted, valueCents]).toEqual([known.receiptedMinutes, known.valueCents])
      },
    ),
  )
})
