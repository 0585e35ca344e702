import { expect, test } from 'vitest'
import { day } from '#kit'
import { readBeancount } from '../../tests/beancount.ts'
import { statementText } from './statement.ts'

test('the ledger can be read and summed by another program', () => {
  const line = { book: 'hours' as const, subjectId: '019a-b', label: 'Boulangerie "Lenoir"' }
  const text = statementText('Valmont 2027', [
    {
      seq: 1n,
      day: day('2027-02-01'),
      reason: 'pledge.submitted',
      hash: 'ab',
      lines: [
        { ...line, kind: 'OUTSIDE', amount: -90n },
        { ...line, kind: 'PLEDGED', amount: 90n },
      ],
    },
    {
      seq: 2n,
      day: day('2027-03-01'),
      reason: 'deliberation.executory',
      hash: 'cd',
      lines: [
        { ...line, book: 'cash', kind: 'OUTSIDE', amount: -5n },
        { ...line, book: 'cash', kind: 'VOTED', amount: 5n },
      ],
    },
  ])
  expect(text).toBe(`option "title" "Valmont 2027"

2027-02-01 open Equity:Hours:Outside:019A-B
  label: "Boulangerie \\"Lenoir\\""

2027-02-01 open Assets:Hours:Pledged:019A-B
  label: "Boulangerie \\"Lenoir\\""

2027-03-01 open Equity:Cash:Outside:019A-B
  label: "Boulangerie \\"Lenoir\\""

2027-03-01 open Assets:Cash:Voted:019A-B
  label: "Boulangerie \\"Lenoir\\""

2027-02-01 * "pledge.submitted"
  number: "1"
  seal: "ab"
  Equity:Hours:Outside:019A-B  -90 MIN
  Assets:Hours:Pledged:019A-B  90 MIN

2027-03-01 * "deliberation.executory"
  number: "2"
  seal: "cd"
  Equity:Cash:Outside:019A-B  -0.05 EUR
  Assets:Cash:Voted:019A-B  0.05 EUR

2027-03-02 balance Equity:Hours:Outside:019A-B  -90 MIN

2027-03-02 balance Assets:Hours:Pledged:019A-B  90 MIN

2027-03-02 balance Equity:Cash:Outside:019A-B  -0.05 EUR

2027-03-02 balance Assets:Cash:Voted:019A-B  0.05 EUR
`)
  expect(readBeancount(text)).toEqual({ entries: 2, accounts: 4, commodities: ['EUR', 'MIN'] })
})
