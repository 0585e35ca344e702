import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Campaign, criteriaOf } from '#campaigns'
import { enter, handedOver, openApplications } from '../../tests/files.ts'
import { type Browser, type World, world } from '../../tests/world.ts'
import { standings } from './index.ts'

// Several reviewers, each blind until done: what thin scoring tools get wrong is tried here.

let valmont: World
let season: Campaign
let criterionIds: string[]
let foodBank: string
let band: string
let claire: Browser
let paul: Browser
let nadia: Browser
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-11T09:00:00Z'))
  const opened = await openApplications(valmont)
  foodBank = await handedOver(valmont, 'amina', opened)
  band = await handedOver(valmont, 'luc', opened, { projectTitle: 'Concert d’été' })
  season = await enter(valmont, opened.id, 'reviewing')
  criterionIds = await valmont.as('claire', async ({ tx }) =>
    (await criteriaOf(tx, season)).map(({ id }) => id),
  )
  claire = await valmont.browser('claire')
  paul = await valmont.browser('paul')
  nadia = await valmont.browser('nadia')
})
afterAll(() => valmont.house.close())

const TABLE = '/valmont/2027/review'
const file = (id: string) => `/valmont/applications/${id}`

async function read(path: string, browser = claire): Promise<string> {
  const answer = await browser.get(path)
  expect(answer.status).toBe(200)
  return plain(await answer.text())
}

/** French puts spaces that do not break before its signs. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

function give(browser: Browser, { id, marks, comment = '', reason }: Given): Promise<Response> {
  const pairs = criterionIds.map((criterion, rank) => [`mark-${criterion}`, marks[rank] ?? ''])
  const form = { ...Object.fromEntries(pairs), comment, ...(reason ? { markReason: reason } : {}) }
  return browser.post(`${file(id)}/marks`, form)
}
type Given = { id: string; marks: string[]; comment?: string; reason?: string }

/** The table of marks of the file: what stands in its cells. */
async function cells(id: string, browser = claire): Promise<string[][]> {
  const page = await read(`${file(id)}/review`, browser)
  const table = /aria-label="Notes données[^>]*>(.*?)<\/table>/s.exec(page)?.[1] ?? ''
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
      cell.replace(/<[^>]+>/g, '').trim(),
    ),
  )
}

const scoreOfFile = (id: string) =>
  valmont.as('claire', async ({ tx }) => (await standings(tx, season)).get(id)?.score)

test('the season says whose marks are waited for, and which gap is worth a talk (HYP-3304)', async () => {
  const { claire: agent, paul: elected, nadia: other } = valmont.cast.people
  const form = { gapPoints: '101', gapMarks: '0', [`panel-${agent.id}`]: 'yes' }
  const refused = await claire.post(`${TABLE}/panel`, form)
  expect(refused.status).toBe(422)
  const page = await refused.text()
  for (const reason of ['de 1 à 100 points', 'de 1 à 4 points', 'au moins deux personnes'])
    expect(page).toContain(reason)
  const panel = Object.fromEntries([agent, elected, other].map(({ id }) => [`panel-${id}`, 'yes']))
  const kept = await claire.post(`${TABLE}/panel`, { gapPoints: '30', gapMarks: '2', ...panel })
  expect(kept.status).toBe(303)
  expect(await read(`${TABLE}/panel`, paul)).toContain('Claire Morel, Nadia Benali, Paul Girard')
  expect((await paul.post(`${TABLE}/panel`, form)).status).toBe(403)
})

test('nobody sees the others’ marks, words or score before giving all of theirs (HYP-3304)', async () => {
  expect((await give(claire, { id: foodBank, marks: ['4', ''] })).status).toBe(422)
  const given = { id: foodBank, marks: ['4', '4'], comment: 'Indispensable à mes yeux' }
  expect((await give(claire, given)).status).toBe(303)
  const blind = await read(`${file(foodBank)}/review`, paul)
  expect(blind).not.toContain('Indispensable')
  expect(blind).not.toContain('100 sur 100')
  expect(await cells(foodBank, paul)).toEqual([])
  const journal = await valmont.as('claire', ({ tx }) =>
    tx.selectFrom('journal').select('details').where('action', '=', 'application.marked').execute(),
  )
  expect(JSON.stringify(journal)).not.toContain('marks')
})

