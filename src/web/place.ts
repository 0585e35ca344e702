import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { dayOf } from '#kit'
import {
  type Actor,
  actorIn,
  membershipsOf,
  type Place,
  type PlaceEnv,
  type Territory,
  territoryBySlug,
} from '#people'
import { inTerritory, isLanguage, type Language, sayIn, type Tx } from '#platform'
import { frameOf } from './frame.ts'
import type { House } from './house.ts'

/**
 * One request, one transaction, in one commune: kept when the answer is a success, undone
 * otherwise. A GET's transaction is read only.
 */
export function inPlace(house: House) {
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
    now,
    today: dayOf(now),
    language,
    say: sayIn(language),
    ...(actor ? { actor } : {}),
  }
  return { ...bare, frame: await frameOf(bare, context.req.path, house.config.isDemo) }
}

async function signedIn(
  house: House,
  context: Context,
  territory: Territory,
): Promise<Actor | undefined> {
  const session = await sessionOf(house, context)
  if (!session) return undefined
  const standings = await membershipsOf(house.db, session.user.id)
  return actorIn(territory.id, session.user, standings)
}

/** Strangers cost no query: without a cookie there is no session to look for. */
export async function sessionOf(house: House, context: Context) {
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
