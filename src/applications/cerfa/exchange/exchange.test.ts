import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { root } from '#platform'
import type { PersonKey } from '../../../../tests/cast.ts'
import { handedOver, openApplications } from '../../../../tests/files.ts'
import { done } from '../../../../tests/season.ts'
import { type Browser, type World, world } from '../../../../tests/world.ts'
import { startApplication } from '../../index.ts'
import { EXCHANGE_FORMAT, exchangeSchema, exchangeShape } from './shape.ts'

let valmont: World
let season: Campaign
beforeAll(async () => {
  valmont = await world()
  season = await openApplications(valmont)
})
afterAll(() => valmont.house.close())

async function start(person: PersonKey): Promise<{ browser: Browser; path: string }> {
  const { id } = done(await valmont.as(person, (place) => startApplication(place, season)))
  return { browser: await valmont.browser(person), path: `/valmont/applications/${id}` }
}

async function exported(browser: Browser, path: string): Promise<Record<string, unknown>> {
  return (await browser.get(`${path}/cerfa.json`)).json() as Promise<Record<string, unknown>>
}

/** Sends this as a file; answers the page that follows. */
async function imported(browser: Browser, path: string, content: unknown) {
  const form = new FormData()
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  form.set('file', new File([text], 'dossier.json', { type: 'application/json' }))
  const answer = await browser.post(`${path}/import`, form)
  const address = answer.headers.get('location')
  const page = address ? await (await browser.get(address)).text() : await answer.text()
  return { status: answer.status, page: page.replace(/\s/g, ' ') }
}

const file = {
  format: EXCHANGE_FORMAT,
  form: '12156*06',
  identity: { acronym: 'JPV', createdOn: '2009-05-16' },
  contacts: { representativeLastName: '<b>Tessier</b>' },
  means: { volunteers: 30, staffFullTime: 2.5 },
  'project-budget': { project604: 1200.5, project74Communes: 1200.5 },
  request: { frequency: 'renewal' },
  project: { projectTitle: 'Un compost par quartier' },
  money: { asked: 1200.5 },
  hours: [{ family: 'COMMS', hoursMin: 3.5, hoursMax: 7, deliverable: 'Une affiche' }],
}

test('a file written by another tool fills a draft in, and comes out as it went in', async () => {
  const { browser, path } = await start('rose')
  const { status, page } = await imported(browser, path, file)
  expect(status).toBe(303)
  expect(page).toContain('14 réponses sont reprises.')
  expect(page).not.toContain('Pas lu')
  const out = await exported(browser, path)
  expect(exchangeShape.parse(out)).toMatchObject({
    ...file,
    money: { asked: 1200.5, budgetCharges: 1200.5, budgetProducts: 1200.5 },
    hours: [{ ...file.hours[0], modality: 'hybrid' }],
  })
  expect(await (await browser.get(`${path}/contacts`)).text()).toContain('&lt;b&gt;Tessier')
})

test('what a person has written stays, and what cannot be read is told', async () => {
  const { browser, path } = await start('luc')
  await browser.post(`${path}/project`, { projectTitle: 'Le nom par Luc' })
  const { status, page } = await imported(browser, path, {
    ...file,
    means: { volunteers: 'beaucoup', members: 12, cousins: 3 },
    project: { ...file.project, projectSummary: { html: '<p>' } },
    ministry: {},
  })
  expect(status).toBe(303)
  expect(page).toContain('Déjà répondu, laissé tel quel :</p><ul class="ds-list"><li>Nom du projet')
  expect(page).toContain('<li>Bénévoles</li>')
  expect(page).toContain('<li>Ce que vous allez faire</li>')
  expect(page).toContain('<li>means.cousins</li>')
  expect(page).toContain('<li>ministry</li>')
  const out = await exported(browser, path)
  expect(out).toMatchObject({
    project: { projectTitle: 'Le nom par Luc' },
    means: { members: 12 },
  })
})

test.each([
  ['a picture', '\u0089PNG', 'pas du JSON lisible'],
  ['a list', '[1, 2]', 'pas du JSON lisible'],
  ['the file of another form', '{"name":"x"}', 'aucune partie du formulaire'],
  ['nothing', '', 'Choisissez un fichier JSON'],
  ['more than a megabyte', `{"project":"${'a'.repeat(1_000_001)}"}`, 'Choisissez un fichier JSON'],
])('%s is refused in plain words, and nothing changes', async (_, content, words) => {
  const { browser, path } = await start('eva')
  const { status, page } = await imported(browser, path, content)
  expect(status).toBe(422)
  expect(page).toContain(words)
  expect(Object.keys(await exported(browser, path))).toEqual(['format', 'form', 'identity'])
})

test('the commune takes a file out once it is handed over; nobody else ever', async () => {
  const id = await handedOver(valmont, 'amina', season)
  const address = `/valmont/applications/${id}/cerfa.json`
  const claire = await (await valmont.browser('claire')).get(address)
  const out = exchangeShape.parse(await claire.json())
  expect(out).toMatchObject({ deposit: { number: expect.any(String) }, money: { asked: 1500 } })
  expect((await (await valmont.browser('rose')).get(address)).status).toBe(404)
  expect((await (await valmont.browser('paul')).get(address)).status).toBe(403)
})

test('docs/schemas says what is written and read (if not: copy what this test received)', () => {
  const kept = readFileSync(join(root, 'docs', 'schemas', 'metis-cerfa-12156.json'), 'utf8')
  expect(kept).toBe(`${JSON.stringify(exchangeSchema(), null, 2)}\n`)
})
