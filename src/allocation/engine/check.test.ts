import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { sayIn } from '#platform'
import { allocate } from './allocate.ts'
import { shareCash } from './cash.ts'
import { checkProblem, readProblem } from './check.ts'
import { rowsMax } from './check-rows.ts'
import { examplesOf } from './examples.fixture.ts'
import {
  type Claimant,
  type Company,
  type Need,
  type Pins,
  type Pool,
  type Problem,
  problemFormat,
} from './format.ts'
import { networkOf } from './network.ts'

const good = exampleOf('ex2-hours-compensated-by-cash')

test('a sound problem is accepted', () => {
  expect(checkProblem(good)).toEqual([])
})

test('what may be left out is filled in', () => {
  const { scoreWeights: _, companies: __, pins: ___, ...bare } = good
  expect(readProblem(bare)).toMatchObject({
    scoreWeights: [],
    companies: [{ id: 'P1', missionsMax: null, excludedAssociationIds: [] }],
    pins: { cash: [], hours: [] },
  })
})

type Spoiled = [name: string, spoil: (problem: Problem) => unknown, sentence: string]

const line = (list: string, name: string, message: string, { rank = 1, id = '' } = {}) =>
  `Line ${rank} of “${list}”${id && ` (${id})`}, “${name}”: ${message}`
const ofA1 = (name: string, message: string) => line('associations', name, message, { id: 'A1' })
const ofNeed = (name: string, message: string) => line('needs', name, message, { id: 'm1' })
const ofPool = (name: string, message: string) => line('pools', name, message, { id: 'P1 admin' })

const files: Spoiled[] = [
  ['half a file', () => undefined, 'The file is not an allocation problem.'],
  [
    'another format',
    (p) => ({ ...p, format: 'other/9' }),
    `“format”: the format expected is “${problemFormat}”.`,
  ],
  [
    'a missing list',
    (p) => ({ ...p, needs: undefined }),
    'The list “needs” is missing or is no list.',
  ],
  ['a misspelt part', (p) => ({ ...p, pin: {} }), '“pin”: this part of the file is unknown.'],
  [
    'a unit of half a cent',
    (p) => ({ ...p, cashUnitCents: 0.5 }),
    '“cashUnitCents”: a whole number of cents above zero is expected.',
  ],
  ['no association', (p) => ({ ...p, needs: [], associations: [] }), 'There is no association.'],
  [
    'nothing to share',
    (p) => ({ ...p, pools: [], envelopes: [{ id: 'general', cashCents: 0 }] }),
    'There is nothing to share: no euro, no hour.',
  ],
  [
    'envelopes that pass 2^53 together',
    (p) => ({
      ...p,
      envelopes: [...p.envelopes, { id: 'other', cashCents: Number.MAX_SAFE_INTEGER }],
    }),
    'The sum of “envelopes” is too big to be counted to the cent.',
  ],
  ['a row that is none', (p) => ({ ...p, needs: [null] }), 'Line 1 of “needs”: this is not a row.'],
  [
    'a misspelt field',
    (p) => ({ ...p, envelopes: [{ id: 'general', cashCents: 1, cash: 1 }] }),
    line('envelopes', 'cash', 'this field is unknown.'),
  ],
  [
    '100,000 needs of one association',
    (p) => ({ ...p, needs: repeated(p.needs, 100_000) }),
    line('needs', 'associationId', '“A1” has more than 1000 needs: too many for one association.', {
      rank: rowsMax.needsOfOne + 1,
      id: 'n1000',
    }),
  ],
  [
    'a list as deep as the file',
    (p) => ({ ...p, needs: [{ ...p.needs[0], family: nested(100_000) }] }),
    line('needs', 'family', 'a text is expected.'),
  ],
]

