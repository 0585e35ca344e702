import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Award, recordPayment, remindReports } from '#awards'
import type { Campaign } from '#campaigns'
import { cents } from '#kit'
import { balanceOf } from '#ledger'
import { wrongPayments } from '../src/web/reconciliation-store.ts'
import { awardOf, notified } from './council.ts'
import { done } from './season.ts'
import { type World, world } from './world.ts'

let now = new Date('2027-01-10T09:00:00Z')
let valmont: World
let campaign: Campaign
let award: Award
let path: string
beforeAll(async () => {
  valmont = await world(() => now)
  campaign = (await notified(valmont)).campaign
  award = await awardOf(valmont, campaign, 'band')
  path = `/valmont/decisions/${award.id}/report`
  const payment = { paidCents: cents(5_000_00), orderNumber: 'M-1' }
  await valmont.as('claire', async (place) =>
    done(await recordPayment(place, award.id, { ...payment, paidOn: place.today })),
  )
})
afterAll(() => valmont.house.close())

const whole = {
  actions: 'Dix concerts',
  people: 'Deux cents personnes',
  results: 'Tout a été joué',
  'planned-60': '6 000',
  'done-60': '4 000,50',
  'planned-74': '6000',
  'done-74': '5000',
  'done-86': '300',
  'done-87': '300',
  capacity: 'Président',
}
const outbox = async (subject: string) => {
  const mails = await valmont.house.db.selectFrom('outbox').selectAll().execute()
  return mails.filter((mail) => mail.subject.includes(subject))
}

test('reminders leave 60, 30 and 7 days before, then once when it is late, and never twice (SGG-5492)', async () => {
  const told: number[] = []
  for (const today of ['04-30', '05-01', '05-02', '06-01', '06-24', '06-30', '07-01', '07-20'])
    told.push(await remindReports(valmont.house, new Date(`2028-${today}T09:00:00Z`)))
  // The food bank, the band and the canoe club each account for their euros.
  expect(told).toEqual([0, 3, 0, 3, 3, 0, 3, 0])
  const mails = await outbox('votre compte rendu financier')
  expect(mails).toHaveLength(12)
  expect(mails.find(({ recipient }) => recipient === 'luc@exemple.org')?.body).toContain(path)
})

test('a reader and the commune’s finance read the report, and are shown no form of it', async () => {
  const { id } = await awardOf(valmont, campaign, 'foodBank')
  for (const person of ['zoe', 'yves'] as const) {
    const browser = await valmont.browser(person)
    const page = await browser.get(`/valmont/decisions/${id}/report`)
    expect(page.status, person).toBe(200)
    const main = (await page.text()).split('<main')[1]
    expect(main, person).toContain('ompte rendu')
    expect(main, person).not.toContain('method="post"')
    const sent = await browser.post(`/valmont/decisions/${id}/report`, { actions: 'Autre chose' })
    expect(sent.status, person).toBe(403)
  }
})

test('a draft is saved whatever is missing, and the commune reads nothing of it (HYP-3554)', async () => {
  const luc = await valmont.browser('luc')
  const answer = await luc.post(path, { actions: 'Dix conc', 'done-60': 'quatre mille' })
  expect(answer.status).toBe(303)
  const own = await (await luc.get(path)).text()
  expect(own).toContain('Dix conc')
  expect(own).toContain('value="quatre mille"')
  expect(own).toContain('Enregistré le')
  const page = await (await (await valmont.browser('claire')).get(path)).text()
  expect(page).not.toContain('Dix conc')
})

test('two people at once: the second is told, blanks take the other’s words, both are shown (DN-5716)', async () => {
  const luc = await valmont.browser('luc')
  const stale = '2027-01-01T00:00:00.000Z'
  const answer = await luc.post(path, { savedAt: stale, actions: 'Onze concerts', people: 'Cent' })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('a enregistré ce compte rendu pendant que vous écriviez')
  expect(page).toContain('Onze concerts')
  expect(page).toContain('Dix conc')
  expect(page).toContain('value="quatre mille"')
})

test('certifying says everything that is missing at once, and loses nothing typed (DN-6356)', async () => {
  const luc = await valmont.browser('luc')
  const answer = await luc.post(`${path}/submission`, {
    people: 'Deux cents',
    'done-60': 'beaucoup',
    'done-86': '3',
  })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  for (const field of ['actions', 'results', 'done-60', 'done-87', 'capacity', 'certified'])
    expect(page).toContain(`href="#${field}"`)
  expect(page).toContain('Deux cents')
  expect(page).toContain('value="beaucoup"')
})