test('the gap waits until everyone is done; then it is shown for each criterion, in words (HYP-3414)', async () => {
  expect((await give(paul, { id: foodBank, marks: ['1', '3'] })).status).toBe(303)
  const waiting = await read(`${file(foodBank)}/review`, paul)
  expect(waiting).toContain('On attend encore l’avis de : Nadia Benali')
  expect(waiting).not.toContain('à discuter')
  expect(await read(`${TABLE}?show=disputed`)).toContain('Aucun dossier')
  expect((await give(nadia, { id: foodBank, marks: ['3', '3'] })).status).toBe(303)
  const done = await read(`${file(foodBank)}/review`)
  expect(done).toContain('55 points d’écart sur 100')
  expect((await cells(foodBank)).slice(1)).toEqual([
    ['Besoin (poids 60)', '4', '1', '3', '3 points : à discuter'],
    ['Projet (poids 40)', '4', '3', '3', '1 point'],
    ['Note sur 100', '100', '45', '75', '55 sur 100'],
  ])
  expect(await read(`${TABLE}?show=disputed`)).toContain('Distribution du samedi')
})

test('an opinion changed after reading the others says why, and what it was before is kept (HYP-4478)', async () => {
  const changed = { id: foodBank, marks: ['2', '3'], comment: 'Relu avec Claire' }
  const refused = await give(paul, changed)
  expect(refused.status).toBe(422)
  const page = plain(await refused.text())
  expect(page).toContain('Dites pourquoi vous changez votre avis')
  expect(page).toContain('Relu avec Claire')
  const reason = 'Le budget du samedi m’avait échappé'
  expect((await give(paul, { ...changed, reason })).status).toBe(303)
  const after = await read(`${file(foodBank)}/review`)
  expect(after).toContain(reason)
  expect(after).toContain('avant : Besoin 1, Projet 3')
  // Sent a second time: nothing changed, nothing is added.
  expect((await give(paul, changed)).status).toBe(303)
  const kept = await valmont.as('claire', ({ tx }) =>
    tx.selectFrom('markRevisions').select(['marks', 'reason']).execute(),
  )
  expect(kept).toHaveLength(1)
})

test('a councillor recused after having scored no longer counts: the file says so and shows nothing of it', async () => {
  expect(await scoreOfFile(foodBank)).toBe(78.3)
  const words = 'Notes de Nadia à ne plus lire'
  const again = { id: foodBank, marks: ['0', '0'], comment: words, reason: 'Relecture' }
  expect((await give(nadia, again)).status).toBe(303)
  const form = { associationId: valmont.cast.organisations.foodBank, nature: 'Trésorière' }
  expect((await nadia.post('/valmont/interests', form)).status).toBe(303)
  expect(await scoreOfFile(foodBank)).toBe(80)
  const page = await read(`${file(foodBank)}/review`)
  expect(page).toContain('1 avis ne compte plus')
  expect(page).not.toContain(words)
  expect(page).not.toContain('Relecture')
  expect((await cells(foodBank))[0]).toEqual(['Critère', 'Claire Morel', 'Paul Girard', 'Écart'])
  // Nobody waits for her, and she marks no more.
  expect(page).not.toContain('On attend encore')
  expect((await give(nadia, again)).status).toBe(403)
  expect(await read(TABLE, nadia)).not.toContain('Distribution du samedi')
})

test('nobody is given a file to follow on which they are recused', async () => {
  const form = { associationId: valmont.cast.organisations.band, nature: 'Nièce du chef' }
  const agentId = valmont.cast.people.claire.id
  expect((await claire.post(`${file(band)}/assignment`, { agentId })).status).toBe(303)
  expect((await claire.post('/valmont/interests', form)).status).toBe(303)
  const bulk = new FormData()
  bulk.set('kind', 'assign')
  bulk.set('agentId', agentId)
  bulk.append('file', band)
  // Her own row is left aside before anything else.
  expect((await claire.post(`${TABLE}/bulk`, bulk)).status).toBe(422)
  const table = await read(`${TABLE}?show=mine`)
  expect(table).toContain('Aucun dossier')
})
