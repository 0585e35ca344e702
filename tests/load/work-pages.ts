import { signInLink } from '#people'
import type { createApp, House } from '#web'
import { pace, quantile, type Served, type Visit } from './traffic.ts'

/** Communes whose agent works at the same time, each on a scenario of their own. */
const AGENTS = 5

type App = ReturnType<typeof createApp>
type Desk = { path: string; cookie: string; scenarioPath: string }

/** Agents at their desks: signed in, with a split computed by the house itself. */
export async function openDesks(house: House, app: App, year: number): Promise<Desk[]> {
  const desks: Desk[] = []
  for (let rank = 1; rank <= AGENTS; rank++) {
    const slug = `commune-${String(rank).padStart(3, '0')}`
    const cookie = await signIn(house, app, `${slug}@example.org`)
    const path = `/${slug}/${year}`
    const made = await send(app, `${path}/allocation`, { name: 'Scénario' }, cookie)
    desks.push({ path, cookie, scenarioPath: made.headers.get('location') ?? '' })
  }
  return desks
}

/** Server time of the pages of work, each asked at the same steady pace of 100 requests a second in all. */
export async function paceDesks({ port }: Served, desks: Desk[]): Promise<Record<string, number>> {
  const pages: Record<string, (desk: Desk) => string> = {
    home: ({ path }) => `/${path.split('/')[1]}/home`,
    applications: ({ path }) => `${path}/applications`,
    review: ({ path }) => `${path}/review`,
    scenario: ({ scenarioPath }) => scenarioPath,
    pledges: ({ path }) => `${path}/pledges`,
    thermometer: ({ path }) => `${path}/thermometer`,
  }
  const share = 100 / Object.keys(pages).length
  const measured = await Promise.all(
    Object.entries(pages).map(async ([name, pathOf]) => {
      const visits = desks.map((desk): Visit => ({ path: pathOf(desk), cookie: desk.cookie }))
      let turn = 0
      const next = () => visits[turn++ % visits.length] ?? { path: '/' }
      await pace(port, next, { perSecond: 2, seconds: 2 })
      const times = await pace(port, next, { perSecond: share, seconds: 8 })
      return { name, times }
    }),
  )
  return Object.fromEntries(
    measured.flatMap(({ name, times }) => [
      [`${name} p50 milliseconds`, quantile(times, 0.5)],
      [`${name} p95 milliseconds`, quantile(times, 0.95)],
    ]),
  )
}

export async function signIn({ db, config }: House, app: App, email: string): Promise<string> {
  const link = new URL(await signInLink(db, config, email))
  const entered = await send(app, link.pathname, {}, '')
  const cookies = entered.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  if (cookies.length === 0) throw new Error(`${email} is not let in: ${entered.status}`)
  return cookies.join('; ')
}

async function send(app: App, path: string, form: Record<string, string>, cookie: string) {
  const answer = await app.request(path, {
    method: 'POST',
    headers: { cookie, origin: 'http://localhost' },
    body: new URLSearchParams(form),
  })
  if (answer.status !== 303) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer
}
