import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, handedOver, openApplications } from '../../tests/files.ts'
import { type Browser, type World, world } from '../../tests/world.ts'

// What the commune and the association write to each other, and what stays between reviewers.

let valmont: World
let band: string
let claire: Browser
let luc: Browser
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-11T09:00:00Z'))
  const opened = await openApplications(valmont)
  band = await handedOver(valmont, 'luc', opened)
  await handedOver(valmont, 'amina', opened)
  await enter(valmont, opened.id, 'reviewing')
  claire = await valmont.browser('claire')
  luc = await valmont.browser('luc')
})
afterAll(() => valmont.house.close())

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const file = (rest = '') => `/valmont/applications/${band}${rest}`

async function read(path: string, browser: Browser): Promise<string> {
  const answer = await browser.get(path)
  expect(answer.status).toBe(200)
  return plain(await answer.text())
}

const mailsTo = (key: 'luc' | 'claire') =>
  valmont.house.db
    .selectFrom('outbox')
    .select(['subject', 'body'])
    .where('recipient', '=', valmont.cast.people[key].email)
    .where('body', 'like', '%pas à ce courriel%')
    .execute()

test('who will read what is written is said in the title, in a label and on the button', async () => {
  const page = await read(file('/review'), claire)
  const card = (id: string) => new RegExp(`id="${id}">(.*?)</section>`, 's').exec(page)?.[1] ?? ''
  expect(card('messages')).toContain('L’association lit ceci')
  expect(card('messages')).toContain('Envoyer à l’association')
  expect(card('messages')).toContain('Écrire à Harmonie municipale')
  expect(card('notes')).toContain('L’association ne lit pas ceci')
  expect(card('notes')).toContain('Garder entre instructeurs')
  expect(card('notes')).toContain('L. 311-2')
  expect(card('notes')).not.toContain('Envoyer')
})

test('a message goes to the association once, by mail and on its page; it answers there (HYP-3963)', async () => {
  const message = 'Votre projet dure-t-il tout l’été ?'
  const form = { message, once: 'message-form-1' }
  for (let time = 0; time < 2; time++)
    expect((await claire.post(file('/messages'), form)).status).toBe(303)
  const [mail, ...others] = await mailsTo('luc')
  expect(others).toEqual([])
  expect(mail?.body).toContain(message)
  expect(mail?.body).toContain('/progress#messages')
  expect(await read(file('/progress'), luc)).toContain(message)
  const back = { message: 'Oui, de juin à août.', once: 'message-form-2' }
  expect((await luc.post(file('/progress/messages'), back)).status).toBe(303)
  const paul = await valmont.browser('paul')
  expect(await read(file('/review'), paul)).toContain(back.message)
  expect((await mailsTo('claire')).map(({ body }) => body).join()).toContain(back.message)
})

test('the table counts the files on which the association had the last word (SGG-6166)', async () => {
  expect(await read('/valmont/2027/review?show=message', claire)).toContain('Harmonie municipale')
  const answer = { message: 'Merci, c’est noté.', once: 'message-form-3' }
  expect((await claire.post(file('/messages'), answer)).status).toBe(303)
  expect(await read('/valmont/2027/review?show=message', claire)).toContain('Aucun dossier')
})

test('another message typed on the same page is another message, not a lost one (DN-6356)', async () => {
  const form = { message: 'Et combien de musiciens ?', once: 'message-form-1' }
  expect((await claire.post(file('/messages'), form)).status).toBe(303)
  expect(await read(file('/progress'), luc)).toContain(form.message)
})

test('an empty message says so, and keeps what was typed elsewhere', async () => {
  const form = { message: ' ', words: 'Note en cours' }
  const answer = await claire.post(file('/messages'), form)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Note en cours')
  expect((await luc.post(file('/progress/messages'), { message: '' })).status).toBe(422)
})

test('a private note sent with the message button pressed stays private: each button sends its own words', async () => {
  const form = { message: 'Merci, bonne suite.', words: 'Entre nous : budget fragile' }
  expect((await claire.post(file('/messages'), form)).status).toBe(303)
  for (const path of ['', '/progress'])
    expect(await read(file(path), luc)).not.toContain('budget fragile')
  expect(JSON.stringify(await mailsTo('luc'))).not.toContain('budget fragile')
  // It waits in its own field, still to be kept.
  expect(await read(file('/review'), claire)).toContain('Entre nous : budget fragile')
  expect((await claire.post(file('/notes'), { words: form.words })).status).toBe(303)
  const journal = await valmont.as('claire', ({ tx }) =>
    tx.selectFrom('journal').select(['action', 'details']).execute(),
  )
  expect(journal.map(({ action }) => action)).toContain('file.noted')
  expect(JSON.stringify(journal)).not.toContain('budget fragile')
})

test('neither an elected member nor another association writes in the name of somebody else', async () => {
  const paul = await valmont.browser('paul')
  expect((await paul.post(file('/messages'), { message: 'Bonjour' })).status).toBe(403)
  const amina = await valmont.browser('amina')
  expect((await amina.get(file('/progress'))).status).toBe(404)
  expect((await amina.post(file('/progress/messages'), { message: 'Moi' })).status).toBe(404)
})

test('whoever declared a tie neither reads the messages nor is told of them, though they followed the file', async () => {
  const agentId = valmont.cast.people.claire.id
  expect((await claire.post(file('/assignment'), { agentId })).status).toBe(303)
  const before = (await mailsTo('claire')).length
  const form = { associationId: valmont.cast.organisations.band, nature: 'Nièce du chef' }
  expect((await claire.post('/valmont/interests', form)).status).toBe(303)
  const late = { message: 'Voici nos dates.' }
  expect((await luc.post(file('/progress/messages'), late)).status).toBe(303)
  expect(await mailsTo('claire')).toHaveLength(before)
  expect((await claire.get(file('/review'))).status).toBe(403)
  expect((await claire.post(file('/messages'), { message: 'Bonjour' })).status).toBe(403)
})
