import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rotateKeys, vaultOf } from '#platform'
import { handedOver, openApplications, prepared } from '../../tests/files.ts'
import { type Browser, type World, world } from '../../tests/world.ts'
import { bankSafe, wholeBankAccount, withdrawApplication } from './index.ts'

const IBAN = 'FR14 2004 1010 0505 0001 3M02 606'
const BARE = IBAN.replaceAll(' ', '')
const OTHER = 'DE89 3704 0044 0532 0130 00'

let valmont: World
let eva: Browser
let id: string
beforeAll(async () => {
  valmont = await world()
  const season = await openApplications(valmont)
  id = await prepared(valmont, 'eva', season)
  eva = await valmont.browser('eva')
  await handedOver(valmont, 'rose', season)
})
afterAll(() => valmont.house.close())

const path = () => `/valmont/applications/${id}`
const give = (iban: string, browser = eva) =>
  browser.post(`${path()}/bank-account`, { holder: 'Le Panier de Valmont', iban })
const shown = async (browser: Browser, page = '/bank-account') =>
  (await (await browser.get(`${path()}${page}`)).text()).replaceAll('\u00a0', ' ')

test.each([
  ['voir RIB', 'deux lettres'],
  ['XX14 2004 1010 0505 0001 3M02 606', '« XX »'],
  [IBAN.slice(0, -2), 'compte 27 signes ; celui-ci en compte 25'],
  [IBAN.replace('FR14', 'FR41'), 'clé de contrôle'],
])('the number %s comes back as typed, with what is wrong with it', async (typed, reason) => {
  const answer = await give(typed)
  expect(answer.status).toBe(422)
  const page = (await answer.text()).replace(/[\u00a0\u202f]/g, ' ')
  expect(page).toContain(reason)
  expect(page).toContain(`value="${typed}"`)
  expect(page).toContain('iban-reason')
})

test('the account is shown masked to its own association, and written nowhere in the clear', async () => {
  expect((await give(IBAN)).status).toBe(303)
  const page = await shown(eva)
  expect(page).toContain('FR14 •••• 2606')
  expect(page).not.toContain(IBAN)
  const { rows } = await sql<{ row: string }>`
    select b::text as row from bank_accounts b union all select details::text from journal`.execute(
    valmont.house.db,
  )
  for (const { row } of rows) {
    expect(row).not.toContain(BARE)
    expect(row).not.toContain(Buffer.from(BARE).toString('hex'))
  }
})

test('before the deposit the commune sees nothing of it; after, agents read the whole number', async () => {
  const claire = await valmont.browser('claire')
  expect((await claire.get(`${path()}/bank-account`)).status).toBe(404)
  expect((await eva.post(`${path()}/deposit`)).status).toBe(303)
  expect(await shown(claire)).toContain(IBAN)
  expect(await shown(claire, '')).toContain('FR14 •••• 2606')
  expect(await shown(claire, '')).not.toContain(IBAN)
})

test('nobody else opens the page: not another association, not an elected member, not a company', async () => {
  for (const person of ['rose', 'paul', 'hugo'] as const) {
    const answer = await (await valmont.browser(person)).get(`${path()}/bank-account`)
    expect([403, 404]).toContain(answer.status)
  }
  expect((await give(OTHER, await valmont.browser('claire'))).status).toBe(403)
})

test('an account changed after the deposit is told to the commune, and the earlier one stays', async () => {
  expect((await give(OTHER)).status).toBe(303)
  const page = await shown(await valmont.browser('claire'))
  expect(page).toContain(OTHER)
  expect(page).toContain('Un compte précédent')
  const { rows } = await sql<{ body: string }>`
    select body from outbox where subject like 'Compte bancaire changé%'`.execute(valmont.house.db)
  expect(rows.length).toBeGreaterThan(0)
  expect(rows[0]?.body).toContain('DE89 •••• 3000')
  expect(rows[0]?.body).not.toContain(OTHER.replaceAll(' ', ''))
})

test('a new key takes the accounts too', async () => {
  const territoryId = valmont.cast.territory.id
  const vault = vaultOf(valmont.house.config)
  const outcome = await rotateKeys({ db: valmont.house.db, vault, safes: [bankSafe] }, territoryId)
  expect(outcome).toEqual({ version: 2, rows: 2 })
  const whole = await valmont.as('claire', (place) => wholeBankAccount(place, id))
  expect(whole?.iban).toBe(OTHER.replaceAll(' ', ''))
})

test('a file withdrawn names no other account', async () => {
  await valmont.as('eva', (place) => withdrawApplication(place, id, { reason: '' }))
  const answer = await give(IBAN)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Cette demande est retirée')
})
