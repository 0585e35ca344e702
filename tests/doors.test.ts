import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from './world.ts'

let valmont: World
beforeAll(async () => {
  valmont = await world()
})
afterAll(() => valmont.house.close())

test('a stranger sees the landing page', async () => {
  const answer = await (await valmont.browser()).get('/')
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('Commune de Valmont')
})

test('a link received by mail opens the door once', async () => {
  const browser = await valmont.browser()
  await browser.post('/sign-in', { email: valmont.cast.people.claire.email })
  const mail = await valmont.house.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow()
  const path = /http:\/\/localhost:3000(\/sign-in\/\S+)/.exec(mail.body)?.[1] ?? ''
  expect((await browser.get(path)).status).toBe(200)
  const entered = await browser.post(path)
  expect(entered.status).toBe(303)
  const home = await browser.get('/home')
  expect(home.headers.get('location')).toBe('/valmont/home')
  expect((await (await valmont.browser()).post(path)).status).toBe(410)
})

test('an unknown address gets the same answer and no mail', async () => {
  const browser = await valmont.browser()
  const answer = await browser.post('/sign-in', { email: 'nobody@exemple.org' })
  expect(answer.status).toBe(200)
  const mails = await valmont.house.db.selectFrom('outbox').select('recipient').execute()
  expect(mails.map((mail) => mail.recipient)).not.toContain('nobody@exemple.org')
})

test('a wrong address comes back with what was typed and the reason beside it', async () => {
  const answer = await (await valmont.browser()).post('/sign-in', { email: 'claire' })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('value="claire"')
  expect(page).toContain('email-reason')
})
