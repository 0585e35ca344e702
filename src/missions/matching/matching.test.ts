import fc from 'fast-check'
import { expect, test } from 'vitest'
import { families } from '#campaigns'
import { addDays, day, minutes } from '#kit'
import { sayIn } from '#platform'
import {
  callOrder,
  criteria,
  type Gate,
  gateSentence,
  gateShut,
  linesOf,
  lotOf,
  matchRulesOn,
  type Opening,
  occupations,
  openingsFor,
  preparedOpening,
  preparedSeeker,
  reasonsOf,
  rhythms,
  type Seeker,
  versions,
} from './index.ts'

const today = day('2027-04-01')
const rules = matchRulesOn(today)
const shown = { say: sayIn('fr'), language: 'fr' }

const ines: Seeker = {
  id: 'ines',
  companyId: 'accountants',
  families: [],
  causes: [],
  isRemoteOnly: false,
  committedMinutes: minutes(0),
  yearMinutes: minutes(0),
  turns: { thisYear: 0, before: 0 },
}
const budget: Opening = {
  id: 'budget',
  companyId: 'accountants',
  family: 'FINANCE',
  modality: 'on_site',
  agreedMinutes: minutes(10 * 60),
  startsOn: day('2027-04-01'),
  endsOn: day('2027-09-30'),
  isEligible: true,
  policy: { preferredCauses: [], excludedCauses: [] },
  turns: { thisYear: 0, before: 0 },
}
const rouen = { latitude: 49.44, longitude: 1.1 }

test.each<[string, Partial<Seeker>, Partial<Opening>, Gate | undefined]>([
  ['all is open', {}, {}, undefined],
  ['hours of another company', {}, { companyId: 'studio' }, 'company'],
  ['the period is over', {}, { endsOn: day('2027-03-31') }, 'over'],
  ['not eligible (L.8241-3)', {}, { isEligible: false }, 'eligibility'],
  ['back only in October', { availableFrom: day('2027-10-01') }, {}, 'period'],
  ['back on the last day', { availableFrom: day('2027-09-30') }, {}, undefined],
  ['remote only, on site', { isRemoteOnly: true }, {}, 'place'],
  ['remote only, partly on site', { isRemoteOnly: true }, { modality: 'hybrid' }, 'place'],
  ['remote only, remote', { isRemoteOnly: true }, { modality: 'remote' }, undefined],
  [
    'twenty-two kilometres for somebody who goes twenty',
    { spot: rouen, reachKm: 20 },
    { spot: { latitude: 49.64, longitude: 1.1 } },
    'distance',
  ],
  [
    'far, but remote',
    { spot: rouen, reachKm: 20 },
    { spot: { latitude: 43.6, longitude: 1.44 }, modality: 'remote' },
    undefined,
  ],
  ['nobody knows how far', { spot: rouen, reachKm: 20 }, {}, undefined],
  [
    'a cause that the company set aside',
    {},
    { cause: 'sport', policy: { preferredCauses: [], excludedCauses: ['sport'] } },
    'excludedCause',
  ],
  [
    'two days a year, one given',
    { yearMinutes: minutes(7 * 60) },
    { policy: { ...budget.policy, yearMinutesMax: minutes(14 * 60) } },
    'yearlyPolicy',
  ],
  [
    'two days a year, none given',
    {},
    { policy: { ...budget.policy, yearMinutesMax: minutes(14 * 60) } },
    undefined,
  ],
  [
    '11 h in one day (L.3121-18)',
    {},
    { agreedMinutes: minutes(11 * 60), endsOn: today },
    'workingTime',
  ],
  ['10 h in one day', {}, { endsOn: today }, undefined],
  [
    '49 h in one week (L.3121-20)',
    {},
    { agreedMinutes: minutes(49 * 60), endsOn: addDays(today, 6) },
    'workingTime',
  ],
  [
    'another mission fills that week already',
    { committedMinutes: minutes(39 * 60) },
    { endsOn: addDays(today, 6) },
    'workingTime',
  ],
])('%s', (_, person, need, gate) => {
  const seeker = preparedSeeker({ ...ines, ...person })
  const opening = preparedOpening({ ...budget, ...need }, today)
  expect(gateShut(seeker, opening)).toBe(gate)
  // Whoever is turned away reads why, with figures and no hole in the sentence.
  if (gate) expect(gateSentence(gate, seeker, opening, shown)).toMatch(/^[^{}]{20,}$/)
})

test('each mission says why it is there, in the person’s words', () => {
  const seeker = preparedSeeker({ ...ines, occupation: 'M1203', spot: rouen })
  const near = { latitude: 49.47, longitude: 1.1 }
  const opening = preparedOpening({ ...budget, spot: near }, today)
  expect(reasonsOf(linesOf(seeker, opening, rules, shown))).toEqual([
    'votre métier correspond',
    'vous n’avez encore eu aucune mission',
    'à 3 km',
  ])
})

test('the weights of every version make a hundred, and no score leaves 0 to 100', () => {
  for (const { weights } of versions)
    expect(criteria.reduce((sum, criterion) => sum + weights[criterion], 0)).toBe(100)
  fc.assert(
    fc.property(someone, need, (seeker, opening) => {
      const pair = [preparedSeeker(seeker), preparedOpening(opening, today)] as const
      for (const { points } of linesOf(...pair, rules, shown)) {
        expect(points).toBeGreaterThanOrEqual(0)
        expect(points).toBeLessThanOrEqual(100)
        expect(Number.isInteger(points)).toBe(true)
      }
    }),
  )
})

