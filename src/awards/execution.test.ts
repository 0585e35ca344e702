import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents, minutes } from '#kit'
import { brokenLedgerRow } from '#ledger'
import { pledgesOf, reducePledge } from '#pledges'
import { voted } from '../../tests/council.ts'
import { codesOf, done } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import {
  adoptedAwards,
  makeExecutory,
  notifyAll,
  prepareAgreement,
  recordPayment,
} from './index.ts'

let valmont: World
let season: Awaited<ReturnType<typeof voted>>
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  season = await voted(valmont)
})
afterAll(() => valmont.house.close())

const firstAward = async () => {
  const [award] = await valmont.as('claire', ({ tx }) => adoptedAwards(tx, season.campaign))
  if (!award) throw new Error('nothing was adopted')
  return award
}

test('nobody is told, paid or bound before the decision is in force', async () => {
  const { id } = await firstAward()
  const codes = await valmont.as('claire', async (place) => [
    codesOf(await notifyAll(place, season.deliberationId)),
    codesOf(await prepareAgreement(place, id)),
    codesOf(
      await recordPayment(place, id, {
        paidCents: cents(100),
        paidOn: place.today,
        orderNumber: 'M-1',
      }),
    ).slice(0, 1),
  ])
  expect(codes.flat()).toEqual([
    'awards:refused.notExecutory',
    'awards:refused.notNotified',
    'awards:refused.notYetPayable',
  ])
})

test('euros bind even when a company took hours back after the vote; those hours lapse and the letter says so', async () => {
  const before = (await firstAward()).hours.map(({ family }) => family)
  expect(before).toEqual(['FINANCE'])
  const pledges = await valmont.as('claire', ({ tx }) => pledgesOf(tx, season.campaign))
  const finance = pledges.find(({ family }) => family === 'FINANCE')
  const less = { takenBackMinutes: minutes(15 * 60), reason: 'Un départ dans l’équipe' }
  done(await valmont.as('hugo', (place) => reducePledge(place, finance?.id ?? '', less)))
  await valmont.as('claire', async (place) => {
    done(await makeExecutory(place, season.deliberationId, { executoryOn: place.today }))
    done(await notifyAll(place, season.deliberationId))
    expect(await brokenLedgerRow(place.tx, place.territory.id)).toBeUndefined()
  })
  const award = await firstAward()
  expect(award.hours).toEqual([])
  expect(award.executoryOn).toBeDefined()
  const amina = await valmont.browser('amina')
  const page = await (await amina.get(`/valmont/decisions/${award.id}`)).text()
  expect(page).toContain('ne sont plus disponibles')
})
