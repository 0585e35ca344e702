import { CFB } from '@e965/xlsx'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Campaign, criteriaOf } from '#campaigns'
import { sendWaitingMail } from '#platform'
import { enter, handedOver, openApplications } from '../../tests/files.ts'
import { type Browser, type World, world } from '../../tests/world.ts'
import { standings } from './index.ts'

// The work table, many files at a time: what peers lost, doubled or mixed up is tried here.

let now = new Date('2027-01-11T09:00:00Z')
let valmont: World
let season: Campaign
let foodBank: string
let band: string
let canoe: string
let claire: Browser
beforeAll(async () => {
  valmont = await world(() => now)
  const opened = await openApplications(valmont)
  foodBank = await handedOver(valmont, 'amina', opened)
  band = await handedOver(valmont, 'luc', opened, { projectTitle: 'Concert d’été' })
  canoe = await handedOver(valmont, 'eva', opened, { projectTitle: 'École de pagaie', needs: [] })
  season = await enter(valmont, opened.id, 'reviewing')
  claire = await valmont.browser('claire')
})
afterAll(() => valmont.house.close())

const TABLE = '/valmont/2027/review'
const file = (id: string) => `/valmont/applications/${id}`

async function read(path: string, browser = claire): Promise<string> {
  const answer = await browser.get(path)
  expect(answer.status).toBe(200)
  return answer.text()
}

async function bulk(fields: Record<string, string>, ids: string[] = []): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  for (const id of ids) form.append('file', id)
  return claire.post(`${TABLE}/bulk`, form)
}

async function undo(): Promise<Response> {
  const action = /action="([^"]+\/undoing)"/.exec(await read(TABLE))?.[1] ?? ''
  return claire.post(action)
}

function stateOf(id: string) {
  return valmont.as('claire', async ({ tx }) => (await standings(tx, season)).get(id)?.isComplete)
}

async function mailsTo(key: 'amina' | 'luc' | 'eva') {
  return valmont.house.db
    .selectFrom('outbox')
    .selectAll()
    .where('recipient', '=', valmont.cast.people[key].email)
    .where('causeId', 'is not', null)
    .where('causeId', 'not in', (from) => from.selectFrom('outboxTakeBacks').select('causeId'))
    .execute()
}

test('the address alone says which files are shown, in which order (DN-12549)', async () => {
  const ready = await read(`${TABLE}?q=pagaie&sort=-askedCents`)
  expect(ready).toContain('École de pagaie')
  expect(ready).not.toContain('Concert d’été')
  expect(ready).toContain('aria-sort="descending"')
  const names = [...(await read(`${TABLE}?sort=-association`)).matchAll(/<small>([^<]+)<\/small>/g)]
  expect(names.map(([, name]) => name).filter((name) => /Concert|pagaie/.test(name ?? ''))).toEqual(
    ['Concert d’été', 'École de pagaie'],
  )
})

test('the columns that an agent chose are hers, and only hers (DN-799)', async () => {
  const list = '?show=unchecked'
  const form = { 'column-number': 'yes', 'column-askedCents': 'yes', list }
  const kept = await claire.post(`${TABLE}/columns`, form)
  expect(kept.headers.get('location')).toBe(`${TABLE}${list}`)
  const own = await read(TABLE)
  expect(own).toContain('review?sort=number')
  expect(own).not.toContain('review?sort=score')
  const paul = await valmont.browser('paul')
  const usual = await read(TABLE, paul)
  expect(usual).toContain('review?sort=score')
  // Nothing is decided yet: four columns of dashes would push « Ce qui bloque » out of the screen.
  expect(usual).toContain('review?sort=blockers')
  expect(usual).not.toContain('review?sort=decidedCents')
})

