import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routesOf } from '../src/web/access.ts'
import { createApp } from '../src/web/index.ts'
import type { PersonKey } from './cast.ts'
import { formsIn, type ShownForm, undoing } from './forms.ts'
import { type Stage, stages } from './hostile/stages.ts'
import { openHouse, type TestHouse } from './house.ts'
import { addressesOf, type Commune, idsOf } from './house-rules/asking.ts'
import { tablesOf } from './house-rules/schema.ts'

// Every form that a page shows, filled in by someone who wants it to break.

const ORIGIN = 'http://localhost:3000'
const OURS = { origin: ORIGIN, host: 'localhost:3000' }

const markup = `<script>alert(1)</script>"'>`
const values = [
  '',
  'x'.repeat(100_000),
  'nul \0 and bell \u0007',
  'half a pair \ud800',
  markup,
  '#set page(width: 1pt)\n#read("/etc/passwd") $x$ `',
  `=cmd|'/C calc'!A0`,
  '-5',
  '1e309',
  'NaN',
  '9999999999999',
  '2147483648',
  '99999999999999999999',
  '0000-00-00',
  '31/02/2027',
  '0001-01-01',
  '9999-12-31',
  '٣',
  '019a0000-0000-7000-8000-000000000000',
  '__proto__',
]

/** A body, and how it calls itself, that no form of ours ever sends. */
const bodies: [told: string, body: string | undefined, type: string | undefined][] = [
  ['nothing', undefined, undefined],
  ['JSON', '{"a":1}', 'application/json'],
  ['XML', '<a/>', 'text/xml'],
  ['a form without its boundary', 'a', 'multipart/form-data'],
  ['a form cut short', '--q\r\nContent-Dis', 'multipart/form-data; boundary=q'],
  ['broken percents', 'a=%E0%A4%A&%=1&b=%00', 'application/x-www-form-urlencoded'],
]

type Attacked = ShownForm & { pattern: string; headers: Headers }

const attacked = new Set<string>()

describe.each(stages)('$name', (stage) => {
  let house: TestHouse
  let app: ReturnType<typeof createApp>
  const shown = new Map<PersonKey, Attacked[]>()
  let faults: string[] = []
  beforeAll(async () => {
    house = await stage.open()
    app = createApp({ ...house, db: undoing(house.db) })
    const addresses = await addressesIn(house, stage)
    for (const person of stage.people) shown.set(person, await formsOf(house, person, addresses))
  })
  afterAll(() => house.close())

  const { parts = 1 } = stage
  const turns = [...Array(parts).keys()]
  test.each(stage.people.flatMap((person) => turns.map((turn) => ({ person, turn }))))(
    'nothing typed in the forms of $person ($turn) breaks a page, or comes back as markup',
    async ({ person, turn }) => {
      const forms = (shown.get(person) ?? []).filter((_, rank) => rank % parts === turn)
      faults = []
      for (const form of forms) await attack(form)
      expect(faults).toEqual([])
    },
  )

  async function attack(form: Attacked): Promise<void> {
    const { fields } = form
    const names = [...new Set(fields.map(([name]) => name))]
    const all = (value: string) => fields.map(([name]) => [name, value])
    for (const [turn, value] of values.entries()) {
      await send(form, `everywhere ${told(value)}`, new URLSearchParams(all(value)))
      // Each field alone meets a third of the values; its neighbours keep what the page proposed.
      for (const [rank, name] of names.entries()) {
        if ((rank + turn) % 3 !== 0 || rank > 11) continue
        const alone = fields.map(([other, kept]) => [other, other === name ? value : kept || '1'])
        await send(form, `${name} ${told(value)}`, new URLSearchParams(alone))
      }
    }
    for (const [told, body, type] of bodies)
      await send(form, told, body, type === undefined ? {} : { 'content-type': type })
    const twice = fields.flatMap(([name, value]) => [
      [name, value],
      [name, '2'],
    ])
    await send(form, 'every field twice', new URLSearchParams(twice))
    const files = new FormData()
    for (const [name] of fields) files.append(name, new File(['%PDF-'], '../\u0007"é.pdf'))
    await send(form, 'a file in every field', files)
  }

  async function send(
    form: Attacked,
    told: string,
    body: URLSearchParams | FormData | string | undefined,
    more: Record<string, string> = {},
  ): Promise<void> {
    const headers = new Headers(form.headers)
    for (const [name, value] of Object.entries(more)) headers.set(name, value)
    const answer = await app.request(`${ORIGIN}${form.action}`, {
      method: 'POST',
      headers,
      ...(body === undefined ? {} : { body }),
    })
    const text = await answer.text()
    if (answer.status >= 500) faults.push(`${form.action}: ${told} → ${answer.status}`)
    if (text.includes('<script>alert')) faults.push(`${form.action}: ${told} is shown unescaped`)
  }
})

