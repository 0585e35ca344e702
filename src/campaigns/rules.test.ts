import { expect, test } from 'vitest'
import { cents, day } from '#kit'
import { settingsOf2027 } from '../../tests/season.ts'
import { movedTo, refusalsForSettings, type Settings } from './rules.ts'

test('the proposed figures of any year are sound', () => {
  expect(refusalsForSettings(settingsOf2027())).toEqual([])
})

const wrongs: [string, Partial<Settings>, string, string][] = [
  [
    'a year far away',
    { year: 3000, startsOn: day('3000-04-01'), endsOn: day('3000-12-31') },
    'year',
    'year',
  ],
  ['no name', { title: '' }, 'title', 'title'],
  [
    'applications that close before pledges',
    { applicationsCloseOn: day('2026-12-01') },
    'applicationsBeforePledges',
    'applicationsCloseOn',
  ],
  [
    'a council before the last application',
    { councilOn: day('2027-01-31') },
    'councilTooSoon',
    'councilOn',
  ],
  [
    'missions that end before they start',
    { endsOn: day('2027-03-01') },
    'endsBeforeStart',
    'endsOn',
  ],
  ['missions of another year', { startsOn: day('2026-11-01') }, 'otherYear', 'startsOn'],
  ['a floor above the whole', { floorPercent: 101 }, 'outOfBounds', 'floorPercent'],
  ['a reserve of more than half', { reservePercent: 51 }, 'outOfBounds', 'reservePercent'],
  ['a share that is no number', { totalCapPercent: Number.NaN }, 'outOfBounds', 'totalCapPercent'],
  ['an hour worth nothing', { referenceHourlyCents: cents(0) }, 'amount', 'referenceHourlyCents'],
  ['no envelope', { envelopes: [] }, 'noEnvelope', 'envelopeName1'],
  ['no skill', { families: [] }, 'noFamily', 'family-STRATEGY'],
  ['no criterion', { criteria: [] }, 'noCriterion', 'criterionLabel1'],
  [
    'a criterion that weighs nothing',
    { criteria: [{ label: 'Besoin', weight: 0 }] },
    'weight',
    'criterionWeight1',
  ],
  [
    'two envelopes of one name',
    {
      envelopes: [
        { name: 'Sport', cashCents: cents(1) },
        { name: 'sport', cashCents: cents(2) },
      ],
    },
    'twinEnvelopes',
    'envelopeName1',
  ],
]
test.each(wrongs)('%s is refused beside its field', (_, changed, code, field) => {
  const [first, ...others] = refusalsForSettings(settingsOf2027(changed))
  expect(first).toMatchObject({ code: `campaigns:refused.${code}`, field })
  expect(others).toEqual([])
})

test('all reasons come at once', () => {
  const refusals = refusalsForSettings(
    settingsOf2027({ title: '', families: [], floorPercent: -1 }),
  )
  expect(refusals).toHaveLength(3)
})

test('next year keeps the rule and moves each day by a year', () => {
  const next = movedTo(2028, settingsOf2027({ endsOn: day('2027-12-31') }))
  expect(next).toMatchObject({
    year: 2028,
    title: 'Saison 2028',
    pledgesCloseOn: '2027-12-15',
    endsOn: '2028-12-31',
    floorPercent: 60,
  })
  expect(refusalsForSettings(next)).toEqual([])
})
