import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Campaign, criteriaOf } from '#campaigns'
import { enter, handedOver, openApplications } from '../../tests/files.ts'
import { type Browser, type World, world } from '../../tests/world.ts'
import { giveMarks, standings } from './index.ts'

let valmont: World
let season: Campaign
let criterionIds: string[]
let foodBank: string
let band: string
beforeAll(async () => {
  valmont = await world()
  season = await openApplications(valmont)
  foodBank = await handedOver(valmont, 'amina', season)
  band = await handedOver(valmont, 'luc', season, { projectTitle: 'Concert d’été' })
  criterionIds = await valmont.as('claire', async ({ tx }) =>
    (await criteriaOf(tx, season)).map(({ id }) => id),
  )
})
afterAll(() => valmont.house.close())

const address = (id: string) => `/valmont/applications/${id}`

function standingOf(id: string) {
  return valmont.as('claire', async ({ tx }) => (await standings(tx, season)).get(id))
}

function marksForm(...marks: string[]): Record<string, string> {
  const pairs = criterionIds.map((id, rank) => [`mark-${id}`, marks[rank] ?? ''])
  return { ...Object.fromEntries(pairs), comment: 'Projet solide' }
}

async function mails(recipient: string): Promise<string[]> {
  const rows = await valmont.house.db
    .selectFrom('outbox')
    .select('subject')
    .where('recipient', '=', recipient)
    .execute()
  return rows.map(({ subject }) => subject)
}

test('what is missing is asked once, in one list; the answer starts the clock again', async () => {
  const claire = await valmont.browser('claire')
  const amina = await valmont.browser('amina')
  const asked = { asks: 'yes', missing: 'Les comptes de 2026', once: 'completeness-form-1' }
  for (let time = 0; time < 2; time++)
    expect((await claire.post(`${address(foodBank)}/completeness`, asked)).status).toBe(303)
  const received = await mails(valmont.cast.people.amina.email)
  expect(received.filter((subject) => subject.includes('manque'))).toHaveLength(1)
  const progress = await (await amina.get(`${address(foodBank)}/progress`)).text()
  expect(progress).toContain('Les comptes de 2026')
  expect(progress).toContain('arrêté')
  expect((await sendPiece(amina)).status).toBe(303)
  const answer = await amina.post(`${address(foodBank)}/completion`, { note: 'Voici' })
  expect(answer.status).toBe(303)
  expect(await standingOf(foodBank)).toMatchObject({ isComplete: false })
  expect((await claire.post(`${address(foodBank)}/completeness`)).status).toBe(303)
  expect(await standingOf(foodBank)).toMatchObject({ isComplete: true })
})

function sendPiece(browser: Browser): Promise<Response> {
  const form = new FormData()
  form.set('kind', 'accounts')
  form.set('file', new File(['%PDF-1.7 comptes'], 'comptes.pdf'))
  return browser.post(`${address(foodBank)}/progress/pieces`, form)
}

test('a piece that nobody asked for does not enter a deposited file', async () => {
  const amina = await valmont.browser('amina')
  expect((await sendPiece(amina)).status).toBe(422)
  expect((await amina.post(`${address(foodBank)}/completion`)).status).toBe(422)
})

test('a request for pieces that says nothing comes back with its reason', async () => {
  const claire = await valmont.browser('claire')
  const answer = await claire.post(`${address(band)}/completeness`, { asks: 'yes', missing: ' ' })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('missing-reason')
})

test('the right to euros says nothing of the right to hours', async () => {
  const claire = await valmont.browser('claire')
  const form = { cashBasis: 'local_interest', cashEvidence: 'Statuts, article 2' }
  expect((await claire.post(`${address(foodBank)}/eligibility/cash`, form)).status).toBe(303)
  expect(await standingOf(foodBank)).toMatchObject({ cash: 'eligible', hours: undefined })
})

test('an association declares its general interest by seven answers, all of them asked for', async () => {
  const amina = await valmont.browser('amina')
  const answers = { e1: 'yes', e2: 'yes', e3: 'yes', e4: 'yes', e5: 'yes', e6: 'yes' }
  const refused = await amina.post(`${address(foodBank)}/declaration`, answers)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('e7-reason')
  const done = await amina.post(`${address(foodBank)}/declaration`, { ...answers, e7: 'yes' })
  expect(done.status).toBe(303)
  expect(await standingOf(foodBank)).toMatchObject({ hours: 'declared' })
})