test('most of what can be sent in METIS was attacked (the rest is told)', async () => {
  const house = await openHouse()
  const sent = routesOf(house.app).filter(({ method }) => method === 'POST')
  await house.close()
  const left = sent.map(({ path }) => patternOf(path)).filter((path) => !attacked.has(path))
  process.stdout.write(`forms that no stage of the test showed: ${left.join(', ')}\n`)
  expect(left.length).toBeLessThan(sent.length / 4)
})

/** Where this stage may show a form. */
async function addressesIn(house: TestHouse, stage: Stage): Promise<string[]> {
  const commune = await communeOf(house)
  const pages = routesOf(house.app).filter(
    ({ method, path }) => method === 'GET' && path.startsWith('/:territory'),
  )
  const usual = pages.flatMap((route) => addressesOf(route, commune))
  const found = (await stage.find?.(house)) ?? []
  return [...new Set([...usual, ...stage.addresses, ...found, ...(await linksOf(house))])]
}

/** The forms that this person is the first in this file to be shown, one of each address. */
async function formsOf(
  house: TestHouse,
  person: PersonKey,
  addresses: string[],
): Promise<Attacked[]> {
  const forms: Attacked[] = []
  const headers = await signedIn(house, `${person}@exemple.org`)
  for (const address of addresses) {
    const answer = await house.app.request(`${ORIGIN}${address}`, { headers })
    const isHtml = answer.headers.get('content-type')?.startsWith('text/html')
    const html = await answer.text()
    // A link that died is answered by 410, with a form to ask for another.
    if (![200, 410].includes(answer.status) || !isHtml) continue
    for (const form of formsIn(html, address)) {
      const pattern = patternOf(form.action)
      if (attacked.has(pattern)) continue
      attacked.add(pattern)
      forms.push({ ...form, pattern, headers })
    }
  }
  return forms
}

async function communeOf(house: TestHouse): Promise<Commune> {
  const { id, slug } = await house.db
    .selectFrom('territories')
    .select(['id', 'slug'])
    .where('slug', '=', 'valmont')
    .executeTakeFirstOrThrow()
  const campaigns = await house.db.selectFrom('campaigns').select('year').execute()
  const years = [...new Set(campaigns.map(({ year }) => year))]
  const known = await idsOf(house.db, await tablesOf(house.db), id)
  const ids = new Map([...known].map(([table, all]) => [table, all.slice(-4)]))
  const files = await house.db.selectFrom('grantFiles').select('id').execute()
  ids.set(
    'imports',
    files.map((file) => file.id),
  )
  return { slug, years, ids }
}

/** The secrets that people received: links to confirm hours. */
async function linksOf(house: TestHouse): Promise<string[]> {
  const mails = await house.db.selectFrom('outbox').select('body').execute()
  return mails.flatMap(({ body }) => /\/valmont\/confirm\/\S+/.exec(body)?.[0] ?? [])
}

async function signedIn(house: TestHouse, email: string): Promise<Headers> {
  const body = new URLSearchParams({ email })
  const entered = await house.app.request(`${ORIGIN}/demo/sessions`, {
    method: 'POST',
    headers: OURS,
    body,
  })
  const cookies = entered.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  return new Headers({ ...OURS, cookie: cookies.join('; ') })
}

/** `/valmont/2027/pledges` and `/:territory/:year{[0-9]{4}}/pledges` are one. */
function patternOf(address: string): string {
  return address
    .replace(/\?.*$/, '')
    .replace(/\{(?:[^{}]|\{[^{}]*\})*\}/g, '')
    .replace(/^\/(?:valmont|:territory)/, '/:commune')
    .replace(/\/(?:\d{4}|:year)(?=\/|$)/, '/:year')
    .replace(/\/(?:[0-9a-f-]{36}|:\w*[iI]d)(?=\/|$)/g, '/:id')
    .replace(/\/(confirm|invitations|absences|opinions)\/(?!new|:id)[\w-]{40,}/, '/$1/:secret')
    .replace(/\/seats\/:id\/[^/]+/, '/seats/:id/:role')
    .replace(/\/eligibility\/[^/]+/, '/eligibility/:subject')
    .replace(/(\/:subject)\/\d+/, '$1/:rank')
    .replace(/\/lines\/\d+(?=\/|$)/, '/lines/:line')
}

function told(value: string): string {
  return JSON.stringify(value.slice(0, 30))
}