const spot = fc.record({
  latitude: fc.integer({ min: 4900, max: 4960 }).map((hundredths) => hundredths / 100),
  longitude: fc.integer({ min: 80, max: 140 }).map((hundredths) => hundredths / 100),
})
const turns = fc.record({ thisYear: fc.nat({ max: 3 }), before: fc.nat({ max: 3 }) })
const hours = fc.integer({ min: 0, max: 200 }).map((count) => minutes(count * 60))
const on = fc.integer({ min: -60, max: 200 }).map((days) => addDays(today, days))
const cause = fc.constantFrom('sport', 'sante', 'education')
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined })

const someone: fc.Arbitrary<Seeker> = fc.record({
  id: fc.uuid(),
  companyId: fc.constantFrom('accountants', 'studio'),
  families: fc.uniqueArray(fc.constantFrom(...families)),
  occupation: maybe(fc.constantFrom(...Object.keys(occupations))),
  causes: fc.uniqueArray(cause),
  rhythm: maybe(fc.constantFrom(...rhythms)),
  isRemoteOnly: fc.boolean(),
  reachKm: maybe(fc.integer({ min: 1, max: 60 })),
  spot: maybe(spot),
  availableFrom: maybe(on),
  availableUntil: maybe(on),
  committedMinutes: hours,
  yearMinutes: hours,
  turns,
})
const need: fc.Arbitrary<Opening> = fc
  .record({
    id: fc.uuid(),
    companyId: fc.constantFrom('accountants', 'studio'),
    family: fc.constantFrom(...families),
    occupation: maybe(fc.constantFrom(...Object.keys(occupations))),
    cause: maybe(cause),
    modality: fc.constantFrom('on_site' as const, 'remote' as const, 'hybrid' as const),
    spot: maybe(spot),
    agreedMinutes: fc.integer({ min: 1, max: 120 }).map((count) => minutes(count * 60)),
    startsOn: on,
    length: fc.nat({ max: 200 }),
    isEligible: fc.boolean(),
    policy: fc.record({
      preferredCauses: fc.uniqueArray(cause),
      excludedCauses: fc.uniqueArray(cause),
      yearMinutesMax: maybe(hours),
    }),
    turns,
  })
  .map(({ length, ...opening }) => ({ ...opening, endsOn: addDays(opening.startsOn, length) }))

test('a mission behind a shut gate is never proposed, whatever its points', () => {
  fc.assert(
    fc.property(someone, fc.array(need), (person, needs) => {
      const seeker = preparedSeeker(person)
      const openings = needs.map((one) => preparedOpening(one, today))
      const proposed = new Set(openingsFor(seeker, openings, rules).map(({ one }) => one))
      for (const opening of openings)
        expect(proposed.has(opening)).toBe(gateShut(seeker, opening) === undefined)
    }),
  )
})

test('the order does not depend on the order in which missions came, nor does its head on its length', () => {
  fc.assert(
    fc.property(someone, fc.array(need), fc.nat({ max: 9 }), (person, needs, most) => {
      const seeker = preparedSeeker(person)
      const openings = needs.map((one) => preparedOpening(one, today))
      const whole = openingsFor(seeker, openings, rules).map(({ one }) => one.id)
      const turned = openingsFor(seeker, openings.toReversed(), rules, most + 1)
      expect(turned.map(({ one }) => one.id)).toEqual(whole.slice(0, most + 1))
    }),
  )
})

const offers = fc.uniqueArray(someone, { minLength: 2, selector: ({ id }) => id })

function order(people: Seeker[], opening: Opening): string[] {
  const waiting = people.map((person) => ({ seeker: preparedSeeker(person), rank: undefined }))
  const called = callOrder(waiting, preparedOpening(opening, today), rules)
  return called.map(({ seeker }) => seeker.id)
}

test('saying one more skill never sends anybody further back in the list', () => {
  fc.assert(
    fc.property(offers, need, fc.constantFrom(...families), (people, opening, family) => {
      const [first, ...others] = people
      if (!first) return
      const before = order(people, opening).indexOf(first.id)
      const skilled = { ...first, families: [...first.families, family] }
      expect(order([skilled, ...others], opening).indexOf(first.id)).toBeLessThanOrEqual(before)
    }),
  )
})

test('of two people alike in all else, whoever had fewer missions comes first', () => {
  fc.assert(
    fc.property(someone, fc.uuid(), need, (person, twin, opening) => {
      fc.pre(person.id !== twin)
      const never = { ...person, id: twin, turns: { thisYear: 0, before: 0 } }
      const often = { ...person, turns: { thisYear: 2, before: 1 } }
      expect(order([often, never], opening)).toEqual([twin, person.id])
    }),
  )
})

test('among equals the lot decides: neither the oldest account nor the first come always wins', () => {
  const pairs = Array.from({ length: 400 }, (_, rank) => [`mission-${rank}`, 'old', 'new'] as const)
  const wins = pairs.filter(([id, one, other]) => lotOf(one, id) < lotOf(other, id)).length
  expect(wins).toBeGreaterThan(120)
  expect(wins).toBeLessThan(280)
})

test('an association’s own order comes before any points', () => {
  const worse = { seeker: preparedSeeker({ ...ines, id: 'worse' }), rank: 1 }
  const better = { seeker: preparedSeeker({ ...ines, families: ['FINANCE'] }), rank: undefined }
  const called = callOrder([better, worse], preparedOpening(budget, today), rules)
  expect(called).toEqual([worse, better])
})
