import { afterAll, beforeAll, expect, test } from 'vitest'
import { applicationOfAssociation, giveBankAccount } from '#applications'
import { adoptedAwards, signAgreement } from '#awards'
import type { Campaign } from '#campaigns'
import { balances } from '#ledger'
import { wrongPayments } from '../src/web/reconciliation-store.ts'
import { awardOf, notified } from './council.ts'
import { done } from './season.ts'
import { type Browser, type World, world } from './world.ts'
import { elementsOf } from './xml.ts'

let valmont: World
let campaign: Campaign
let claire: Browser
let luc: Browser
let eva: Browser
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = (await notified(valmont)).campaign
  claire = await valmont.browser('claire')
  luc = await valmont.browser('luc')
  eva = await valmont.browser('eva')
})
afterAll(() => valmont.house.close())

const pathOf = async (key: 'foodBank' | 'band' | 'canoe') =>
  `/valmont/decisions/${(await awardOf(valmont, campaign, key)).id}`
const idsIn = (page: string, step: string) =>
  [...page.matchAll(new RegExp(`/instalments/([0-9a-f-]+)/${step}`, 'g'))].map(([, id]) => id ?? '')
const finance = async (name: string) =>
  (await claire.get(`/valmont/2027/decisions/finance.${name}`)).text()

test('looking at a page proves nothing; the button keeps who took the letter first, and when', async () => {
  const path = await pathOf('band')
  expect(await (await luc.get(path)).text()).toContain('Prendre connaissance de la lettre')
  await luc.get(`${path}/notice.pdf`)
  expect((await awardOf(valmont, campaign, 'band')).openedAt).toBeUndefined()
  const taken = await luc.post(`${path}/opening`)
  expect([taken.status, taken.headers.get('location')]).toEqual([303, path])
  expect(await (await luc.get(path)).text()).toContain('Lire la lettre de notification')
  await luc.post(`${path}/opening`)
  const rows = await valmont.house.db.selectFrom('noticeOpenings').selectAll().execute()
  expect(rows.map(({ openedBy }) => openedBy)).toEqual([valmont.cast.people.luc.id])
  expect(await (await claire.get(path)).text()).toContain('a pris connaissance de sa lettre')
  expect((await claire.post(`${path}/opening`)).status).toBe(403)
  expect((await eva.post(`${path}/opening`)).status).toBe(404)
})

test('a declined grant gives its euros back to the envelope, once, and says why', async () => {
  const path = await pathOf('canoe')
  const { id, decidedCents } = await awardOf(valmont, campaign, 'canoe')
  const silent = await eva.post(`${path}/answer`, { answer: 'declined', words: ' ' })
  expect(silent.status).toBe(422)
  expect(await silent.text()).toContain('href="#words"')
  const words = 'Le club ferme'
  expect((await eva.post(`${path}/answer`, { answer: 'declined', words })).status).toBe(303)
  expect((await eva.post(`${path}/answer`, { answer: 'accepted', words: '' })).status).toBe(422)
  const award = await awardOf(valmont, campaign, 'canoe')
  expect([award.cashCents, award.decidedCents]).toEqual([0n, decidedCents])
  expect(decidedCents).toBeGreaterThan(0n)
  await valmont.as('claire', async ({ tx, territory }) => {
    const held = await balances(tx, territory.id, campaign.id)
    expect(held.find(({ kind, subjectId }) => kind === 'VOTED' && subjectId === id)?.amount).toBe(
      0n,
    )
    const others = (await adoptedAwards(tx, campaign)).reduce((sum, one) => sum + one.cashCents, 0n)
    const outside = held.find(({ book, kind }) => book === 'cash' && kind === 'OUTSIDE')
    expect(outside?.amount).toBe(-others)
    expect(await wrongPayments(tx, territory.id)).toEqual([])
  })
  const page = await (await claire.get(path)).text()
  expect(page).toContain('Le club ferme')
  expect((await claire.post(`${path}/schedule`, { 'amount-1': '1' })).status).toBe(422)
})

test('a schedule shares out the grant to the cent, and nothing typed is lost when it does not', async () => {
  const path = await pathOf('band')
  const short = {
    'amount-1': '3 000,01',
    'waits-1': 'notice',
    'amount-2': '12',
    'waits-2': 'report',
  }
  const refused = await claire.post(`${path}/schedule`, short)
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain('value="3 000,01"')
  expect(page).toContain('répartir exactement 7710')
  const whole = { ...short, 'amount-2': '4709,99' }
  expect((await claire.post(`${path}/schedule`, whole)).status).toBe(303)
  expect((await claire.post(`${path}/schedule`, whole)).status).toBe(422)
})

