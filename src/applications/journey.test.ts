import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { documentsOn } from '#documents'
import { addMembership } from '#people'
import type { PersonKey } from '../../tests/cast.ts'
import { enter, handedOver, openApplications, prepared } from '../../tests/files.ts'
import { type Browser, type World, world } from '../../tests/world.ts'
import { depositedApplications, saveDraft, startApplication } from './index.ts'

let valmont: World
let season: Campaign
beforeAll(async () => {
  valmont = await world()
  season = await openApplications(valmont)
})
afterAll(() => valmont.house.close())

/** Opens this association's file in a browser; answers its address. */
async function open(person: PersonKey): Promise<{ browser: Browser; path: string }> {
  const browser = await valmont.browser(person)
  await browser.post('/valmont/2027/applications')
  const answer = await browser.get('/valmont/2027/applications')
  return { browser, path: answer.headers.get('location') ?? '' }
}

function onceKey(page: string): string {
  return /name="once" value="([^"]+)"/.exec(page)?.[1] ?? ''
}

const project = { projectTitle: 'Fête du fleuve', projectSummary: 'Descente', beneficiaries: '' }
const money = {
  askedCents: '1 500,50',
  usefulCents: '',
  budgetChargesCents: '3000',
  budgetProductsCents: '3000',
  cashFallback: '',
}
const needs = {
  'need1-family': 'COMMS',
  'need1-hoursMin': '3 h 30',
  'need1-hoursMax': '7',
  'need1-deliverable': 'Une affiche et un dossier de presse',
  'need1-modality': 'remote',
  'need1-startsOn': '2027-04-01',
  'need1-endsOn': '2027-06-30',
  'need2-family': '',
  'need2-startsOn': '2027-04-01',
}

test('an association asks for euros and hours page by page, then hands the file over once', async () => {
  const { browser, path } = await open('eva')
  for (const [section, form] of Object.entries({ project, money, needs }))
    expect((await browser.post(`${path}/${section}`, form)).status).toBe(303)
  expect((await browser.post(`${path}/commitment`)).status).toBe(303)
  const once = onceKey(await (await browser.get(path)).text())
  for (let time = 0; time < 2; time++)
    expect((await browser.post(`${path}/deposit`, { once })).status).toBe(303)
  const page = await (await browser.get(path)).text()
  expect(page).toContain('déposée le')
  expect(page).toContain('2 mois')
  const id = path.split('/').at(-1) ?? ''
  const documents = await valmont.as('eva', ({ tx, territory }) =>
    documentsOn(tx, territory.id, id),
  )
  expect(documents.map(({ kind }) => kind)).toEqual(['deposit'])
  const receipt = await browser.get(`${path}/receipt.pdf`)
  expect(
    Buffer.from(await receipt.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  const [deposited] = await valmont.as('claire', ({ tx }) => depositedApplications(tx, season))
  expect(deposited).toMatchObject({
    projectTitle: 'Fête du fleuve',
    askedCents: 1_500_50n,
    usefulCents: 0n,
    needs: [{ family: 'COMMS', minMinutes: 210n, maxMinutes: 420n, modality: 'remote' }],
  })
})

test('a draft is saved with nothing in it, and says when it was saved', async () => {
  const { browser, path } = await open('rose')
  expect((await browser.post(`${path}/project`, { projectTitle: '' })).status).toBe(303)
  expect(await (await browser.get(path)).text()).toContain('Enregistré sur le serveur')
})

test('a draft handed over too early comes back with every reason, and nothing is lost', async () => {
  const { browser, path } = await open('rose')
  await browser.post(`${path}/project`, { projectTitle: 'Compost', projectSummary: '' })
  const answer = await browser.post(`${path}/deposit`)
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('href="#commitment"')
  expect(page).toContain('Demandez des euros, des heures, ou les deux.')
  expect(page).toContain('Racontez en quelques phrases')
  expect(await (await browser.get(`${path}/project`)).text()).toContain('value="Compost"')
})

test('an amount that cannot be read comes back as typed, with the reason beside it', async () => {
  const { browser, path } = await open('rose')
  const answer = await browser.post(`${path}/money`, { ...money, askedCents: 'mille' })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('value="mille"')
  expect(page).toContain('askedCents-reason')
  expect(page).toContain('value="3000"')
})

test('hours that cannot be counted come back as typed, row by row', async () => {
  const { browser, path } = await open('rose')
  const answer = await browser.post(`${path}/needs`, { ...needs, 'need1-hoursMin': '20' })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('need1-hoursMax-reason')
  expect(page).toContain('Une affiche et un dossier de presse')
})

test('a ready mission adds a row already filled in', async () => {
  const { browser, path } = await open('rose')
  const answer = await browser.post(`${path}/needs`, { ...needs, kit: 'website' })
  const page = await (await browser.get(answer.headers.get('location') ?? '')).text()
  expect(page).toContain('Une affiche et un dossier de presse')
  expect(page).toContain('Un site clair')
})

test('a piece is kept for what it is, and only what an office can open', async () => {
  const { browser, path } = await open('karim')
  const send = (content: string, name: string) => {
    const form = new FormData()
    form.set('kind', 'accounts')
    form.set('file', new File([content], name))
    return browser.post(`${path}/pieces`, form)
  }
  expect((await send('%PDF-1.7 comptes', 'comptes.pdf')).status).toBe(303)
  const refused = await send('MZ…', 'comptes.pdf')
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('file-reason')
  const page = await (await browser.get(`${path}/pieces`)).text()
  const [, piece = ''] = /href="([^"]+\/pieces\/[0-9a-f-]+)"/.exec(page) ?? []
  const read = await browser.get(piece)
  expect(read.headers.get('content-disposition')).toContain('attachment')
  expect(await read.text()).toBe('%PDF-1.7 comptes')
  expect((await browser.post(`${piece}/removal`)).status).toBe(303)
  expect((await browser.get(piece)).status).toBe(404)
})