const fields: Spoiled[] = [
  [
    'a negative floor',
    first({ floorCents: -1 }),
    line('associations', 'floorCents', '-1 is negative.'),
  ],
  [
    'a reference that is no number',
    first({ referenceCents: Number.NaN }),
    line('associations', 'referenceCents', '“NaN” is not a number.'),
  ],
  [
    'a reference of zero',
    first({ referenceCents: 0 }),
    line('associations', 'referenceCents', 'a value above zero is expected.'),
  ],
  [
    'an amount of 2^53',
    first({ requestCents: 2 ** 53 }),
    line('associations', 'requestCents', '9007199254740992 is too big to be counted exactly.'),
  ],
  [
    'half a cent',
    first({ requestCents: 0.5 }),
    line('associations', 'requestCents', '0.5 is not a whole number.'),
  ],
  [
    'half a point of score',
    first({ score: 50.5 }),
    line('associations', 'score', 'the score is a whole number from 0 to 100.'),
  ],
  [
    'twice the same association',
    first({ id: 'A2' }),
    line('associations', 'id', '“A2” is there already.', { rank: 2 }),
  ],
  [
    'a day that does not exist',
    needs({ startsOn: '2027-02-30' }),
    line('needs', 'startsOn', '“2027-02-30” is not a day (2027-03-31).'),
  ],
  [
    'a place with half of its coordinates',
    (p) => ({ ...p, needs: [{ ...p.needs[0], place: { eastMetres: 1 } }] }),
    line('needs', 'place', 'a place is expected: eastMetres and northMetres, in whole metres.'),
  ],
]

const rows: Spoiled[] = [
  ['an unknown envelope', first({ envelopeId: 'moon' }), ofA1('envelopeId', '“moon” is unknown.')],
  [
    'an unknown excluded company',
    first({ excludedCompanyIds: ['X'] }),
    ofA1('excludedCompanyIds', '“X” is unknown.'),
  ],
  [
    'an unknown excluded association',
    companies({ excludedAssociationIds: ['X'] }),
    line('companies', 'excludedAssociationIds', '“X” is unknown.', { id: 'P1' }),
  ],
  [
    'a need of a stranger',
    needs({ associationId: 'X' }),
    ofNeed('associationId', '“X” is unknown.'),
  ],
  ['a need of an unknown skill', needs({ family: 'X' }), ofNeed('family', '“X” is unknown.')],
  ['a pool of an unknown skill', pools({ families: ['X'] }), ofPool('families', '“X” is unknown.')],
  [
    'a pool without a skill',
    pools({ families: [] }),
    ofPool('families', 'at least one skill is expected.'),
  ],
  [
    'a block of 20 minutes',
    pools({ blockMinutes: 20 }),
    ofPool('blockMinutes', 'hours are counted in whole half-hours.'),
  ],
  [
    'a period that ends before it starts',
    needs({ startsOn: '2027-05-01', endsOn: '2027-04-30' }),
    ofNeed('endsOn', 'the period ends before it starts.'),
  ],
  [
    'a minimum above the maximum',
    needs({ minMinutes: 9_000 }),
    ofNeed('minMinutes', 'the minimum is above the maximum.'),
  ],
  [
    'a cap under a floor',
    first({ floorCents: 300_000, totalCapCents: 200_000 }),
    ofA1('totalCapCents', 'the total cap is under the floor.'),
  ],
  [
    'a cap under the least useful cash',
    first({ usefulCents: 300_000, totalCapCents: 200_000 }),
    ofA1('totalCapCents', 'the total cap is under the least useful cash.'),
  ],
  [
    'a floor above the request',
    first({ floorCents: 500_000 }),
    ofA1('requestCents', 'the floor is above the amount asked.'),
  ],
  [
    'a floor without cash',
    first({ isCashEligible: false, floorCents: 1 }),
    ofA1('floorCents', 'a floor requires being eligible to cash.'),
  ],
  [
    'a reference that is not the weighted basis',
    (p) => first({ basisCents: 400_000, score: 75 })({ ...p, scoreWeights: weights(80, 120) }),
    ofA1('referenceCents', '400000 is not the basis weighted by the score, which makes 440000.'),
  ],
  [
    'points of κ out of order',
    (p) => ({ ...p, scoreWeights: weights(80, 120).reverse() }),
    line('scoreWeights', 'score', 'points go by rising score, each of them once.', {
      rank: 2,
      id: '0',
    }),
  ],
]

const cashPin = (name: string, message: string, id = 'A1') =>
  line('pins.cash', name, message, { id })
const hoursPin = (name: string, message: string, { rank = 1, id = 'm1' } = {}) =>
  line('pins.hours', name, message, { rank, id })
