import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cents, formatEuros } from '#kit'
import { found, type Role, territoryBySlug } from '#people'
import { type Route, routesOf } from '../../src/web/access.ts'
import { organisations, type PersonKey, people } from '../cast.ts'
import { playDemo } from '../demo.ts'
import { openHouse, type TestHouse } from '../house.ts'
import {
  type Ask,
  addressesFor,
  addressesOf,
  asker,
  type Commune,
  idsOf,
  rowCounts,
} from './asking.ts'
import { type Table, tablesOf } from './schema.ts'

// Inside one commune: what is another organisation's, asked for by its real address.

let house: TestHouse
let routes: Route[]
let tables: Table[]
let valmont: Commune
let ownersOf: Map<string, string[]>
let players: Map<PersonKey, { organisationId: string; role: Role; ask: Ask }>
beforeAll(async () => {
  house = await openHouse()
  await playDemo(house)
  routes = routesOf(house.app)
  tables = await tablesOf(house.db)
  const { id, slug } = found(await territoryBySlug(house.db, 'valmont'))
  const seasons = await house.db
    .selectFrom('campaigns')
    .select('year')
    .where('territoryId', '=', id)
    .execute()
  const years = seasons.map(({ year }) => year)
  valmont = { slug, years, ids: await idsOf(house.db, tables, id) }
  ownersOf = await owners()
  players = await signedIn()
})
afterAll(() => house.close())

/** Whose each row is: the companies and associations that may open it by its id. */
async function owners(): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; owners: string[] }>`
    select id, array[company_id] as owners from pledges
    union all select id, array[association_id] from applications
    union all select p.id, array[a.association_id] from application_pieces p
      join applications a on a.id = p.application_id
    union all select id, array[association_id] from awards
    union all select id, array[association_id, company_id] from missions
    union all select id, array[association_id, company_id] from gift_receipts`.execute(house.db)
  return new Map(rows.map(({ id, owners }) => [id, owners]))
}

async function signedIn() {
  const known = new Map<PersonKey, { organisationId: string; role: Role; ask: Ask }>()
  for (const [key, { of, role }] of entriesOf(people)) {
    const { id: organisationId } = await house.db
      .selectFrom('organisations')
      .select('id')
      .where('name', '=', organisations[of].name)
      .executeTakeFirstOrThrow()
    known.set(key, { organisationId, role, ask: await asker(house, `${key}@exemple.org`) })
  }
  return known
}

/** The commune as seen from outside an organisation: ids of the rows that are not its own. */
function foreignTo(organisationId: string): Commune {
  const isForeign = (id: string) => !(ownersOf.get(id) ?? []).includes(organisationId)
  const ids = [...valmont.ids].map(
    ([table, all]) => [table, all.filter(isForeign)] as [string, string[]],
  )
  return { ...valmont, ids: new Map(ids) }
}

const isOfCommune = (role: Role) => role.startsWith('municipality')
const outsiders = entriesOf(people).flatMap(([key, { role }]) => (isOfCommune(role) ? [] : [key]))

/** What the council decided is published whole, so that anybody computes it again; its ids open nothing, as is tested here. */
const publishedSplit = /^\/valmont\/\d{4}\/(problem|result)\.json$/

/** Files whose address names nobody: whoever asks reads the figures of their own organisation, or an empty model. What they tell is read below. */
const ownFigures =
  /^\/valmont\/\d{4}\/(csr\/hours|contributions\/contributions|pledges\/model)\.\w+$/

/** Missions that look for somebody are called for in public; their door leads whoever is signed in back to that list. */
const publicList = /^\/valmont\/\d{4}\/missions$/
const publicOffer = /^\/valmont\/missions\/[^/]+\/offer$/

test('the season played has rows of several organisations to steal', () => {
  for (const key of outsiders) {
    const { organisationId, role } = found(players.get(key))
    const { ids } = foreignTo(organisationId)
    const table = role.startsWith('company') ? 'pledges' : 'applications'
    expect(ids.get(table)?.length, key).toBeGreaterThan(0)
  }
})

