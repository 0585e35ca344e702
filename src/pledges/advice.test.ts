import { describe, expect, test } from 'vitest'
import { cents, day, minutes } from '#kit'
import { adviceOf, type Situation } from './advice.ts'

const today = day('2026-11-24')
const euros = (amount: number) => cents(Math.round(amount * 100))
const hours = (count: number) => minutes(count * 60)

function situation(changed: Partial<Situation> = {}): Situation {
  return {
    employees: 60,
    halfDays: 4,
    volunteers: undefined,
    hourlyCostCents: euros(38.5),
    turnoverCents: euros(1_200_000),
    otherGiftsCents: euros(0),
    carryForwards: [],
    ...changed,
  }
}

test('of 60 employees with two days a year, one in ten gives 84 hours', () => {
  const { efforts, proposed } = adviceOf(situation(), today)
  expect(efforts.map(({ volunteers }) => volunteers)).toEqual([3, 6, 12])
  expect(proposed).toEqual({
    volunteers: 6,
    offeredMinutes: hours(84),
    costCents: euros(84 * 38.5),
  })
})

test('a baker with one employee is not told to give nothing', () => {
  const { efforts } = adviceOf(situation({ employees: 1, halfDays: 1 }), today)
  expect(efforts).toEqual([
    { volunteers: 1, offeredMinutes: hours(3.5), costCents: euros(3.5 * 38.5) },
  ])
})

test('a company that does not say its cost reads hours, and nothing in euros', () => {
  const advice = adviceOf(situation({ hourlyCostCents: undefined }), today)
  expect(advice.tax).toBeUndefined()
  expect(JSON.stringify(advice.efforts, (_, value) => String(value))).not.toContain('Cents')
})

describe('the vectors of the tax law (DOMAIN 2.3)', () => {
  // [case, volunteers, half days, hourly cost, turnover, other gifts, what is expected]
  test.each([
    [
      'A: 119 h at 38.50 € in a small company, 60 % within the ceiling',
      [17, 2, 1_200_000, 38.5, 0],
      {
        giftCents: 4_581.5,
        ceilingCents: 20_000,
        usedCents: 4_581.5,
        leftCents: 15_418.5,
        reductionCents: 2_748.9,
      },
    ],
    [
      'B: what goes above the ceiling is carried over for five years',
      [1, 2, 300_000_000, 50, 1_800_000],
      { giftCents: 350, ceilingCents: 1_500_000, leftCents: 0, reductionCents: 0 },
    ],
    [
      'C: above two million euros of gifts, 40 %',
      [100, 2, 2_000_000_000, 50, 3_000_000],
      { giftCents: 35_000, ceilingCents: 10_000_000, reductionCents: 14_000 },
    ],
    [
      'D: an hour at 120 € counts for 89.72 €',
      [1, 10, 50_000_000, 120, 0],
      { costCents: 4_200, giftCents: 3_140.2, isCapped: true, reductionCents: 1_884.12 },
    ],
  ] as const)('%s', (_, [volunteers, halfDays, turnover, hourly, others], expected) => {
    const { tax } = adviceOf(
      situation({
        volunteers,
        halfDays,
        turnoverCents: euros(turnover),
        hourlyCostCents: euros(hourly),
        otherGiftsCents: euros(others),
      }),
      today,
    )
    const inCents = Object.entries(expected).map(([name, value]) => [
      name,
      typeof value === 'number' ? euros(value) : value,
    ])
    expect(tax).toMatchObject(Object.fromEntries(inCents))
  })

  test('the excess of a year counts until the fifth year after it', () => {
    const { tax } = adviceOf(
      situation({ otherGiftsCents: euros(20_000), volunteers: 1, halfDays: 2 }),
      today,
    )
    expect(tax?.carried).toEqual({ amountCents: euros(7 * 38.5), lastYear: 2031 })
  })

  test('what past years left comes after the gifts of the year, under the same ceiling', () => {
    const carryForwards = [
      {
        fiscalYear: 2024,
        amountCents: euros(30_000),
        averageRate: { reductionCents: cents(60), retainedCents: cents(100) },
      },
    ]
    const { tax } = adviceOf(situation({ carryForwards }), today)
    expect(tax?.usedCents).toBe(euros(20_000))
    expect(tax?.leftCents).toBe(0n)
    // These hours only take the place of older gifts at the same rate.
    expect(tax?.reductionCents).toBe(0n)
  })
})
