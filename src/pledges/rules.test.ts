import { expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { day, minutes } from '#kit'
import { settingsOf2027 } from '../../tests/season.ts'
import {
  type Pledge,
  type Promised,
  refusalsForPledge,
  refusalsToConfirm,
  refusalsToReduce,
  refusalsToWithdraw,
  supplyOf,
} from './rules.ts'

const hours = (count: number) => minutes(count * 60)
const campaign = (state: Campaign['state']): Campaign => ({
  ...settingsOf2027(),
  territoryId: 'valmont',
  id: 'season',
  state,
})
const promised: Promised = {
  family: 'FINANCE',
  pledgedMinutes: hours(40),
  blockMinutes: hours(4),
  missionsMax: undefined,
  modality: 'on_site',
  startsOn: day('2027-04-01'),
  endsOn: day('2027-12-31'),
}
const pledge = (changed: Partial<Pledge> = {}): Pledge => ({
  ...promised,
  territoryId: 'valmont',
  id: 'a',
  campaignId: 'season',
  companyId: 'bakery',
  companyName: 'Boulangerie Lenoir',
  submittedAt: new Date(),
  state: 'confirmed',
  keptMinutes: changed.pledgedMinutes ?? promised.pledgedMinutes,
  freeMinutes: changed.keptMinutes ?? changed.pledgedMinutes ?? promised.pledgedMinutes,
  ...changed,
})
const asked = { openFamilies: ['FINANCE', 'LEGAL'], hasNoCounterpart: true }

test('a sound promise is taken while pledges or applications are open', () => {
  expect(refusalsForPledge(promised, campaign('pledging'), asked)).toEqual([])
  expect(refusalsForPledge(promised, campaign('applying'), asked)).toEqual([])
})

const wrongs: [string, Partial<Promised>, string, string][] = [
  ['a skill nobody looks for', { family: 'DATA' }, 'family', 'hours-DATA'],
  ['a quarter of an hour', { pledgedMinutes: minutes(615) }, 'hours', 'hours-FINANCE'],
  ['a session of 50 minutes', { blockMinutes: minutes(50) }, 'block', 'block'],
  ['less than one session', { pledgedMinutes: hours(3) }, 'blockTooBig', 'hours-FINANCE'],
  ['no association at all', { missionsMax: 0 }, 'missionsMax', 'missionsMax'],
  ['hours before the season', { startsOn: day('2027-03-31') }, 'beforeSeason', 'startsOn'],
  ['hours after the season', { endsOn: day('2028-01-01') }, 'afterSeason', 'endsOn'],
  [
    'an end before its start',
    { startsOn: day('2027-06-01'), endsOn: day('2027-05-01') },
    'endsBeforeStart',
    'endsOn',
  ],
]
test.each(wrongs)('%s is refused beside its field', (_, changed, code, field) => {
  const refusals = refusalsForPledge({ ...promised, ...changed }, campaign('pledging'), asked)
  expect(refusals).toMatchObject([{ code: `pledges:refused.${code}`, field }])
})

test('hours with a contract in view are no gift', () => {
  const refusals = refusalsForPledge(promised, campaign('pledging'), {
    ...asked,
    hasNoCounterpart: false,
  })
  expect(refusals).toMatchObject([{ code: 'pledges:refused.counterpart' }])
})

test.each([
  ['submitted', 'pledging', []],
  ['submitted', 'reviewing', []],
  ['submitted', 'deliberating', ['pledges:refused.tooLateToConfirm']],
  ['confirmed', 'pledging', ['pledges:refused.confirmedAlready']],
  ['withdrawn', 'pledging', ['pledges:refused.withdrawnAlready']],
] as const)('confirming a %s pledge while %s', (state, season, codes) => {
  const refusals = refusalsToConfirm(pledge({ state }), campaign(season))
  expect(refusals.map(({ code }) => code)).toEqual(codes)
})

const granted = pledge({ keptMinutes: hours(40), freeMinutes: hours(12) })
test.each([
  ['what is free', granted, 12, 'moins de personnel', []],
  ['more than is free', granted, 13, 'moins de personnel', ['alreadyGiven']],
  ['nothing, without a reason', granted, 0, '', ['hours', 'noReason']],
  ['everything', pledge(), 40, 'arrêt', ['withdrawInstead']],
  ['from a withdrawn pledge', pledge({ state: 'withdrawn' }), 1, 'arrêt', ['withdrawnAlready']],
] as const)('taking back %s', (_, from, count, reason, codes) => {
  const refusals = refusalsToReduce(from, { takenBackMinutes: hours(count), reason })
  expect(refusals.map(({ code }) => code)).toEqual(codes.map((code) => `pledges:refused.${code}`))
})

test('a pledge is withdrawn only as a whole', () => {
  const reason = 'fermeture'
  expect(refusalsToWithdraw(pledge(), { reason })).toEqual([])
  expect(refusalsToWithdraw(granted, { reason })).toMatchObject([
    { code: 'pledges:refused.partlyGiven' },
  ])
})

function available(pledges: Pledge[], reservePercent: number): Record<string, number> {
  const supply = supplyOf(pledges, reservePercent)
  return Object.fromEntries(
    supply.map(({ pledgeId, availableMinutes }) => [pledgeId, Number(availableMinutes) / 60]),
  )
}

test('without a reserve, whole sessions are shared out', () => {
  const odd = pledge({ id: 'odd', pledgedMinutes: hours(10) })
  expect(available([odd], 0)).toEqual({ odd: 8 })
})

test('unconfirmed and withdrawn hours are not shared out', () => {
  const others = [pledge({ state: 'submitted' }), pledge({ state: 'withdrawn' })]
  expect(available(others, 0)).toEqual({})
})

test('the reserve takes whole sessions from the biggest pledge of the skill', () => {
  const big = pledge({ id: 'big' })
  const small = pledge({ id: 'small', pledgedMinutes: hours(7), blockMinutes: hours(7) })
  // 10 % of 47 h is 4 h 42: two sessions of 4 h leave the big pledge.
  expect(available([big, small], 10)).toEqual({ big: 32, small: 7 })
})

test('a single day is not promised in vain, whatever the reserve', () => {
  const day = pledge({ id: 'day', pledgedMinutes: hours(7), blockMinutes: hours(7) })
  expect(available([day], 50)).toEqual({ day: 7 })
})

test('one skill’s reserve costs nothing to another', () => {
  const law = pledge({ id: 'law', family: 'LEGAL', pledgedMinutes: hours(8) })
  expect(available([pledge(), law], 10)).toEqual({ a: 36, law: 4 })
})

test('what was granted does not eat the reserve the second time', () => {
  const left = pledge({ keptMinutes: hours(40), freeMinutes: hours(4) })
  expect(available([left], 10)).toEqual({})
})