test('the exported file is the screen: its columns, its filter, its order, real numbers (DN-4059, KIM-2012)', async () => {
  const answer = await claire.get(`${TABLE}/files.csv?q=concert`)
  expect(answer.headers.get('content-type')).toContain('text/csv')
  const [head, line, ...others] = (await answer.text()).replace('\ufeff', '').trim().split('\r\n')
  expect(head).toBe('Association;Projet;Numéro;Euros demandés')
  expect(line).toMatch(/^Harmonie municipale;Concert d’été;[\w-]+;1500$/)
  expect(others).toEqual([])
  for (const format of ['xlsx', 'ods']) {
    const book = new Uint8Array(await (await claire.get(`${TABLE}/files.${format}`)).arrayBuffer())
    expect(Buffer.from(book.subarray(0, 2)).toString()).toBe('PK')
  }
})

test('many files found complete at once are taken back at once, and nobody was told (DN-4786)', async () => {
  expect((await bulk({ kind: 'complete' }, [foodBank, band])).status).toBe(303)
  expect([await stateOf(foodBank), await stateOf(band), await stateOf(canoe)]).toEqual([
    true,
    true,
    false,
  ])
  const held = await mailsTo('amina')
  expect(held.map(({ heldSeconds }) => heldSeconds)).toEqual([600])
  await sendWaitingMail(valmont.house.db, valmont.house.config)
  expect((await undo()).status).toBe(303)
  expect([await stateOf(foodBank), await stateOf(band)]).toEqual([false, false])
  expect(await mailsTo('amina')).toEqual([])
  expect(await read(TABLE)).not.toContain('/undoing"')
})

test('what has been taken back leaves its rank, so that the next check is a new one', async () => {
  expect((await claire.post(`${file(foodBank)}/completeness`)).status).toBe(303)
  expect(await stateOf(foodBank)).toBe(true)
})

test('one list asked of many: complete files are left aside, the delay is written (HYP-3414)', async () => {
  const asked = {
    kind: 'ask',
    missing: 'Les comptes de 2026',
    answerBy: '2027-01-29',
    every: 'yes',
  }
  expect((await bulk(asked)).status).toBe(303)
  expect(await stateOf(foodBank)).toBe(true)
  const [mail, ...others] = await mailsTo('luc')
  expect(others).toEqual([])
  expect(mail?.body).toContain('29 janvier 2027')
  const luc = await valmont.browser('luc')
  const progress = await read(`${file(band)}/progress`, luc)
  expect(progress).toContain('Les comptes de 2026')
  expect(progress).toContain('29 janvier 2027')
  expect(await mailsTo('amina')).toEqual([])
})

test('the files of the list come as one archive, a folder each with its form and its pieces, read one at a time (DN-6537)', async () => {
  const luc = await valmont.browser('luc')
  for (const [name, content] of [
    ['comptes 2026.pdf', '%PDF-1.7 comptes'],
    ['été.pdf', `%PDF-1.7 ${'é'.repeat(100_000)}`],
  ] as const) {
    const form = new FormData()
    form.set('kind', 'accounts')
    form.set('file', new File([content], name))
    expect((await luc.post(`${file(band)}/progress/pieces`, form)).status).toBe(303)
  }
  const answer = await claire.get(`${TABLE}/pieces.zip?q=concert`)
  expect(answer.headers.get('content-type')).toBe('application/zip')
  const archive: Archive = CFB.read(Buffer.from(await answer.arrayBuffer()), { type: 'buffer' })
  // This reader takes every name for Latin-1; the archive says that they are UTF-8.
  const names = archive.FullPaths.map((path) => Buffer.from(path, 'latin1').toString()).filter(
    (path) => path.endsWith('.pdf'),
  )
  expect(names.map((path) => path.replace(/^.*?(?=\d{4}-)/, ''))).toEqual([
    expect.stringMatching(/^(\S+) Harmonie municipale\/demande-\1\.pdf$/),
    expect.stringMatching(/^\S+ Harmonie municipale\/01 comptes 2026\.pdf$/),
    expect.stringMatching(/^\S+ Harmonie municipale\/02 été\.pdf$/),
  ])
  const [first] = archive.FileIndex.filter(({ name }) => name === '01 comptes 2026.pdf')
  expect(Buffer.from(first?.content ?? []).toString()).toBe('%PDF-1.7 comptes')
  expect(await read(`${TABLE}/pieces.zip?q=introuvable`)).toContain('Aucun dossier')
})

