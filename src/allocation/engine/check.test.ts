import { expect, test } from 'vitest'
import { shareCash } from './cash.ts'
import { checkProblem } from './check.ts'
import { examplesOf } from './examples.fixture.ts'
import type { Claimant, Problem } from './format.ts'
import { networkOf } from './network.ts'

const [good] = examplesOf('ex2-hours-compensated-by-cash').map(({ problem }) => problem)

test('a sound problem is accepted', () => {
  expect(checkProblem(good)).toEqual([])
})

test.each<[string, (problem: Problem) => unknown, string, string | undefined]>([
  ['half a file', () => undefined, 'notAProblem', undefined],
  ['another format', (p) => ({ ...p, format: 'other/9' }), 'format', 'format'],
  ['a missing list', (p) => ({ ...p, needs: undefined }), 'noList', 'needs'],
  [
    'no association',
    (p) => ({ ...p, needs: [], associations: [] }),
    'noAssociation',
    'associations',
  ],
  ['a negative floor', first({ floorCents: -1 }), 'negative', 'associations[0].floorCents'],
  [
    'a reference that is no number',
    first({ referenceCents: Number.NaN }),
    'number',
    'associations[0].referenceCents',
  ],
  [
    'a reference of zero',
    first({ referenceCents: 0 }),
    'positive',
    'associations[0].referenceCents',
  ],
  ['an amount of 2^53', first({ requestCents: 2 ** 53 }), 'tooBig', 'associations[0].requestCents'],
  ['half a cent', first({ requestCents: 0.5 }), 'whole', 'associations[0].requestCents'],
  ['an unknown envelope', first({ envelopeId: 'moon' }), 'unknown', 'associations[0].envelopeId'],
  [
    'a cap under a floor',
    first({ floorCents: 300_000, totalCapCents: 200_000 }),
    'capUnderFloor',
    'associations[0].totalCapCents',
  ],
  [
    'a floor above the request',
    first({ floorCents: 500_000 }),
    'requestUnderFloor',
    'associations[0].requestCents',
  ],
  [
    'a floor without cash',
    first({ isCashEligible: false, floorCents: 1 }),
    'floorWithoutCash',
    'associations[0].floorCents',
  ],
  ['twice the same association', first({ id: 'A2' }), 'twice', 'associations[1].id'],
  [
    'a misspelt field',
    (p) => ({ ...p, envelopes: [{ id: 'general', cashCents: 1, cash: 1 }] }),
    'unknownField',
    'envelopes[0].cash',
  ],
  [
    'a period that ends before it starts',
    (p) => ({
      ...p,
      needs: p.needs.map((n) => ({ ...n, startsOn: '2027-05-01', endsOn: '2027-04-30' })),
    }),
    'endsBeforeStart',
    'needs[0].endsOn',
  ],
  [
    'a day that does not exist',
    (p) => ({ ...p, needs: p.needs.map((n) => ({ ...n, startsOn: '2027-02-30' })) }),
    'day',
    'needs[0].startsOn',
  ],
  [
    'a minimum above the maximum',
    (p) => ({ ...p, needs: p.needs.map((n) => ({ ...n, minMinutes: 9_000 })) }),
    'minOverMax',
    'needs[0].minMinutes',
  ],
  [
    'a need of a stranger',
    (p) => ({ ...p, needs: p.needs.map((n) => ({ ...n, associationId: 'X' })) }),
    'unknown',
    'needs[0].associationId',
  ],
  [
    'a block of 20 minutes',
    (p) => ({ ...p, pools: p.pools.map((one) => ({ ...one, blockMinutes: 20 })) }),
    'halfHours',
    'pools[0].blockMinutes',
  ],
  [
    'nothing to share',
    (p) => ({ ...p, pools: [], envelopes: [{ id: 'general', cashCents: 0 }] }),
    'nothingToShare',
    'envelopes',
  ],
])('%s is refused with its place', (_, spoil, code, field) => {
  const refusals = good ? checkProblem(spoil(good)) : []
  expect(refusals).toContainEqual(
    expect.objectContaining({ code: `allocation:refused.${code}`, ...(field ? { field } : {}) }),
  )
})

test('cash completes hours to the nearest rate in whole euros (fourth worked example)', () => {
  const references = [250_000, 200_000, 150_000]
  const hours = [54_000, 75_000, 54_000]
  const associations = references.map(
    (referenceCents, rank): Claimant => ({
      id: `A${rank + 1}`,
      envelopeId: 'general',
      referenceCents,
      baselineCents: referenceCents,
      floorCents: 0,
      requestCents: referenceCents,
      usefulCents: 0,
      totalCapCents: referenceCents * 2,
      score: 50,
      isCashEligible: true,
      isHoursEligible: true,
      excludedCompanyIds: [],
    }),
  )
  const problem: Problem = {
    format: 'metis-allocation-problem/1',
    cashUnitCents: 100,
    families: [],
    envelopes: [{ id: 'general', cashCents: 300_000 }],
    pools: [],
    needs: [],
    associations,
  }
  expect(shareCash(networkOf(problem), hours)).toEqual([147_200, 86_000, 66_800])
})

function first(change: Partial<Claimant>): (problem: Problem) => Problem {
  return (problem) => ({
    ...problem,
    associations: problem.associations.map((one, rank) =>
      rank === 0 ? { ...one, ...change } : one,
    ),
  })
}
