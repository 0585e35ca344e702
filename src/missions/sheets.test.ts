import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { totalOf } from '#ledger'
import type { PersonKey } from '../../tests/cast.ts'
import {
  accounts,
  enter,
  missionOf,
  published,
  running,
  type Season,
  worked,
} from '../../tests/missions.ts'
import { answerDispute, askConfirmations, type Mission } from './index.ts'

let season: Season
let mission: Mission
let home: string
beforeAll(async () => {
  season = await published()
  mission = await missionOf(season, 'foodBank')
  home = `/valmont/missions/${mission.id}`
  await running(season, mission.id, accounts)
})
afterAll(() => season.world.house.close())

async function press(person: PersonKey, path: string, form: Record<string, string> = {}) {
  const answer = await (await season.world.browser(person)).post(`${home}/${path}`, form)
  return { status: answer.status, page: await answer.text() }
}

async function page(person: PersonKey, path = '') {
  return (await (await season.world.browser(person)).get(`${home}${path}`)).text()
}

const held = (kind: 'COMMITTED' | 'DONE') =>
  season.world.as('claire', ({ tx, territory }) =>
    totalOf(tx, territory.id, season.campaign.id, 'hours', kind),
  )

const left = async () => {
  const { agreedMinutes, waitingMinutes, confirmedMinutes, approvedMinutes } = await missionOf(
    season,
    'foodBank',
  )
  return agreedMinutes - waitingMinutes - confirmedMinutes - approvedMinutes
}

async function mails(person: PersonKey): Promise<string[]> {
  const rows = await season.world.house.db
    .selectFrom('outbox')
    .select('body')
    .where('recipient', '=', season.world.cast.people[person].email)
    .orderBy('id')
    .execute()
  return rows.map(({ body }) => body)
}

const queued = {
  once: '0198b0a0-0000-7000-8000-000000000001',
  day: '2027-05-04',
  workedMinutes: '60',
  note: 'Envoyé cinquante fois',
}
const person = () => season.world.cast.people.ines.id

test('the same sheet sent fifty times at once from two phones counts once (KIM-2428, TOF-845)', async () => {
  const phones = [await season.world.browser('ines'), await season.world.browser('ines')]
  const before = await left()
  const sending = Array.from({ length: 25 }, () =>
    phones.map((phone) => phone.post(`${home}/hours/queued`, { ...queued, person: person() })),
  )
  const statuses = (await Promise.all(sending.flat())).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(await left()).toBe(before - 60n)
})

test('the same key with other hours is refused in words, and the first ones are kept', async () => {
  const before = await left()
  const other = { ...queued, workedMinutes: '120', person: person() }
  const ines = await season.world.browser('ines')
  const answer = await ines.post(`${home}/hours/queued`, other)
  expect(answer.status).toBe(422)
  expect(JSON.stringify(await answer.json())).toContain('La première version est gardée')
  const form = await ines.post(`${home}/hours`, other)
  expect(form.status).toBe(422)
  expect(await form.text()).not.toContain(queued.once)
  expect(await left()).toBe(before)
})

test('hours noted by somebody else on the same phone are not sent in this name', async () => {
  const ines = await season.world.browser('ines')
  const asked = { ...queued, once: '0198b0a0-0000-7000-8000-000000000002' }
  const answer = await ines.post(`${home}/hours/queued`, { ...asked, person: 'somebody' })
  expect([answer.status, await answer.json()]).toEqual([409, { isOther: true }])
})

test('a warning is read once, and kept with the entry', async () => {
  const asked = { day: '2027-05-08', workedMinutes: '60', note: 'Victoire' }
  const first = await press('ines', 'hours', asked)
  expect(first.status).toBe(422)
  expect(first.page).toContain('L.3133-1')
  const warnings = /name="warnings" value="([^"]+)"/.exec(first.page)?.[1] ?? ''
  expect(warnings).toBe('saturday,holiday')
  const read = { ...asked, warnings, acknowledged: 'yes' }
  expect((await press('ines', 'hours', read)).status).toBe(303)
  expect(await page('amina')).toContain('un jour férié')
})

test('25 h, tomorrow, and the day after the agreement are refused', async () => {
  for (const asked of [
    { day: '2027-05-05', workedMinutes: '1500' },
    { day: '2027-05-11', workedMinutes: '60' },
    { day: '2027-11-01', workedMinutes: '60' },
  ])
    expect((await press('ines', 'hours', asked)).status).toBe(422)
})

