import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cents, day, minutes } from '#kit'
import {
  type CarryForward,
  costCapCents,
  costPriceCents,
  giftCeilingCents,
  retainedCents,
  type TaxYear,
  taxReduction,
} from './gifts.ts'

const euros = (amount: number) => cents(Math.round(amount * 100))
const hours = (count: number) => minutes(count * 60)

function year(changes: Partial<TaxYear>): TaxYear {
  return {
    fiscalYear: 2026,
    closedOn: day('2026-12-31'),
    turnoverCents: euros(1_200_000),
    giftsCents: euros(0),
    exemptGiftsCents: euros(0),
    carryForwards: [],
    ...changes,
  }
}

test('the cost price of 120 hours at 38.50 € is 4 620 €', () => {
  const gift = {
    hourlyCostCents: euros(38.5),
    workedMinutes: hours(120),
    workedOn: day('2026-03-01'),
  }
  expect(costPriceCents(gift)).toBe(euros(4_620))
  expect(retainedCents(gift)).toBe(euros(4_620))
})

test.each([
  ['SME', 1_200_000, 4_620, 0, 20_000, 2_772, 0],
  ['mid-size', 300_000_000, 1_800_000, 0, 1_500_000, 900_000, 300_000],
  ['large', 2_000_000_000, 3_000_000, 0, 10_000_000, 1_600_000, 0],
  [
    'large, part for people in difficulty',
    2_000_000_000,
    3_000_000,
    400_000,
    10_000_000,
    1_680_000,
    0,
  ],
])('a %s company', (_, turnover, gifts, exempt, ceiling, reduction, carry) => {
  const result = taxReduction(
    year({
      turnoverCents: euros(turnover),
      giftsCents: euros(gifts),
      exemptGiftsCents: euros(exempt),
    }),
  )
  expect(result.ceilingCents).toBe(euros(ceiling))
  expect(result.reductionCents).toBe(euros(reduction))
  expect(result.carryForwards.map((left) => left.amountCents)).toEqual(carry ? [euros(carry)] : [])
})

test('the older ceiling of 10 000 € still answers for its own years', () => {
  expect(giftCeilingCents(euros(1_500_000), day('2019-12-31'))).toBe(euros(10_000))
  const old = year({
    fiscalYear: 2020,
    closedOn: day('2020-12-31'),
    turnoverCents: euros(1_500_000),
    giftsCents: euros(9_000),
  })
  expect(taxReduction(old).reductionCents).toBe(euros(5_400))
})

test('35 hours at 120 € an hour are retained at three social security ceilings, in proportion', () => {
  const gift = {
    hourlyCostCents: euros(120),
    workedMinutes: hours(35),
    workedOn: day('2026-02-01'),
  }
  expect(costPriceCents(gift)).toBe(euros(4_200))
  expect(costCapCents(gift)).toBe(euros(3_140.2))
  expect(retainedCents(gift)).toBe(euros(3_140.2))
  const reduced = taxReduction(year({ giftsCents: retainedCents(gift) }))
  expect(reduced.reductionCents).toBe(euros(1_884.12))
})

test('read the prudent way, the cap is one amount for an employee and a year', () => {
  const gift = {
    hourlyCostCents: euros(120),
    workedMinutes: hours(200),
    workedOn: day('2026-02-01'),
    capMode: 'flat_monthly_per_year' as const,
  }
  expect(retainedCents(gift)).toBe(euros(12_015))
  expect(retainedCents({ ...gift, capMode: 'prorata' })).toBe(euros(17_944))
})

test('the cap is counted on the same yearly hours as the cost', () => {
  const gift = {
    hourlyCostCents: euros(200),
    workedMinutes: hours(10),
    workedOn: day('2026-02-01'),
  }
  expect(costCapCents({ ...gift, annualMinutes: hours(1_802) })).toBe(euros(800.11))
})

test('half a cent goes up', () => {
  const gift = {
    hourlyCostCents: cents(3),
    workedMinutes: minutes(10),
    workedOn: day('2026-01-01'),
  }
  expect(costPriceCents(gift)).toBe(cents(1))
  expect(costPriceCents({ ...gift, workedMinutes: minutes(9) })).toBe(cents(0))
})

function excessOf(fiscalYear: number, amount: number): CarryForward {
  return {
    fiscalYear,
    amountCents: euros(amount),
    averageRate: { reductionCents: euros(6_000), retainedCents: euros(10_000) },
  }
}

test('past excess is used after the gifts of the year, the oldest first', () => {
  const result = taxReduction(
    year({
      giftsCents: euros(15_000),
      carryForwards: [excessOf(2025, 4_000), excessOf(2023, 3_000)],
    }),
  )
  expect(result.usedCarryForwards).toEqual([excessOf(2023, 3_000), excessOf(2025, 2_000)])
  expect(result.reductionCents).toBe(euros(9_000 + 1_800 + 1_200))
  expect(result.carryForwards).toEqual([excessOf(2025, 2_000)])
})

test('excess is usable in the fifth following year, then lost', () => {
  const old = {
    giftsCents: euros(20_000),
    carryForwards: [excessOf(2020, 100), excessOf(2021, 100)],
  }
  expect(taxReduction(year(old)).carryForwards).toEqual([])
  expect(taxReduction(year({ ...old, giftsCents: euros(0) })).usedCarryForwards).toEqual([
    excessOf(2021, 100),
  ])
})

test('excess keeps the average rate of the year it was given in', () => {
  const given = taxReduction(
    year({ turnoverCents: euros(1_000_000_000), giftsCents: euros(6_000_000) }),
  )
  expect(given.reductionCents).toBe(euros(1_200_000 + 1_200_000))
  const next = taxReduction(
    year({
      fiscalYear: 2027,
      turnoverCents: euros(1_000_000_000),
      carryForwards: given.carryForwards,
    }),
  )
  expect(next.reductionCents).toBe(euros(480_000))
})

test('no gift is ever retained twice, nor above the ceiling', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 12n }).map(cents)
  const property = fc.property(amount, amount, amount, amount, (exempt, others, turnover, past) => {
    const gifts = cents(exempt + others)
    const carried = { ...excessOf(2025, 0), amountCents: past }
    const result = taxReduction(
      year({
        giftsCents: gifts,
        exemptGiftsCents: exempt,
        turnoverCents: turnover,
        carryForwards: [carried],
      }),
    )
    const used = result.usedCarryForwards.reduce((sum, one) => sum + one.amountCents, 0n)
    const left = result.carryForwards.reduce((sum, one) => sum + one.amountCents, 0n)
    expect(result.retainedCents + used).toBeLessThanOrEqual(result.ceilingCents)
    expect(result.retainedCents + used + left).toBe(gifts + past)
  })
  fc.assert(property)
})
