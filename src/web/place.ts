import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { dayOf } from '#kit'
import {
  type Actor,
  actorIn,
  isHeldBack,
  membershipsOf,
  type Person,
  type PersonEnv,
  type Place,
  type PlaceEnv,
  type Role,
  seenNow,
  type Territory,
  territoryBySlug,
} from '#people'
import {
  antivirusAt,
  inTerritory,
  isLanguage,
  type Language,
  sayIn,
  type Tx,
  vaultOf,
} from '#platform'
import { networkOf } from './doors/limits.tsx'
import { frameOf } from './frame.ts'
import type { House } from './house.ts'
import { readNotes } from './reads.ts'

/**
 * One request, one transaction, in one commune: kept when the answer is a success, undone
 * otherwise. A GET's transaction is read only.
 */
export function inPlace(house: House) {
  const noteReads = readNotes(house)
  return createMiddleware<PlaceEnv>(async (context, next) => {
    // Hono runs this for "/:territory" and for "/:territory/*", which both match the bare address.
    if (context.get('place')) return next()
    const slug = context.req.param('territory') ?? ''
    const territory = await territoryBySlug(house.db, slug)
    if (!territory) return context.notFound()
    const actor = await signedIn(house, context, territory)
    const isRead = context.req.method === 'GET' || context.req.method === 'HEAD'
    const organisationIds = actor?.memberships.map(({ organisation }) => organisation.id) ?? []
    const scope = { territoryId: territory.id, organisationIds, readOnly: isRead }
    try {
      await inTerritory(house.db, scope, async (tx) => {
        context.set('place', await placeOf(house, context, { territory, actor, tx, scope }))
        await next()
        if (context.error || context.res.status >= 400) throw new NotKept()
      })
      if (isRead && context.res.status === 200) noteReads(context.get('place'), context.req.path)
    } catch (error) {
      if (!(error instanceof NotKept)) throw error
    }
  })
}

/** Not an error: the answer stands, what was written for it does not. */
class NotKept extends Error {}

async function placeOf(
  house: House,
  context: Context,
  known: {
    territory: Territory
    actor: Actor | undefined
    tx: Tx
    scope: Parameters<typeof inTerritory>[1]
  },
): Promise<Place> {
  const { territory, actor, tx, scope } = known
  const now = house.now()
  const language = languageOf(context)
  const path = `/${territory.slug}`
  const bare = {
    territory,
    path,
    url: `${house.config.url}${path}`,
    tx,
    later: <Result>(read: (later: Tx) => Promise<Result>) =>
      inTerritory(house.db, { ...scope, readOnly: true }, read),
    vault: vaultOf(house.config),
    seal: house.seal,
    ...(house.config.signatureService ? { signedElsewhere: house.config.signatureService } : {}),
    ...(house.config.clamd ? { antivirus: antivirusAt(house.config.clamd) } : {}),
    filesSeen: new Set<string>(),
    now,
    today: dayOf(now),
    language,
    say: sayIn(language),
    device: { network: networkOf(context), userAgent: context.req.header('user-agent') },
    ...(actor ? { actor } : {}),
  }
  return { ...bare, frame: await frameOf(bare, context.req.path, house.config.isDemo) }
}

async function signedIn(
  house: House,
  context: Context,
  territory: Territory,
): Promise<Actor | undefined> {
  const person = await personAt(house, context)
  if (!person) return undefined
  const standings = await membershipsOf(house.db, person.id, dayOf(house.now()))
  const { secondFactor } = house.config
  const isHeld = (role: Role) => isHeldBack(person, role, secondFactor)
  return { ...actorIn(territory.id, person, standings, isHeld), isProven: person.isProven }
}

/** Whoever is signed in, for the pages that belong to no commune; such pages stay in no cache. */
export function withPerson(house: House) {
  return createMiddleware<PersonEnv>(async (context, next) => {
    const person = await personAt(house, context)
    if (person) context.set('person', person)
    await next()
    context.header('cache-control', 'no-store')
  })
}

const SEEN_MILLISECONDS = 10 * 60 * 1000

export async function personAt(house: House, context: Context): Promise<Person | undefined> {
  const found = await sessionOf(house, context)
  if (!found) return undefined
  const { session, user } = found
  // Sessions live by the clock on the wall, whatever day the demo's calendar shows.
  const now = new Date()
  if (now.getTime() - (session.lastSeenAt?.getTime() ?? 0) > SEEN_MILLISECONDS)
    await seenNow(house.db, session.id, now)
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    sessionId: session.id,
    awaitsCode: session.awaitsCode === true,
    isProven: session.provenAt != null,
  }
}

/** Strangers cost no query: without a cookie there is no session to look for. */
async function sessionOf(house: House, context: Context) {
  if (!context.req.header('cookie')?.includes('session_token')) return null
  return house.auth.api.getSession({ headers: context.req.raw.headers })
}

const YEAR_SECONDS = 365 * 24 * 3600

/** `?lang=en` is remembered; French otherwise. */
export function languageOf(context: Context): Language {
  const asked = context.req.query('lang')
  if (isLanguage(asked)) {
    setCookie(context, 'lang', asked, { path: '/', maxAge: YEAR_SECONDS, sameSite: 'Lax' })
    return asked
  }
  const kept = getCookie(context, 'lang')
  return isLanguage(kept) ? kept : 'fr'
}