test('a decree without its number is refused, and what was typed stays', async () => {
  const claire = await valmont.browser('claire')
  const form = { hoursBasis: 'rup', hoursEvidence: '' }
  const answer = await claire.post(`${address(band)}/eligibility/hours`, form)
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('hoursEvidence-reason')
  expect(page).toMatch(/<option value="rup" selected/)
})

test('reviewers mark without seeing one another, and the score is their weighted mean', async () => {
  const claire = await valmont.browser('claire')
  const paul = await valmont.browser('paul')
  const path = address(foodBank)
  expect((await claire.post(`${path}/marks`, marksForm('4', '3'))).status).toBe(303)
  expect(await (await paul.get(`${path}/review`)).text()).not.toContain('Projet solide')
  expect((await paul.post(`${path}/marks`, marksForm('2', '3'))).status).toBe(303)
  expect(await (await paul.get(`${path}/review`)).text()).toContain('Projet solide')
  expect(await standingOf(foodBank)).toMatchObject({ score: 75 })
})

test('a grid left half empty comes back with the marks already chosen', async () => {
  const claire = await valmont.browser('claire')
  const answer = await claire.post(`${address(band)}/marks`, marksForm('4'))
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain(`mark-${criterionIds[1]}-reason`)
  expect(page).toMatch(/<option value="4" selected/)
  expect(page).toContain('Projet solide')
})

test('the table says what still blocks each file', async () => {
  const claire = await valmont.browser('claire')
  const page = await (await claire.get('/valmont/2027/review')).text()
  expect(page).toContain('1 dossier n’est pas prêt')
  const blocked = await (await claire.get('/valmont/2027/review?show=blocked')).text()
  expect(blocked).toContain('Concert d’été')
  expect(blocked).not.toContain('Distribution du samedi')
})

test('an elected member tied to an association reads nothing of its file and no longer counts', async () => {
  const nadia = await valmont.browser('nadia')
  expect((await nadia.post(`${address(band)}/marks`, marksForm('4', '4'))).status).toBe(303)
  expect(await standingOf(band)).toMatchObject({ score: 100 })
  const form = { associationId: valmont.cast.organisations.band, nature: 'Présidente d’honneur' }
  expect((await nadia.post('/valmont/interests', form)).status).toBe(303)
  expect((await nadia.post('/valmont/interests', form)).status).toBe(422)
  const file = await nadia.get(`${address(band)}/review`)
  expect(file.status).toBe(403)
  const page = await file.text()
  expect(page).toContain('L. 2131-11')
  expect(page).not.toContain('Concert d’été')
  expect(await (await nadia.get('/valmont/2027/review')).text()).not.toContain('Concert d’été')
  expect((await nadia.post(`${address(band)}/marks`, marksForm('4', '4'))).status).toBe(403)
  expect(await standingOf(band)).toMatchObject({ score: undefined })
  expect((await nadia.get(`${address(foodBank)}/review`)).status).toBe(200)
})

test('an elected member marks, but leaves completeness and eligibility to the agents', async () => {
  const paul = await valmont.browser('paul')
  expect((await paul.post(`${address(band)}/completeness`)).status).toBe(403)
  expect((await paul.post(`${address(band)}/eligibility/cash`)).status).toBe(403)
})

test('another association sees nothing of a file’s progress, nor does a company', async () => {
  const luc = await valmont.browser('luc')
  expect((await luc.get(`${address(foodBank)}/progress`)).status).toBe(404)
  expect((await luc.get(`${address(foodBank)}/review`)).status).toBe(403)
  const jeanne = await valmont.browser('jeanne')
  expect((await jeanne.get(`${address(foodBank)}/progress`)).status).toBe(403)
})

test('marks stop where the proposal to the council begins', async () => {
  season = await enter(valmont, season.id, 'reviewing')
  season = await enter(valmont, season.id, 'deliberating')
  const marks = Object.fromEntries(criterionIds.map((id) => [id, 0]))
  const outcome = await valmont.as('claire', (place) =>
    giveMarks(place, foodBank, { marks, comment: '' }),
  )
  expect(outcome).toMatchObject({ refusals: [{ code: 'review:refused.marksClosed' }] })
})