test('another association finds nothing at this address, nor does the commune before the deposit', async () => {
  const { path } = await open('luc')
  const rose = await valmont.browser('rose')
  for (const page of ['', '/project', '/money', '/needs', '/pieces', '/commitment'])
    expect((await rose.get(`${path}${page}`)).status).toBe(404)
  expect((await rose.post(`${path}/project`, project)).status).toBe(404)
  expect((await rose.post(`${path}/deposit`)).status).toBe(404)
  expect((await (await valmont.browser('claire')).get(path)).status).toBe(404)
  expect((await rose.get('/valmont/applications/not-an-id')).status).toBe(404)
})

test('a volunteer prepares the file, but only the representative signs and hands it over', async () => {
  const { path } = await open('luc')
  const { house, cast } = valmont
  const membership = {
    organisationId: cast.organisations.band,
    role: 'association.member',
  } as const
  await addMembership(house.db, { ...membership, personId: cast.people.ines.id })
  const ines = await valmont.browser('ines')
  expect((await ines.post(`${path}/project`, project)).status).toBe(303)
  expect((await ines.post(`${path}/commitment`)).status).toBe(403)
  expect((await ines.post(`${path}/deposit`)).status).toBe(403)
})

test('a file handed over no longer changes', async () => {
  const id = await handedOver(valmont, 'amina', season)
  const outcome = await valmont.as('amina', (place) =>
    saveDraft(place, id, { projectTitle: 'Autre' }),
  )
  expect(outcome).toMatchObject({ refusals: [{ code: 'applications:refused.alreadyDeposited' }] })
  const amina = await valmont.browser('amina')
  expect((await amina.get(`/valmont/applications/${id}/project`)).status).toBe(404)
  expect((await amina.post(`/valmont/applications/${id}/project`, project)).status).toBe(422)
})

test('the agents see euros and hours asked in columns of their own, and of a draft its name only', async () => {
  const claire = await valmont.browser('claire')
  const page = await (await claire.get('/valmont/2027/applications')).text()
  expect(page).toContain('Distribution du samedi')
  expect(page).toContain('Jardins partagés')
  expect(page).not.toContain('Compost')
  const filtered = await (await claire.get('/valmont/2027/applications?family=COMMS')).text()
  expect(filtered).toContain('Fête du fleuve')
  expect(filtered).not.toContain('Distribution du samedi')
})

test('once the season reviews, nothing more is started or handed over', async () => {
  const id = await prepared(valmont, 'marc', season)
  season = await enter(valmont, season.id, 'reviewing')
  const marc = await valmont.browser('marc')
  const answer = await marc.post(`/valmont/applications/${id}/deposit`)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('ne sont pas ouvertes')
  const late = await valmont.as('karim', (place) => startApplication(place, season))
  expect(late).toMatchObject({ refusals: [{ code: 'applications:refused.notOpen' }] })
})
