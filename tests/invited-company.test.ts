import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { invite, knownOrganisation } from '#people'
import { inTerritory } from '#platform'
import { draftsWaiting } from '#pledges'
import { testConfig } from './house.ts'
import { openSeason } from './season.ts'
import { type World, world } from './world.ts'

let valmont: World
let season: Campaign
let file = ''
let door = ''
const clock = new Date('2026-11-24T10:00:00Z')
const garage = '99999909700010'
const lines = [
  'Entreprise;SIRET;Compétence;Heures;À distance;Courriel',
  `Garage du Pont;${garage};FINANCE;10;oui;Gerant@garage.example`,
  `Garage du Pont;${garage};DIGITAL;20;non;gerant@garage.example`,
  `Garage du Pont;${garage};Plomberie;20;non;gerant@garage.example`,
]

beforeAll(async () => {
  valmont = await world(() => clock)
  season = await openSeason(valmont, { reservePercent: 0 })
  file = await putIn(lines)
  door = await doorIn(file)
})
afterAll(() => valmont.house.close())

async function putIn(rows: string[]): Promise<string> {
  const form = new FormData()
  form.append('file', new File([rows.join('\n')], 'promesses.csv'))
  const claire = await valmont.browser('claire')
  const answer = await claire.post('/valmont/2027/pledges/files', form)
  return answer.headers.get('location') ?? ''
}

async function doorIn(path: string): Promise<string> {
  const page = await (await (await valmont.browser('claire')).get(path)).text()
  return /href="(\/account\/organisations\/[^"]+\/invitation)"/.exec(page)?.[1] ?? ''
}

const mailsTo = (email: string) =>
  valmont.house.db.selectFrom('outbox').selectAll().where('recipient', '=', email).execute()

const drafts = () =>
  valmont.as('claire', ({ tx, territory }) =>
    draftsWaiting(tx, { territoryId: territory.id, id: season.id }),
  )

async function newestLink(email: string): Promise<string> {
  const mails = await mailsTo(email)
  return /http:\/\/localhost:3000(\/invitations\/\S+)/.exec(mails.at(-1)?.body ?? '')?.[1] ?? ''
}

const answer = { name: 'Garage du Pont', email: 'gerant@garage.example' }

test('an agent invites the company of a line, with what the line says; pressed twice, one letter leaves', async () => {
  const claire = await valmont.browser('claire')
  const page = await (await claire.get(door)).text()
  expect(page).toContain(garage)
  expect(page).toContain('value="Garage du Pont"')
  expect(page).toContain('value="Gerant@garage.example"')
  const wrong = await claire.post(door, { ...answer, email: 'garage' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('value="garage"')
  for (const email of [answer.email, 'someone.else@garage.example'])
    expect((await claire.post(door, { ...answer, email })).headers.get('location')).toBe(file)
  expect(await mailsTo(answer.email)).toHaveLength(1)
  expect(await mailsTo('someone.else@garage.example')).toHaveLength(0)
  const told = await (await claire.get(file)).text()
  expect(told).toContain('Invitée le')
  expect(await drafts()).toEqual([])
})

test('an address typed wrong is corrected: the first letter opens nothing any more', async () => {
  const claire = await valmont.browser('claire')
  const first = await newestLink(answer.email)
  expect((await claire.post(`${door}/withdrawal`)).status).toBe(303)
  expect(await (await claire.get(file)).text()).not.toContain('Invitée le')
  await claire.post(door, answer)
  expect((await (await valmont.browser()).get(first)).status).toBe(410)
})

test('once it has accepted, its right lines wait for its yes, without the file again; a wrong one waits for the agent', async () => {
  const stranger = await valmont.browser()
  const link = await newestLink(answer.email)
  expect((await stranger.post(link, { name: 'Ada Pont' })).status).toBe(303)
  const waiting = await drafts()
  expect(waiting.map(({ companyName }) => companyName)).toEqual([answer.name, answer.name])
  const page = await (await (await valmont.browser('claire')).get(file)).text()
  expect(page.match(/Enregistrée</g)).toHaveLength(2)
  expect(page).toContain('Choisissez une des compétences recherchées cette année.')
  expect((await (await valmont.browser('claire')).get(door)).status).toBe(404)
  const { rows } = await inTerritory(
    valmont.house.db,
    { territoryId: valmont.cast.territory.id, readOnly: true },
    async (tx) => ({
      rows: await tx.selectFrom('journal').select(['action']).orderBy('seq').execute(),
    }),
  )
  const known = rows.map(({ action }) => action)
  for (const action of ['invitation.sent', 'invitation.withdrawn', 'pledges.fileTaken'])
    expect(known).toContain(action)
})

test('a company that somebody represents is written to where they read, not where an agent typed', async () => {
  const { db } = valmont.house
  const siret = '99999911300015'
  const id = await knownOrganisation(db, { kind: 'company', name: 'Scierie du Nord', siret })
  const organisation = { id, name: 'Scierie du Nord', kind: 'company' as const }
  const key = { role: 'company.csr' as const, kind: 'colleague' as const, evidence: '' }
  const asked = { ...key, organisation, email: 'ines@scierie.example', mandate: undefined }
  await invite(db, testConfig, { asked: { ...asked, invitedBy: undefined }, now: clock })
  const link = await newestLink(asked.email)
  await (await valmont.browser()).post(link, { name: 'Inès Nord' })

  const again = await putIn([lines[0] ?? '', `Scierie;${siret};FINANCE;8;oui;`])
  const own = await doorIn(again)
  const claire = await valmont.browser('claire')
  const typed = { name: 'Scierie', email: 'thief@elsewhere.example' }
  expect((await claire.post(own, typed)).headers.get('location')).toBe(again)
  expect(await mailsTo(typed.email)).toEqual([])
  const letters = (await mailsTo(asked.email)).map(({ subject }) => subject)
  expect(letters.at(-1)).toContain('Scierie du Nord à prendre part à la saison')
  expect(await (await claire.get(own)).text()).not.toContain(asked.email)
})

test('only an agent of the commune whose file it is sees the door', async () => {
  const again = await doorIn(await putIn([lines[0] ?? '', 'Lavoir;99999912100018;FINANCE;8;oui;']))
  expect((await (await valmont.browser('claire')).get(again)).status).toBe(200)
  for (const person of ['hugo', 'amina', 'paul'] as const)
    expect([person, (await (await valmont.browser(person)).get(again)).status]).toEqual([
      person,
      404,
    ])
})
