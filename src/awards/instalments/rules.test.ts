import { expect, test } from 'vitest'
import { cents, day } from '#kit'
import { amountText } from './finance-columns.ts'
import { usualRows } from './form.ts'
import {
  blocksOf,
  type Instalment,
  orderRefusals,
  type PayFacts,
  payableBy,
  scheduleRefusals,
  warningOf,
} from './rules.ts'

const facts: PayFacts = {
  notifiedOn: day('2027-04-01'),
  executoryOn: day('2027-03-20'),
  needsAgreement: false,
  signedOn: undefined,
  acceptedOn: undefined,
  paymentDays: 60,
  today: day('2027-04-10'),
}
const instalment: Instalment = {
  id: 'i',
  awardId: 'a',
  rank: 1,
  plannedCents: cents(100_00),
  waitsFor: 'notice',
  plannedOn: undefined,
  order: undefined,
  paidOn: undefined,
  cancelledBecause: undefined,
}

test.each([
  ['notice', {}, ''],
  ['notice', { notifiedOn: undefined }, 'notice'],
  ['notice', { executoryOn: undefined }, 'notice'],
  ['notice', { needsAgreement: true }, 'agreement'],
  ['agreement', {}, 'agreement'],
  ['agreement', { signedOn: day('2027-04-05') }, ''],
  ['report', {}, 'report'],
  ['report', { needsAgreement: true }, 'agreement report'],
  ['report', { acceptedOn: day('2028-05-01') }, ''],
] as const)(
  'a payment that waits for the %s, knowing %j, is held by: %s',
  (waitsFor, known, blocks) => {
    expect(blocksOf({ waitsFor }, { ...facts, ...known }).join(' ')).toBe(blocks)
  },
)

test.each([
  ['notice', {}, '2027-05-31'],
  ['notice', { needsAgreement: true, signedOn: day('2027-04-20') }, '2027-06-19'],
  ['agreement', { signedOn: day('2027-04-20') }, '2027-06-19'],
  ['report', { acceptedOn: day('2028-01-01') }, '2028-03-01'],
  ['report', {}, undefined],
] as const)('sixty days run from the %s once it has come: %j, %s', (waitsFor, known, by) => {
  expect(payableBy({ waitsFor, plannedOn: undefined }, { ...facts, ...known })).toBe(by)
})

test('a day that the agreement fixes replaces the sixty days', () => {
  const plannedOn = day('2027-09-15')
  expect(payableBy({ waitsFor: 'notice', plannedOn }, facts)).toBe('2027-09-15')
})

test.each([
  ['2027-05-16', undefined],
  ['2027-05-17', 'soon'],
  ['2027-05-31', 'soon'],
  ['2027-06-01', 'late'],
])('on %s the agent is warned: %s', (today, warning) => {
  expect(warningOf(instalment, { ...facts, today: day(today) })).toBe(warning)
})

test.each([
  [[100_00n], []],
  [[50_00n, 49_99n], ['awards:refused.scheduleSum']],
  [[50_00n, 50_01n], ['awards:refused.scheduleSum']],
  [[0n, 100_00n], ['awards:refused.amount']],
])('a schedule of %s for 100 euros left: %s', (amounts, codes) => {
  const rows = amounts.map((amount) => ({
    plannedCents: cents(amount),
    waitsFor: 'notice' as const,
    plannedOn: undefined,
  }))
  const award = { isAdopted: true, cashCents: cents(150_00), paidCents: cents(20_00) }
  const refusals = scheduleRefusals(rows, { ...award, waitingCents: cents(30_00) })
  expect(refusals.map(({ code }) => code)).toEqual(codes)
})

test('an odd cent is never lost between two halves', () => {
  const rows = usualRows(100_01n, { split: '50', needsAgreement: true })
  expect(rows.map(({ plannedCents, waitsFor }) => [plannedCents, waitsFor])).toEqual([
    [50_01n, 'agreement'],
    [50_00n, 'report'],
  ])
})

test('an order is refused with every reason', () => {
  const asked = { orderNumber: '', orderedOn: day('2027-04-11') }
  const known = { ...facts, needsAgreement: true, isNumberTaken: false }
  expect(orderRefusals(instalment, asked, known).map(({ code }) => code)).toEqual([
    'awards:refused.blockedBy.agreement',
    'awards:refused.orderMissing',
    'awards:refused.paidLater',
  ])
})

test.each([
  [0n, '0.00'],
  [5n, '0.05'],
  [1_500_50n, '1500.50'],
  [90_071_992_547_409_93n, '90071992547409.93'],
])('%s cents are written %s for the finance department', (value, text) => {
  expect(amountText(cents(value))).toBe(text)
})
