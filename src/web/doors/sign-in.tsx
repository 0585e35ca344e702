import { setTimeout as pause } from 'node:timers/promises'
import { type Context, Hono } from 'hono'
import { type Refusal, refusal } from '#kit'
import { allow, countTry, passkeyChallenge, personOfPasskey } from '#people'
import { Page, RefusalSummary, Submit, TextField, type Typed, typedOf } from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { enterAs, enterByLink, isMailAddress, ownPath, toldPage } from './enter.tsx'
import { limits, tooManyFrom, tooManyPage } from './limits.tsx'
import { PasskeyForm } from './passkey-form.tsx'

/** The doors to the street: a link by mail, a passkey, and the way to the provider's own door. */
export function signInDoors(house: House): Hono {
  const routes = new Hono()
  routes.get('/sign-in', allow('public'), (context) => signInPage(context, house))
  routes.post('/sign-in', allow('public'), (context) => sendLink(context, house))
  routes.post('/sign-in/passkey/challenge', allow('public'), (context) => question(context, house))
  routes.post('/sign-in/passkey', allow('public'), (context) => enterByPasskey(context, house))
  routes.get('/sign-in/:token', allow('link'), (context) => enterPage(context, house))
  routes.post('/sign-in/:token', allow('link'), (context) => enter(context, house))
  return routes
}

function signInPage(
  context: Context,
  house: House,
  { typed = {}, refusals = [] }: { typed?: Typed; refusals?: Refusal[] } = {},
) {
  const frame = bareFrame(context, house)
  const { say } = frame
  const filled = { say, typed, refusals }
  const to = context.req.query('to') ?? typed.to ?? ''
  const { provider } = house.config
  return context.html(
    <Page frame={frame} title={say('web:signIn.title')}>
      <div class="narrow ds-card doors">
        <h1 class="ds-heading" data-size="lg">
          {say('web:signIn.title')}
        </h1>
        <p class="ds-paragraph">{say('web:signIn.lead')}</p>
        <form class="stack" method="post" action="/sign-in">
          <RefusalSummary filled={filled} />
          <input type="hidden" name="to" value={to} />
          <TextField
            filled={filled}
            name="email"
            label={say('web:signIn.email')}
            type="email"
            autocomplete="email"
            required
          />
          <Submit>{say('web:signIn.send')}</Submit>
        </form>
        <PasskeyForm say={say} action="/sign-in/passkey" challenge="/sign-in/passkey/challenge">
          <input type="hidden" name="to" value={to} />
          <button class="ds-button" data-variant="secondary" type="submit">
            {say('doors:passkey.enter')}
          </button>
        </PasskeyForm>
        {provider && (
          <form class="stack" method="post" action="/sign-in/provider">
            <input type="hidden" name="to" value={to} />
            <button class="ds-button" data-variant="secondary" type="submit">
              {say('doors:provider.enter', { name: provider.name })}
            </button>
            {provider.isProConnect && (
              <a class="ds-link" href="https://www.proconnect.gouv.fr/">
                {say('doors:provider.whatIs')}
              </a>
            )}
          </form>
        )}
      </div>
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

// Longer than the work for an address that is known: neither page nor clock tells which it was.
const ANSWER_MILLISECONDS = 150

async function sendLink(context: Context, house: House) {
  const typed = typedOf(await context.req.formData())
  const email = (typed.email ?? '').trim()
  const { to = '' } = typed
  if (!isMailAddress(email)) {
    const refusals = [refusal('web:signIn.wrongEmail', { field: 'email' })]
    return signInPage(context, house, { typed: { email, to }, refusals })
  }
  if (await tooManyFrom(context, house)) return tooManyPage(context, house)
  const limit = limits.byMail
  const subject = email.toLowerCase()
  const tries = await countTry(house.db, house.config, { limit, subject, now: new Date() })
  if (tries > limit.most) return tooManyPage(context, house)
  const headers = context.req.raw.headers
  await Promise.all([
    house.auth.api.signInMagicLink({ body: { email, metadata: { to } }, headers }),
    pause(ANSWER_MILLISECONDS),
  ])
  const { say } = bareFrame(context, house)
  return toldPage(context, house, {
    title: say('web:signIn.sent'),
    lead: say('web:signIn.sentLead', { email }),
  })
}

async function question(context: Context, house: House) {
  if (await tooManyFrom(context, house)) return context.json({}, 429)
  context.header('cache-control', 'no-store')
  return context.json(await passkeyChallenge(house.db, house.config, new Date()))
}

async function enterByPasskey(context: Context, house: House) {
  if (await tooManyFrom(context, house)) return tooManyPage(context, house)
  const { answer = '', ticket = '', to = '' } = typedOf(await context.req.formData())
  const now = new Date()
  const personId = await personOfPasskey(house.db, house.config, { answer, ticket, now })
  if (!personId) {
    const refusals = [refusal('doors:passkey.refused')]
    return signInPage(context, house, { typed: { to }, refusals })
  }
  // The phone or the key asked for a finger, a face or a PIN: something held and something known.
  await enterAs(context, house, { personId, enteredBy: 'passkey', isProven: true })
  return context.redirect(ownPath(to), 303)
}

/**
 * A page between the link and the session: mail scanners open links, but do not press buttons. A
 * browser with scripts presses it by itself.
 */
function enterPage(context: Context, house: House) {
  const frame = bareFrame(context, house)
  const { say } = frame
  return context.html(
    <Page frame={frame} title={say('web:enter.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('web:enter.title')}
      </h1>
      <p class="lead">{say('web:enter.lead')}</p>
      <metis-at-once>
        <form method="post" action={context.req.path}>
          <input type="hidden" name="to" value={context.req.query('to') ?? ''} />
          <Submit>{say('web:enter.button')}</Submit>
        </form>
      </metis-at-once>
    </Page>,
  )
}

async function enter(context: Context, house: House) {
  const { to = '' } = typedOf(await context.req.formData())
  if (await tooManyFrom(context, house)) return tooManyPage(context, house)
  if (await enterByLink(context, house, context.req.param('token') ?? ''))
    return context.redirect(ownPath(to), 303)
  const { say } = bareFrame(context, house)
  return toldPage(context, house, {
    title: say('web:enter.expired'),
    lead: say('web:enter.expiredLead'),
    on: { href: '/sign-in', label: say('web:enter.again') },
    status: 410,
  })
}
