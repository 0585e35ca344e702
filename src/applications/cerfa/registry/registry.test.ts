import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { root } from '#platform'
import type { PersonKey } from '../../../../tests/cast.ts'
import { openApplications, prepared } from '../../../../tests/files.ts'
import { formsIn } from '../../../../tests/forms.ts'
import { testConfig } from '../../../../tests/house.ts'
import { done } from '../../../../tests/season.ts'
import { type Browser, type World, world } from '../../../../tests/world.ts'
import { applicationById, askWaiting, depositApplication, startApplication } from '../../index.ts'
import { wholeFile } from '../load.ts'

/** What the registers do when they are asked: a program of its own answers, on a real network. */
type Behaviour = (answer: ServerResponse, found: string) => void

const behaves: Behaviour = (answer, found) => answer.end(found)
let behaviour: Behaviour = behaves
let asked: string[] = []
const fixture = (name: string) =>
  readFileSync(join(root, 'tests', 'fixtures', 'registries', name), 'utf8')
const found = {
  companies: fixture('companies-found.json'),
  associations: fixture('associations-found.json'),
}
const registers = createServer((request, answer) => {
  asked.push(request.url ?? '')
  behaviour(answer, request.url?.startsWith('/search') ? found.companies : found.associations)
})

let clock = new Date('2027-01-10T09:00:00Z')
let valmont: World
let season: Campaign
beforeAll(async () => {
  await new Promise<void>((resolve) => registers.listen(0, '127.0.0.1', resolve))
  const { port } = registers.address() as AddressInfo
  const base = `http://127.0.0.1:${port}`
  const config = { ...testConfig, registries: { companies: base, associations: `${base}/` } }
  valmont = await world(() => clock, config)
  season = await openApplications(valmont)
})
afterAll(async () => {
  registers.closeAllConnections()
  await new Promise((resolve) => registers.close(resolve))
  await valmont.house.close()
})

async function start(person: PersonKey): Promise<{ browser: Browser; path: string; id: string }> {
  const { id } = done(await valmont.as(person, (place) => startApplication(place, season)))
  return { browser: await valmont.browser(person), path: `/valmont/applications/${id}`, id }
}

async function identityOf(browser: Browser, path: string): Promise<string> {
  return (await (await browser.get(`${path}/identity`)).text()).replace(/\s/g, ' ')
}

async function correct(browser: Browser, path: string, answers: Record<string, string>) {
  const address = `${path}/identity`
  const html = await (await browser.get(address)).text()
  const form = formsIn(html, address).find(({ fields }) => fields.some(([name]) => name === 'base'))
  return browser.post(address, { ...Object.fromEntries(form?.fields ?? []), ...answers })
}

function cerfaOf(person: PersonKey, id: string) {
  return valmont.as(person, async ({ tx, territory }) => {
    const application = await applicationById(tx, territory.id, id)
    if (!application) throw new Error('no such file')
    return (await wholeFile(tx, application)).cerfa
  })
}

