import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents } from '#kit'
import type { Mission } from '#missions'
import { declareValuation, issueReceipt, receiptsOf } from '#receipts'
import { checkEligibility, type EligibilityInput } from '#review'
import { accounts, missionOf, published, running, type Season, worked } from './missions.ts'
import { codesOf, done } from './season.ts'

// A gift is judged on the day it was made: CGI art. 238 bis, 1740 A.

let season: Season
let mission: Mission
beforeAll(async () => {
  season = await published()
  mission = await missionOf(season, 'foodBank')
  await running(season, mission.id, accounts)
  season.goTo('2027-05-04T18:00:00Z')
  await worked(season, mission.id, accounts, { day: '2027-05-04', hours: 7 })
})
afterAll(() => season.world.house.close())

const cost = { hourlyCostCents: cents(38_50), legalForm: 'SARL' }
const signing = { capacity: 'Présidente', category: 'freeAid' as const, categoryLabel: '' }
const declare = () => season.world.as('hugo', (place) => declareValuation(place, mission.id, cost))
const issue = () => season.world.as('amina', (place) => issueReceipt(place, mission.id, signing))

function ruled(basis: 'ruling_granted' | 'ruling_refused') {
  const check: EligibilityInput = { subject: 'hours', basis, evidence: 'Rescrit n° 12' }
  return season.world.as('claire', (place) => checkEligibility(place, mission.applicationId, check))
}

async function pageOf(person: 'amina' | 'hugo' | 'ines', path: string) {
  const answer = await (await season.world.browser(person)).get(path)
  return (await answer.text()).replaceAll('\u00a0', ' ')
}

async function issuedDays() {
  const all = await season.world.as('claire', ({ tx }) => receiptsOf(tx, season.campaign))
  return all.map(({ fromDay, toDay }) => [fromDay, toDay])
}

test('the commune may say that an association lost its right while the season is carried out', async () => {
  season.goTo('2027-05-06T08:00:00Z')
  done(await ruled('ruling_refused'))
  const cash: EligibilityInput = {
    subject: 'cash',
    basis: 'no_local_interest',
    evidence: 'Statuts',
  }
  const later = await season.world.as('claire', (place) =>
    checkEligibility(place, mission.applicationId, cash),
  )
  expect(codesOf(later)).toEqual(['review:refused.closed'])
})

test('hours of before the loss are receipted after it; those of after never are', async () => {
  season.goTo('2027-05-07T18:00:00Z')
  // Hours truly worked are noted all the same; whoever notes them is told first.
  expect(await pageOf('ines', `/valmont/missions/${mission.id}/hours`)).toContain(
    'ne pourraient figurer sur aucun reçu',
  )
  await worked(season, mission.id, accounts, { day: '2027-05-07', hours: 3 })
  season.goTo('2027-05-10T08:00:00Z')
  const warned = await pageOf('hugo', `/valmont/missions/${mission.id}/valuation`)
  expect(warned).toContain('3 h ne peuvent figurer sur aucun reçu')
  done(await declare())
  done(await issue())
  expect(await issuedDays()).toEqual([['2027-05-04', '2027-05-04']])
  expect(codesOf(await issue())).toEqual(['receipts:refused.notEligible'])
  expect(codesOf(await declare())).toEqual(['receipts:refused.nothingToValue'])
})

test('nobody is asked for ever to value or to sign what the law refuses', async () => {
  expect(await pageOf('hugo', '/valmont/2027/receipts')).toContain('Rien à valoriser')
  expect(await pageOf('amina', '/valmont/2027/receipts')).toContain('Aucun reçu à signer')
})

test('the right found again counts from its day', async () => {
  season.goTo('2027-05-11T08:00:00Z')
  done(await ruled('ruling_granted'))
  season.goTo('2027-05-12T18:00:00Z')
  expect(await pageOf('ines', `/valmont/missions/${mission.id}/hours`)).not.toContain('aucun reçu')
  await worked(season, mission.id, accounts, { day: '2027-05-12', hours: 2 })
  done(await declare())
})

test('signed twice by a double click, on two phones: one receipt, the same answer', async () => {
  const amina = await season.world.browser('amina')
  const path = `/valmont/missions/${mission.id}`
  const key = /name="once" value="([^"]+)"/.exec(await pageOf('amina', `${path}/receipt`))?.[1]
  const form = { once: key ?? '', capacity: 'Présidente', category: 'freeAid', categoryLabel: '' }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => amina.post(`${path}/receipts`, form)),
  )
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303])
  expect(await issuedDays()).toEqual([
    ['2027-05-04', '2027-05-04'],
    ['2027-05-12', '2027-05-12'],
  ])
})

test('a company that closed still receives what it gave before: the association signs alone', async () => {
  season.goTo('2027-05-13T18:00:00Z')
  await worked(season, mission.id, accounts, { day: '2027-05-13', hours: 1 })
  done(await declare())
  await season.world.house.db
    .updateTable('memberships')
    .set({ endedAt: new Date('2027-05-14T08:00:00Z') })
    .where('organisationId', '=', mission.companyId)
    .execute()
  season.goTo('2027-05-15T08:00:00Z')
  done(await issue())
  expect((await issuedDays()).length).toBe(3)
})
