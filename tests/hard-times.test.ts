import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents } from '#kit'
import { ledgerFaults, totalOf } from '#ledger'
import {
  acceptCandidacy,
  answerEntries,
  applyToMission,
  approveAbsence,
  approveEntries,
  endMission,
  lockedEntries,
  remindAnswers,
  withdrawCandidacy,
} from '#missions'
import { pledgesOf, withdrawPledge } from '#pledges'
import { declareValuation, issueReceipt } from '#receipts'
import type { PersonKey } from './cast.ts'
import { accounts, enter, missionOf, published, running, type Season, worked } from './missions.ts'
import { codesOf, done } from './season.ts'

// What a season goes through when people and companies let it down: the hours still add up.

const EMPLOYEE = 'ines'
let season: Season
beforeAll(async () => {
  season = await published()
})
afterAll(() => season.world.house.close())

const faults = () =>
  season.world.as('claire', ({ tx, territory }) => ledgerFaults(tx, territory.id))

test('a manager frees somebody at the very moment when they step back: one of the two stands', async () => {
  const { world: valmont } = season
  const { id } = await missionOf(season, 'foodBank')
  const employeeId = valmont.cast.people[EMPLOYEE].id
  const qualification = 'Comptable'
  done(await valmont.as(EMPLOYEE, (place) => applyToMission(place, id, { qualification })))
  done(await valmont.as('amina', (place) => acceptCandidacy(place, id, { employeeId })))
  const [freed, back] = await Promise.all([
    valmont.as('hugo', (place) => approveAbsence(place, id)),
    valmont.as(EMPLOYEE, (place) => withdrawCandidacy(place, id)),
  ])
  const { chosen } = await missionOf(season, 'foodBank')
  // Stepping back after a yes takes the yes back; freeing somebody who has left is refused in words.
  done(back)
  expect(chosen).toBeUndefined()
  if ('refusals' in freed) expect(codesOf(freed)).toEqual(['missions:refused.noCandidate'])
  expect(await faults()).toEqual([])
})

test('a company that closes: what was worked is valued and receipted, the rest goes back, nothing is lost', async () => {
  const { world: valmont, campaign } = season
  const { id, pledgeId, agreedMinutes } = await missionOf(season, 'foodBank')
  await running(season, id, accounts)
  await worked(season, id, accounts, { day: '2027-05-04', hours: 7 })
  const waiting = await enter(season, id, accounts, { day: '2027-05-05', hours: 2 })
  const reason = 'Liquidation judiciaire'
  const pledge = async () => {
    const all = await valmont.as('claire', ({ tx }) => pledgesOf(tx, campaign))
    return all.find((one) => one.id === pledgeId)
  }
  // Hours given to a mission are no longer the company's to take: it ends the mission first.
  expect(
    codesOf(await valmont.as('hugo', (place) => withdrawPledge(place, pledgeId, { reason }))),
  ).toHaveLength(1)
  // Nor does it end while somebody's hours wait for a word: they would be lost.
  expect(codesOf(await valmont.as('hugo', (place) => endMission(place, id, { reason })))).toEqual([
    'missions:refused.hoursOnTheirWay',
  ])
  const answer = { outcome: 'confirmed' as const, entryIds: [waiting] }
  done(await valmont.as('amina', (place) => answerEntries(place, id, answer)))
  done(await valmont.as('hugo', (place) => approveEntries(place, id, { entryIds: [waiting] })))
  done(await valmont.as('hugo', (place) => endMission(place, id, { reason })))
  const held = (kind: 'COMMITTED' | 'DONE' | 'RECEIPTED') =>
    valmont.as('claire', ({ tx, territory }) =>
      totalOf(tx, territory.id, campaign.id, 'hours', kind),
    )
  expect(agreedMinutes).toBeGreaterThan(9n * 60n)
  expect(await held('DONE')).toBe(9n * 60n)
  const cost = { hourlyCostCents: cents(38_50), legalForm: 'SARL' }
  done(await valmont.as('hugo', (place) => declareValuation(place, id, cost)))
  const signing = { capacity: 'Présidente', category: 'freeAid' as const, categoryLabel: '' }
  done(await valmont.as('amina', (place) => issueReceipt(place, id, signing)))
  expect(await held('RECEIPTED')).toBe(9n * 60n)
  expect((await pledge())?.freeMinutes).toBeGreaterThan(0n)
  expect(await faults()).toEqual([])
})

test('a company that vanished: after a month the commune counts what was confirmed, and no receipt does', async () => {
  const { world: valmont, campaign, goTo } = season
  const three = { employee: 'tom', company: 'sarah', association: 'luc' } as const
  const { id } = await missionOf(season, 'band')
  await running(season, id, three)
  const entryId = await enter(season, id, three, { day: '2027-05-04', hours: 3 })
  const answer = { outcome: 'confirmed' as const, entryIds: [entryId] }
  done(await valmont.as('luc', (place) => answerEntries(place, id, answer)))
  const post = async (person: PersonKey, reason: string) =>
    (await valmont.browser(person)).post(`/valmont/missions/${id}/stand-in`, {
      standInReason: reason,
    })
  const done3 = () =>
    valmont.as('claire', ({ tx, territory }) =>
      totalOf(tx, territory.id, campaign.id, 'hours', 'DONE'),
    )
  const before = await done3()
  // Reminded meanwhile, the company has a month to answer.
  goTo('2027-05-14T08:00:00Z')
  await remindAnswers(valmont.house, new Date('2027-05-14T12:00:00Z'))
  const { email } = valmont.cast.people.sarah
  const mails = await valmont.house.db.selectFrom('outbox').selectAll().execute()
  expect(
    mails.filter((one) => one.recipient === email && /des heures à approuver/.test(one.subject)),
  ).toHaveLength(1)
  const early = await post('claire', 'Société radiée')
  expect(early.status).toBe(422)
  expect(await early.text()).toContain('a encore le temps')
  goTo('2027-06-12T08:00:00Z')
  expect((await post('luc', 'Société radiée')).status).toBe(403)
  expect((await post('claire', ' ')).status).toBe(422)
  expect((await post('claire', 'Société radiée')).status).toBe(303)
  expect((await done3()) - before).toBe(180n)
  expect((await post('claire', 'Société radiée')).status).toBe(422)
  const locked = () => valmont.as('luc', ({ tx, territory }) => lockedEntries(tx, territory.id, id))
  expect(await locked()).toEqual([])
  expect(await faults()).toEqual([])
  // It comes back after all: its word makes them its gift, and counts them no second time.
  const page = await (await (await valmont.browser('sarah')).get(`/valmont/missions/${id}`)).text()
  expect(page).toContain('comptée sans l’entreprise')
  done(await valmont.as('sarah', (place) => approveEntries(place, id, { entryIds: [entryId] })))
  expect(await locked()).toHaveLength(1)
  expect((await done3()) - before).toBe(180n)
  expect(await faults()).toEqual([])
})
