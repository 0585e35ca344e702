import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minutes, sumMinutes } from '#kit'
import type { PersonKey } from '../../tests/cast.ts'
import { applicants } from '../../tests/council.ts'
import { missionOf, published, type Season, terms } from '../../tests/missions.ts'
import type { Mission } from './index.ts'
import { sharedOut } from './rules/index.ts'

// A half-day shared: the food bank and the band are helped by the same accountant of the same company.

let season: Season
let bank: Mission
let band: Mission
beforeAll(async () => {
  season = await published((campaign) => {
    const { foodBank, band: music, ...others } = applicants(campaign)
    if (!foodBank || !music) throw new Error('the two associations apply')
    return {
      ...others,
      foodBank,
      band: { ...music, draft: foodBank.draft },
    }
  })
  bank = await missionOf(season, 'foodBank')
  band = await missionOf(season, 'band')
})
afterAll(() => season.world.house.close())

async function press(
  person: PersonKey,
  mission: Mission,
  [path, form = {}]: [path: string, form?: Record<string, string>],
) {
  const browser = await season.world.browser(person)
  const answer = await browser.post(`/valmont/missions/${mission.id}/${path}`, form)
  return { status: answer.status, page: await answer.text() }
}

async function read(person: PersonKey, path: string) {
  const answer = await (await season.world.browser(person)).get(path)
  return { status: answer.status, page: await answer.text() }
}
const pageOf = (mission: Mission) => `/valmont/missions/${mission.id}`

async function mailsTo(person: PersonKey): Promise<string[]> {
  const { email } = season.world.cast.people[person]
  const mails = await season.world.house.db
    .selectFrom('outbox')
    .select('subject')
    .where('recipient', '=', email)
    .orderBy('id')
    .execute()
  return mails.map(({ subject }) => subject)
}

test('nothing is shared before the other association says yes', async () => {
  expect((await read('amina', pageOf(bank))).page).toContain('Harmonie')
  expect((await press('amina', bank, ['sharing', {}])).status).toBe(422)
  // Whoever offered their help before learns that the mission grows.
  expect((await press('ines', band, ['candidacies', { qualification: 'Comptable' }])).status).toBe(
    303,
  )
  expect((await press('amina', bank, ['sharing', { [`with-${band.id}`]: 'yes' }])).status).toBe(303)
  expect((await read('amina', pageOf(bank))).page).toContain('Attendent de répondre')
  expect((await read('ines', '/valmont/2027/missions?mine=yes')).page).not.toContain('Partagée')
  expect((await mailsTo('luc')).at(-1)).toContain('vous propose de partager une mission')
  expect((await read('luc', pageOf(band))).page).toContain('vous propose de partager cette mission')
  // A stranger to both has no say.
  expect((await press('eva', band, ['sharing/answers', { answer: 'yes' }])).status).toBe(404)
  expect((await press('amina', band, ['sharing/answers', { answer: 'yes' }])).status).toBe(404)
})

test('a no, or leaving before anybody is chosen, leaves each as it was; it may be asked anew', async () => {
  const ask = ['sharing', { [`with-${band.id}`]: 'yes' }] as [string, Record<string, string>]
  expect((await press('luc', band, ['sharing/answers', { answer: 'no' }])).status).toBe(303)
  expect((await mailsTo('amina')).at(-1)).toContain('garde sa mission à part')
  expect((await press('luc', band, ['sharing/answers', { answer: 'yes' }])).status).toBe(422)
  expect((await press('amina', bank, ask)).status).toBe(303)
  // Asked already, it is not asked twice.
  expect((await press('amina', bank, ask)).status).toBe(422)
  expect((await press('luc', band, ['sharing/answers', { answer: 'yes' }])).status).toBe(303)
  expect((await missionOf(season, 'foodBank')).shared).toHaveLength(2)
  expect((await press('luc', band, ['sharing/ending'])).status).toBe(303)
  expect((await mailsTo('amina')).at(-1)).toContain('ne partage plus la mission')
  expect((await missionOf(season, 'foodBank')).shared).toBeUndefined()
  expect((await press('luc', band, ['sharing/ending'])).status).toBe(422)
  expect((await press('amina', bank, ask)).status).toBe(303)
})

test('with its yes, an offer made to one is made to all, and one association chooses', async () => {
  expect((await press('luc', band, ['sharing/answers', { answer: 'yes' }])).status).toBe(303)
  expect((await mailsTo('ines')).at(-1)).toMatch(/La mission s’agrandit.*Un budget/)
  expect((await read('amina', pageOf(bank))).page).toContain('Inès Caron')
  const other = await read('luc', pageOf(band))
  expect(other.page).not.toContain('Inès Caron')
  expect(other.page).toContain('choisit la personne pour toutes')
  const employee = season.world.cast.people.ines.id
  const refused = await press('luc', band, ['acceptance', { employee }])
  expect(refused.status).toBe(422)
  expect((await press('luc', band, ['declining', { employee }])).status).toBe(422)
  expect((await press('luc', band, ['order', { [`place-${employee}`]: '1' }])).status).toBe(422)
})

test('the public list shows it once, with both names and all its hours', async () => {
  const { page } = await read('ines', '/valmont/2027/missions')
  expect(page.split(bank.title).length - 1).toBe(1)
  const list = await (await fetchPublic('/valmont/2027/missions')).text()
  expect(list).toMatch(/Banque alimentaire de Valmont et /)
})

async function fetchPublic(path: string) {
  return season.world.house.app.request(path)
}

