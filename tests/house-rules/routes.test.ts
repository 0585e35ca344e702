import { type ConfigData, HtmlValidate } from 'html-validate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { campaignsOf } from '#campaigns'
import { found, type Role, territoryBySlug } from '#people'
import { inTerritory } from '#platform'
import { type Route, routesOf } from '../../src/web/access.ts'
import { people, settle } from '../cast.ts'
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

let house: TestHouse
let routes: Route[]
let tables: Table[]
let valmont: Commune
beforeAll(async () => {
  house = await openHouse()
  await playDemo(house)
  await settle(house.db, 'ailleurs')
  routes = routesOf(house.app)
  tables = await tablesOf(house.db)
  const { id: territoryId, slug } = found(await territoryBySlug(house.db, 'valmont'))
  const seasons = await inTerritory(house.db, { territoryId }, (tx) => campaignsOf(tx, territoryId))
  const ids = await idsOf(house.db, tables, territoryId)
  valmont = { slug, years: seasons.map(({ year }) => year), ids }
})
afterAll(() => house.close())

const isOpen = ({ who }: Route) => who.includes('public') || who.includes('link')
/** The door of an offer: it leads whoever is signed in to their own mission, or to the public list. */
const leadsToTheList = ({ path }: Route) => path === '/:territory/missions/:id/offer'
const inCommune = ({ path }: Route) => path.startsWith('/:territory')

test('every address says who may take it', () => {
  expect(routes.filter(({ who }) => who.length === 0)).toEqual([])
})

test('a stranger is sent to the sign-in page by every address that is not open', async () => {
  const stranger = await asker(house)
  const faults: string[] = []
  for (const route of routes)
    for (const address of addressesOf(route, valmont)) {
      const answer = await stranger(route.method, address)
      const told = `${route.method} ${address} → ${answer.status}`
      if (answer.status >= 500) faults.push(told)
      if (isOpen(route)) continue
      const isSentAway = answer.headers.get('location')?.startsWith('/sign-in') ?? false
      if (!isSentAway && ![401, 403, 404].includes(answer.status)) faults.push(told)
    }
  expect(faults).toEqual([])
})

describe('another commune', () => {
  // One person a role is enough: all of them have a twin over there.
  const roles = new Map<Role, string>(Object.entries(people).map(([key, { role }]) => [role, key]))

  test.each([...roles])('its %s finds no door open in Valmont', async (role) => {
    const before = await rowCounts(house.db, tables)
    expect(await askedFromElsewhere(role, valmont.slug)).toEqual([])
    expect(await rowCounts(house.db, tables)).toEqual(before)
  })

  test.each([...roles])(
    'its %s does not reach Valmont’s rows by their own address',
    async (role) => {
      const withIds = routes.filter(({ path }) => /:\w*[iI]d\b/.test(path))
      expect(await askedFromElsewhere(role, 'ailleurs', withIds)).toEqual([])
    },
  )

  async function askedFromElsewhere(role: Role, slug: string, asked = routes): Promise<string[]> {
    const faults: string[] = []
    const ask = await asker(house, `${roles.get(role)}@ailleurs.exemple.org`)
    const closed = asked.filter(
      (route) => inCommune(route) && !isOpen(route) && !leadsToTheList(route),
    )
    const theirs = closed.filter(({ who }) => slug === valmont.slug || who.includes(role))
    for (const route of theirs)
      for (const address of addressesFor(role, route, { ...valmont, slug })) {
        const { status } = await ask(route.method, address)
        if (![403, 404].includes(status)) faults.push(`${route.method} ${address} → ${status}`)
      }
    return faults
  }
})

const strict: ConfigData = {
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // How tags are written is the JSX printer's business.
    'doctype-style': 'off',
    'void-style': 'off',
    'attr-quotes': 'off',
    'no-trailing-whitespace': 'off',
    'no-implicit-button-type': 'error',
    'require-sri': 'off',
    'long-title': 'off',
    'no-inline-style': 'off',
  },
}

describe('every page, by everyone', () => {
  const pages: { person: string; path: string; address: string; status: number; html: string }[] =
    []
  type Someone = { person: string; role?: Role; email?: string }
  const everyone: Someone[] = [
    { person: 'a stranger' },
    ...Object.entries(people).map(([person, { role }]) => ({
      person,
      role,
      email: `${person}@exemple.org`,
    })),
  ]

  test.each(everyone)(
    '$person finds no page broken, each in strict HTML, and changes nothing by reading',
    async (one) => {
      const ask = await asker(house, one.email)
      const before = await rowCounts(house.db, tables)
      const seen = await pagesOf(one, ask)
      pages.push(...seen)
      const broken = seen.filter(({ status }) => status >= 500)
      expect(broken.map(({ address }) => address)).toEqual([])
      expect(await rowCounts(house.db, tables)).toEqual(before)
      const faults: string[] = []
      for (const page of seen) faults.push(...(await faultsOf(page)))
      expect(faults).toEqual([])
    },
  )

  test('most pages are there for somebody (the others are told)', () => {
    // Words and secrets that only their holder knows: an asset, a link, a code.
    const isKnown = (path: string) => !/:(name|token|secret|code)/.test(path)
    const readable = routes.filter(({ method, path }) => method === 'GET' && isKnown(path))
    const unread = readable.filter(
      ({ path }) => !pages.some((page) => page.path === path && page.status === 200),
    )
    const told = unread.map(({ path }) => path).join(', ')
    process.stdout.write(`pages that nobody could open in the season of the tests: ${told}\n`)
    expect(unread.length).toBeLessThan(readable.length / 2)
  })

  const validator = new HtmlValidate(strict)
  // Pages that differ by their ids alone have the same faults.
  const validated = new Set<string>()
  async function faultsOf({ address, html }: { address: string; html: string }): Promise<string[]> {
    const alike = html.replace(/[0-9a-f-]{36}/g, 'id')
    if (html === '' || validated.has(alike)) return []
    validated.add(alike)
    const { results } = await validator.validateString(html)
    const faults = results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
    )
    if ((html.match(/<h1[ >]/g) ?? []).length !== 1) faults.push('not one h1')
    return faults.map((fault) => `${address}: ${fault}`)
  }

  async function pagesOf({ person, role }: Someone, ask: Ask) {
    const seen: typeof pages = []
    for (const route of routes.filter(({ method }) => method === 'GET'))
      for (const address of addressesFor(role, route, valmont)) {
        const answer = await ask('GET', address)
        const isHtml = answer.headers.get('content-type')?.startsWith('text/html') ?? false
        const html = isHtml ? await answer.text() : ''
        seen.push({ person, path: route.path, address, status: answer.status, html })
      }
    return seen
  }
})
