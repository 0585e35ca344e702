import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccountKind, ledgerFaults, totalOf } from '#ledger'
import {
  accounts,
  approved,
  missionOf,
  published,
  type Season,
  terms,
} from '../../tests/missions.ts'
import type { Mission } from './index.ts'

let season: Season
let mission: Mission
beforeAll(async () => {
  season = await published()
  mission = await missionOf(season, 'foodBank')
  await approved(season, mission.id, accounts)
})
afterAll(() => season.world.house.close())

const held = (kind: AccountKind) =>
  season.world.as('claire', ({ tx, territory }) =>
    totalOf(tx, territory.id, season.campaign.id, 'hours', kind),
  )
async function press(person: 'ines' | 'hugo' | 'amina', path: string, form = {}) {
  const browser = await season.world.browser(person)
  const answer = await browser.post(`/valmont/missions/${mission.id}/${path}`, form)
  return { status: answer.status, page: await answer.text() }
}

test('staff lent at cost: the law’s own contents, an agreement of three, and the hours back to the pledge', async () => {
  season.goTo('2027-04-01T08:00:00Z')
  const { tasks, places, schedule, companyReferent, associationReferent } = terms
  // Longer than a free secondment may last: L.8241-3 does not bind a loan, the season does.
  const typed = {
    ...{ route: 'loan', places, schedule, companyReferent, associationReferent },
    ...{ tasks: tasks.join('\n'), startsOn: '2027-04-01', endsOn: '2027-10-31' },
  }
  const refused = await press('hugo', 'agreement', typed)
  expect(refused.status).toBe(422)
  for (const field of ['costRule', 'lenderCouncil', 'userCouncil'])
    expect(refused.page).toContain(`href="#${field}"`)
  const loan = {
    costRule: 'Coût chargé réel, au prorata',
    lenderCouncil: 'consulted',
    userCouncil: 'none',
  }
  expect((await press('hugo', 'agreement', { ...typed, ...loan })).status).toBe(303)
  const [allocated, confirmed] = [await held('ALLOCATED'), await held('CONFIRMED')]
  for (const person of ['amina', 'ines', 'hugo'] as const)
    expect((await press(person, 'signatures', { capacity: 'Gérant' })).status).toBe(303)
  expect(await held('ALLOCATED')).toBe(allocated - mission.agreedMinutes)
  expect(await held('CONFIRMED')).toBe(confirmed + mission.agreedMinutes)
  expect(await held('COMMITTED')).toBe(0n)
  const page = await (
    await (await season.world.browser('ines')).get(`/valmont/missions/${mission.id}`)
  ).text()
  expect(page).toContain('Prêt à prix coûtant signé')
  expect(page).toContain('agreement.pdf')
  // No gift: neither hours nor three questions about them, and no receipt.
  season.goTo('2027-05-10T08:00:00Z')
  const hours = { day: '2027-05-04', workedMinutes: '60', note: 'Comptes' }
  expect((await press('ines', 'hours', hours)).status).toBe(422)
  expect(page).not.toContain(`/missions/${mission.id}/review`)
  const faults = await season.world.as('claire', ({ tx, territory }) =>
    ledgerFaults(tx, territory.id),
  )
  expect(faults).toEqual([])
})
