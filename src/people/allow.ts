import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { Membership, Person, PersonEnv, PlaceEnv, Role } from './place.ts'

/**
 * `public`: anyone. `link`: whoever holds the secret of the address. `signed-in`: any account.
 * `entering`: any account, even before it has shown its second factor.
 */
export type Who = Role | 'public' | 'link' | 'signed-in' | 'entering'

export type Guard = MiddlewareHandler & { who: Who[] }

/**
 * Says who may take a route, and sets `place.as`. Every route carries one: a route without it fails
 * the house test, and docs/access.md is written from it.
 */
export function allow(...who: [Who, ...Who[]]): Guard {
  const guard = createMiddleware<GuardEnv>(async (context, next) => {
    const isOpen = who.includes('public') || who.includes('link')
    const place = context.get('place')
    const person = context.get('person')
    const membership = membershipFor(context, who, place?.actor?.memberships ?? [])
    if (place && membership) place.as = membership
    if (isOpen || membership) return next()
    if (!place?.actor && !person) return context.redirect(`/sign-in?to=${returnPath(context)}`, 303)
    if (person && who.includes('entering')) return next()
    if (mustProve(who, { person, heldBack: place?.actor?.heldBack ?? [] }))
      return context.redirect(`/second-factor?to=${returnPath(context)}`, 303)
    if (who.includes('signed-in')) return next()
    throw new Forbidden()
  })
  return Object.assign(guard, { who })
}

/**
 * Whoever acts for several organisations says for which: `?for=<id>`, remembered as the language is.
 * Only among those that the route lets in; the oldest otherwise.
 */
function membershipFor(
  context: Context,
  who: Who[],
  memberships: Membership[],
): Membership | undefined {
  const open = memberships.filter(({ role }) => who.includes(role))
  if (open.length < 2) return open[0]
  const asked = context.req.query('for')
  const chosen = asked ?? getCookie(context, 'for')
  const own = open.find(({ organisation }) => organisation.id === chosen)
  if (own && asked) setCookie(context, 'for', asked, { path: '/', httpOnly: true, sameSite: 'Lax' })
  return own ?? open[0]
}

type GuardEnv = { Variables: Partial<PlaceEnv['Variables'] & PersonEnv['Variables']> }

/** This door would open, once the session has shown its second factor. */
function mustProve(
  who: Who[],
  { person, heldBack }: { person: Person | undefined; heldBack: Membership[] },
): boolean {
  if (heldBack.some(({ role }) => who.includes(role))) return true
  return who.includes('signed-in') && person?.awaitsCode === true && !person.isProven
}

/** The person is known but may not do this: answered by a page that reveals nothing. */
export class Forbidden extends Error {}

/** There is no such thing here, or not for this person: the same page for both. */
export class Missing extends Error {}

/** `undefined` becomes the "no such page" answer. */
export function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Missing()
  return value
}

function returnPath(context: Context): string {
  return encodeURIComponent(context.req.method === 'GET' ? context.req.path : '/home')
}
