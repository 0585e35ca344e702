import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, handedOver, openApplications } from '../../tests/files.ts'
import { type Browser, type World, world } from '../../tests/world.ts'

// The round trips of pieces: one list, one answer, the clock stopped and shown, however many rounds.

let now = new Date('2027-01-11T09:00:00Z')
let valmont: World
let band: string
let claire: Browser
let luc: Browser
beforeAll(async () => {
  valmont = await world(() => now)
  const opened = await openApplications(valmont)
  band = await handedOver(valmont, 'luc', opened)
  await enter(valmont, opened.id, 'reviewing')
  claire = await valmont.browser('claire')
  luc = await valmont.browser('luc')
})
afterAll(() => valmont.house.close())

const TABLE = '/valmont/2027/review'
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const file = (rest: string) => `/valmont/applications/${band}/${rest}`
const at = (day: string) => {
  now = new Date(`${day}T09:00:00Z`)
}

async function read(path: string, browser: Browser): Promise<string> {
  const answer = await browser.get(path)
  expect(answer.status).toBe(200)
  return plain(await answer.text())
}

/** What the association sees as missing, line by line, in the one list that it has to answer. */
async function listShown(): Promise<string[]> {
  const page = await read(file('progress'), luc)
  const list = /Il manque :<\/p><ul class="ds-list">(.*?)<\/ul>/s.exec(page)?.[1] ?? ''
  return [...list.matchAll(/<li>(.*?)<\/li>/g)].map(([, line = '']) => line)
}

async function lastMail(): Promise<string> {
  const { body } = await valmont.house.db
    .selectFrom('outbox')
    .select('body')
    .where('recipient', '=', valmont.cast.people.luc.email)
    .where('subject', 'like', '%manque%')
    .orderBy('writtenAt', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return body
}

test('asked again before it has answered, the association has one list and not two (DN-10219)', async () => {
  const first = { asks: 'yes', missing: 'Les statuts\nLes comptes de 2026', answerBy: '2027-01-29' }
  expect((await claire.post(file('completeness'), first)).status).toBe(303)
  const waiting = await read(file('review'), claire)
  expect(waiting).toMatch(/<textarea[^>]*name="missing"[^>]*>\s*Les statuts\nLes comptes de 2026/)
  const many = new FormData()
  for (const [name, value] of Object.entries({
    kind: 'ask',
    missing: 'Le RIB\nLes statuts',
    answerBy: '2027-01-29',
  }))
    many.set(name, value)
  many.append('file', band)
  at('2027-01-12')
  expect((await claire.post(`${TABLE}/bulk`, many)).status).toBe(303)
  const whole = ['Les statuts', 'Les comptes de 2026', 'Le RIB']
  expect(await listShown()).toEqual(whole)
  const mail = await lastMail()
  for (const line of whole) expect(mail).toContain(line)
  expect(await read(file('progress'), luc)).toContain('1 demande précédente')
})

test('one answer closes the whole list, and starts the clock again with the days it had stood', async () => {
  expect(await read(file('progress'), luc)).toContain('arrêté')
  expect(await read(file('review'), claire)).toContain('Le délai est arrêté')
  at('2027-01-21')
  const answer = { note: 'Statuts, comptes et RIB sont là' }
  expect((await luc.post(file('completion'), answer)).status).toBe(303)
  const page = await read(file('review'), claire)
  expect(page).toContain(answer.note)
  // From the 11th to the 21st, in one stop though it was asked twice: 11 March and ten days.
  expect(page).toContain('10 jours')
  expect(page).toContain('<time datetime="2027-03-21">')
  expect(await listShown()).toEqual([])
  expect((await luc.post(file('completion'), answer)).status).toBe(422)
})

test('a second round asks only for what is still missing, and its stop is added to the first', async () => {
  at('2027-02-01')
  const second = { asks: 'yes', missing: 'Le RIB signé', answerBy: '2027-02-10' }
  expect((await claire.post(file('completeness'), second)).status).toBe(303)
  expect(await listShown()).toEqual(['Le RIB signé'])
  at('2027-02-04')
  expect((await luc.post(file('completion'), { note: '' })).status).toBe(303)
  expect((await claire.post(file('completeness'))).status).toBe(303)
  const page = await read(file('review'), claire)
  expect(page).toContain('13 jours')
  expect(page).toContain('<time datetime="2027-03-24">')
  expect(page).toContain('3 demandes précédentes')
})

test('the delay past without an answer, the clock runs again though the list still waits', async () => {
  at('2027-02-05')
  const third = { asks: 'yes', missing: 'Le budget signé', answerBy: '2027-02-08' }
  expect((await claire.post(file('completeness'), third)).status).toBe(303)
  at('2027-02-15')
  expect(await listShown()).toEqual(['Le budget signé'])
  expect(await read(file('progress'), luc)).toContain('court de nouveau')
  expect(await read(file('review'), claire)).toContain('17 jours')
})
