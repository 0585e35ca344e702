import { afterAll, beforeAll, expect, test } from 'vitest'
import { minutes } from '#kit'
import { confirmPledge, submitPledge } from '#pledges'
import type { PersonKey } from '../../tests/cast.ts'
import { done, openSeason } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'

let valmont: World
beforeAll(async () => {
  valmont = await world(() => new Date('2026-11-24T10:00:00Z'))
  const { id: campaignId, startsOn, endsOn } = await openSeason(valmont, { reservePercent: 0 })
  const when = { campaignId, startsOn, endsOn, modality: 'hybrid' as const, hasNoCounterpart: true }
  const promise = async (person: PersonKey, hours: number) => {
    const pledgedMinutes = minutes(hours * 60)
    const asked = { ...when, family: 'FINANCE', pledgedMinutes, blockMinutes: minutes(60) }
    return done(await valmont.as(person, (place) => submitPledge(place, asked))).id
  }
  const bakers = await promise('jeanne', 37)
  await promise('hugo', 12)
  done(await valmont.as('claire', (place) => confirmPledge(place, bakers)))
})
afterAll(() => valmont.house.close())

const pageOf = async (person: PersonKey) =>
  (await (await valmont.browser(person)).get('/valmont/2027/ledger')).text()

test('the agent sees where every hour is', async () => {
  const page = await pageOf('claire')
  expect(page).toContain('Confirmées, disponibles')
  for (const told of ['Boulangerie Lenoir', 'Cabinet Aubry Conseil', '37\u00a0h', '12\u00a0h'])
    expect(page).toContain(told)
})

test('a company sees its own hours, and nobody else’s', async () => {
  const page = await pageOf('jeanne')
  expect(page).toContain('37\u00a0h')
  expect(page).not.toContain('Aubry')
  expect(page).not.toContain('12\u00a0h')
})

test('an association with no hours yet is told so', async () => {
  expect(await pageOf('amina')).toContain('Aucune heure n&#39;est encore inscrite')
})

test('the commune takes the whole statement away, the others do not', async () => {
  const ask = async (person: PersonKey) =>
    (await valmont.browser(person)).get('/valmont/2027/ledger.beancount')
  const statement = await ask('claire')
  expect(statement.headers.get('content-disposition')).toContain('ledger-2027.beancount')
  expect(await statement.text()).toContain('"pledge.confirmed"')
  expect((await ask('jeanne')).status).toBe(403)
})