test('once an association has answered, or the mails have left, nothing is taken back', async () => {
  const luc = await valmont.browser('luc')
  const before = now
  expect((await luc.post(`${file(band)}/completion`, { note: 'Voici' })).status).toBe(303)
  const late = await undo()
  expect(late.status).toBe(422)
  expect(await late.text()).toContain('déjà répondu')
  now = new Date(before.getTime() + 11 * 60_000)
  expect(await read(TABLE)).not.toContain('/undoing"')
})

test('nothing ticked, an unknown agent, a day in the past: each says so and keeps what was typed', async () => {
  expect((await bulk({ kind: 'complete' })).status).toBe(422)
  expect((await bulk({ kind: 'assign', agentId: canoe }, [canoe])).status).toBe(422)
  const past = { kind: 'ask', missing: 'Les statuts', answerBy: '2027-01-01' }
  const answer = await bulk(past, [canoe])
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Les statuts')
})

test('files are shared out among agents, and the counters say whose they are', async () => {
  const agentId = valmont.cast.people.claire.id
  expect((await bulk({ kind: 'assign', agentId }, [band, canoe])).status).toBe(303)
  const mine = await read(`${TABLE}?show=mine`)
  expect(mine).toContain('Concert d’été')
  expect(mine).not.toContain('Distribution du samedi')
  expect((await undo()).status).toBe(303)
  expect(await read(`${TABLE}?show=mine`)).not.toContain('Concert d’été')
})

test('an eligibility saved drops none of the marks typed beside it (HYP-1874, HYP-4478)', async () => {
  const ids = await valmont.as('claire', async ({ tx }) =>
    (await criteriaOf(tx, season)).map(({ id }) => id),
  )
  const typed = {
    cashBasis: 'local_interest',
    cashEvidence: 'Statuts, article 2',
    [`mark-${ids[0]}`]: '3',
    comment: 'À revoir avec la trésorière',
  }
  expect((await claire.post(`${file(canoe)}/eligibility/cash`, typed)).status).toBe(303)
  const page = await read(`${file(canoe)}/review`)
  expect(page).toContain('À revoir avec la trésorière')
  expect(page).toMatch(/<option value="3" selected/)
  expect(page).toContain('ne sont pas encore données')
  const paul = await valmont.browser('paul')
  expect(await read(`${file(canoe)}/review`, paul)).not.toContain('trésorière')
  const marks = { ...Object.fromEntries(ids.map((id) => [`mark-${id}`, '3'])), comment: 'Bien' }
  expect((await claire.post(`${file(canoe)}/marks`, marks)).status).toBe(303)
  expect(await read(`${file(canoe)}/review`)).not.toContain('ne sont pas encore données')
})

test('the table too keeps the others’ marks from whoever has not given theirs (HYP-3304)', async () => {
  const marked = await read(`${TABLE}/files.csv?q=pagaie`)
  expect(marked).not.toContain('75')
  const columns = { 'column-score': 'yes', 'column-gap': 'yes' }
  const paul = await valmont.browser('paul')
  for (const browser of [claire, paul]) await browser.post(`${TABLE}/columns`, columns)
  expect(await read(`${TABLE}/files.csv?q=pagaie`)).toContain(';75;')
  expect(await read(`${TABLE}/files.csv?q=pagaie`, paul)).not.toContain('75')
})

