import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import { dayOf } from '#kit'
import {
  allow,
  askProvider,
  found,
  type Identity,
  identityIn,
  joinAccount,
  keepProviderToken,
  keepTicket,
  noteAtDoor,
  type ProviderRefusal,
  questionIn,
  recognise,
  type TicketKind,
  takeTicket,
} from '#people'
import { log, Page, type ProviderConfig, Submit, sha256, typedOf, writeMail } from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { enterAs, ownPath, toldPage } from './enter.tsx'
import { letterTo } from './letters.ts'
import { tooManyFrom, tooManyPage } from './limits.tsx'

const COOKIE = 'metis_door'
const COOKIE_SECONDS = 10 * 60

/**
 * Through an OpenID provider (ProConnect): out with a question, back with an answer. What was asked
 * is kept by us, and the key to it in this one browser: an answer brought by anyone else opens nothing.
 */
export function providerDoors(house: House): Hono {
  const routes = new Hono()
  routes.post('/sign-in/provider', allow('public'), (context) => ask(context, house))
  routes.get('/sign-in/provider/answer', allow('link'), (context) => answerPage(context, house))
  routes.post('/sign-in/provider/answer', allow('link'), (context) => enter(context, house))
  routes.get('/sign-in/accounts/:token', allow('link'), (context) => joinPage(context, house))
  routes.post('/sign-in/accounts/:token', allow('link'), (context) => join(context, house))
  return routes
}

async function ask(context: Context, house: House) {
  const provider = providerOf(house)
  if (await tooManyFrom(context, house)) return tooManyPage(context, house)
  const { to } = typedOf(await context.req.formData())
  const asked = await askProvider(house.config, provider, ownPath(to))
  if ('refused' in asked) return refusedPage(context, house, asked)
  await keepForThisBrowser(context, house, { kind: 'provider', value: asked.question })
  return context.redirect(asked.address, 303)
}

/**
 * The provider brings the browser back with a GET, which changes nothing: the answer goes on as a
 * form, that a browser with scripts sends by itself.
 */