describe('registers that answer', () => {
  test('a number alone fills the page in: each value says whose it is, and of what day', async () => {
    const browser = await valmont.browser('marc')
    await browser.post('/valmont/2027/applications')
    const path = (await browser.get('/valmont/2027/applications')).headers.get('location') ?? ''
    const page = await identityOf(browser, path)
    expect(page).toContain('value="THEATRE DE LA VANNE ET DES DEUX RIVES"')
    expect(page).toContain('Répertoire des associations (RNA), le 10 janvier 2027')
    expect(page).toContain('value="99999901400015"')
    expect(page).toContain('value="1987-11-02"')
    expect(page).toContain('&lt;b&gt;ateliers')
    // Two registers, two spellings: the one that looks after the value first, the other beside it.
    expect(page).toContain('value="TDV"')
    expect(page).toContain('« Maison des associations, 7 RUE du Moulin »')
    const relations = await (await browser.get(`${path}/relations`)).text()
    expect(relations).toContain('value="Jeunesse et éducation populaire"')
    expect(relations).toContain('FEDERATION DES THEATRES AMATEURS')
  })

  test('a value corrected counts; what the register said is kept and shown', async () => {
    const { browser, path, id } = await start('marc')
    expect((await correct(browser, path, { seatAddress: '9 rue du Moulin' })).status).toBe(303)
    const page = await identityOf(browser, path)
    expect(page).toContain('value="9 rue du Moulin"')
    expect(page).toContain('« 7 RUE DU MOULIN »')
    const { form, known } = await cerfaOf('marc', id)
    expect(form.identity).toMatchObject({ seatAddress: '9 rue du Moulin' })
    expect(form.identity).not.toHaveProperty('legalName')
    expect(known.seatAddress?.[0]).toMatchObject({ source: 'companies', value: '7 RUE DU MOULIN' })
  })

  test('what is answered is not asked again', async () => {
    asked = []
    clock = new Date(clock.getTime() + 3600_000)
    expect(await askWaiting(valmont.house, clock)).toBe(0)
    expect(asked).toEqual([])
  })

  test('a number that is none is refused beside its field, and nobody is asked', async () => {
    const { browser, path } = await start('marc')
    asked = []
    const answer = await browser.post(`${path}/registry`, { identifier: 'le théâtre' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('value="le théâtre"')
    expect(asked).toEqual([])
  })

  test('a number that they do not have is said so, and fills nothing in', async () => {
    const { browser, path } = await start('marc')
    behaviour = (answer) => answer.writeHead(404).end('{}')
    await browser.post(`${path}/registry`, { identifier: 'W760000099' })
    behaviour = behaves
    const page = await identityOf(browser, path)
    expect(page).toContain('Annuaire des entreprises (Sirene) : ce numéro n’y est pas')
    expect(page).toContain('value="9 rue du Moulin"')
  })

  test('an answer about somebody else is no answer', async () => {
    const { browser, path } = await start('eva')
    await browser.post(`${path}/registry`, { identifier: 'W760000003' })
    const page = await identityOf(browser, path)
    expect(page).not.toContain('THEATRE')
    expect(page).toContain('Répertoire des associations (RNA) : ce numéro n’y est pas')
  })

  test('the registers are not emptied through one file', async () => {
    const { browser, path } = await start('amina')
    const look = () => browser.post(`${path}/registry`, { identifier: 'W760000001' })
    const statuses: number[] = []
    for (let time = 0; time < 21; time++) statuses.push((await look()).status)
    expect(statuses.filter((status) => status === 303).length).toBeLessThanOrEqual(20)
    expect(statuses.at(-1)).toBe(422)
  })

  test('another association’s file is not looked up', async () => {
    const { path } = await start('marc')
    const eva = await valmont.browser('eva')
    expect((await eva.post(`${path}/registry`, { identifier: 'W760000006' })).status).toBe(404)
  })
})

const failures: [string, Behaviour][] = [
  ['cut the line midway', (answer, text) => cutMidway(answer, text)],
  ['answer 500', (answer) => answer.writeHead(500).end('oops')],
  ['say that too many ask', (answer) => answer.writeHead(429, { 'retry-after': '60' }).end()],
  ['refuse', (answer) => answer.writeHead(403).end('{"message":"forbidden"}')],
  ['answer a page of maintenance', (answer) => answer.end('<html>Maintenance</html>')],
  ['answer something else', (answer) => answer.end('{"results":{"siren":12},"identite":[]}')],
  ['answer nothing at all', (answer) => answer.end()],
  ['never answer', () => undefined],
  ['never stop', (answer) => flood(answer)],
]

function cutMidway(answer: ServerResponse, text: string): void {
  answer.writeHead(200, { 'content-length': String(text.length + 100) })
  answer.write(text.slice(0, 200), () => answer.destroy())
}

function flood(answer: ServerResponse): void {
  const part = 'a'.repeat(100_000)
  const timer = setInterval(() => answer.write(part), 5)
  answer.on('close', () => clearInterval(timer))
}

describe('a register ill, late or gone never stops a file (DN-13917)', () => {
  test.each(failures)(
    'when they %s, the page goes on at once and fills in later',
    async (_, ill) => {
      const { browser, path, id } = await start('rose')
      await askWaiting(valmont.house, clock)
      behaviour = ill
      const from = Date.now()
      const answer = await browser.post(`${path}/registry`, { identifier: 'W760000006' })
      expect(answer.status).toBe(303)
      expect(Date.now() - from).toBeLessThan(6_000)
      expect(await identityOf(browser, path)).toContain('Nous redemandons sans vous')
      expect((await correct(browser, path, { acronym: 'JP' })).status).toBe(303)
      behaviour = behaves
      // At once would be too soon; a minute later they are asked again.
      expect(await askWaiting(valmont.house, clock)).toBe(0)
      clock = new Date(clock.getTime() + 61_000)
      expect(await askWaiting(valmont.house, clock)).toBeGreaterThanOrEqual(2)
      const { known, form } = await cerfaOf('rose', id)
      expect(known.siret?.[0]).toMatchObject({ source: 'companies', value: '99999901400015' })
      expect(form.identity?.acronym).toBe('JP')
    },
  )

  test('a file is handed over while its check still waits', async () => {
    behaviour = () => undefined
    const id = await prepared(valmont, 'luc', season)
    const luc = await valmont.browser('luc')
    await luc.post(`/valmont/applications/${id}/registry`, { identifier: 'W760000002' })
    expect(done(await valmont.as('luc', (place) => depositApplication(place, id)))).toEqual({ id })
    behaviour = behaves
  })

  test('a SIRET whose key is false is refused only once a register that answers does not know it', async () => {
    const id = await prepared(valmont, 'karim', season)
    const path = `/valmont/applications/${id}`
    const karim = await valmont.browser('karim')
    behaviour = (answer) => answer.writeHead(503).end()
    await correct(karim, path, { siret: '99999901400016' })
    const deposit = async () => (await karim.post(`${path}/deposit`)).text()
    clock = new Date(clock.getTime() + 61_000)
    behaviour = (answer) => answer.writeHead(404).end()
    await askWaiting(valmont.house, clock)
    expect((await deposit()).replace(/\s/g, ' ')).toContain('sa clé est fausse')
    await correct(karim, path, { siret: '' })
    expect(await deposit()).not.toContain('sa clé est fausse')
    behaviour = behaves
  })
})

test('where no register is set up, nobody is asked and no page speaks of one', async () => {
  const quiet = await world(() => clock)
  try {
    const opened = await openApplications(quiet)
    const { id } = done(await quiet.as('marc', (place) => startApplication(place, opened)))
    asked = []
    expect(await askWaiting(quiet.house, clock)).toBe(0)
    const page = await (await quiet.browser('marc')).get(`/valmont/applications/${id}/identity`)
    expect(await page.text()).not.toContain('id="registry"')
    expect(asked).toEqual([])
  } finally {
    await quiet.house.close()
  }
})
