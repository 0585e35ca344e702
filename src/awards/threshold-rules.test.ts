import { expect, test } from 'vitest'
import { cents, day } from '#kit'
import { lawOn } from '#platform'
import { thresholdsPassed } from './threshold-rules.ts'

const law = lawOn(day('2027-03-01'))

test.each([
  [23_000_00n, 0n, undefined, ''],
  [23_000_01n, 0n, undefined, 'agreement'],
  [75_000_00n, 0n, undefined, 'agreement'],
  [75_000_01n, 0n, undefined, 'agreement certifiedAccounts'],
  [153_000_01n, 0n, undefined, 'agreement certifiedAccounts auditor'],
  [1_000_00n, 299_000_00n, undefined, ''],
  [1_000_01n, 299_000_00n, undefined, 'deMinimis'],
  [500_00n, 0n, 1_000_00n, ''],
  [500_01n, 0n, 1_000_00n, 'halfBudget'],
  [500_01n, 0n, 0n, ''],
  // Certified accounts are asked anyway: the half adds nothing.
  [80_000_00n, 0n, 100_000_00n, 'agreement certifiedAccounts'],
])('%s cents, %s before, a project of %s: %s', (cash, earlier, budget, passed) => {
  const facts = {
    cashCents: cents(cash),
    earlierCents: cents(earlier),
    projectBudgetCents: budget === undefined ? undefined : cents(budget),
  }
  expect(thresholdsPassed(facts, law).join(' ')).toBe(passed)
})
