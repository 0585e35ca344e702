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
  const roles = new Map(Object.entries(people).map(([key, { role }]) => [role, key]))

  test('its people find no door open in Valmont', async () => {
    const before = await rowCounts(house.db, tables)
    const faults = await askedFromElsewhere(valmont.slug)
    expect(faults).toEqual([])
    expect(await rowCounts(house.db, tables)).toEqual(before)
  })

  test('its people do not reach Valmont’s rows through their own address', async () => {
    const withIds = routes.filter(({ path }) => /:\w*[iI]d\b/.test(path))
    const faults = await askedFromElsewhere('ailleurs', withIds)
    expect(faults).toEqual([])
  })

  async function askedFromElsewhere(slug: string, asked = routes): Promise<string[]> {
    const faults: string[] = []
    for (const [role, key] of roles) {
      const ask = await asker(house, `${key}@ailleurs.exemple.org`)
      const closed = asked.filter((route) => inCommune(route) && !isOpen(route))
      const theirs = closed.filter(({ who }) => slug === valmont.slug || who.includes(role))
      for (const route of theirs)
        for (const address of addressesFor(role, route, { ...valmont, slug })) {
          const { status } = await ask(route.method, address)
          if (![403, 404].includes(status))
            faults.push(`${key}: ${route.method} ${address} → ${status}`)
        }
    }
    return faults
  }
})

describe('every page, by everyone', () => {
  const pages: { person: string; path: string; address: string; status: number; html: string }[] =
    []
  let before: Record<string, string>
  let after: Record<string, string>
  beforeAll(async () => {
    before = await rowCounts(house.db, tables)
    for (const someone of await everyone()) pages.push(...(await pagesOf(someone)))
    after = await rowCounts(house.db, tables)
  })

  test('no page breaks', () => {
    const broken = pages.filter(({ status }) => status >= 500)
    expect(broken.map(({ person, address }) => `${person} ${address}`)).toEqual([])
  })

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

  test('reading changes nothing', () => expect(after).toEqual(before))

  test('every page is written in strict HTML, with one title', async () => {
    const validator = new HtmlValidate(strict)
    const faults = new Set<string>()
    // Pages that differ by their ids alone have the same faults.
    const distinct = new Map(pages.map((page) => [page.html.replace(/[0-9a-f-]{36}/g, 'id'), page]))
    for (const { address, html } of distinct.values()) {
      if (html === '') continue
      if ((html.match(/<h1[ >]/g) ?? []).length !== 1) faults.add(`${address}: not one h1`)
      const { results } = await validator.validateString(html)
      for (const { messages } of results)
        for (const { ruleId, message, selector } of messages)
          faults.add(`${address}: ${ruleId}: ${message} (${selector})`)
    }
    expect([...faults]).toEqual([])
  })

  type Someone = { person: string; role?: Role; ask: Ask }
  async function everyone(): Promise<Someone[]> {
    const asks: Someone[] = [{ person: 'a stranger', ask: await asker(house) }]
    for (const [person, { role }] of Object.entries(people))
      asks.push({ person, role, ask: await asker(house, `${person}@exemple.org`) })
    return asks
  }

  async function pagesOf({ person, role, ask }: Someone) {
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
