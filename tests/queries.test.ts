import { writeSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuth } from '#people'
import { createApp, settled } from '#web'
import { emailOf, type PersonKey } from './cast.ts'
import { type Counted, counting } from './counted.ts'
import { playDemo } from './demo.ts'
import { openHouse, type TestHouse, testConfig } from './house.ts'

const ORIGIN = 'http://localhost:3000'
const MOST = 10

type Visited = {
  page: string
  person: PersonKey
  /** LAST is the season that ends, NEXT the one that is prepared. */
  from: string
  /** What the link to the page looks like there, where only the house knows its address. */
  link?: RegExp
  /** What follows the address of that link. */
  onto?: string
}

const review = /\/valmont\/applications\/[0-9a-f-]{36}\/review/
const file = /\/valmont\/applications\/[0-9a-f-]{36}/
const award = /\/valmont\/decisions\/[0-9a-f-]{36}/
const scenario = /\/valmont\/\d+\/allocation\/[0-9a-f-]{36}/
const mission = /\/valmont\/missions\/[0-9a-f-]{36}/

const pages: Visited[] = [
  {
    page: 'home of the agent',
    person: 'claire',
    from: '/home',
  },
  { page: 'home of the elected member', person: 'paul', from: '/home' },
  { page: 'home of the association', person: 'amina', from: '/home' },
  { page: 'home of the company', person: 'hugo', from: '/home' },
  { page: 'home of the employee', person: 'ines', from: '/home' },
  { page: 'work table', person: 'claire', from: '/NEXT/review' },
  {
    page: 'a file under review',
    person: 'claire',
    from: '/NEXT/review',
    link: review,
  },
  { page: 'list of files', person: 'claire', from: '/NEXT/applications' },
  { page: 'a file received', person: 'claire', from: '/NEXT/applications', link: file },
  { page: 'task list of a draft', person: 'luc', from: '/NEXT/applications' },
  {
    page: 'a part of a draft',
    person: 'luc',
    from: '/NEXT/applications',
    link: /\/valmont\/applications\/[0-9a-f-]{36}\/project/,
  },
  { page: 'decisions', person: 'claire', from: '/LAST/decisions' },
  {
    page: 'an award',
    person: 'claire',
    from: '/LAST/decisions',
    link: award,
  },
  {
    page: 'an award of one’s own',
    person: 'amina',
    from: '/LAST/decisions',
    link: award,
  },
  {
    page: 'allocation',
    person: 'claire',
    from: '/LAST/allocation',
  },
  {
    page: 'a scenario',
    person: 'claire',
    from: '/LAST/allocation',
    link: scenario,
  },
  { page: 'pledges', person: 'claire', from: '/NEXT/pledges' },
  { page: 'pledges of a company', person: 'hugo', from: '/NEXT/pledges' },
  { page: 'a file of pledges to put in', person: 'claire', from: '/NEXT/pledges/file' },
  { page: 'missions', person: 'claire', from: '/LAST/missions' },
  { page: 'a mission', person: 'hugo', from: '/LAST/missions', link: mission },
  { page: 'a mission that leads others', person: 'karim', from: '/LAST/missions', link: mission },
  { page: 'a mission on offer', person: 'tom', from: '/LAST/missions?mine=yes', link: mission },
  {
    page: 'an incident to report',
    person: 'ines',
    from: '/LAST/missions',
    link: mission,
    onto: '/incidents/new',
  },
  { page: 'missions of an employee', person: 'ines', from: '/LAST/missions' },
  { page: 'hours', person: 'ines', from: '/LAST/missions', link: mission, onto: '/hours' },
  { page: 'receipts', person: 'hugo', from: '/LAST/receipts' },
  { page: 'CSR figures', person: 'hugo', from: '/LAST/csr' },
  { page: 'contributions in kind', person: 'amina', from: '/LAST/contributions' },
  { page: 'report', person: 'claire', from: '/LAST/report' },
  { page: 'the season', person: 'claire', from: '/NEXT' },
  { page: 'thermometer', person: 'claire', from: '/NEXT/thermometer' },
]

const shown: { page: string; questions: number }[] = []
let house: TestHouse
let ask: (person: PersonKey, path: string) => Promise<{ html: string; counted: Counted }>

beforeAll(async () => {
  house = await openHouse()
  await playDemo(house)
  ask = askerIn(house)
})

afterAll(async () => {
  // Asked for by whoever works on speed: QUERIES=show npx vitest run tests/queries.test.ts
  if (process.env.QUERIES === 'show')
    for (const { page, questions } of shown)
      writeSync(1, `${String(questions).padStart(3)}  ${page}\n`)
  await house.close()
})

test.each(pages)('$page: ten questions to the database at most', async (visited) => {
  const { page, person, link, onto = '' } = visited
  const from = `/valmont${await withYears(visited.from)}`
  const path = link
    ? `${link.exec((await ask(person, from)).html)?.[0] ?? `no link on ${from}`}${onto}`
    : from
  await ask(person, path)
  // What is noted once an hour, or once in ten minutes, was noted the first time.
  const { asked, openings } = (await ask(person, path)).counted
  shown.push({ page, questions: asked.length })
  expect(openings, 'one transaction').toBe(1)
  expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(MOST)
})

test('a page asks nothing twice', async () => {
  const { counted } = await ask('claire', '/valmont/home')
  // The same words may be asked of two seasons: the agent’s home tells of both.
  const often = counted.asked.filter(
    (words) => counted.asked.filter((one) => one === words).length > 2,
  )
  expect(often).toEqual([])
})

/** A browser that keeps each person’s session, and follows where it is sent. */
function askerIn({ db, config, seal, now }: TestHouse): typeof ask {
  const counted = counting(db)
  const auth = createAuth(counted.db, testConfig)
  const app = createApp({ db: counted.db, auth, config, seal, now })
  const cookies = new Map<PersonKey, string>()
  return async (person, path) => {
    const cookie = cookies.get(person) ?? (await enter(app, person))
    cookies.set(person, cookie)
    let answer = await app.request(`${ORIGIN}${path}`, { headers: { cookie } })
    for (let turn = 0; answer.status === 303 && turn < 3; turn++) {
      counted.take()
      answer = await app.request(`${ORIGIN}${answer.headers.get('location')}`, {
        headers: { cookie },
      })
    }
    const html = await answer.text()
    const seen = counted.take()
    if (answer.status !== 200) throw new Error(`${person} ${path}: ${answer.status}`)
    await settled(counted.db)
    counted.take()
    return { html, counted: seen }
  }
}

async function enter(app: ReturnType<typeof createApp>, person: PersonKey): Promise<string> {
  const entered = await app.request(`${ORIGIN}/demo/sessions`, {
    method: 'POST',
    headers: { origin: ORIGIN, host: 'localhost:3000' },
    body: new URLSearchParams({ email: emailOf(person) }),
  })
  return entered.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

async function withYears(path: string): Promise<string> {
  const { html } = await ask('claire', '/valmont/home')
  const years = [...html.matchAll(/href="\/valmont\/(\d{4})"/g)].map(([, year = '']) => year).sort()
  return path.replace('LAST', years[0] ?? '').replace('NEXT', years.at(-1) ?? '')
}
