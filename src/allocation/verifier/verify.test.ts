import { expect, test } from 'vitest'
import { verify } from './index.ts'

const association = {
  envelopeId: 'general',
  baselineCents: 0,
  floorCents: 0,
  usefulCents: 0,
  score: 50,
  isCashEligible: true,
  isHoursEligible: true,
  excludedCompanyIds: [],
}
const open = { missionsMax: null, excludedAssociationIds: [] }
const margins = { envelope: null, hours: [], isHeldByRequest: false, tenPoints: null }

/** Three requests on 9,000 euros, of which one asks little: 3,889, 2,000 and 3,111 euros (ALLOCATION 5, ex1). */
const cappedRequest = {
  format: 'metis-allocation-problem/2',
  cashUnitCents: 100,
  scoreWeights: [],
  families: [],
  envelopes: [{ id: 'general', cashCents: 900_000 }],
  companies: [],
  pools: [],
  needs: [],
  associations: [
    {
      ...association,
      id: 'A1',
      referenceCents: 500_000,
      requestCents: 500_000,
      totalCapCents: 650_000,
    },
    {
      ...association,
      id: 'A2',
      referenceCents: 300_000,
      requestCents: 200_000,
      totalCapCents: 390_000,
    },
    {
      ...association,
      id: 'A3',
      referenceCents: 400_000,
      requestCents: 400_000,
      totalCapCents: 520_000,
    },
  ],
  pins: { cash: [], hours: [] },
}
const alone = { hours: [], hoursValueCents: 0, stage: 'reference' }
const untilAllIsAsked = { untilCents: 200_000, event: { code: 'REQUEST_CAP', associationId: 'A1' } }
const cappedResult = {
  format: 'metis-allocation-result/2',
  lines: [
    {
      ...alone,
      associationId: 'A1',
      cashCents: 388_900,
      totalCents: 388_900,
      ratio: '3889/5000',
      relaxedCents: 388_889,
      relaxedCashCents: 388_889,
      level: 1,
      reasons: [{ code: 'CASH_LEVEL' }],
      margins: { ...margins, envelope: { share: '5/9', sharers: 1, ...untilAllIsAsked } },
    },
    {
      ...alone,
      associationId: 'A2',
      cashCents: 200_000,
      totalCents: 200_000,
      ratio: '2/3',
      relaxedCents: 200_000,
      relaxedCashCents: 200_000,
      level: 0,
      reasons: [{ code: 'OWN_REQUEST_CAP', amountCents: 200_000 }],
      margins: { ...margins, isHeldByRequest: true },
    },
    {
      ...alone,
      associationId: 'A3',
      cashCents: 311_100,
      totalCents: 311_100,
      ratio: '3111/4000',
      relaxedCents: 311_111,
      relaxedCashCents: 311_111,
      level: 1,
      reasons: [{ code: 'CASH_LEVEL' }],
      margins: { ...margins, envelope: { share: '4/9', sharers: 1, ...untilAllIsAsked } },
    },
  ],
  relaxedHours: [],
  levels: [
    {
      stage: 'reference',
      ratio: '2/3',
      associationIds: ['A2'],
      totalCents: 200_000,
      cut: [{ kind: 'request', id: 'A2', capacityCents: 200_000 }],
    },
    {
      stage: 'reference',
      ratio: '311111/400000',
      associationIds: ['A1', 'A3'],
      totalCents: 700_000,
      // What A2 asks is out of it already.
      cut: [{ kind: 'envelope', id: 'general', capacityCents: 700_000 }],
    },
  ],
  relaxedCents: 900_000,
  deliveredCents: 900_000,
  shortfall: null,
}

