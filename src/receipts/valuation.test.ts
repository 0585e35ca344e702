import { expect, test } from 'vitest'
import { cents, day, minutes } from '#kit'
import {
  categoryOf,
  issueRefusals,
  parseAddress,
  type Receipt,
  receiptNumber,
  stepOf,
} from './issue.ts'
import { aggregateCents } from './totals.ts'
import { freeEntries, type Valuation, valueWithinCap } from './valuation.ts'

const worked = (id: string, on: string, hours: number) => ({
  id,
  day: day(on),
  workedMinutes: minutes(hours * 60),
})

test('the value is the cost price of the hours, within three ceilings of their year (DOMAIN 2.3 A and D)', () => {
  const small = valueWithinCap([worked('a', '2026-05-04', 120)], cents(38_50))
  expect(small).toEqual({ valuedMinutes: 7200n, valueCents: 4620_00n, isCapped: false })
  const high = valueWithinCap(
    [worked('a', '2026-05-04', 20), worked('b', '2026-06-04', 15)],
    cents(120_00),
  )
  expect(high).toEqual({ valuedMinutes: 2100n, valueCents: 3140_20n, isCapped: true })
})

test('hours of two years are capped each by the law of its year', () => {
  const one = (on: string) => valueWithinCap([worked('a', on, 10)], cents(120_00)).valueCents
  const both = [worked('a', '2025-12-30', 10), worked('b', '2026-01-05', 10)]
  expect(valueWithinCap(both, cents(120_00)).valueCents).toBe(one('2025-12-30') + one('2026-01-05'))
})

test('hours already on a receipt are not valued again', () => {
  const entries = [worked('a', '2026-05-04', 1), worked('b', '2026-05-05', 1)]
  expect(freeEntries(entries, new Set(['a'])).map(({ id }) => id)).toEqual(['b'])
})

test.each([
  [
    '12 rue du Four, 76999 Valmont',
    { street: '12 rue du Four', postcode: '76999', town: 'Valmont' },
  ],
  ['Base nautique, 76999 Valmont', { street: 'Base nautique', postcode: '76999', town: 'Valmont' }],
  [
    '4, rue des Tilleuls, 38730 Val-de-Virieu',
    { street: '4, rue des Tilleuls', postcode: '38730', town: 'Val-de-Virieu' },
  ],
  ['Valmont', undefined],
  ['', undefined],
] as const)('an address is read in its parts: "%s"', (text, parts) => {
  expect(parseAddress(text)).toEqual(parts)
})

const valuation: Valuation = {
  id: 'v',
  missionId: 'm',
  version: 1,
  companyId: 'c',
  associationId: 'a',
  valuedMinutes: minutes(60),
  valueCents: cents(38_50),
  isCapped: false,
  legalForm: 'SARL',
  declaredAt: new Date(0),
}
const able = {
  valuation,
  entries: [worked('a', '2026-05-04', 1)],
  mayReceiveHours: true,
  association: { siren: null, rna: 'W760000001', address: '4 rue des Halles, 76999 Valmont' },
  company: { siren: '732829320', rna: null, address: '3 quai des Tanneurs, 76999 Valmont' },
  signing: { capacity: 'Présidente', category: 'association1901' as const, categoryLabel: '' },
}

test.each([
  ['with everything said', {}, []],
  ['without a valuation', { valuation: undefined }, ['notValued']],
  ['with hours approved since', { entries: [worked('a', '2026-05-04', 2)] }, ['valuedOtherwise']],
  ['with no hour left', { entries: [] }, ['noFreeHour']],
  ['without eligibility (CGI art. 1740 A)', { mayReceiveHours: false }, ['notEligible']],
  [
    'without the identity that the model asks for',
    {
      association: { siren: null, rna: null, address: '' },
      company: { siren: null, rna: null, address: 'x' },
    },
    ['associationUnknown', 'associationAddress', 'companyUnknown', 'companyAddress'],
  ],
  [
    'without capacity nor category',
    { signing: { capacity: '', category: 'other' as const, categoryLabel: '' } },
    ['noCapacity', 'noCategory'],
  ],
])('a receipt %s', (_, changed, reasons) => {
  const refusals = issueRefusals({ ...able, ...changed })
  expect(refusals.map(({ code }) => code)).toEqual(
    reasons.map((code) => `receipts:refused.${code}`),
  )
})

test('a category that is not in the list is copied from the form by the association', () => {
  const signing = { capacity: '', category: 'other' as const, categoryLabel: 'Fondation, décret…' }
  expect(categoryOf(signing)).toEqual({ kind: 'other', label: 'Fondation, décret…' })
})

const receipt: Receipt = {
  id: 'r',
  associationId: 'a',
  associationName: 'Banque alimentaire',
  companyId: 'c',
  companyName: 'Cabinet Aubry',
  missionId: 'm',
  valuationId: 'v',
  year: 2027,
  number: 7,
  cerfaVersion: '16216*03',
  valueCents: cents(38_50),
  receiptedMinutes: minutes(60),
  fromDay: day('2027-05-04'),
  toDay: day('2027-05-04'),
  documentId: 'd',
  ledgerEntryId: 'l',
  issuedAt: new Date(0),
  replacesId: undefined,
  cancellation: undefined,
}
const cancelled = { ...receipt, cancellation: { reason: 'x', cancelledAt: new Date(0) } }

test('the number is the association’s own series of the year', () => {
  expect(receiptNumber(receipt)).toBe('2027-007')
})

test.each([
  ['nothing approved: nothing to do', 0, [], undefined, 'none'],
  ['approved: the company values', 60, [], undefined, 'toValue'],
  ['valued: the association issues', 60, [], valuation, 'toIssue'],
  ['issued: nothing more', 60, [receipt], valuation, 'none'],
  ['more hours since: the company values again', 120, [receipt], valuation, 'toValue'],
  ['cancelled: the association issues again', 60, [cancelled], valuation, 'toIssue'],
] as const)('%s', (_, approved, receipts, known, step) => {
  expect(stepOf(minutes(approved), [...receipts], known)).toBe(step)
})

test('the commune reads a total only over five missions or more, so that no pay shows', () => {
  const of = (count: number) =>
    Array.from({ length: count }, (_, rank) => ({ ...receipt, missionId: `m${rank}` }))
  expect(aggregateCents(of(4), 5)).toBeUndefined()
  expect(aggregateCents(of(5), 5)).toBe(5n * 38_50n)
})
