import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { minutes } from '#kit'
import { totalOf } from '#ledger'
import { codesOf, done, openSeason } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import { confirmPledge, expirePledges, pledgesOf, reducePledge, submitPledge } from './index.ts'

let valmont: World
let season: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2026-11-24T10:00:00Z'))
  season = await openSeason(valmont, { reservePercent: 0 })
})
afterAll(() => valmont.house.close())

const form = {
  'hours-FINANCE': '40',
  block: '3 h 30',
  modality: 'remote',
  startsOn: '2027-04-01',
  endsOn: '2027-12-31',
  missionsMax: '',
  noCounterpart: 'yes',
  once: 'a form of Jeanne’s',
}
const terms = {
  sites: 'Valmont centre',
  employeesMax: '12',
  policyDays: '2,5',
  seniorityMonths: '3',
  endOfCareer: '7',
  'prefer-sport': 'yes',
  'exclude-animaux': 'yes',
}

function kept(): ReturnType<typeof pledgesOf> {
  return valmont.as('claire', ({ tx }) => pledgesOf(tx, season))
}

test('a company that says where, who and for which causes reads it on its promise; so does the agent', async () => {
  const jeanne = await valmont.browser('jeanne')
  expect((await jeanne.post('/valmont/2027/pledges', { ...form, ...terms })).status).toBe(303)
  const [pledge] = await kept()
  for (const person of ['jeanne', 'claire'] as const) {
    const browser = await valmont.browser(person)
    const page = await (await browser.get(`/valmont/pledges/${pledge?.id}`)).text()
    for (const words of ['Valmont centre', '2,5', 'Sport', 'Animaux', '7\u00a0h'])
      expect(page).toContain(words)
  }
})

test('terms that contradict each other come back with the promise, nothing lost (HYP-4478)', async () => {
  const jeanne = await valmont.browser('jeanne')
  const answer = await jeanne.post('/valmont/2027/pledges', {
    ...form,
    ...terms,
    once: 'another form',
    employeesMax: 'douze',
    endOfCareer: '60',
    'exclude-sport': 'yes',
  })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  for (const field of ['employeesMax', 'endOfCareer', 'exclude-sport'])
    expect(page).toContain(`id="${field}-reason"`)
  expect(page).toContain('value="Valmont centre"')
  expect(page).toContain('value="40"')
})

test('when its period is over, a promise gives back what nobody was given, once', async () => {
  const { id: campaignId, startsOn, endsOn } = season
  const { id } = done(
    await valmont.as('hugo', (place) =>
      submitPledge(place, {
        campaignId,
        family: 'LEGAL',
        pledgedMinutes: minutes(20 * 60),
        blockMinutes: minutes(60),
        modality: 'hybrid',
        startsOn,
        endsOn,
        hasNoCounterpart: true,
      }),
    ),
  )
  await valmont.as('claire', async (place) => done(await confirmPledge(place, id)))
  expect(await expirePledges(valmont.house, new Date('2027-12-31T12:00:00Z'))).toBe(0)
  const newYear = new Date('2028-01-01T02:00:00Z')
  expect(await expirePledges(valmont.house, newYear)).toBe(2)
  expect(await expirePledges(valmont.house, newYear)).toBe(0)
  for (const kind of ['PLEDGED', 'CONFIRMED'] as const)
    expect(
      await valmont.as('claire', ({ tx, territory }) =>
        totalOf(tx, territory.id, season.id, 'hours', kind),
      ),
    ).toBe(0n)
  const states = (await kept()).map(({ state, keptMinutes }) => ({ state, keptMinutes }))
  expect(states).toEqual(Array(2).fill({ state: 'expired', keptMinutes: 0n }))
  const late = await valmont.as('hugo', (place) =>
    reducePledge(place, id, { takenBackMinutes: minutes(60), reason: 'trop tard' }),
  )
  expect(codesOf(late)).toEqual(['pledges:refused.expired'])
})
