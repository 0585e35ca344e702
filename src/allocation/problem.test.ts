import { expect, test } from 'vitest'
import type { Deposited } from '#applications'
import { cents, day, minutes } from '#kit'
import type { Standing } from '#review'
import { settingsOf2027 } from '../../tests/season.ts'
import { type Assumptions, assumptionsOf } from './assumptions.ts'
import { checkProblem } from './engine/index.ts'
import { problemUnder } from './facts.ts'
import { factsOf, type SeasonRows } from './problem.ts'

const campaign = {
  ...settingsOf2027(),
  territoryId: 'valmont',
  id: 'season',
  state: 'reviewing' as const,
}
const need = {
  id: 'n1',
  applicationId: 'band file',
  family: 'DIGITAL',
  minMinutes: minutes(300),
  maxMinutes: minutes(600),
  deliverable: 'Un site',
  modality: 'hybrid' as const,
  startsOn: day('2027-04-01'),
  endsOn: day('2027-12-31'),
}
const file = (associationId: string, changed: Partial<Deposited> = {}): Deposited => ({
  id: `${associationId} file`,
  associationId,
  associationName: associationId,
  envelopeId: 'e1',
  projectTitle: 'Projet',
  askedCents: cents(10_000_00),
  usefulCents: cents(0),
  number: '2027-0001',
  depositedAt: new Date('2027-01-10T09:00:00Z'),
  needs: [],
  ...changed,
})
const standing = (changed: Partial<Standing> = {}): Standing => ({
  applicationId: '',
  isComplete: true,
  cash: 'eligible',
  hours: 'ruled',
  score: 50,
  ...changed,
})
const envelopes = [{ id: 'e1', name: 'Vie associative', cashCents: cents(40_000_00) }]
const rows = (changed: Partial<SeasonRows> = {}): SeasonRows => ({
  campaign,
  envelopes,
  deposited: [file('band', { needs: [need] })],
  standings: new Map([['band file', standing()]]),
  baselines: new Map([['band', cents(12_000_00)]]),
  pledges: [],
  ...changed,
})
const problemOf = (changed: Partial<SeasonRows> = {}, supposed: Partial<Assumptions> = {}) =>
  problemUnder(factsOf(rows(changed)), { ...assumptionsOf(campaign, envelopes), ...supposed })
const claimant = (changed: Partial<SeasonRows>, supposed: Partial<Assumptions> = {}) =>
  problemOf(changed, supposed).associations[0]

test('the season becomes a problem that the engine accepts', () => {
  expect(checkProblem(problemOf())).toEqual([])
})

test('asking for more changes the request, never the reference', () => {
  const modest = claimant({})
  const greedy = claimant({ deposited: [file('band', { askedCents: cents(90_000_00) })] })
  expect(greedy?.requestCents).toBe(90_000_00)
  expect(greedy?.referenceCents).toBe(modest?.referenceCents)
})

const weights: [string, number | undefined, number][] = [
  ['no point', 0, 8_400_00],
  ['half of the points', 50, 12_000_00],
  ['every point', 100, 15_600_00],
  ['no mark yet', undefined, 12_000_00],
]
test.each(weights)('the reference of a file with %s', (_, score, expected) => {
  const standings = new Map([['band file', standing({ score })]])
  expect(claimant({ standings })).toMatchObject({
    basisCents: 12_000_00,
    referenceCents: expected,
  })
})

test('a file without a mark weighs as half of the points, whatever the weights', () => {
  const standings = new Map([['band file', standing({ score: undefined })]])
  expect(claimant({ standings }, { weightHighPercent: 150 })?.referenceCents).toBe(13_200_00)
})

test('a newcomer is measured as the median association; when all are new, as an equal share', () => {
  const deposited = ['new', 'small', 'middle', 'big'].map((name) => file(name))
  const standings = new Map(deposited.map(({ id }) => [id, standing()]))
  const baselines = new Map(
    Object.entries({ small: 1_000_00n, middle: 5_000_00n, big: 50_000_00n }).map(
      ([name, amount]) => [name, cents(amount)] as const,
    ),
  )
  const among = problemOf({ deposited, standings, baselines }).associations
  expect(among.find(({ id }) => id === 'new')?.referenceCents).toBe(5_000_00)
  const alone = problemOf({ deposited, standings, baselines: new Map() }).associations
  expect(alone.map(({ referenceCents }) => referenceCents)).toEqual(Array(4).fill(10_000_00))
})

