import { afterAll, beforeAll, expect, test } from 'vitest'
import { codesOf, openSeason, settingsOf2027 } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import { typedFrom } from './form.ts'
import { createCampaign } from './index.ts'
import { movedTo } from './rules.ts'

let valmont: World
beforeAll(async () => {
  valmont = await world(() => new Date('2026-11-24T10:00:00Z'))
})
afterAll(() => valmont.house.close())

test('an agent sets up a season from the proposed figures, corrects it, opens the pledges', async () => {
  const claire = await valmont.browser('claire')
  const proposed = await claire.get('/valmont/campaigns/new')
  expect(await proposed.text()).toContain('2026-12-15')

  const forgotten = await claire.post('/valmont/campaigns', {
    ...typedFrom(settingsOf2027({ envelopes: [] })),
    councilOn: '31/02/2027',
  })
  expect(forgotten.status).toBe(422)
  const page = await forgotten.text()
  expect(page).toContain('Ajoutez au moins une enveloppe.')
  expect(page).toContain('councilOn-reason')
  expect(page).toContain('value="31/02/2027"')

  const created = await claire.post('/valmont/campaigns', typedFrom(settingsOf2027()))
  expect(created.status).toBe(303)
  expect(created.headers.get('location')).toBe('/valmont/2027')

  const changed = await claire.post('/valmont/2027/settings', {
    ...typedFrom(settingsOf2027()),
    envelopeCash1: '52 000,50',
  })
  expect(changed.status).toBe(303)
  const season = await (await claire.get('/valmont/2027')).text()
  expect(season).toMatch(/52\s000,50\s€/)
  expect(season).toContain('Ouvrir les promesses d&#39;heures')

  expect((await claire.post('/valmont/2027/states', { state: 'pledging' })).status).toBe(303)
  expect((await claire.get('/valmont/2027/settings')).status).toBe(404)
  const tooLate = await claire.post('/valmont/2027/settings', typedFrom(settingsOf2027()))
  expect(await tooLate.text()).toContain('les réglages ne changent plus')
})

test('applications do not open without a confirmed pledge, and the page says why', async () => {
  const claire = await valmont.browser('claire')
  const answer = await claire.post('/valmont/2027/states', { state: 'applying' })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Aucune promesse d&#39;heures n&#39;est confirmée')
})

test('one click copies the set-up to the next year, once', async () => {
  const claire = await valmont.browser('claire')
  expect((await claire.post('/valmont/2027/copies', { year: '2028' })).status).toBe(303)
  const next = await (await claire.get('/valmont/2028')).text()
  expect(next).toContain('Saison 2028')
  expect(next).toMatch(/52\s000,50\s€/)
  expect((await claire.post('/valmont/2027/copies', { year: '2028' })).status).toBe(422)
})

test('a year has one season only', async () => {
  const again = await valmont.as('claire', (place) => createCampaign(place, settingsOf2027()))
  expect(codesOf(again)).toEqual(['campaigns:refused.yearTaken'])
})

test('an elected member reads the season and opens nothing', async () => {
  const paul = await valmont.browser('paul')
  const page = await paul.get('/valmont/2027')
  expect(page.status).toBe(200)
  expect(await page.text()).not.toContain('method="post" action="/valmont/2027')
  expect((await paul.post('/valmont/2027/states', { state: 'cancelled' })).status).toBe(403)
})

test('companies and strangers do not see the set-up; an unknown year is no page', async () => {
  expect((await (await valmont.browser('jeanne')).get('/valmont/2027')).status).toBe(403)
  expect((await (await valmont.browser()).get('/valmont/2027')).status).toBe(303)
  expect((await (await valmont.browser('claire')).get('/valmont/2099')).status).toBe(404)
})

test('a cancelled season stays readable', async () => {
  const claire = await valmont.browser('claire')
  await openSeason(valmont, movedTo(2030, settingsOf2027()))
  expect((await claire.post('/valmont/2030/states', { state: 'cancelled' })).status).toBe(303)
  expect(await (await claire.get('/valmont/2030')).text()).toContain('Annulée')
})
