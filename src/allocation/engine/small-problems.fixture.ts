import fc from 'fast-check'
import { type Claimant, type Need, type Pool, type Problem, problemFormat } from './format.ts'

/** Small made-up seasons of any shape, for what must hold whatever the numbers. */
export const smallProblems: fc.Arbitrary<Problem> = fc
  .record({
    claimants: fc.array(claimantNumbers(), { minLength: 1, maxLength: 5 }),
    pools: fc.array(poolNumbers(), { maxLength: 3 }),
    needs: fc.array(needNumbers(), { maxLength: 4 }),
    envelopes: fc.array(fc.integer({ min: 1, max: 12_000 }), { minLength: 1, maxLength: 2 }),
  })
  .map(
    ({ claimants, pools, needs, envelopes }): Problem => ({
      format: problemFormat,
      cashUnitCents: 100,
      families: families.map((family, rank) => ({ family, hourlyValueCents: 4_000 + rank * 500 })),
      envelopes: envelopes.map((euros, rank) => ({ id: `e${rank}`, cashCents: euros * 100 })),
      pools: pools.map(poolOf),
      needs: needs.map((one, rank) => needOf(one, rank, claimants.length)),
      associations: claimants.map((one, rank) => claimantOf(one, rank, envelopes.length)),
    }),
  )

const families = ['COMMS', 'FINANCE']

function claimantNumbers() {
  return fc.record({
    reference: fc.integer({ min: 1, max: 5_000 }),
    requestPercent: fc.integer({ min: 0, max: 200 }),
    floorPercent: fc.constantFrom(0, 0, 50, 90),
    useful: fc.constantFrom(0, 0, 0, 200),
    capPercent: fc.integer({ min: 100, max: 200 }),
    score: fc.integer({ min: 0, max: 100 }),
    isHoursEligible: fc.boolean(),
  })
}
type ClaimantNumbers =
  ReturnType<typeof claimantNumbers> extends fc.Arbitrary<infer One> ? One : never

function claimantOf(one: ClaimantNumbers, rank: number, envelopeCount: number): Claimant {
  const referenceCents = one.reference * 100
  const requestCents = one.reference * one.requestPercent
  const totalCapCents = one.reference * one.capPercent
  const least = Math.min(requestCents, totalCapCents)
  return {
    id: `a${rank}`,
    envelopeId: `e${rank % envelopeCount}`,
    referenceCents,
    baselineCents: referenceCents,
    floorCents: Math.min(one.reference * one.floorPercent, least),
    requestCents,
    usefulCents: Math.min(one.useful * 100, least),
    totalCapCents,
    score: one.score,
    isCashEligible: requestCents > 0,
    isHoursEligible: one.isHoursEligible,
    excludedCompanyIds: rank === 0 ? ['c0'] : [],
  }
}

function poolNumbers() {
  return fc.record({
    family: fc.integer({ min: 0, max: 1 }),
    blocks: fc.integer({ min: 0, max: 8 }),
    blockMinutes: fc.constantFrom(30, 120, 210, 420),
    missionsMax: fc.constantFrom(null, 1, 2),
  })
}
type PoolNumbers = ReturnType<typeof poolNumbers> extends fc.Arbitrary<infer One> ? One : never

function poolOf({ family, blocks, blockMinutes, missionsMax }: PoolNumbers, rank: number): Pool {
  return {
    id: `p${rank}`,
    companyId: `c${rank}`,
    family: families[family] ?? 'COMMS',
    minutes: blocks * blockMinutes,
    blockMinutes,
    missionsMax,
  }
}

function needNumbers() {
  return fc.record({
    claimant: fc.nat(),
    family: fc.integer({ min: 0, max: 1 }),
    least: fc.integer({ min: 1, max: 14 }),
    more: fc.integer({ min: 0, max: 28 }),
  })
}
type NeedNumbers = ReturnType<typeof needNumbers> extends fc.Arbitrary<infer One> ? One : never

function needOf({ claimant, family, least, more }: NeedNumbers, rank: number, count: number): Need {
  return {
    id: `n${rank}`,
    associationId: `a${claimant % count}`,
    family: families[family] ?? 'COMMS',
    minMinutes: least * 30,
    maxMinutes: (least + more) * 30,
  }
}