test('a grid has versions and its own words; marks given on the old one wait to be looked at (HYP-3340)', async () => {
  const criteria = await valmont.as('claire', ({ tx }) => criteriaOf(tx, season))
  const grid = {
    ...Object.fromEntries(criteria.map(({ id, weight }) => [`weight-${id}`, String(weight)])),
    [`words-${criteria[0]?.id}-4`]: 'Personne d’autre ne le fait',
    reason: '',
  }
  expect((await claire.post(`${TABLE}/grid`, grid)).status).toBe(422)
  expect((await claire.post(`${TABLE}/grid`, { ...grid, reason: 'Avis du bureau' })).status).toBe(
    303,
  )
  const page = await read(`${file(canoe)}/review`)
  expect(page).toContain('4 — Personne d’autre ne le fait')
  expect(page).toContain('La grille a changé')
  const scored = () =>
    valmont.as('claire', async ({ tx }) => (await standings(tx, season)).get(canoe)?.score)
  expect(await scored()).toBeUndefined()
  const marks = { ...Object.fromEntries(criteria.map(({ id }) => [`mark-${id}`, '3'])) }
  expect((await claire.post(`${file(canoe)}/marks`, marks)).status).toBe(303)
  expect(await scored()).toBe(75)
})

test('a note between reviewers is on no page of the association (HYP-3963)', async () => {
  const note = { words: 'Demander l’avis du service des sports' }
  expect((await claire.post(`${file(canoe)}/notes`, note)).status).toBe(303)
  expect(await read(`${file(canoe)}/review`, await valmont.browser('paul'))).toContain(note.words)
  const eva = await valmont.browser('eva')
  for (const path of [file(canoe), `${file(canoe)}/progress`])
    expect(await read(path, eva)).not.toContain(note.words)
})

test('asked, proposed, decided: three figures for euros, three for hours, a dash is not a zero (UNI-1448)', async () => {
  const page = await read(`${file(band)}/review`)
  const row = (name: string) =>
    new RegExp(`${name}</th>(.*?)</tr>`, 's').exec(page)?.[1]?.replace(/<[^>]+>/g, '|') ?? ''
  expect(row('Euros de la commune').replace(/\s/g, ' ')).toMatch(/1 500 €.*—.*—/)
  expect(row('Heures d’entreprises').replace(/\s/g, ' ')).toMatch(/10 h.*—.*—/)
})

test('the home warns of each delay before it is over, and no more once it is kept (SGG-6166)', async () => {
  now = new Date('2027-01-22T09:00:00Z')
  expect(await read('/valmont/home')).not.toContain('accusé de réception')
  const late = await read(`${TABLE}?show=silence`)
  expect(late).toContain('Aucun dossier')
  now = new Date('2027-03-01T09:00:00Z')
  const home = await read('/valmont/home')
  expect(home).toContain('rejetées par le silence')
  expect(home).toContain('show=silence')
})

test('an agent who declares a tie reads no file, piece, line or export of it any more (HYP-2816)', async () => {
  expect(await read(file(band))).toContain('Concert d’été')
  const form = { associationId: valmont.cast.organisations.band, nature: 'Trésorière' }
  expect((await claire.post('/valmont/interests', form)).status).toBe(303)
  for (const path of [`${file(band)}/review`, file(band), `${file(band)}/receipt.pdf`])
    expect((await claire.get(path)).status).toBe(403)
  for (const path of [
    TABLE,
    `${TABLE}?q=concert`,
    `${TABLE}/files.csv`,
    '/valmont/2027/applications',
  ])
    expect(await read(path)).not.toContain('Concert d’été')
  for (const what of ['marks', 'notes', 'completeness', 'assignment', 'review/draft'])
    expect((await claire.post(`${file(band)}/${what}`)).status).toBe(403)
  // Ticked by hand in a page that was open before: left aside.
  const answer = await bulk({ kind: 'complete' }, [band])
  expect(answer.status).toBe(422)
})

/** What the reader of archives says of one. */
type Archive = { FullPaths: string[]; FileIndex: { name: string; content: Uint8Array }[] }