test.each(outsiders)(
  '%s opens or changes nothing that is another organisation’s, with its address in hand',
  async (key) => {
    const withIds = routes.filter(({ path }) => /:\w*([iI]d\b|file\{)/.test(path))
    const before = await rowCounts(house.db, tables)
    const { organisationId, role, ask } = found(players.get(key))
    const foreign = foreignTo(organisationId)
    const faults: string[] = []
    let asked = 0
    for (const route of withIds)
      for (const address of addressesFor(role, route, foreign)) {
        if ([publishedSplit, publicOffer, ownFigures].some((known) => known.test(address))) continue
        const { status } = await ask(route.method, address)
        asked += 1
        if (![403, 404].includes(status)) faults.push(`${route.method} ${address} → ${status}`)
      }
    expect(faults).toEqual([])
    expect(asked).toBeGreaterThan(100)
    expect(await rowCounts(house.db, tables)).toEqual(before)
  },
)

test('a piece of another file is not reached through one’s own file', async () => {
  const withPieces = routes.filter(({ path }) => path.includes(':pieceId'))
  const faults: string[] = []
  for (const key of outsiders) {
    const { organisationId, ask } = found(players.get(key))
    const pieces = foreignTo(organisationId).ids.get('application_pieces') ?? []
    const ids = new Map([...valmont.ids, ['application_pieces', pieces]])
    for (const route of withPieces)
      for (const address of addressesOf(route, { ...valmont, ids })) {
        const { status } = await ask(route.method, address)
        if (![403, 404].includes(status))
          faults.push(`${key}: ${route.method} ${address} → ${status}`)
      }
  }
  expect(faults).toEqual([])
})

describe('what a page tells', () => {
  const read: { key: PersonKey | 'stranger'; address: string; text: string }[] = []
  const everyone = ['stranger' as const, ...entriesOf(people).map(([key]) => key)]

  test.each(everyone)('%s reads all they may', async (key) => {
    const player = key === 'stranger' ? undefined : players.get(key)
    const ask = player?.ask ?? (await asker(house))
    const from = read.length
    for (const route of routes.filter(({ method }) => method === 'GET'))
      for (const address of addressesFor(player?.role, route, valmont)) {
        if (!address.startsWith('/valmont') && !address.startsWith('/api')) continue
        const answer = await ask('GET', address)
        if (answer.status === 200) read.push({ key, address, text: await answer.text() })
      }
    expect(read.length).toBeGreaterThan(from)
  })

  test('no page of an organisation carries an id of what it may not open', () => {
    const faults: string[] = []
    for (const { key, address, text } of read) {
      const player = key === 'stranger' ? undefined : players.get(key)
      if (player && isOfCommune(player.role)) continue
      if (publishedSplit.test(address) || publicList.test(address)) continue
      for (const [id, theirs] of ownersOf)
        if (text.includes(id) && !theirs.includes(player?.organisationId ?? ''))
          faults.push(`${key}: ${address} shows ${id}`)
    }
    expect(faults).toEqual([])
  })

  test('pages open to all name no person', () => {
    const names = Object.values(people).map(({ name }) => name)
    const faults = read
      .filter(({ key }) => key === 'stranger')
      .flatMap(({ address, text }) =>
        names.filter((name) => text.includes(name)).map((name) => `${address}: ${name}`),
      )
    expect(faults).toEqual([])
  })

  test('what an hour costs a company is on no page but its own', async () => {
    const prices = await house.db
      .selectFrom('costPrices')
      .select(['companyId', 'hourlyCostCents'])
      .execute()
    expect(prices.length).toBeGreaterThan(0)
    const faults: string[] = []
    for (const { companyId, hourlyCostCents } of prices) {
      const written = [formatEuros(cents(hourlyCostCents)), `"${hourlyCostCents}"`]
      for (const { key, address, text } of read) {
        const isTheirs = key !== 'stranger' && players.get(key)?.organisationId === companyId
        const shown = written.filter((price) => text.includes(price))
        if (!isTheirs && shown.length > 0) faults.push(`${key}: ${address} shows ${shown.join()}`)
      }
    }
    expect(faults).toEqual([])
  })

  test('the employees of a company are named to it and to the association they serve, or offer to, alone', async () => {
    const served = await sql<{ name: string; parties: string[] }>`
      select p.name, array_agg(m.company_id) || array_agg(m.association_id) as parties
      from (select mission_id, employee_id from mission_agreements
            union select mission_id, employee_id from candidacies) a
      join missions m on m.id = a.mission_id
      join people p on p.id = a.employee_id group by p.name`.execute(house.db)
    expect(served.rows.length).toBeGreaterThan(0)
    const faults: string[] = []
    for (const { name, parties } of served.rows)
      for (const { key, address, text } of read) {
        const organisationId = key === 'stranger' ? '' : (players.get(key)?.organisationId ?? '')
        if (text.includes(name) && !parties.includes(organisationId))
          faults.push(`${key}: ${address} names ${name}`)
      }
    expect(faults).toEqual([])
  })
})

test('an elected member who has declared an interest reads and marks nothing of that file', async () => {
  const { interests, nadia } = await interestsOfNadia()
  expect(interests.length).toBeGreaterThan(0)
  for (const { applicationId, projectTitle } of interests) {
    const file = `/valmont/applications/${applicationId}`
    const page = await nadia('GET', `${file}/review`)
    expect(page.status).toBe(403)
    expect(await page.text()).not.toContain(projectTitle)
    expect((await nadia('POST', `${file}/marks`)).status).toBe(403)
    for (const piece of valmont.ids.get('application_pieces') ?? [])
      expect([403, 404]).toContain((await nadia('GET', `${file}/review/pieces/${piece}`)).status)
  }
})

async function interestsOfNadia() {
  const interests = await house.db
    .selectFrom('declaredInterests as i')
    .innerJoin('applications as a', 'a.associationId', 'i.associationId')
    .innerJoin('applicationDeposits as d', 'd.applicationId', 'a.id')
    .select(['a.id as applicationId', 'a.projectTitle'])
    .execute()
  return { interests, nadia: found(players.get('nadia')).ask }
}

function entriesOf<Key extends string, Value>(record: Record<Key, Value>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][]
}