const excluded: [string, Partial<Standing>, number, number][] = [
  ['complete and eligible to both', {}, 1, 1],
  ['incomplete', { isComplete: false }, 0, 0],
  ['eligible to neither', { cash: 'ineligible', hours: 'ineligible' }, 0, 0],
  ['eligible to cash alone', { hours: 'to_review' }, 1, 0],
  ['eligible to hours alone', { cash: 'ineligible' }, 1, 1],
]
test.each(excluded)('a file that is %s', (_, changed, lines, needs) => {
  const problem = problemOf({ standings: new Map([['band file', standing(changed)]]) })
  expect([problem.associations.length, problem.needs.length]).toEqual([lines, needs])
})

test('who is not eligible to cash may get none, whatever it asked', () => {
  const standings = new Map([['band file', standing({ cash: 'ineligible' })]])
  expect(claimant({ standings })).toMatchObject({ requestCents: 0, floorCents: 0 })
})

test('the floor is a share of last year, and never more than what is asked', () => {
  expect(claimant({})?.floorCents).toBe(7_200_00)
  expect(claimant({ deposited: [file('band', { askedCents: cents(500_00) })] })?.floorCents).toBe(
    500_00,
  )
})

test('a hypothesis on an envelope replaces its amount', () => {
  const problem = problemOf({}, { envelopeCents: { e1: cents(30_000_00) } })
  expect(problem.envelopes).toEqual([{ id: 'e1', name: 'Vie associative', cashCents: 30_000_00 }])
})

const pledge = (id: string, hours: number) => ({
  territoryId: 'valmont',
  id,
  campaignId: 'season',
  companyId: `company of ${id}`,
  companyName: id,
  family: 'DIGITAL',
  submittedAt: new Date('2026-12-01T09:00:00Z'),
  state: 'confirmed' as const,
  pledgedMinutes: minutes(hours * 60),
  keptMinutes: minutes(hours * 60),
  freeMinutes: minutes(hours * 60),
  blockMinutes: minutes(60),
  missionsMax: undefined,
  modality: 'hybrid' as const,
  startsOn: day('2027-04-01'),
  endsOn: day('2027-12-31'),
})
const hoursOf = (supposed: Partial<Assumptions>) =>
  problemOf({ pledges: [pledge('a', 20), pledge('b', 9)] }, supposed).pools.map(
    ({ id, minutes }) => [id, minutes / 60],
  )

const withdrawals: [string, number, unknown][] = [
  [
    'nothing',
    0,
    [
      ['a', 20],
      ['b', 9],
    ],
  ],
  [
    '30 %, in whole blocks',
    30,
    [
      ['a', 20],
      ['b', 6],
    ],
  ],
  ['all', 100, [['a', 20]]],
]
test.each(withdrawals)(
  'a company that withdraws %s takes nothing from the others',
  (_, percent, left) => {
    const withdrawal = { companyId: 'company of b', percent }
    expect(hoursOf({ reservePercent: 0, withdrawal })).toEqual(left)
  },
)

test('a company that withdraws all is still known by its name', () => {
  const withdrawal = { companyId: 'company of b', percent: 100 }
  const { companies } = problemOf({ pledges: [pledge('b', 9)] }, { withdrawal })
  expect(companies.map(({ name }) => name)).toEqual(['b'])
})

test('facts read back from JSON give the same problem: a browser computes what the server computes', () => {
  const facts = factsOf(rows({ pledges: [pledge('a', 20)] }))
  const supposed = assumptionsOf(campaign, envelopes)
  const copy = JSON.parse(JSON.stringify(facts))
  expect(problemUnder(copy, supposed)).toEqual(problemUnder(facts, supposed))
})
