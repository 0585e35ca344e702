import { afterAll, beforeAll, expect, test } from 'vitest'
import { minutes } from '#kit'
import { confirmPledge, submitPledge } from '#pledges'
import { readBeancount } from '../../tests/beancount.ts'
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

const accountsOf = (page: string) =>
  [...page.matchAll(/href="\/valmont(\/2027\/ledger\/accounts\/[0-9a-f-]{36})"/g)].map(
    ([, path = '']) => `/valmont${path}`,
  )

test('the statement of an account says in words what came, what went and what is left', async () => {
  const jeanne = await valmont.browser('jeanne')
  const [account = ''] = accountsOf(await pageOf('jeanne'))
  const page = await (await jeanne.get(account)).text()
  for (const told of [
    'Confirmées, disponibles',
    'Promesse confirmée',
    '37\u00a0h',
    'Réservé à côté',
  ])
    expect(page).toContain(told)
  expect(page).toMatch(/href="\/valmont\/pledges\/[0-9a-f-]{36}"/)
  const before = await (await jeanne.get(`${account}?to=2026-01-01`)).text()
  expect(before).toContain('Aucun mouvement')
  const after = await (await jeanne.get(`${account}?from=2026-12-01&to=what`)).text()
  expect(after).toMatch(/Au début<\/dt><dd><[^>]+>37/)
})

test('nobody reads the account of another company, nor one that does not exist', async () => {
  const jeanne = await valmont.browser('jeanne')
  const own = accountsOf(await pageOf('jeanne'))
  const others = accountsOf(await pageOf('claire')).filter((path) => !own.includes(path))
  expect(others.length).toBeGreaterThan(0)
  for (const path of [...others, `/valmont/2027/ledger/accounts/${'0'.repeat(36)}`])
    expect((await jeanne.get(path)).status).toBe(404)
  expect((await (await valmont.browser()).get(own[0] ?? '')).status).not.toBe(200)
})

test('one book each, and another program finds the same sums', async () => {
  const claire = await valmont.browser('claire')
  const read = async (file: string) =>
    readBeancount(await (await claire.get(`/valmont/2027/${file}.beancount`)).text())
  expect(await read('ledger/hours')).toEqual({ entries: 3, accounts: 4, commodities: ['MIN'] })
  expect(await read('ledger/cash')).toEqual({ entries: 0, accounts: 0, commodities: [] })
  expect(await read('ledger')).toEqual(await read('ledger/hours'))
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
