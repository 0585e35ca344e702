import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { cents } from '#kit'
import { balances } from '#ledger'
import { awardOf, notified } from '../../tests/council.ts'
import { codesOf, done } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import { awardsOf, recordPayment, signAgreement } from './index.ts'

let valmont: World
let campaign: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = (await notified(valmont)).campaign
})
afterAll(() => valmont.house.close())

test('the ledger holds what the council voted, euros and hours apart', async () => {
  const awards = await valmont.as('claire', ({ tx }) => awardsOf(tx, campaign))
  const held = await valmont.as('claire', ({ tx, territory }) =>
    balances(tx, territory.id, campaign.id),
  )
  const sum = (kind: string) =>
    held
      .filter((balance) => balance.kind === kind)
      .reduce((total, { amount }) => total + amount, 0n)
  expect(sum('VOTED')).toBe(awards.reduce((total, { cashCents }) => total + cashCents, 0n))
  expect(sum('ALLOCATED')).toBe(
    awards.flatMap(({ hours }) => hours).reduce((total, { minutes }) => total + minutes, 0n),
  )
})

test('an award of more than 23 000 euros is paid only once its agreement has two signatures', async () => {
  const award = await awardOf(valmont, campaign, 'foodBank')
  expect(award.cashCents).toBeGreaterThan(23_000_00n)
  const payment = { paidCents: cents(20_000_00), orderNumber: 'M-101' }
  const pay = () =>
    valmont.as('claire', (place) =>
      recordPayment(place, award.id, { ...payment, paidOn: place.today }),
    )
  const capacity = { capacity: 'Présidente' }
  expect(codesOf(await pay())).toEqual(['awards:refused.agreementFirst'])
  done(await valmont.as('amina', (place) => signAgreement(place, award.id, capacity)))
  expect(codesOf(await pay())).toEqual(['awards:refused.agreementFirst'])
  done(await valmont.as('claire', (place) => signAgreement(place, award.id, capacity)))
  done(await pay())
  expect(codesOf(await pay())).toEqual(['awards:refused.paidTooMuch', 'awards:refused.orderTaken'])
})

test('each association reads its own decision, never that of another', async () => {
  const band = await awardOf(valmont, campaign, 'band')
  const luc = await valmont.browser('luc')
  const eva = await valmont.browser('eva')
  expect((await luc.get(`/valmont/decisions/${band.id}`)).status).toBe(200)
  expect((await eva.get(`/valmont/decisions/${band.id}`)).status).toBe(404)
  expect((await eva.get(`/valmont/decisions/${band.id}/notice.pdf`)).status).toBe(404)
  const own = await (await eva.get('/valmont/2027/decisions')).text()
  expect(own).not.toContain(band.id)
})

test('the letter, the agreement and the two-page brief are PDF files', async () => {
  const award = await awardOf(valmont, campaign, 'foodBank')
  const claire = await valmont.browser('claire')
  const head = async (path: string) =>
    Buffer.from(await (await claire.get(path)).arrayBuffer())
      .subarray(0, 5)
      .toString()
  for (const path of [
    `/valmont/decisions/${award.id}/notice.pdf`,
    `/valmont/decisions/${award.id}/agreement.pdf`,
    '/valmont/2027/decisions/brief.pdf',
  ])
    expect(await head(path)).toBe('%PDF-')
})

test('each representative is told by mail where to read the decision', async () => {
  const mails = await valmont.house.db.selectFrom('outbox').selectAll().execute()
  const told = mails.filter(({ subject }) => subject.includes('la décision sur votre demande'))
  expect(told.map(({ recipient }) => recipient).sort()).toEqual([
    'amina@exemple.org',
    'eva@exemple.org',
    'luc@exemple.org',
  ])
})
