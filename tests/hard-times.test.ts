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
  withdrawCandidacy,
} from '#missions'
import { pledgesOf, withdrawPledge } from '#pledges'
import { declareValuation, issueReceipt } from '#receipts'
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
