import { expect, test } from 'vitest'
import type { Deposited } from '#applications'
import { cents, day, minutes } from '#kit'
import type { Standing } from '#review'
import { settingsOf2027 } from '../../tests/season.ts'
import { checkProblem } from './engine/index.ts'
import { type Facts, problemOf, weightOf } from './problem.ts'

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
const facts = (changed: Partial<Facts> = {}): Facts => ({
  campaign,
  assumptions: {
    envelopeCents: {},
    floorPercent: 60,
    referenceHourlyCents: cents(35_00),
    reservePercent: 10,
  },
  envelopes: [{ id: 'e1', name: 'Vie associative', cashCents: cents(40_000_00) }],
  deposited: [file('band', { needs: [need] })],
  standings: new Map([['band file', standing()]]),
  baselines: new Map([['band', cents(12_000_00)]]),
  supply: [],
  ...changed,
})
const claimant = (changed: Partial<Facts>) => problemOf(facts(changed)).associations[0]

test('the season becomes a problem that the engine accepts', () => {
  expect(checkProblem(problemOf(facts()))).toEqual([])
})

test('asking for more changes the request, never the reference', () => {
  const modest = claimant({})
  const greedy = claimant({ deposited: [file('band', { askedCents: cents(90_000_00) })] })
  expect(greedy?.requestCents).toBe(90_000_00)
  expect(greedy?.referenceCents).toBe(modest?.referenceCents)
})

const weights: [string, number | undefined, bigint][] = [
  ['no point', 0, 7_000n],
  ['half of the points', 50, 10_000n],
  ['every point', 100, 13_000n],
  ['no mark yet', undefined, 10_000n],
]
test.each(weights)('the weight of a file with %s', (_, score, expected) => {
  expect(weightOf(campaign, score)).toBe(expected)
})

test('a newcomer is measured as the median association; when all are new, as an equal share', () => {
  const deposited = ['new', 'small', 'middle', 'big'].map((name) => file(name))
  const standings = new Map(deposited.map(({ id }) => [id, standing()]))
  const baselines = new Map(
    Object.entries({ small: 1_000_00n, middle: 5_000_00n, big: 50_000_00n }).map(
      ([name, amount]) => [name, cents(amount)] as const,
    ),
  )
  const among = problemOf(facts({ deposited, standings, baselines })).associations
  expect(among.find(({ id }) => id === 'new')?.referenceCents).toBe(5_000_00)
  const alone = problemOf(facts({ deposited, standings, baselines: new Map() })).associations
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
  const problem = problemOf(facts({ standings: new Map([['band file', standing(changed)]]) }))
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
  const { assumptions } = facts()
  const problem = problemOf(
    facts({ assumptions: { ...assumptions, envelopeCents: { e1: cents(30_000_00) } } }),
  )
  expect(problem.envelopes).toEqual([{ id: 'e1', name: 'Vie associative', cashCents: 30_000_00 }])
})