test('one yes, one absence: both associations are told and may prepare their agreement', async () => {
  const employee = season.world.cast.people.ines.id
  expect((await press('amina', bank, ['acceptance', { employee }])).status).toBe(303)
  expect((await press('hugo', band, ['absence'])).status).toBe(303)
  for (const person of ['luc', 'amina'] as const)
    expect((await mailsTo(person)).at(-1)).toMatch(/Absence accordée/)
  // Chosen for both: nobody leaves any more.
  expect((await press('luc', band, ['sharing/ending'])).status).toBe(422)
})

test('one agreement each, the second starting from the first', async () => {
  season.goTo('2027-04-01T08:00:00Z')
  const { tasks, route, purpose, places, schedule, companyReferent, associationReferent } = terms
  const typed = {
    tasks: tasks.join('\n'),
    ...{ startsOn: '2027-04-01', endsOn: '2027-10-31' },
    ...{ route, purpose, places, schedule, companyReferent, associationReferent },
  }
  expect((await press('hugo', bank, ['agreement', typed])).status).toBe(303)
  const second = await read('luc', `${pageOf(band)}/agreement`)
  expect(second.page).toContain('Repris de la convention préparée avec Banque alimentaire')
  expect(second.page).toContain('4 rue des Halles')
  expect(second.page).not.toContain(`value="${associationReferent}"`)
  expect((await press('hugo', band, ['agreement', typed])).status).toBe(303)
  for (const [mission, association] of [
    [bank, 'amina'],
    [band, 'luc'],
  ] as const)
    for (const person of ['ines', association, 'hugo'] as const)
      expect((await press(person, mission, ['signatures', { capacity: 'Gérant' }])).status).toBe(
        303,
      )
  expect((await missionOf(season, 'band')).agreement?.effectiveAt).toBeDefined()
  // Bound by both agreements, the person no longer steps back by a button.
  expect((await press('ines', band, ['withdrawal'])).status).toBe(422)
})

test('an afternoon for both is noted once, and shared out in quarter hours', async () => {
  season.goTo('2027-05-10T08:00:00Z')
  const hours = await read('ines', `${pageOf(bank)}/hours`)
  expect(hours.page).toContain('répartir à parts égales entre Banque alimentaire de Valmont et ')
  const entry = {
    day: '2027-05-04',
    workedMinutes: '225',
    note: 'Atelier à deux',
    startsAt: '09:00',
    isForAll: 'yes',
  }
  expect((await press('ines', bank, ['hours', entry])).status).toBe(303)
  const [first, second] = [await missionOf(season, 'foodBank'), await missionOf(season, 'band')]
  expect([first.waitingMinutes, second.waitingMinutes].sort()).toEqual([105n, 120n])
  // One after the other: neither overlaps, and the evening may still be noted.
  expect((await read('ines', pageOf(bank))).page).toContain('à partir de 09:00')
  expect((await read('ines', pageOf(band))).page).toMatch(/à partir de 1[01]:/)
  // The law counts the person's whole day, over both.
  const long = { ...entry, workedMinutes: '420' }
  const refused = await press('ines', band, ['hours', long])
  expect(refused.status).toBe(422)
  expect(refused.page.split('L.3121-18').length - 1).toBeLessThanOrEqual(2)
  expect((await missionOf(season, 'foodBank')).waitingMinutes).toBe(first.waitingMinutes)
  // Each association confirms its own part, and that alone.
  const { page } = await read('luc', pageOf(band))
  const entries = /name="entries" value="([^"]+)"/.exec(page)?.[1] ?? ''
  expect((await press('luc', band, ['confirmations', { entries }])).status).toBe(303)
  expect((await missionOf(season, 'band')).confirmedMinutes).toBe(second.waitingMinutes)
  expect((await missionOf(season, 'foodBank')).confirmedMinutes).toBe(0n)
})

test('one association may stop: the other goes on with its own hours', async () => {
  const { page } = await read('amina', pageOf(bank))
  const entries = /name="entries" value="([^"]+)"/.exec(page)?.[1] ?? ''
  expect((await press('amina', bank, ['confirmations', { entries }])).status).toBe(303)
  expect((await press('hugo', bank, ['approvals', { entries }])).status).toBe(303)
  const stop = { endingReason: 'Déménagement' }
  expect((await press('amina', bank, ['ending', stop])).status).toBe(303)
  const entry = { day: '2027-05-05', workedMinutes: '60', note: 'Suite', isForAll: 'yes' }
  expect((await press('ines', band, ['hours', entry])).status).toBe(303)
  expect((await missionOf(season, 'band')).waitingMinutes).toBe(60n)
})

test('whatever is noted is shared out whole, in quarter hours, nobody over what is left', () => {
  const quarters = (max: number) => fc.integer({ min: 0, max }).map((count) => minutes(count * 15))
  fc.assert(
    fc.property(
      quarters(40),
      fc.array(quarters(60), { minLength: 1, maxLength: 5 }),
      (worked, left) => {
        const portions = sharedOut(worked, left)
        expect(sumMinutes(portions)).toBe(worked)
        if (sumMinutes(left) < worked) return
        for (const [rank, portion] of portions.entries()) {
          expect(portion % 15n).toBe(0n)
          expect(portion <= (left[rank] ?? 0n)).toBe(true)
        }
        // Where nobody runs short, parts differ by a quarter of an hour at most.
        const sorted = [...portions].sort((a, b) => Number(a - b))
        const isAmple = left.every((most) => most >= worked)
        if (isAmple) expect((sorted.at(-1) ?? 0n) - (sorted[0] ?? 0n) <= 15n).toBe(true)
      },
    ),
  )
})
