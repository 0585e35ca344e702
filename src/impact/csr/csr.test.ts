import { afterAll, beforeAll, expect, test } from 'vitest'
import { answerEntries, type Mission } from '#missions'
import type { PersonKey } from '../../../tests/cast.ts'
import {
  accounts,
  enter,
  missionOf,
  published,
  running,
  type Season,
  worked,
} from '../../../tests/missions.ts'
import { done } from '../../../tests/season.ts'
import type { GiftHours } from './figures.ts'
import { csrFigures } from './store.ts'

let season: Season
let mission: Mission
beforeAll(async () => {
  season = await published()
  mission = await missionOf(season, 'foodBank')
  await atSite(mission.pledgeId, 'Siège ; Les Tanneries')
  await running(season, mission.id, accounts)
})
afterAll(() => season.world.house.close())

const together = 'Plusieurs sites, sans préciser lequel : Siège ; Les Tanneries'

async function atSite(pledgeId: string, sites: string) {
  const { house, cast } = season.world
  const conditions = { sites, preferredCauses: [], excludedCauses: [] }
  await house.db
    .insertInto('pledgeConditions')
    .values({ territoryId: cast.territory.id, pledgeId, ...conditions })
    .execute()
}

async function read(person: PersonKey | undefined, path = '/valmont/2027/csr') {
  const answer = await (await season.world.browser(person)).get(path)
  return { status: answer.status, text: await answer.text() }
}

/** The lines of the exported table, without its heading. */
async function lines(person: PersonKey): Promise<string[]> {
  const { text } = await read(person, '/valmont/2027/csr/hours.csv')
  return text.replaceAll('\u00a0', ' ').trim().split('\r\n').slice(1)
}

async function answer(entry: { day: string; hours: number }, outcome: 'confirmed' | 'disputed') {
  const entryIds = [await enter(season, mission.id, accounts, entry)]
  const said =
    outcome === 'disputed'
      ? { outcome, entryIds, reason: 'Personne n’est venu.' }
      : { outcome, entryIds }
  done(await season.world.as('amina', (place) => answerEntries(place, mission.id, said)))
}

test('before an hour is confirmed there is nothing to quote', async () => {
  await enter(season, mission.id, accounts, { day: '2027-04-20', hours: 2 })
  const { text } = await read('hugo')
  expect(text).toContain('aucune heure n’est encore confirmée')
  expect(text).not.toContain('<blockquote>')
})

test('promised, allocated, done, confirmed, left: by skill, by site, by month', async () => {
  await worked(season, mission.id, accounts, { day: '2027-05-04', hours: 7 })
  await worked(season, mission.id, accounts, { day: '2027-05-06', hours: 3.5 })
  await answer({ day: '2027-04-21', hours: 1 }, 'confirmed')
  await answer({ day: '2027-04-22', hours: 4 }, 'disputed')
  const all = await lines('hugo')
  // Contested hours count nowhere; those that wait for a word are done, not confirmed.
  const done = '13.5;10.5'
  expect(all).toContain(`Compétence;Finance et comptabilité;;40;30;${done};26.5`)
  expect(all).toContain(`Site;"${together}";;40;30;${done};26.5`)
  expect(all.filter((line) => line.startsWith('Mois'))).toEqual([
    'Mois;2027-04;2027-04;;;3;0;',
    'Mois;2027-05;2027-05;;;10.5;10.5;',
  ])
})

test('the months add up to what the missions and the ledger hold', async () => {
  const { months, total } = await season.world.as('hugo', ({ tx }) =>
    csrFigures(tx, season.campaign, mission.companyId),
  )
  const sum = (values: bigint[]) => values.reduce((whole, value) => whole + value, 0n)
  expect(sum(months.map(({ doneMinutes }) => doneMinutes))).toBe(total.doneMinutes)
  expect(sum(months.map(({ confirmedMinutes }) => confirmedMinutes))).toBe(total.confirmedMinutes)
})

test('of several sites, hours stand together until the company says from which; each table adds up', async () => {
  const place = async (person: PersonKey, site: string) =>
    (await season.world.browser(person)).post('/valmont/2027/csr/sites', {
      [`site-${mission.id}`]: site,
    })
  expect((await place('hugo', 'les tanneries')).status).toBe(303)
  expect(await lines('hugo')).toEqual(
    expect.arrayContaining([
      'Site;Les Tanneries;;30;30;13.5;10.5;16.5',
      `Site;"${together}";;10;0;0;0;10`,
      'Site et mois;Les Tanneries;2027-04;;;3;0;',
      'Site et mois;Les Tanneries;2027-05;;;10.5;10.5;',
    ]),
  )
  const figures = await season.world.as('hugo', ({ tx }) =>
    csrFigures(tx, season.campaign, mission.companyId),
  )
  for (const list of [figures.families, figures.sites])
    expect(summed(list)).toEqual(measuresOf(figures.total))
  const months = figures.siteMonths.map(({ doneMinutes }) => doneMinutes)
  expect(months.reduce((whole, value) => whole + value, 0n)).toBe(figures.total.doneMinutes)
  // No other company's mission is moved, nor to a site that the promise does not name.
  await place('sarah', 'Siège')
  await place('hugo', 'Siège')
  await place('hugo', 'Paris')
  expect((await lines('hugo')).filter((line) => line.startsWith('Site;'))).toHaveLength(1)
})

const measuresOf = ({ promisedMinutes, allocatedMinutes, ...rest }: GiftHours) => [
  promisedMinutes,
  allocatedMinutes,
  rest.doneMinutes,
  rest.confirmedMinutes,
  rest.leftMinutes,
]

function summed(list: GiftHours[]): bigint[] {
  const none = [0n, 0n, 0n, 0n, 0n]
  return list.reduce<bigint[]>(
    (sums, one) => sums.map((sum, rank) => sum + (measuresOf(one)[rank] ?? 0n)),
    none,
  )
}

test('what may be quoted is counted on confirmed hours alone, rounded down, with its source', async () => {
  const text = (await read('hugo')).text.replaceAll('\u00a0', ' ')
  for (const said of [
    'Cabinet Aubry Conseil a offert 10 h 30 de travail de ses équipes à une association',
    'l’équivalent de 1,5 journée de travail',
    'Finance et comptabilité (10 h 30)',
    '26 % sont faites et confirmées',
    'Source : registre des heures',
  ])
    expect(text).toContain(said)
  expect(text.match(/<blockquote>/g)?.length).toBe(text.match(/<figcaption/g)?.length)
})

test('no name of an employee; each company reads its own; nobody else reads any', async () => {
  expect((await read('hugo')).text).not.toContain('Inès')
  const other = await read('sarah')
  expect(other.text).not.toContain('Aubry')
  expect(other.text).not.toContain('Tanneries')
  expect((await lines('sarah')).join()).not.toContain('Finance')
  for (const [person, status] of [
    ['claire', 403],
    ['amina', 403],
    ['ines', 403],
    [undefined, 303],
  ] as const)
    expect([person, (await read(person)).status]).toEqual([person, status])
})

test('the same table for each spreadsheet; a season that does not exist is no page', async () => {
  for (const format of ['csv', 'xlsx', 'ods'])
    expect((await read('hugo', `/valmont/2027/csr/hours.${format}`)).status).toBe(200)
  expect((await read('hugo', '/valmont/2031/csr')).status).toBe(404)
})
