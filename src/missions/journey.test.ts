import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AccountKind, totalOf } from '#ledger'
import type { PersonKey } from '../../tests/cast.ts'
import { missionOf, published, type Season, terms } from '../../tests/missions.ts'
import { lockedEntries, type Mission } from './index.ts'

let season: Season
let mission: Mission
let home: string
beforeAll(async () => {
  season = await published()
  mission = await missionOf(season, 'foodBank')
  home = `/valmont/missions/${mission.id}`
})
afterAll(() => season.world.house.close())

async function press(person: PersonKey, path: string, form: Record<string, string> = {}) {
  const answer = await (await season.world.browser(person)).post(`${home}/${path}`, form)
  return answer.status
}

async function read(person: PersonKey, path = home) {
  const answer = await (await season.world.browser(person)).get(path)
  return { status: answer.status, page: await answer.text() }
}

function held(kind: AccountKind): Promise<bigint> {
  return season.world.as('claire', ({ tx, territory }) =>
    totalOf(tx, territory.id, season.campaign.id, 'hours', kind),
  )
}

async function mailTo(person: PersonKey): Promise<string> {
  const { email } = season.world.cast.people[person]
  const mails = await season.world.house.db
    .selectFrom('outbox')
    .selectAll()
    .where('recipient', '=', email)
    .orderBy('id', 'desc')
    .execute()
  return mails[0]?.body ?? ''
}

const { tasks, companyReferent, associationReferent, route, purpose, places, schedule } = terms
const typedTerms = {
  tasks: tasks.join('\n'),
  startsOn: '2027-04-01',
  endsOn: '2027-10-31',
  ...{ companyReferent, associationReferent, route, purpose, places, schedule },
}

test('an employee offers their help on a phone, the association says yes, the company frees them', async () => {
  expect((await read('ines', '/valmont/2027/missions')).page).toContain(mission.title)
  expect(await press('ines', 'candidacies', { qualification: ' ' })).toBe(422)
  expect(await press('ines', 'candidacies', { qualification: 'Comptable' })).toBe(303)
  // Before the association's yes, an offer is not the employer's business.
  expect((await read('hugo')).page).not.toContain('Inès Caron')
  expect((await read('amina')).page).toContain('Inès Caron')
  const employee = season.world.cast.people.ines.id
  expect(await press('amina', 'acceptance', { employee })).toBe(303)
  expect((await read('hugo')).page).toContain('Inès Caron')
  expect(await press('hugo', 'absence')).toBe(303)
})

test('an agreement without its compulsory contents is refused, with what was typed', async () => {
  season.goTo('2027-04-01T08:00:00Z')
  const browser = await season.world.browser('amina')
  const empty = { ...typedTerms, tasks: ' ', endsOn: 'jamais', schedule: 'le mardi matin' }
  const answer = await browser.post(`${home}/agreement`, empty)
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('R.8241-2')
  expect(page).toContain('tasks-reason')
  expect(page).toContain('value="le mardi matin"')
})

test('the agreement takes effect at the third signature, in any order, and commits the hours', async () => {
  expect(await press('hugo', 'agreement', typedTerms)).toBe(303)
  const allocated = await held('ALLOCATED')
  expect(await press('ines', 'signatures')).toBe(303)
  expect(await press('ines', 'signatures')).toBe(422)
  expect(await press('hugo', 'signatures', { capacity: 'Gérant' })).toBe(303)
  expect(await press('ines', 'hours', { day: '2027-04-01', workedMinutes: '60' })).toBe(422)
  expect(await held('COMMITTED')).toBe(0n)
  expect(await press('amina', 'signatures', { capacity: 'Présidente' })).toBe(303)
  expect(await held('COMMITTED')).toBe(mission.agreedMinutes)
  expect(await held('ALLOCATED')).toBe(allocated - mission.agreedMinutes)
  const pdf = await (await season.world.browser('ines')).get(`${home}/agreement.pdf`)
  expect(Buffer.from(await pdf.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-')
})

test('hours sent twice by an impatient thumb count once', async () => {
  season.goTo('2027-05-10T08:00:00Z')
  const ines = await season.world.browser('ines')
  const form = await (await ines.get(`${home}/hours`)).text()
  const once = /name="once" value="([^"]+)"/.exec(form)?.[1] ?? ''
  const asked = { once, day: '2027-05-04', workedMinutes: '210', note: 'Plan de comptes' }
  for (let time = 0; time < 2; time++)
    expect((await ines.post(`${home}/hours`, asked)).status).toBe(303)
  expect((await missionOf(season, 'foodBank')).waitingMinutes).toBe(210n)
})

test('more than 10 h in a day come back as typed, with the article', async () => {
  const ines = await season.world.browser('ines')
  const asked = { day: '2027-05-04', workedMinutes: '450', note: 'Longue journée' }
  const answer = await ines.post(`${home}/hours`, asked)
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('L.3121-18')
  expect(page).toContain('value="Longue journée"')
})

