import { expect, test } from 'vitest'
import { cents, day } from '#kit'
import { sayIn } from '../texts.ts'
import { constants } from './constants.ts'
import { lawOn } from './law.ts'

test.each([
  ['2023-12-31', 366_600n],
  ['2024-01-01', 386_400n],
  ['2026-11-24', 400_500n],
])('the social security ceiling on %s is %s cents a month', (on, expected) => {
  expect(lawOn(day(on)).socialSecurityCeilingMonthlyCents).toBe(cents(expected))
})

test('a free secondment may last three years since 17 April 2024', () => {
  expect(lawOn(day('2024-04-16')).secondmentYearsMax).toBe(2)
  expect(lawOn(day('2024-04-17')).secondmentYearsMax).toBe(3)
})

test('a value that METIS does not know is never guessed', () => {
  expect(() => lawOn(day('2022-06-01')).socialSecurityCeilingMonthlyCents).toThrow('no value')
  expect(lawOn(day('2022-06-01')).giftReductionPercent).toBe(60n)
})

test('the values of a constant go from the oldest to the newest', () => {
  for (const { values } of Object.values(constants)) {
    const days = values.map(({ from }) => from)
    expect(days).toEqual([...days].sort())
  }
})

test('every constant is explained in both languages', () => {
  for (const name of Object.keys(constants)) {
    expect(sayIn('fr')(`law:${name}`)).not.toBe(name)
    expect(sayIn('en')(`law:${name}`)).not.toBe(sayIn('fr')(`law:${name}`))
  }
})