/** A1 may have hours only and asks for 30; ten are left for A2, who has all the cash: 3/5 and 4/5 (ex3). */
const bottleneck = {
  ...cappedRequest,
  families: [{ family: 'comm', hourlyValueCents: 4_000 }],
  envelopes: [{ id: 'general', cashCents: 200_000 }],
  companies: [{ ...open, id: 'P1' }],
  pools: [
    {
      id: 'P1.comm',
      companyId: 'P1',
      families: ['comm'],
      minutes: 2_400,
      blockMinutes: 60,
      missionsMax: null,
    },
  ],
  needs: [
    { id: 'm1', associationId: 'A1', family: 'comm', minMinutes: 120, maxMinutes: 1_800 },
    { id: 'm2', associationId: 'A2', family: 'comm', minMinutes: 120, maxMinutes: 1_800 },
  ],
  associations: [
    {
      ...association,
      id: 'A1',
      referenceCents: 200_000,
      requestCents: 0,
      totalCapCents: 400_000,
      isCashEligible: false,
    },
    {
      ...association,
      id: 'A2',
      referenceCents: 300_000,
      requestCents: 300_000,
      totalCapCents: 600_000,
    },
  ],
}
const bottleneckResult = {
  ...cappedResult,
  lines: [
    {
      associationId: 'A1',
      cashCents: 0,
      hours: [{ needId: 'm1', poolId: 'P1.comm', minutes: 1_800, valueCents: 120_000 }],
      hoursValueCents: 120_000,
      totalCents: 120_000,
      stage: 'reference',
      ratio: '3/5',
      relaxedCents: 120_000,
      relaxedCashCents: 0,
      level: 0,
      reasons: [
        { code: 'NOT_CASH_ELIGIBLE' },
        { code: 'MISSION_MAX', needId: 'm1', poolIds: ['P1.comm'], minutes: 1_800 },
      ],
      margins,
    },
    {
      associationId: 'A2',
      cashCents: 200_000,
      hours: [{ needId: 'm2', poolId: 'P1.comm', minutes: 600, valueCents: 40_000 }],
      hoursValueCents: 40_000,
      totalCents: 240_000,
      stage: 'reference',
      ratio: '4/5',
      relaxedCents: 240_000,
      relaxedCashCents: 200_000,
      level: 1,
      reasons: [
        { code: 'CASH_LEVEL' },
        { code: 'SKILL_BOTTLENECK', needId: 'm2', poolIds: ['P1.comm'], minutes: 600 },
      ],
      margins: {
        ...margins,
        envelope: {
          share: '1/1',
          sharers: 0,
          untilCents: 100_000,
          event: { code: 'REQUEST_CAP', associationId: 'A2' },
        },
        hours: [{ family: 'comm', gain: '4000/1' }],
      },
    },
  ],
  relaxedHours: [
    { needId: 'm1', poolId: 'P1.comm', valueCents: 120_000 },
    { needId: 'm2', poolId: 'P1.comm', valueCents: 40_000 },
  ],
  levels: [
    {
      stage: 'reference',
      ratio: '3/5',
      associationIds: ['A1'],
      totalCents: 120_000,
      cut: [{ kind: 'need', id: 'm1', capacityCents: 120_000 }],
    },
    {
      stage: 'reference',
      ratio: '4/5',
      associationIds: ['A2'],
      totalCents: 240_000,
      cut: [
        { kind: 'envelope', id: 'general', capacityCents: 200_000 },
        { kind: 'pool', id: 'P1.comm', capacityCents: 40_000 },
      ],
    },
  ],
  relaxedCents: 360_000,
  deliveredCents: 360_000,
}

test('the worked examples, counted by hand, are accepted', () => {
  expect(verify(cappedRequest, cappedResult)).toBeUndefined()
  expect(verify(bottleneck, bottleneckResult)).toBeUndefined()
})

test('the cent that A1 could give to A3 in the even target is found', () => {
  const uneven = structuredClone(cappedResult)
  const [first, , third] = uneven.lines
  Object.assign(first ?? {}, { relaxedCents: 388_890, relaxedCashCents: 388_890 })
  Object.assign(third ?? {}, { relaxedCents: 311_110, relaxedCashCents: 311_110 })
  Object.assign(uneven.levels[1] ?? {}, { ratio: '31111/40000' })
  expect(verify(cappedRequest, uneven)).toEqual({
    rule: 'uneven',
    values: { from: 'A1', to: 'A3' },
  })
})

test('a cut that leaves a way open is refused, even when its sums are right', () => {
  const open = structuredClone(bottleneckResult)
  // The pool is named too early: of its 40 hours, A1 could have had only 30.
  Object.assign(open.levels[0] ?? {}, {
    cut: [{ kind: 'pool', id: 'P1.comm', capacityCents: 120_000 }],
  })
  Object.assign(open.levels[1] ?? {}, {
    cut: [
      { kind: 'envelope', id: 'general', capacityCents: 200_000 },
      { kind: 'need', id: 'm2', capacityCents: 40_000 },
    ],
  })
  expect(verify(bottleneck, open)?.rule).toBe('cut')
})

test('hours that the company excluded, or outside its period, are not a way', () => {
  const companies = [{ ...open, id: 'P1', excludedAssociationIds: ['A2'] }]
  expect(verify({ ...bottleneck, companies }, bottleneckResult)?.rule).toBe('way')
  const needs = bottleneck.needs.map((need) => ({ ...need, startsOn: '2027-05-01' }))
  const pools = bottleneck.pools.map((pool) => ({ ...pool, endsOn: '2027-04-30' }))
  expect(verify({ ...bottleneck, needs, pools }, bottleneckResult)?.rule).toBe('way')
})