test('a volunteer without an account confirms by a link; the next page says so', async () => {
  await press('ines', 'hours', { day: '2027-05-05', workedMinutes: '120', note: 'Saisie' })
  expect(await press('ines', 'confirmation-links')).toBe(303)
  expect(await press('ines', 'confirmation-links')).toBe(422)
  const link = /http:\/\/localhost:3000(\/valmont\/confirm\/\S+)/.exec(await mailTo('amina'))?.[1]
  const stranger = await season.world.browser()
  const page = await (await stranger.get(link ?? '')).text()
  expect(page).toContain('Tout est exact')
  const [, wrongEntry = ''] = /<option value="([0-9a-f-]{36})"/.exec(page) ?? []
  const reasonless = await stranger.post(`${link}/disputes`, { entry: wrongEntry, reason: '' })
  expect(reasonless.status).toBe(422)
  const dispute = { entry: wrongEntry, reason: 'Inès est venue une heure' }
  expect((await stranger.post(`${link}/disputes`, dispute)).status).toBe(303)
  expect(await mailTo('ines')).toContain('Inès est venue une heure')

  const rest = await (await stranger.get(link ?? '')).text()
  const entries = /name="entries" value="([^"]+)"/.exec(rest)?.[1] ?? ''
  expect(entries).not.toContain(wrongEntry)
  expect((await stranger.post(`${link}/confirmations`, { entries })).status).toBe(303)
  // The same link again: nothing is answered twice, and it says thank you.
  expect((await stranger.post(`${link}/confirmations`, { entries })).status).toBe(422)
  expect(await (await stranger.get(link ?? '')).text()).toContain('Merci')
})

test('hours disputed are free again: the employee enters them anew', async () => {
  const before = await missionOf(season, 'foodBank')
  expect(before.waitingMinutes).toBe(0n)
  expect(await press('ines', 'hours', { day: '2027-05-05', workedMinutes: '60' })).toBe(303)
  expect((await missionOf(season, 'foodBank')).waitingMinutes).toBe(60n)
})

test('the company approves what is confirmed: locked, and done in the ledger', async () => {
  const page = (await read('hugo')).page
  const entries = /approvals.*?name="entries" value="([^"]+)"/s.exec(page)?.[1] ?? ''
  expect(await press('hugo', 'approvals', { entries })).toBe(303)
  expect(await press('hugo', 'approvals', { entries })).toBe(422)
  const locked = await season.world.as('hugo', ({ tx, territory }) =>
    lockedEntries(tx, territory.id, mission.id),
  )
  const done = locked.reduce((sum, { workedMinutes }) => sum + workedMinutes, 0n)
  expect(done).toBeGreaterThan(0n)
  expect(await held('DONE')).toBe(done)
  expect(await held('COMMITTED')).toBe(mission.agreedMinutes - done)
})

test('the commune sees hours by company and family, never a name nor a note', async () => {
  for (const path of ['/valmont/2027/missions', home]) {
    const { status, page } = await read('claire', path)
    expect(status).toBe(200)
    expect(page).toContain('Cabinet Aubry Conseil')
    expect(page).not.toContain('Inès Caron')
    expect(page).not.toContain('Plan de comptes')
  }
  expect((await read('claire', `${home}/agreement.pdf`)).status).toBe(404)
})

test('people of another company or association find nothing there', async () => {
  for (const person of ['tom', 'sarah', 'luc'] as const) {
    expect((await read(person)).status).toBe(404)
    expect((await read(person, '/valmont/2027/missions')).page).not.toContain(home)
  }
  expect(await press('tom', 'candidacies', { qualification: 'Développeur' })).toBe(404)
  expect(await press('sarah', 'approvals', { entries: mission.id })).toBe(404)
  expect((await read('tom', `${home}/hours`)).status).toBe(404)
  expect((await read('ines', '/valmont/missions/not-an-id')).status).toBe(404)
})

test('a link too old and one that never was give the same page, which tells nothing', async () => {
  season.goTo('2027-05-11T08:00:00Z')
  expect(await press('ines', 'confirmation-links')).toBe(303)
  const link = /http:\/\/localhost:3000(\/valmont\/confirm\/\S+)/.exec(await mailTo('amina'))?.[1]
  const stranger = await season.world.browser()
  season.goTo('2027-07-01T08:00:00Z')
  const old = await stranger.get(link ?? '')
  const unknown = await stranger.get('/valmont/confirm/never-was')
  expect([old.status, unknown.status]).toEqual([410, 410])
  const bare = (page: string) => page.replace(/confirm(\/|%2F)[^?"]+/g, '')
  const pages = [await old.text(), await unknown.text()].map(bare)
  expect(pages[0]).toBe(pages[1])
  expect(pages[0]).not.toContain(mission.title)
  expect((await stranger.post(`${link}/confirmations`, { entries: 'x' })).status).toBe(410)
})

test('a mission stopped early gives back to the pledge what was not worked', async () => {
  expect(await press('amina', 'ending', { endingReason: 'Projet reporté' })).toBe(422)
  const { page } = await read('amina')
  const entries = /confirmations.*?name="entries" value="([^"]+)"/s.exec(page)?.[1] ?? ''
  await press('amina', 'confirmations', { entries })
  const toApprove = /approvals.*?name="entries" value="([^"]+)"/s.exec((await read('hugo')).page)
  await press('hugo', 'approvals', { entries: toApprove?.[1] ?? '' })
  const [confirmed, left] = [await held('CONFIRMED'), await held('COMMITTED')]
  expect(await press('amina', 'ending', { endingReason: 'Projet reporté' })).toBe(303)
  expect(await held('CONFIRMED')).toBe(confirmed + left)
  expect(await held('COMMITTED')).toBe(0n)
  expect(await press('ines', 'hours', { day: '2027-06-01', workedMinutes: '60' })).toBe(422)
})
