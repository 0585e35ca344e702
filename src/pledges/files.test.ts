import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { minutes } from '#kit'
import { totalOf } from '#ledger'
import { writeXlsx } from '#platform'
import type { PersonKey } from '../../tests/cast.ts'
import { openSeason } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import { lineFields, type Said } from './files/columns.ts'
import { confirmPledge, pledgesOf } from './index.ts'

let valmont: World
let season: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2026-11-24T10:00:00Z'))
  season = await openSeason(valmont, { reservePercent: 0 })
})
afterAll(() => valmont.house.close())

const bakery = '99999900600011'
const accountants = '999 999 014 00015'

/** As a town hall keeps it: a title above, semicolons, Windows letters, one column of its own. */
const townHall = [
  'Promesses recueillies au petit-déjeuner du 12 novembre;;;;;;;',
  'Entreprise;N° SIRET;Compétence offerte;Nb heures;Début;Fin;Télétravail / à distance;Pointure',
  `Boulangerie Lenoir;${bakery};Finance, comptabilité et contrôle de gestion;40;01/05/2027;30/11/2027;non;42`,
  `Cabinet Aubry;${accountants};juridique;3 h 30;;;oui;41`,
  'Garage du Pont;99999909700010;FINANCE;10;;;oui;40',
  `Cabinet Aubry;${accountants};Plomberie;beaucoup;31/02/2027;;;`,
  `Boulangerie Lenoir;${bakery};FINANCE;40 heures;2027-05-01;30/11/2027;sur place;`,
]

function latin(lines: string[]): Uint8Array {
  return new Uint8Array(Buffer.from(lines.join('\r\n'), 'latin1'))
}

async function putIn(
  person: PersonKey,
  bytes: Uint8Array<ArrayBufferLike>,
  name = 'promesses.csv',
) {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(bytes)], name))
  const browser = await valmont.browser(person)
  const answer = await browser.post('/valmont/2027/pledges/files', form)
  return { browser, status: answer.status, to: answer.headers.get('location') ?? '', answer }
}

async function pageOf(person: PersonKey, path: string): Promise<string> {
  return (await (await valmont.browser(person)).get(path)).text()
}

const promised = async () =>
  valmont.as('claire', ({ tx, territory }) =>
    totalOf(tx, territory.id, season.id, 'hours', 'PLEDGED'),
  )

test('every line of a town hall’s file is shown before anything is written, with what is wrong in words', async () => {
  const { to } = await putIn('claire', latin(townHall))
  const page = await pageOf('claire', to)
  expect(page).toMatch(/Colonnes qui n’ont pas été lues.*Pointure.*Par exemple\s: 42/s)
  expect(page).toContain('Aucune entreprise de votre commune n’a ce SIRET')
  expect(page).toContain('Choisissez une des compétences recherchées cette année.')
  expect(page).toContain('Cette date n&#39;existe pas ou n&#39;est pas lisible')
  expect(page).toContain('La ligne 3 dit déjà la même chose.')
  // Two lines are right, as they were understood; nothing is promised by reading.
  expect([...page.matchAll(/name="take-(\d+)"/g)].map(([, line]) => line)).toEqual(['3', '4'])
  expect(page).toContain('Juridique et conformité')
  expect(await promised()).toBe(0n)
})

test('what is wrong is corrected in place; what stays wrong keeps its reason and costs the others nothing', async () => {
  const { browser, to } = await putIn('claire', latin(townHall))
  const corrected = {
    'family-6': 'COMMS',
    'hours-6': '7',
    'startsOn-6': '01/06/2027',
    'modality-6': 'À distance',
  }
  expect((await browser.post(to, { ...corrected, deed: 'check' })).status).toBe(303)
  const again = await pageOf('claire', to)
  expect([...again.matchAll(/name="take-(\d+)"/g)].map(([, line]) => line)).toEqual(['3', '4', '6'])
  const nothing = await browser.post(to, { deed: 'take' })
  expect(nothing.status).toBe(422)
  expect(await nothing.text()).toContain('Cochez au moins une ligne juste.')
  const taken = { 'take-3': 'yes', 'take-4': 'yes', 'take-6': 'yes' }
  expect((await browser.post(to, taken)).status).toBe(303)
  const after = await pageOf('claire', to)
  expect(after).toContain('Aucune entreprise de votre commune n’a ce SIRET')
  expect(after.match(/Enregistrée</g)).toHaveLength(3)
  // Left for another day, it is found again.
  expect(await pageOf('claire', '/valmont/2027/pledges/file')).toContain(to)
})

