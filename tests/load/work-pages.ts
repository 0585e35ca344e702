import { signInLink } from '#people'
import type { createApp, House } from '#web'
import { pace, quantile, rush, type Served, type Visit } from './traffic.ts'

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

/**
 * Server time of the pages of work, each in turn at the pace of five agents at work; then of the work
 * table alone: how many a second it gives at most, and its time at a steady 100 requests a second.
 */
export async function paceDesks({ port }: Served, desks: Desk[]): Promise<Record<string, number>> {
  const pages: Record<string, (desk: Desk) => string> = {
    home: ({ path }) => `/${path.split('/')[1]}/home`,
    applications: ({ path }) => `${path}/applications`,
    review: ({ path }) => `${path}/review`,
    scenario: ({ scenarioPath }) => scenarioPath,
    pledges: ({ path }) => `${path}/pledges`,
    thermometer: ({ path }) => `${path}/thermometer`,
  }
  const measured: Record<string, number> = {}
  const noted = (name: string, times: number[]) => {
    measured[`${name} p50 milliseconds`] = quantile(times, 0.5)
    measured[`${name} p95 milliseconds`] = quantile(times, 0.95)
  }
  for (const [name, pathOf] of Object.entries(pages)) {
    await pace(port, inTurn(desks, pathOf), { perSecond: AGENTS, seconds: 2 })
    noted(name, await pace(port, inTurn(desks, pathOf), { perSecond: AGENTS, seconds: 8 }))
  }
  const review = inTurn(desks, ({ path }) => `${path}/review`)
  measured['review at most, a second'] = await rush(port, review)
  noted('review at 100 a second', await pace(port, review, { perSecond: 100, seconds: 8 }))
  return measured
}

function inTurn(desks: Desk[], pathOf: (desk: Desk) => string): () => Visit {
  const visits = desks.map((desk): Visit => ({ path: pathOf(desk), cookie: desk.cookie }))
  let turn = 0
  return () => visits[turn++ % visits.length] ?? { path: '/' }
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
