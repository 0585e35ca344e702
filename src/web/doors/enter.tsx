import type { Context } from 'hono'
import { z } from 'zod'
import { isId } from '#kit'
import { endSession, found, noteAtDoor, type Person } from '#people'
import { type Filled, Page, type Say } from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { personAt } from '../place.ts'

/** Only an address of our own: a sign-in never leads to another site. */
export function ownPath(to: string | undefined): string {
  const isOurs = to !== undefined && /^\/[a-z0-9]/i.test(to)
  return isOurs && !to.includes('//') && !to.includes('\\') ? to : '/home'
}

/** Copies the session cookies that better-auth made onto our own answer. */
export function bringCookies(context: Context, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie())
    context.header('set-cookie', cookie, { append: true })
}

/** The session of a link; false when the link is not good any more. */
export async function enterByLink(context: Context, house: House, token: string): Promise<boolean> {
  const answer = await house.auth.api
    .magicLinkVerify({ query: { token }, headers: context.req.raw.headers, asResponse: true })
    .catch(() => undefined)
  if (answer?.status !== 200) return false
  bringCookies(context, answer)
  const { user } = (await answer.json()) as { user: { id: string } }
  await noteAtDoor(house.db, entered(house, { personId: user.id, enteredBy: 'link' }))
  return true
}

/** A session for someone already recognised; the one that this browser had ends. Answers its id. */
export async function enterAs(
  context: Context,
  house: House,
  who: { personId: string; enteredBy: 'link' | 'passkey' | 'provider' | 'demo'; isProven: boolean },
): Promise<string> {
  const before = await personAt(house, context)
  if (before) await endSession(house.db, { personId: before.id, sessionId: before.sessionId })
  const answer = await house.auth.api.enterAs({
    body: who,
    headers: context.req.raw.headers,
    asResponse: true,
  })
  bringCookies(context, answer)
  const { sessionId } = (await answer.json()) as { sessionId: string }
  // The cast of a demo is nobody: everyone enters as everyone.
  if (who.enteredBy !== 'demo') await noteAtDoor(house.db, entered(house, who))
  return sessionId
}

function entered(house: House, who: { personId: string; enteredBy: string }) {
  const { personId, enteredBy } = who
  return { personId, action: 'door.entered', details: { enteredBy }, at: house.now() }
}

/** The signed-in person; throws where allow() let nobody else in, so that it is a bug. */
export function personOf(context: { get: (key: 'person') => Person | undefined }): Person {
  const person = context.get('person')
  if (!person) throw new Error('this route lets strangers in')
  return person
}

/** An id of the address; what cannot be one leads nowhere. */
export function idIn(part: string | undefined): string {
  return found(part !== undefined && isId(part) ? part : undefined)
}

// RFC 5321
const EMAIL_CHARACTERS_MAX = 254

export function isMailAddress(text: string): boolean {
  return text.length <= EMAIL_CHARACTERS_MAX && z.email().safeParse(text).success
}

/** One idea, one way on: the pages that only tell something. */
export function toldPage(
  context: Context,
  house: House,
  told: {
    title: string
    lead: string
    on?: { href: string; label: string }
    status?: 200 | 403 | 409 | 410 | 422 | 502
  },
) {
  const frame = bareFrame(context, house)
  return context.html(
    <Page frame={frame} title={told.title}>
      <h1 class="ds-heading" data-size="lg">
        {told.title}
      </h1>
      <p class="lead">{told.lead}</p>
      {told.on && (
        <p>
          <a class="ds-button" href={told.on.href}>
            {told.on.label}
          </a>
        </p>
      )}
    </Page>,
    told.status ?? 200,
  )
}

export function nothingTyped(say: Say): Filled {
  return { say, typed: {}, refusals: [] }
}
