import fc from 'fast-check'
import { checkProblem } from './check.ts'
import {
  type Circumstances,
  type Claimant,
  type Company,
  modalities,
  type Need,
  type Pins,
  type Pool,
  type Problem,
  problemFormat,
} from './format.ts'

type Numbers<Maker extends () => fc.Arbitrary<unknown>> =
  ReturnType<Maker> extends fc.Arbitrary<infer One> ? One : never

const families = ['COMMS', 'DESIGN', 'FINANCE']
const hourlyValueCents = [4_000, 4_000, 4_500]
// A flexible pool covers skills of one value.
const familySets = [['COMMS'], ['DESIGN'], ['FINANCE'], ['COMMS', 'DESIGN']]
const companyCount = 2

/** Small made-up seasons of any shape, for what must hold whatever the numbers. */
export const smallProblems: fc.Arbitrary<Problem> = fc
  .record({
    claimants: fc.array(claimantNumbers(), { minLength: 1, maxLength: 5 }),
    companies: fc.tuple(companyNumbers(), companyNumbers()),
    pools: fc.array(poolNumbers(), { maxLength: 3 }),
    needs: fc.array(needNumbers(), { maxLength: 4 }),
    envelopes: fc.array(fc.integer({ min: 1, max: 12_000 }), { minLength: 1, maxLength: 2 }),
    pins: pinNumbers(),
  })
  .map(({ claimants, companies, pools, needs, envelopes, pins }): Problem => {
    const problem: Problem = {
      format: problemFormat,
      cashUnitCents: 100,
      scoreWeights: [],
      families: families.map((family, rank) => ({
        family,
        hourlyValueCents: hourlyValueCents[rank] ?? 0,
      })),
      envelopes: envelopes.map((euros, rank) => ({ id: `e${rank}`, cashCents: euros * 100 })),
      companies: companies.map((one, rank) => companyOf(one, rank, claimants.length)),
      pools: pools.map(poolOf),
      needs: needs.map((one, rank) => needOf(one, rank, claimants.length)),
      associations: claimants.map((one, rank) => claimantOf(one, rank, envelopes.length)),
      pins: { cash: [], hours: [] },
    }
    return { ...problem, pins: possiblePins(problem, pins) }
  })

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

function claimantOf(
  one: Numbers<typeof claimantNumbers>,
  rank: number,
  envelopeCount: number,
): Claimant {
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

function companyNumbers() {
  return fc.record({
    missionsMax: fc.constantFrom(null, null, 1, 2),
    excluded: fc.constantFrom(null, null, null, 0, 1),
  })
}

function companyOf(
  { missionsMax, excluded }: Numbers<typeof companyNumbers>,
  rank: number,
  claimantCount: number,
): Company {
  const excludedAssociationIds = excluded === null ? [] : [`a${excluded % claimantCount}`]
  return { id: `c${rank}`, missionsMax, excludedAssociationIds }
}

/** Half of the rows are open all season, at any place. */
function circumstances(): fc.Arbitrary<Circumstances> {
  const month = (least: number, most: number) =>
    fc.integer({ min: least, max: most }).map((number) => `2027-0${number}-15`)
  const metres = fc.integer({ min: 0, max: 20_000 })
  return fc
    .option(
      fc.record(
        {
          startsOn: month(1, 5),
          endsOn: month(5, 9),
          modality: fc.constantFrom(...modalities),
          place: fc.record({ eastMetres: metres, northMetres: metres }),
        },
        { requiredKeys: [] },
      ),
      { freq: 2 },
    )
    .map((found) => found ?? {})
}

function poolNumbers() {
  return fc.record({
    families: fc.constantFrom(...familySets),
    blocks: fc.integer({ min: 0, max: 8 }),
    blockMinutes: fc.constantFrom(30, 120, 210, 420),
    missionsMax: fc.constantFrom(null, 1, 2),
    reachMetres: fc.constantFrom(undefined, 5_000, 15_000),
    circumstances: circumstances(),
  })
}

function poolOf(one: Numbers<typeof poolNumbers>, rank: number): Pool {
  const { families, blocks, blockMinutes, missionsMax, reachMetres } = one
  return {
    id: `p${rank}`,
    companyId: `c${rank % companyCount}`,
    families,
    minutes: blocks * blockMinutes,
    blockMinutes,
    missionsMax,
    ...(reachMetres === undefined ? {} : { reachMetres }),
    ...one.circumstances,
  }
}

function needNumbers() {
  return fc.record({
    claimant: fc.nat(),
    family: fc.constantFrom(...families),
    least: fc.integer({ min: 1, max: 14 }),
    more: fc.integer({ min: 0, max: 28 }),
    circumstances: circumstances(),
  })
}

function needOf(one: Numbers<typeof needNumbers>, rank: number, claimantCount: number): Need {
  return {
    id: `n${rank}`,
    associationId: `a${one.claimant % claimantCount}`,
    family: one.family,
    minMinutes: one.least * 30,
    maxMinutes: (one.least + one.more) * 30,
    ...one.circumstances,
  }
}

function pinNumbers() {
  return fc.option(fc.record({ euros: fc.nat(1_000), rank: fc.nat(5), pool: fc.nat(5) }), {
    freq: 2,
  })
}

/** Of some cash and some hours, those that may be pinned. */
function possiblePins(problem: Problem, numbers: Numbers<typeof pinNumbers>): Pins {
  const none: Pins = { cash: [], hours: [] }
  if (!numbers) return none
  const { associations, needs, pools } = problem
  const claimant = associations[numbers.rank % associations.length]
  const need = needs[numbers.rank % needs.length]
  const pool = pools[numbers.pool % pools.length]
  const block = pool?.blockMinutes ?? 30
  const minutes = Math.ceil((need?.minMinutes ?? 0) / block) * block
  const cash = claimant && [{ associationId: claimant.id, cashCents: numbers.euros * 100 }]
  const hours = need && pool && [{ needId: need.id, poolId: pool.id, minutes }]
  const noHours = need && [{ needId: need.id, poolId: null, minutes: 0 }]
  const ideas: Pins[] = [
    { cash: cash ?? [], hours: hours ?? [] },
    { cash: [], hours: hours ?? [] },
    { cash: cash ?? [], hours: noHours ?? [] },
    { cash: [], hours: noHours ?? [] },
  ]
  return ideas.find((pins) => checkProblem({ ...problem, pins }).length === 0) ?? none
}