test('the month is asked on its first working day, by one mail, then twice again, never more', async () => {
  const ask = async (instant: string) => {
    season.goTo(instant)
    return askConfirmations(season.world.house, new Date(instant))
  }
  const before = (await mails('amina')).length
  // 1 June 2027 is a Tuesday.
  expect(await ask('2027-05-31T09:00:00Z')).toBe(0)
  expect(await ask('2027-06-01T09:00:00Z')).toBe(1)
  expect(await ask('2027-06-01T10:00:00Z')).toBe(0)
  expect(await ask('2027-06-08T09:00:00Z')).toBe(1)
  expect(await ask('2027-06-15T09:00:00Z')).toBe(1)
  expect(await ask('2027-06-29T09:00:00Z')).toBe(0)
  const told = (await mails('amina')).slice(before)
  expect(told).toHaveLength(3)
  expect(told[0]).toMatch(/2 lignes, 2\sh/)
})

/** The links that Amina was sent, the latest last. */
async function links(): Promise<string[]> {
  const bodies = await mails('amina')
  return bodies.flatMap((body) => /(\/valmont\/confirm\/\S+)/.exec(body)?.[1] ?? [])
}

let proposed: string
test('by the link of the month a volunteer proposes another duration; the employee takes it in one tap', async () => {
  const link = (await links()).at(-1) ?? ''
  const stranger = await season.world.browser()
  const seen = await (await stranger.get(link)).text()
  const lines = [...seen.matchAll(/<option value="([0-9a-f-]{36})"/g)].map(([, id = '']) => id)
  expect(lines).toHaveLength(2)
  proposed = lines[0] ?? ''
  const amended = { entry: proposed, proposed: '45', reason: 'Partie un peu plus tôt' }
  const same = await stranger.post(`${link}/disputes`, { ...amended, proposed: '60' })
  expect(same.status).toBe(422)
  expect((await stranger.post(`${link}/disputes`, amended)).status).toBe(303)
  expect((await mails('ines')).at(-1)).toMatch(/0\sh\s45/)
  expect(await page('ines', '/hours')).toContain('J’accepte 0')
  const before = await left()
  const accept = { entry: proposed, kind: 'accepted' }
  expect((await press('ines', 'dispute-answers', accept)).status).toBe(303)
  expect((await press('ines', 'dispute-answers', accept)).status).toBe(422)
  expect(await left()).toBe(before - 45n)
  expect((await missionOf(season, 'foodBank')).confirmedMinutes).toBe(45n)
})

test('two volunteers at once: the second is told who answered, and sees the list as it stands', async () => {
  const two = (await links()).slice(-2)
  const stranger = await season.world.browser()
  const pages = await Promise.all(two.map((link) => stranger.get(link)))
  const entries = /name="entries" value="([^"]+)"/.exec((await pages[0]?.text()) ?? '')?.[1] ?? ''
  const answers = await Promise.all(
    two.map((link) => stranger.post(`${link}/confirmations`, { entries })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  const told = await answers.find(({ status }) => status === 422)?.text()
  expect(told).toContain('Amina Diallo')
  expect(told).toContain('Merci')
})

test('a link too old gives another to the same mailbox, and tells a stranger nothing', async () => {
  const stranger = await season.world.browser()
  const link = (await links()).at(-1) ?? ''
  season.goTo('2027-08-10T09:00:00Z')
  await enter(season, mission.id, accounts, { day: '2027-08-09', hours: 1 })
  expect((await stranger.get(link)).status).toBe(410)
  const before = (await links()).length
  for (const asked of [link, link, '/valmont/confirm/never-was']) {
    const answer = await stranger.post(`${asked}/renewals`)
    expect(answer.status).toBe(303)
    expect(await (await stranger.get(answer.headers.get('location') ?? '')).text()).toContain(
      'Regardez vos courriels',
    )
  }
  const told = (await links()).slice(before)
  expect(told).toHaveLength(1)
  const [fresh = ''] = told
  expect(await (await stranger.get(fresh)).text()).toContain('Tout est exact')
})