test('an instalment goes planned, ordered, paid; one that waits for the report waits', async () => {
  const path = await pathOf('band')
  const page = await (await claire.get(path)).text()
  const [first = ''] = idsIn(page, 'order')
  const [, second = ''] = idsIn(page, 'cancellation')
  expect(idsIn(page, 'order')).toHaveLength(1)
  expect(page).toContain('le compte rendu financier n&#39;est pas accepté')
  const order = (id: string, number: string) =>
    claire.post(`/valmont/instalments/${id}/order`, {
      [`number-${id}`]: number,
      [`on-${id}`]: '2027-01-10',
    })
  expect((await order(second, 'M-7')).status).toBe(422)
  expect(
    (
      await claire.post(`/valmont/instalments/${first}/payment`, {
        [`paid-${first}`]: '2027-01-10',
      })
    ).status,
  ).toBe(422)
  expect((await order(first, 'M-7')).status).toBe(303)
  expect((await order(first, 'M-8')).status).toBe(422)
  const byHand = { paidCents: '10', paidOn: '2027-01-10', orderNumber: 'M-9' }
  expect((await claire.post(`${path}/payments`, byHand)).status).toBe(422)
  const paid = { [`paid-${first}`]: '2027-01-10' }
  expect((await claire.post(`/valmont/instalments/${first}/payment`, paid)).status).toBe(303)
  expect((await claire.post(`/valmont/instalments/${first}/payment`, paid)).status).toBe(422)
  expect((await awardOf(valmont, campaign, 'band')).paidCents).toBe(3_000_01n)
  expect((await luc.post(`/valmont/instalments/${second}/cancellation`, {})).status).toBe(403)
  const late = await luc.post(`${path}/answer`, { answer: 'declined', words: 'Trop tard' })
  expect(await late.text()).toContain('engage déjà')
})

test('the finance files hold cents exactly, the account that each association gave, and no person (DN-4059)', async () => {
  const path = await pathOf('foodBank')
  const { cashCents } = await awardOf(valmont, campaign, 'foodBank')
  const amount = `${cashCents / 100n}`
  await claire.post(`${path}/schedule`, { 'amount-1': amount, 'waits-1': 'notice' })
  await valmont.as('amina', async (place) => {
    const file = await applicationOfAssociation(
      place.tx,
      campaign,
      valmont.cast.organisations.foodBank,
    )
    const account = {
      holder: 'Banque alimentaire de Valmont',
      iban: 'FR76 3000 6000 0112 3456 7890 189',
    }
    done(await giveBankAccount(place, file?.id ?? '', account))
  })
  const csv = await finance('csv')
  const [head = '', ...lines] = csv.trim().split('\r\n')
  const columns = head.replace('\ufeff', '').split(';')
  const rows = lines.map((line) => {
    const cells = line.split(';')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
  expect(rows.map(({ beneficiaire, montant, etat }) => [beneficiaire, montant, etat])).toEqual([
    ['Banque alimentaire de Valmont', `${amount}.00`, 'Prévue'],
    ['Harmonie municipale', '3000.01', 'Payée'],
    ['Harmonie municipale', '4709.99', 'Prévue'],
  ])
  expect(rows[0]?.empechement).toContain("la convention n'est pas signée")
  expect(rows.map(({ iban }) => iban)).toEqual(['FR7630006000011234567890189', '', ''])
  // Above 23 000 euros the food bank's agreement comes first; signed, its payment may be ordered.
  expect(elementsOf(await finance('xml'))).not.toContain('Piece')
  const { id } = await awardOf(valmont, campaign, 'foodBank')
  for (const person of ['claire', 'amina'] as const)
    done(await valmont.as(person, (place) => signAgreement(place, id, { capacity: 'Signataire' })))
  const xml = await finance('xml')
  expect(elementsOf(xml).filter((name) => name === 'Piece')).toHaveLength(1)
  expect(xml).toContain(`<Mt V="${amount}.00"/>`)
  for (const text of [csv, xml])
    for (const name of ['Luc Fabre', 'Amina Diallo', 'Claire Morel'])
      expect(text).not.toContain(name)
  expect((await luc.get('/valmont/2027/decisions/finance.csv')).status).toBe(403)
})

test('each signature has its evidence: who, when, which bytes, by which door; the parties alone read it', async () => {
  const path = await pathOf('foodBank')
  const amina = await valmont.browser('amina')
  const evidence = JSON.parse(await (await amina.get(`${path}/evidence.json`)).text())
  expect(evidence.signatures).toHaveLength(2)
  for (const one of evidence.signatures) {
    expect(one.documentSha256).toBe(evidence.document.sha256)
    expect(one).toMatchObject({ provider: 'metis', method: 'one_factor', network: null })
  }
  const pdf = Buffer.from(await (await amina.get(`${path}/evidence.pdf`)).arrayBuffer())
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect((await luc.get(`${path}/evidence.json`)).status).toBe(404)
})