function answerPage(context: Context, house: House) {
  const { name } = providerOf(house)
  const frame = bareFrame(context, house)
  const { say } = frame
  return context.html(
    <Page frame={frame} title={say('web:enter.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('web:enter.title')}
      </h1>
      <p class="lead">{say('doors:provider.back', { name })}</p>
      <metis-at-once>
        <form method="post" action="/sign-in/provider/answer">
          <input type="hidden" name="answer" value={new URL(context.req.url).search.slice(1)} />
          <Submit>{say('web:enter.button')}</Submit>
        </form>
      </metis-at-once>
    </Page>,
  )
}

async function enter(context: Context, house: House) {
  const provider = providerOf(house)
  if (await tooManyFrom(context, house)) return tooManyPage(context, house)
  const { answer: query = '' } = typedOf(await context.req.formData())
  const question = questionIn(await takeOfThisBrowser(context, house, 'provider'))
  if (!question) return refusedPage(context, house, { refused: 'replayed' })
  const answered = await identityIn(house.config, provider, { query, question })
  if ('refused' in answered) return refusedPage(context, house, answered)
  const { identity } = answered
  const recognised = await recognise(house.db, identity, dayOf(house.now()))
  if ('refused' in recognised) return refusedPage(context, house, recognised)
  const { to } = question
  if ('toConfirm' in recognised)
    return confirmByMail(context, house, { person: recognised.toConfirm, identity, to })
  return letIn(context, house, { personId: recognised.personId, identity, to })
}

async function letIn(
  context: Context,
  house: House,
  { personId, identity, to }: { personId: string; identity: Identity; to: string },
) {
  const { isStrong: isProven, idToken } = identity
  const sessionId = await enterAs(context, house, { personId, enteredBy: 'provider', isProven })
  await keepProviderToken(house.db, house.config, { sessionId, idToken })
  return context.redirect(ownPath(to), 303)
}

const joining = z.object({
  personId: z.string(),
  identity: z.object({
    providerId: z.string(),
    accountId: z.string(),
    email: z.string(),
    siret: z.string().optional(),
    isStrong: z.boolean(),
    idToken: z.string(),
  }),
  to: z.string(),
  linkSha256: z.string(),
})

/**
 * The first time, the mailbox says yes, once: an address alone does not prove whose account it is.
 * The link opens in the browser that asked: sent on to someone else, it would join a stranger's account.
 */
async function confirmByMail(
  context: Context,
  house: House,
  asked: { person: { id: string; email: string }; identity: Identity; to: string },
) {
  const { person, identity, to } = asked
  const secret = randomBytes(32).toString('base64url')
  const value = { personId: person.id, identity, to, linkSha256: sha256(secret) }
  await keepForThisBrowser(context, house, { kind: 'account', value })
  const { name } = providerOf(house)
  const link = `${house.config.url}/sign-in/accounts/${secret}`
  await writeMail(house.db, letterTo(person.email, 'doors:letter.account', { name, link }))
  const { say } = bareFrame(context, house)
  return toldPage(context, house, {
    title: say('doors:provider.confirm'),
    lead: say('doors:provider.confirmLead', { name, email: person.email }),
  })
}

function joinPage(context: Context, house: House) {
  const { name } = providerOf(house)
  const frame = bareFrame(context, house)
  const { say } = frame
  return context.html(
    <Page frame={frame} title={say('doors:provider.join')}>
      <h1 class="ds-heading" data-size="lg">
        {say('doors:provider.join')}
      </h1>
      <p class="lead">{say('doors:provider.joinLead', { name })}</p>
      <form method="post" action={context.req.path}>
        <Submit>{say('doors:provider.joinSend')}</Submit>
      </form>
    </Page>,
  )
}

async function join(context: Context, house: House) {
  providerOf(house)
  if (await tooManyFrom(context, house)) return tooManyPage(context, house)
  const kept = joining.safeParse(await takeOfThisBrowser(context, house, 'account')).data
  const isSame = kept?.linkSha256 === sha256(context.req.param('token') ?? '')
  if (!kept || !isSame) return refusedPage(context, house, { refused: 'replayed' })
  const { personId, to } = kept
  const identity: Identity = { ...kept.identity, siret: kept.identity.siret }
  const { providerId, accountId } = identity
  await joinAccount(house.db, { personId, providerId, accountId })
  await noteAtDoor(house.db, {
    personId,
    action: 'door.accountJoined',
    details: { providerId },
    at: house.now(),
  })
  return letIn(context, house, { personId, identity, to })
}

type Refused = { refused: ProviderRefusal; organisation?: string }

/** Each refusal has its page. The reason is logged in one word: no token, no address, no name. */
function refusedPage(context: Context, house: House, { refused, organisation = '' }: Refused) {
  if (refused !== 'cancelled') log.warn({ refused }, 'a sign-in at the provider was refused')
  const { say } = bareFrame(context, house)
  const values = { name: providerOf(house).name, organisation }
  const isTheirs = refused === 'down' || refused === 'unreadable'
  return toldPage(context, house, {
    title: say(`doors:refused.${refused}.title`, values),
    lead: say(`doors:refused.${refused}.remedy`, values),
    on: { href: '/sign-in', label: say('doors:refused.back') },
    status: isTheirs ? 502 : 403,
  })
}

/** Without a provider in the settings, these addresses are not there. */
function providerOf(house: House): ProviderConfig {
  return found(house.config.provider)
}

async function keepForThisBrowser(
  context: Context,
  house: House,
  { kind, value }: { kind: TicketKind; value: object },
): Promise<void> {
  const token = await keepTicket(house.db, house.config, { kind, value, now: new Date() })
  setCookie(context, COOKIE, token, {
    path: '/sign-in',
    maxAge: COOKIE_SECONDS,
    httpOnly: true,
    sameSite: 'Lax',
    secure: house.config.url.startsWith('https'),
  })
}

/** Once: the second time, there is nothing under that name. */
async function takeOfThisBrowser(context: Context, house: House, kind: TicketKind) {
  const token = getCookie(context, COOKIE)
  if (!token) return undefined
  deleteCookie(context, COOKIE, { path: '/sign-in' })
  return takeTicket(house.db, house.config, { kind, token, now: new Date() })
}