test('a disagreement goes its whole way: answer, maintained, closed by the company without hours', async () => {
  const before = await left()
  const entry = await enter(season, mission.id, accounts, { day: '2027-08-06', hours: 1 })
  const dispute = { entry, reason: 'Personne ce jour-là' }
  expect((await press('amina', 'disputes', dispute)).status).toBe(303)
  // Not their turn yet, in words.
  expect((await press('hugo', 'dispute-mediations', { entry, kind: 'closed' })).status).toBe(422)
  const words = (text: string) => ({ entry, [`words-${entry}`]: text })
  const answer = { ...words('J’y étais, avec Rose'), kind: 'answered' }
  expect((await press('ines', 'dispute-answers', { ...answer, ...words(' ') })).status).toBe(422)
  expect((await press('ines', 'dispute-answers', answer)).status).toBe(303)
  expect((await mails('amina')).at(-1)).toContain('avec Rose')
  const maintained = { ...words('Rose dit que non'), kind: 'maintained' }
  expect((await press('amina', 'dispute-decisions', maintained)).status).toBe(303)
  const forCommune = await page('claire')
  expect(forCommune).toContain('Rose dit que non')
  expect(forCommune).not.toContain('Inès Caron')
  const closed = { ...words('Aucune trace'), kind: 'closed' }
  expect((await press('hugo', 'dispute-mediations', closed)).status).toBe(303)
  expect((await mails('ines')).at(-1)).toContain('retournent à la promesse')
  expect(await left()).toBe(before)
})

test('what a mediator notes as agreed still waits for the association', async () => {
  const entry = await enter(season, mission.id, accounts, { day: '2027-08-05', hours: 1 })
  await press('amina', 'disputes', { entry, reason: 'Moins que cela' })
  season.goTo('2027-08-26T09:00:00Z')
  const agreed = { entry, kind: 'agreed', [`agreed-${entry}`]: '30' }
  const before = (await missionOf(season, 'foodBank')).waitingMinutes
  expect((await press('claire', 'dispute-mediations', agreed)).status).toBe(303)
  expect((await missionOf(season, 'foodBank')).waitingMinutes).toBe(before + 30n)
})

test('an approval is taken back by a reversal; of two at once one wins, the other is told in words', async () => {
  const entry = await worked(season, mission.id, accounts, { day: '2027-08-20', hours: 1 })
  const before = { done: await held('DONE'), committed: await held('COMMITTED') }
  const form = { reversed: entry, reversalReason: 'Mauvais jour' }
  expect((await press('hugo', 'reversals', { ...form, reversalReason: '' })).status).toBe(422)
  const answers = await Promise.all([
    press('hugo', 'reversals', form),
    press('hugo', 'reversals', form),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  expect(answers.find(({ status }) => status === 422)?.page).toContain('a déjà été annulée')
  expect(await held('DONE')).toBe(before.done - 60n)
  expect(await held('COMMITTED')).toBe(before.committed + 60n)
  await expect(
    season.world.as('hugo', ({ tx }) =>
      sql`delete from timesheet_reversals where entry_id = ${entry}`.execute(tx),
    ),
  ).rejects.toThrow()
  expect(await page('hugo')).toContain('approbation annulée')
})

test('a process killed between two statements leaves nothing half', async () => {
  const { db } = season.world.house
  const counts = async () => {
    const { rows } = await sql<{ count: bigint }>`
      select (select count(*) from timesheet_entries) + (select count(*) from idempotency_keys)
           + (select count(*) from timesheet_confirmations) + (select count(*) from dispute_steps)
           + (select count(*) from journal) + (select count(*) from outbox) as count`.execute(db)
    return rows[0]?.count
  }
  const entry = await enter(season, mission.id, accounts, { day: '2027-08-24', hours: 1 })
  await press('amina', 'disputes', { entry, proposed: '30', reason: 'Une demi-heure' })
  const before = await counts()
  await expect(
    season.world.as('ines', async (place) => {
      const word = { entryId: entry, kind: 'accepted' as const, words: '' }
      expect(await answerDispute(place, mission.id, word)).toHaveProperty('id')
      throw new Error('killed before the commit')
    }),
  ).rejects.toThrow('killed')
  expect(await counts()).toBe(before)
  expect((await press('ines', 'dispute-answers', { entry, kind: 'accepted' })).status).toBe(303)
})