test('the same promises put in twice, as another kind of file too, change nothing', async () => {
  const first = await putIn('claire', latin(townHall))
  const second = await putIn('claire', latin(townHall))
  expect(second.to).toBe(first.to)
  const line: Said = {
    siret: bakery,
    family: 'FINANCE',
    hours: '40,0',
    startsOn: '2027-05-01',
    endsOn: '2027-11-30',
    modality: 'Sur place',
  }
  const columns = lineFields.map((name) => ({
    name: { siret: 'SIRET', family: 'Compétence', hours: 'Heures' }[name as string] ?? titles[name],
    cell: (said: Said) =>
      said[name] ? { kind: 'text' as const, text: said[name] } : { kind: 'blank' as const },
  }))
  const parts: Uint8Array[] = []
  for await (const part of writeXlsx(columns, [line])) parts.push(part)
  const third = await putIn('claire', Buffer.concat(parts), 'promesses.xlsx')
  expect(third.to).not.toBe(first.to)
  const page = await pageOf('claire', third.to)
  expect(page).toContain('Déjà connue')
  expect(page).not.toMatch(/name="take-/)
})

const titles: Record<(typeof lineFields)[number], string> = {
  siret: 'SIRET',
  company: 'Entreprise',
  family: 'Compétence',
  hours: 'Heures',
  startsOn: 'À partir du',
  endsOn: 'Jusqu’au',
  block: 'Séance',
  modality: 'À distance',
  sites: 'Sites',
  employeesMax: 'Salariés',
  missionsMax: 'Associations',
  email: 'Courriel',
}

test('what the commune imported counts nowhere until the company says so; it may say no', async () => {
  expect(await promised()).toBe(0n)
  const jeanne = await valmont.browser('jeanne')
  const list = await (await jeanne.get('/valmont/2027/pledges')).text()
  const draft = /\/valmont\/pledges\/drafts\/[0-9a-f-]{36}/.exec(list)?.[0] ?? ''
  const page = await (await jeanne.get(draft)).text()
  expect(page).toContain('value="2027-05-01"')
  const form = {
    'hours-FINANCE': '35',
    block: '3 h 30',
    modality: 'on_site',
    startsOn: '2027-05-01',
    endsOn: '2027-11-30',
  }
  const unsaid = await jeanne.post(`${draft}/promise`, form)
  expect(unsaid.status).toBe(422)
  expect(await unsaid.text()).toContain('Cochez cette déclaration')
  const said = await jeanne.post(`${draft}/promise`, { ...form, noCounterpart: 'yes' })
  expect(said.status).toBe(303)
  expect(await promised()).toBe(minutes(35 * 60))
  // Then as any other: the signed letter, and the agent's confirmation.
  const pledgeId = said.headers.get('location')?.split('/').at(-1) ?? ''
  await valmont.as('claire', (place) => confirmPledge(place, pledgeId))
  expect((await jeanne.get(draft)).status).toBe(404)

  const hugo = await valmont.browser('hugo')
  const waiting = 'La commune a préparé 2 promesses'
  expect(await (await hugo.get('/valmont/home')).text()).toContain(waiting)
  const own = await (await hugo.get('/valmont/2027/pledges')).text()
  const drafts = [...own.matchAll(/\/valmont\/pledges\/drafts\/[0-9a-f-]{36}/g)].map(([at]) => at)
  expect(drafts).toHaveLength(2)
  expect((await jeanne.get(drafts[0] ?? '')).status).toBe(404)
  expect((await hugo.post(`${drafts[0]}/refusal`)).status).toBe(303)
  expect(await (await hugo.get('/valmont/2027/pledges')).text()).not.toContain(drafts[0])
  const mails = await valmont.house.db.selectFrom('outbox').selectAll().execute()
  const to = (person: PersonKey) =>
    mails.filter(({ recipient }) => recipient === valmont.cast.people[person].email)
  expect(to('hugo').map(({ subject }) => subject)).toEqual(['Promesses d’heures à confirmer'])
  const declined = to('claire').filter(({ subject }) => subject.startsWith('Promesse écartée'))
  expect(declined).toHaveLength(1)
})

test('a company’s own file becomes its pledges at once, under the declaration of the form', async () => {
  const before = await promised()
  const model = await (await valmont.browser('hugo')).get('/valmont/2027/pledges/model.csv')
  const lines = (await model.text()).replace('﻿', '').trim().split('\r\n')
  expect(lines[0]).toContain('SIRET de l’entreprise;Nom de l’entreprise;Compétence;Heures')
  const filled = lines.map((line, rank) => {
    const cells = line.split(';')
    if (rank === 2) cells.splice(3, 5, '14', '', '', '7 h', 'à distance')
    if (rank === 3) cells.splice(3, 5, '7', '', '', '', 'sur place')
    return cells.join(';')
  })
  const other = filled[3]?.replace(/^\d{14}/, bakery) ?? ''
  const { browser, to } = await putIn(
    'hugo',
    new TextEncoder().encode([...filled, other].join('\n')),
  )
  const page = await pageOf('hugo', to)
  expect(page).toContain('Ce SIRET n’est pas celui de votre entreprise.')
  expect([...page.matchAll(/name="take-(\d+)"/g)]).toHaveLength(2)
  const ticked = { 'take-3': 'yes', 'take-4': 'yes' }
  const unsaid = await browser.post(to, ticked)
  expect(unsaid.status).toBe(422)
  expect(await unsaid.text()).toContain('Cochez cette déclaration')
  for (let time = 0; time < 2; time++) await browser.post(to, { ...ticked, noCounterpart: 'yes' })
  expect(await promised()).toBe(minutes(before + 21n * 60n))
  const own = await valmont.as('hugo', ({ tx }) => pledgesOf(tx, season))
  const imported = own.filter(({ companyName }) => companyName === 'Cabinet Aubry Conseil')
  expect(imported.map(({ state }) => state)).toEqual(['submitted', 'submitted'])
  // A file is nobody else's to read.
  expect((await (await valmont.browser('jeanne')).get(to)).status).toBe(404)
  expect((await (await valmont.browser('claire')).get(to)).status).toBe(404)
})

test('a number that a spreadsheet broke costs nothing where the name is exact', async () => {
  const lines = [
    'SIRET;Entreprise;Compétence;Heures;À distance',
    '9,99999E+13;STUDIO SOREL NUMERIQUE;numérique;21;les deux',
    '9,99999E+13;Studio;numérique;14;les deux',
  ]
  const { to } = await putIn('claire', new TextEncoder().encode(lines.join('\n')))
  const page = await pageOf('claire', to)
  expect([...page.matchAll(/name="take-(\d+)"/g)].map(([, line]) => line)).toEqual(['2'])
  expect(page).toContain('Écrivez les 14 chiffres du SIRET')
})

test('a title that nobody could guess is explained once, for every line', async () => {
  const lines = ['SIRET;Compétence;Quantité offerte;Où', `${bakery};LEGAL;28;sur place`]
  const { browser, to } = await putIn('claire', new TextEncoder().encode(lines.join('\n')))
  const page = await pageOf('claire', to)
  expect(page).toContain('value="Quantité offerte"')
  expect(page).not.toMatch(/name="take-/)
  const said = { 'title-0': 'Quantité offerte', 'column-0': 'hours', 'title-1': 'Où' }
  await browser.post(to, { ...said, 'column-1': 'modality', deed: 'check' })
  const again = await pageOf('claire', to)
  expect(again).toMatch(/name="take-2"/)
  expect(again).toContain('28\u00a0h')
  expect(again).not.toContain('Colonnes qui n’ont pas été lues')
})

test('a file without titles, or nothing at all, is refused with what to do', async () => {
  const bare = await putIn('claire', new TextEncoder().encode('Lenoir;12\nAubry;13'))
  expect(bare.status).toBe(422)
  expect(await bare.answer.text()).toContain('Aucune ligne de titres n’a été reconnue')
  const none = await putIn('claire', new Uint8Array())
  expect(none.status).toBe(422)
})