test('a member of the association prepares, its representative alone certifies; no other reads it', async () => {
  expect((await (await valmont.browser('eva')).get(path)).status).toBe(404)
  expect((await (await valmont.browser('claire')).post(`${path}/submission`, {})).status).toBe(403)
  expect((await (await valmont.browser('luc')).post(`${path}/acceptance`, {})).status).toBe(403)
})

test('certified, it is sealed; returned with one list; completed; then accepted once', async () => {
  const luc = await valmont.browser('luc')
  const claire = await valmont.browser('claire')
  const draft = await (await luc.get(path)).text()
  const savedAt = /name="savedAt" value="([^"]+)"/.exec(draft)?.[1] ?? ''
  const sent = await luc.post(`${path}/submission`, { ...whole, certified: 'yes', savedAt })
  expect(sent.status).toBe(303)
  const read = await (await claire.get(path)).text()
  expect(read).toContain('Dix concerts')
  expect(read).toContain('66 %')
  expect(read).toMatch(/[0-9a-f]{64}/)
  expect(read).toContain('Les charges réalisées sont inférieures')
  // Sent a second time, the same report does not count twice.
  expect((await luc.post(`${path}/submission`, { ...whole, certified: 'yes' })).status).toBe(422)
  const hasty = { 'returned-words': '', 'returned-answerBy': '2027-01-11' }
  const refused = await claire.post(`${path}/returns`, hasty)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Laissez au moins 8 jours')
  const list = { 'returned-words': 'Le compte 62', 'returned-answerBy': '2027-02-10' }
  expect((await claire.post(`${path}/returns`, list)).status).toBe(303)
  const asked = await (await luc.get(path)).text()
  expect(asked).toContain('Le compte 62')
  const reports = await (await claire.get('/valmont/2027/decisions/reports?state=returned')).text()
  expect(reports).toContain('Harmonie municipale')
  expect(reports).not.toContain('Banque alimentaire')
})

test('a late report goes from formal notice to repayment, and the ledger follows to the cent', async () => {
  const claire = await valmont.browser('claire')
  const luc = await valmont.browser('luc')
  now = new Date('2028-07-05T09:00:00Z')
  const notice = { 'noticed-words': 'Rien n’est venu.', 'noticed-answerBy': '2028-08-05' }
  expect((await claire.post(`${path}/formal-notice`, notice)).status).toBe(303)
  const page = await (await luc.get(path)).text()
  const letter = /href="([^"]+\/letters\/[^"]+)"/.exec(page)?.[1] ?? ''
  const pdf = Buffer.from(await (await luc.get(letter)).arrayBuffer())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect((await (await valmont.browser('eva')).get(letter)).status).toBe(404)
  const request = { askedCents: '1 200,50', 'ask-words': 'Dépenses non justifiées' }
  const early = await claire.post(`${path}/repayment-request`, request)
  expect(early.status).toBe(422)
  expect(await early.text()).toContain('Le reversement ne peut être demandé')
  expect(
    (await luc.post(`${path}/observations`, { 'observed-words': 'Un dégât des eaux' })).status,
  ).toBe(303)
  expect((await claire.post(`${path}/repayment-request`, request)).status).toBe(303)
  const back = { repaidCents: '1200,50', repaidOn: '2028-07-05', receiptNumber: 'T-9' }
  const tooMuch = await claire.post(`${path}/repayments`, { ...back, repaidCents: '1200,51' })
  expect(tooMuch.status).toBe(422)
  const sentTwice = { ...back, once: '0190a000-0000-7000-8000-000000000001' }
  for (const answer of [
    await claire.post(`${path}/repayments`, sentTwice),
    await claire.post(`${path}/repayments`, sentTwice),
  ])
    expect(answer.status).toBe(303)
  expect(await (await luc.get(path)).text()).toContain('Reversé')
  await valmont.as('claire', async ({ tx, territory }) => {
    const paid = {
      book: 'cash',
      kind: 'PAID',
      campaignId: campaign.id,
      subjectId: award.id,
    } as const
    expect(await balanceOf(tx, territory.id, paid)).toBe(3_799_50n)
    expect(await wrongPayments(tx, territory.id)).toEqual([])
  })
})
