import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveBankAccount } from '#applications'
import type { Campaign } from '#campaigns'
import { FILE_READ } from '#journal'
import { settled } from '#web'
import { awardOf, notified } from './council.ts'
import { done } from './season.ts'
import { type World, world } from './world.ts'

const IBAN = 'FR76 3000 6000 0112 3456 7890 189'
let valmont: World
let campaign: Campaign
let file: string
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = (await notified(valmont)).campaign
  const award = await awardOf(valmont, campaign, 'band')
  file = `/valmont/applications/${award.applicationId}`
  const account = { holder: 'Harmonie municipale', iban: IBAN }
  await valmont.as('luc', async (place) =>
    done(await giveBankAccount(place, award.applicationId, account)),
  )
  const claire = await valmont.browser('claire')
  const amount = String(award.cashCents / 100n)
  const schedule = { 'amount-1': amount, 'waits-1': 'notice' }
  expect((await claire.post(`/valmont/decisions/${award.id}/schedule`, schedule)).status).toBe(303)
})
afterAll(() => valmont.house.close())

async function readBy(person: 'yves' | 'claire'): Promise<number> {
  await settled(valmont.house.db)
  const rows = await valmont.house.db
    .selectFrom('journal')
    .select('seq')
    .where('action', '=', FILE_READ)
    .where('personId', '=', valmont.cast.people[person].id)
    .execute()
  return rows.length
}

test('the finance department opens the files for payment, and each account read there is noted', async () => {
  const claire = await valmont.browser('claire')
  const before = await readBy('claire')
  const csv = await (await claire.get('/valmont/2027/decisions/finance.csv')).text()
  expect(csv).toContain(IBAN.replaceAll(' ', ''))
  expect(await readBy('claire')).toBe(before + 1)
  const yves = await valmont.browser('yves')
  const page = await (await yves.get('/valmont/2027/decisions')).text()
  for (const name of ['finance.csv', 'finance.xml']) {
    expect(page).toContain(name)
    expect((await yves.get(`/valmont/2027/decisions/${name}`)).status).toBe(200)
  }
  expect(await readBy('yves')).toBe(1)
  const told = await (await (await valmont.browser('luc')).get(`${file}/readers`)).text()
  expect(told).toContain('Yves Collet')
})

test('it reads the account whole, and nothing else of the file', async () => {
  const yves = await valmont.browser('yves')
  const page = (await (await yves.get(`${file}/bank-account`)).text()).replaceAll('\u00a0', ' ')
  expect(page).toContain(IBAN)
  expect(page).not.toContain(`href="${file}"`)
  expect((await yves.get(file)).status).toBe(403)
  expect((await yves.post(`${file}/bank-account`, { holder: 'x', iban: IBAN })).status).toBe(403)
})

test('an elected member opens neither', async () => {
  const paul = await valmont.browser('paul')
  for (const path of ['/valmont/2027/decisions/finance.csv', `${file}/bank-account`])
    expect((await paul.get(path)).status).toBe(403)
})
