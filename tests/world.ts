import { dayOf } from '#kit'
import { actorIn, membershipsOf, type Place, type Role } from '#people'
import { antivirusAt, type Config, inTerritory, sayIn, vaultOf } from '#platform'
import type { House } from '#web'
import { type Cast, type PersonKey, people, settle } from './cast.ts'
import { openHouse, type TestHouse } from './house.ts'

export type World = {
  house: TestHouse
  cast: Cast
  /** Does `work` as this person, in a transaction of its own, as a request would. */
  as: <Result>(person: PersonKey, work: (place: Place) => Promise<Result>) => Promise<Result>
  /** A browser of this person: cookies kept, same origin, addresses inside the commune. */
  browser: (person?: PersonKey) => Promise<Browser>
}

/** A house with the cast settled in one commune. */
export async function world(now?: () => Date, config?: Config): Promise<World> {
  const house = await openHouse(config, now)
  const cast = await settle(house.db)
  return {
    house,
    cast,
    as: (person, work) => actAs(house, cast, person, work),
    browser: (person) => openBrowser(house, cast, person),
  }
}

export async function actAs<Result>(
  house: House,
  cast: Cast,
  key: PersonKey,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const { territory } = cast
  const person = { ...cast.people[key], name: people[key].name }
  const actor = actorIn(
    territory.id,
    person,
    await membershipsOf(house.db, person.id, dayOf(house.now())),
  )
  const role: Role = people[key].role
  const as = actor.memberships.find((membership) => membership.role === role)
  const organisationIds = actor.memberships.map(({ organisation }) => organisation.id)
  const now = house.now()
  const say = sayIn('fr')
  const path = `/${territory.slug}`
  const frame = {
    say,
    language: 'fr' as const,
    path,
    placeName: territory.name,
    placeHref: path,
    subtitle: '',
    nav: [],
    isDemo: true,
  }
  return inTerritory(house.db, { territoryId: territory.id, organisationIds }, (tx) =>
    work({
      territory,
      path,
      url: `${house.config.url}${path}`,
      tx,
      later: (read) =>
        inTerritory(house.db, { territoryId: territory.id, organisationIds, readOnly: true }, read),
      vault: vaultOf(house.config),
      seal: house.seal,
      ...(house.config.signatureService ? { signedElsewhere: house.config.signatureService } : {}),
      ...(house.config.clamd ? { antivirus: antivirusAt(house.config.clamd) } : {}),
      filesSeen: new Set(),
      now,
      today: dayOf(now),
      language: 'fr',
      say,
      frame,
      actor,
      ...(as ? { as } : {}),
    }),
  )
}

/** What playing a season needs of a world: its cast, and a way to act as each. */
export type Players = Pick<World, 'as' | 'cast'>

export type Browser = {
  get: (path: string) => Promise<Response>
  post: (path: string, form?: Record<string, string> | FormData) => Promise<Response>
}

const ORIGIN = 'http://localhost:3000'

async function openBrowser(house: TestHouse, cast: Cast, person?: PersonKey): Promise<Browser> {
  const jar = new Map<string, string>()
  async function ask(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('origin', ORIGIN)
    headers.set('host', 'localhost:3000')
    if (jar.size > 0)
      headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await house.app.request(`${ORIGIN}${path}`, { ...init, headers })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    return answer
  }
  const browser: Browser = {
    get: (path) => ask(path, {}),
    post: (path, form = {}) =>
      ask(path, {
        method: 'POST',
        body: form instanceof FormData ? form : new URLSearchParams(form),
      }),
  }
  if (person) await browser.post('/demo/sessions', { email: cast.people[person].email })
  return browser
}
