import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cents, formatEuros } from '#kit'
import { type AmountStyle, learnStyle, readAmount, unknownStyle } from './amounts.ts'

test.each([
  ['1 500,00', 150_000n],
  [' 1 500,5 € ', 150_050n],
  ['1\u202f500,00', 150_000n],
  ['50 000 euros', 5_000_000n],
  ['97 000euros', 9_700_000n],
  ['1 465 600 euros', 146_560_000n],
  ['10000.0', 1_000_000n],
  ['1.500,00', 150_000n],
  ['1,500.00', 150_000n],
  ['1,234,567', 123_456_700n],
  ['-250', -25_000n],
  ['0', 0n],
  [24350.1000000001, 2_435_010n],
  [43655, 4_365_500n],
])('%j is read as euros', (cell, expected) => {
  expect(readAmount(cell, unknownStyle())).toEqual({ kind: 'amount', amountCents: expected })
})

test.each([[''], [' '], ['Ne rien indiquer'], ['X'], ['néant'], ['-'], ['NC']])(
  '%j says that there is no amount',
  (cell) => expect(readAmount(cell, unknownStyle())).toEqual({ kind: 'blank' }),
)

test.each([
  ['1,500', 'amount-ambiguous'],
  ['1.500', 'amount-ambiguous'],
  ['7,17E+13', 'amount-cut-by-spreadsheet'],
  ['N 82 584,28', 'amount-unreadable'],
  ['2024 1500', 'amount-unreadable'],
  ['mille', 'amount-unreadable'],
  [78962911000014, 'amount-too-big'],
])('%j is refused rather than guessed', (cell, code) => {
  expect(readAmount(cell, unknownStyle())).toEqual({ kind: 'refused', code })
})

test.each([
  ['other amounts use a decimal point', ['12.50', '3000'], 150_000n],
  ['other amounts part thousands with commas', ['1,234,567'], 150_000n],
  ['other amounts use a decimal comma', ['12,50'], undefined],
  ['other amounts use both', ['12,50', '12.50'], undefined],
])('1,500 follows the file when %s', (_, others, expected) => {
  const style: AmountStyle = unknownStyle()
  for (const other of others) learnStyle(style, other)
  const reading = readAmount('1,500', style)
  expect(reading.kind === 'amount' ? reading.amountCents : undefined).toBe(expected)
  if (reading.kind === 'amount') expect(reading.doubt).toBe('amount-thousands-by-file')
})

test('every amount that METIS shows is read back as it was, in French', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), (value) => {
      const shown = formatEuros(cents(value), 'fr')
      expect(readAmount(shown, unknownStyle())).toEqual({ kind: 'amount', amountCents: value })
    }),
  )
})
