import { expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { cents, day, minutes } from '#kit'
import { figuresFrom, indicativeValueOf } from './figures.ts'

const campaign: Campaign = {
  territoryId: 'valmont',
  id: 'season',
  year: 2027,
  title: 'Campagne 2027',
  state: 'reporting',
  pledgesCloseOn: day('2026-12-01'),
  applicationsCloseOn: day('2027-01-31'),
  councilOn: day('2027-03-20'),
  startsOn: day('2027-04-01'),
  endsOn: day('2027-12-31'),
  floorPercent: 80,
  reservePercent: 0,
  weightLowPercent: 80,
  weightHighPercent: 120,
  totalCapPercent: 130,
  cashUnitCents: cents(100),
  referenceHourlyCents: cents(4000),
}

test('a fall of 1 000 € with 10 hours done at 40 € is compensated at 40 %', () => {
  const { total } = figuresFrom(campaign, {
    baselines: [{ organisationId: 'band', name: 'Harmonie', amountCents: cents(500000) }],
    awards: [
      {
        associationId: 'band',
        associationName: 'Harmonie',
        cashCents: cents(400000),
        hours: [{ minutes: minutes(1200) }],
      },
    ],
    missions: [{ associationId: 'band', approvedMinutes: minutes(600) }],
  })
  expect(total.fallCents).toBe(100000n)
  expect(total.awardedMinutes).toBe(1200n)
  expect(total.doneValueCents).toBe(40000n)
  expect(total.compensationPercent).toBe(40)
})

test('where cash did not fall there is no share of a fall to show', () => {
  const { lines } = figuresFrom(campaign, {
    baselines: [],
    awards: [{ associationId: 'new', associationName: 'Nouvelle', cashCents: cents(1), hours: [] }],
    missions: [],
  })
  expect(lines[0]?.compensationPercent).toBeUndefined()
})

test('hours promised but not done compensate nothing', () => {
  const { total } = figuresFrom(campaign, {
    baselines: [{ organisationId: 'band', name: 'Harmonie', amountCents: cents(100000) }],
    awards: [
      {
        associationId: 'band',
        associationName: 'Harmonie',
        cashCents: cents(0),
        hours: [{ minutes: minutes(600) }],
      },
    ],
    missions: [],
  })
  expect(total.compensationPercent).toBe(0)
})

test('a quarter hour at 40,01 € is 10,00 €', () => {
  expect(indicativeValueOf(minutes(15), cents(4001))).toBe(1000n)
})
