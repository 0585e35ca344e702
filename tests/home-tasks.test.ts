import { afterAll, beforeAll, expect, test } from 'vitest'
import { applicationOfAssociation } from '#applications'
import { recordPayment } from '#awards'
import type { Campaign } from '#campaigns'
import { cents } from '#kit'
import type { PersonKey } from './cast.ts'
import { awardOf, notified, reviewed } from './council.ts'
import { enter } from './files.ts'
import { done } from './season.ts'
import { type World, world } from './world.ts'

// "Where do I stand, what do I do now?": each thing that waits is one line of the home page, with its link.

let now = new Date('2027-01-10T09:00:00Z')
let valmont: World
let campaign: Campaign
afterAll(() => valmont.house.close())

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replaceAll('&#39;', "'")
const linesFor = async (person: PersonKey) => {
  const page = plain(await (await (await valmont.browser(person)).get('/valmont/home')).text())
  const lines = page.matchAll(/<li[^>]*><span>([^<]*)<\/span><a[^>]*href="([^"]*)"/g)
  return new Map([...lines].map(([, what = '', href = '']) => [what, href]))
}
const lineOf = async (person: PersonKey, what: RegExp) =>
  [...(await linesFor(person))].find(([text]) => what.test(text))

beforeAll(async () => {
  valmont = await world(() => now)
  campaign = await reviewed(valmont)
})

test('what the commune asks or writes is on the association’s home, its answer on the commune’s (DN-13917)', async () => {
  const { band } = valmont.cast.organisations
  const found = await valmont.as('claire', ({ tx }) => applicationOfAssociation(tx, campaign, band))
  const file = `/valmont/applications/${found?.id}`
  const claire = await valmont.browser('claire')
  const asked = { asks: 'yes', missing: 'Les statuts', answerBy: '2027-01-29' }
  expect((await claire.post(`${file}/completeness`, asked)).status).toBe(303)
  const letter = { message: 'Quand jouez-vous ?', once: 'a' }
  expect((await claire.post(`${file}/messages`, letter)).status).toBe(303)
  expect((await lineOf('luc', /attend des pièces/))?.[1]).toBe(`${file}/progress`)
  expect((await lineOf('luc', /vous a écrit/))?.[1]).toBe(`${file}/progress#messages`)
  const luc = await valmont.browser('luc')
  await luc.post(`${file}/progress/messages`, { message: 'En juin.', once: 'b' })
  expect(await lineOf('luc', /vous a écrit/)).toBeUndefined()
  expect((await lineOf('claire', /^Un message d'association/))?.[1]).toBe(
    '/valmont/2027/review?show=message',
  )
})

test('after the vote the home page goes from the letter to the answer, the signature, the report (SGG-5492)', async () => {
  await valmont.house.close()
  valmont = await world(() => now)
  campaign = (await notified(valmont)).campaign
  const band = await awardOf(valmont, campaign, 'band')
  const path = `/valmont/decisions/${band.id}`
  const luc = await valmont.browser('luc')
  expect((await lineOf('luc', /^Votre lettre de notification/))?.[1]).toBe(
    '/valmont/2027/decisions',
  )
  await luc.post(`${path}/opening`)
  expect(await lineOf('luc', /^Votre lettre/)).toBeUndefined()
  expect((await lineOf('luc', /^Une subvention attend votre réponse/))?.[1]).toBe(path)
  expect(await lineOf('zoe', /subvention/)).toBeUndefined()
  await luc.post(`${path}/answer`, { answer: 'accepted', words: '' })
  expect(await lineOf('luc', /attend votre réponse/)).toBeUndefined()
  expect((await lineOf('luc', /convention de subvention attend/))?.[1]).toBe(path)
  await luc.post(`${path}/signature`, { capacity: 'Président' })

  const payment = { paidCents: cents(5_000_00), orderNumber: 'M-1' }
  await valmont.as('claire', async (place) =>
    done(await recordPayment(place, band.id, { ...payment, paidOn: place.today })),
  )
  await enter(valmont, campaign.id, 'reporting')
  await enter(valmont, campaign.id, 'closed')
  now = new Date('2028-02-01T09:00:00Z')
  expect((await lineOf('luc', /est à préparer/))?.[1]).toBe(`${path}/report`)
  now = new Date('2028-07-15T09:00:00Z')
  expect((await lineOf('luc', /financier de votre subvention est en retard/))?.[1]).toBe(
    `${path}/report`,
  )
  expect((await lineOf('claire', /^3 comptes rendus financiers sont en retard/))?.[1]).toBe(
    '/valmont/2027/decisions/reports?state=overdue',
  )
  const claire = await valmont.browser('claire')
  const notice = { 'noticed-words': 'Rien reçu.', 'noticed-answerBy': '2028-09-30' }
  expect((await claire.post(`${path}/report/formal-notice`, notice)).status).toBe(303)
  expect(await lineOf('luc', /vous met en demeure/)).toBeDefined()
  now = new Date('2028-10-02T09:00:00Z')
  expect((await lineOf('claire', /^Une mise en demeure/))?.[1]).toBe(`${path}/report`)
})

test('a payment whose delay nears its end is on the home of the agent and of finance', async () => {
  now = new Date('2027-01-10T09:00:00Z')
  await valmont.house.close()
  valmont = await world(() => now)
  campaign = (await notified(valmont)).campaign
  const canoe = await awardOf(valmont, campaign, 'canoe')
  const path = `/valmont/decisions/${canoe.id}`
  const claire = await valmont.browser('claire')
  const schedule = { 'amount-1': String(canoe.cashCents / 100n), 'waits-1': 'notice', 'on-1': '' }
  expect((await claire.post(`${path}/schedule`, schedule)).status).toBe(303)
  expect(await lineOf('claire', /échéance à payer/)).toBeUndefined()
  now = new Date('2027-03-08T09:00:00Z')
  for (const person of ['claire', 'yves'] as const)
    expect((await lineOf(person, /échéance à payer/))?.[1]).toBe(path)
})