const pool = 'P1 admin'
const m1 = { needId: 'm1', poolId: pool, minutes: 480 }
const m2 = { ...m1, needId: 'm2' }
const second = { ...(good.needs[0] ?? never()), id: 'm2' }

const pinned: Spoiled[] = [
  [
    'cash of a stranger',
    pins({ cash: [{ associationId: 'X', cashCents: 0 }] }),
    cashPin('associationId', '“X” is unknown.', 'X'),
  ],
  [
    'cash pinned twice',
    pins({ cash: Array(2).fill({ associationId: 'A1', cashCents: 0 }) }),
    line('pins.cash', 'associationId', '“A1” is there already.', { rank: 2 }),
  ],
  [
    'pinned cash of half a euro',
    pins({ cash: [{ associationId: 'A1', cashCents: 50 }] }),
    cashPin('cashCents', 'the pinned amount is not a multiple of the unit.'),
  ],
  [
    'pinned cash above the request',
    pins({ cash: [{ associationId: 'A1', cashCents: 400_100 }] }),
    cashPin('cashCents', 'the pinned amount is above the cash that the association may have.'),
  ],
  [
    'pinned cash for who may have none',
    (p) =>
      pins({ cash: [{ associationId: 'A1', cashCents: 100 }] })(
        first({ isCashEligible: false })(p),
      ),
    cashPin('cashCents', 'the pinned amount is above the cash that the association may have.'),
  ],
  [
    'pinned cash above the envelope',
    pins({
      cash: ['A1', 'A2'].map((associationId) => ({ associationId, cashCents: 300_000 })),
    }),
    line('pins.cash', 'cashCents', 'the pinned amounts pass the envelope.', { rank: 2, id: 'A2' }),
  ],
  [
    'hours of an unknown need',
    pins({ hours: [{ ...m1, needId: 'X' }] }),
    hoursPin('needId', '“X” is unknown.', { id: 'X' }),
  ],
  [
    'hours of an unknown pool',
    pins({ hours: [{ ...m1, poolId: 'X' }] }),
    hoursPin('poolId', '“X” is unknown.'),
  ],
  [
    'hours pinned twice',
    pins({ hours: [m1, m1] }),
    line('pins.hours', 'needId', '“m1” is there already.', { rank: 2 }),
  ],
  [
    'hours without a pool',
    pins({ hours: [{ ...m1, poolId: null }] }),
    hoursPin('minutes', 'pinned hours have a pool and a duration, or neither (null and 0).'),
  ],
  [
    'part of a block',
    pins({ hours: [{ ...m1, minutes: 510 }] }),
    hoursPin('minutes', 'the pinned duration is not made of whole blocks.'),
  ],
  [
    'less than the minimum',
    pins({ hours: [{ ...m1, minutes: 240 }] }),
    hoursPin('minutes', 'the pinned duration is outside the minimum and maximum of the need.'),
  ],
  [
    'hours for who may have none',
    (p) => pins({ hours: [m1] })(first({ isHoursEligible: false })(p)),
    hoursPin('poolId', 'the association is not eligible to hours.'),
  ],
  [
    'hours of another skill',
    (p) =>
      pins({ hours: [m1] })({
        ...pools({ families: ['law'] })(p),
        families: [...p.families, { family: 'law', hourlyValueCents: 5_000 }],
      }),
    hoursPin('poolId', 'this pool does not have the skill asked.'),
  ],
  [
    'hours of an excluded company',
    (p) => pins({ hours: [m1] })(companies({ excludedAssociationIds: ['A1'] })(p)),
    hoursPin('poolId', 'the association and this company cannot work together.'),
  ],
  [
    'hours at another time',
    (p) =>
      pins({ hours: [m1] })(pools({ startsOn: '2027-05-01' })(needs({ endsOn: '2027-04-30' })(p))),
    hoursPin('poolId', 'pool and need do not meet: period, presence or distance.'),
  ],
  [
    'hours out of reach',
    (p) => {
      const place = (eastMetres: number) => ({ eastMetres, northMetres: 0 })
      const far = needs({ place: place(1_001) })(p)
      return pins({ hours: [m1] })(pools({ place: place(0), reachMetres: 1_000 })(far))
    },
    hoursPin('poolId', 'pool and need do not meet: period, presence or distance.'),
  ],
  [
    'more hours than the pool has',
    (p) => pins({ hours: [m1, { ...m2, minutes: 2_400 }] })({ ...p, needs: [...p.needs, second] }),
    hoursPin('minutes', 'the pinned durations pass the pool.', { rank: 2, id: 'm2' }),
  ],
  [
    'more missions than the pool takes',
    (p) => pins({ hours: [m1] })(pools({ missionsMax: 0 })(p)),
    hoursPin('poolId', 'the pinned hours pass the number of missions of the pool.'),
  ],
  [
    'more missions than the company takes',
    (p) =>
      pins({ hours: [m1, m2] })({
        ...companies({ missionsMax: 1 })(p),
        needs: [...p.needs, second],
      }),
    hoursPin('poolId', 'the pinned hours pass the number of missions of the company.', {
      rank: 2,
      id: 'm2',
    }),
  ],
]

test.each([...files, ...fields, ...rows, ...pinned])(
  '%s is refused in a sentence',
  (_, spoil, sentence) => {
    const say = sayIn('en')
    const sentences = checkProblem(spoil(good)).map(({ code, values }) => say(code, values))
    expect(sentences).toContain(sentence)
  },
)

test('of a file where all is wrong, the first hundred faults are told', () => {
  const refusals = checkProblem({ ...good, needs: Array(100_000).fill(0) })
  expect(refusals).toHaveLength(101)
  expect(refusals.at(-1)?.values).toEqual({ count: 99_900 })
})

test.each<[string, (problem: Problem) => Problem]>([
  ['no pledge', (p) => ({ ...p, companies: [], pools: [] })],
  ['a budget of zero', budget(0)],
  ['a budget of one cent', budget(1)],
  ['floors that nobody can reach', (p) => first({ floorCents: 400_000 })(budget(100)(p))],
  ['a skill that nobody offers', (p) => ({ ...p, pools: [] })],
  [
    'an association and a company that exclude each other',
    (p) => first({ excludedCompanyIds: ['P1'] })(companies({ excludedAssociationIds: ['A1'] })(p)),
  ],
])('%s is computed all the same', async (_, change) => {
  const result = await allocate(change(good))
  expect(isRefused(result)).toBe(false)
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
    format: problemFormat,
    cashUnitCents: 100,
    scoreWeights: [],
    families: [],
    envelopes: [{ id: 'general', cashCents: 300_000 }],
    companies: [],
    pools: [],
    needs: [],
    associations,
    pins: { cash: [], hours: [] },
  }
  expect(shareCash(networkOf(problem), hours)).toEqual([147_200, 86_000, 66_800])
})

function exampleOf(name: string): Problem {
  return examplesOf(name)[0]?.problem ?? never()
}

function never(): never {
  throw new Error('the example is not there')
}

function first(change: Partial<Claimant>): (problem: Problem) => Problem {
  return (problem) => ({
    ...problem,
    associations: problem.associations.map((one, rank) =>
      rank === 0 ? { ...one, ...change } : one,
    ),
  })
}

function needs(change: Partial<Need>): (problem: Problem) => Problem {
  return (problem) => ({ ...problem, needs: problem.needs.map((one) => ({ ...one, ...change })) })
}

function pools(change: Partial<Pool>): (problem: Problem) => Problem {
  return (problem) => ({ ...problem, pools: problem.pools.map((one) => ({ ...one, ...change })) })
}

function companies(change: Partial<Company>): (problem: Problem) => Problem {
  return (problem) => ({
    ...problem,
    companies: problem.companies.map((one) => ({ ...one, ...change })),
  })
}

function pins(change: Partial<Pins>): (problem: Problem) => Problem {
  return (problem) => ({ ...problem, pins: { ...problem.pins, ...change } })
}

function budget(cashCents: number): (problem: Problem) => Problem {
  return (problem) => ({ ...problem, envelopes: [{ id: 'general', cashCents }] })
}

function weights(low: number, high: number) {
  return [
    { score: 0, percent: low },
    { score: 100, percent: high },
  ]
}

function repeated(needs: Need[], count: number): Need[] {
  const [need = never()] = needs
  return Array.from({ length: count }, (_, rank) => ({ ...need, id: `n${rank}` }))
}

function nested(depth: number): unknown {
  let list: unknown = 0
  for (let level = 0; level < depth; level++) list = [list]
  return list
}
