import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { refusal } from '#kit'
import { allow, allTerritories, membershipsOf, type Standing } from '#people'
import { type Filled, Notice, Page, RefusalSummary, Submit, TextField, typedOf } from '#platform'
import { Cast } from './demo.tsx'
import { bareFrame } from './errors.tsx'
import type { House } from './house.ts'
import { sessionOf } from './place.ts'

/** The doors of the house, outside any commune: landing, sign-in, sign-out, the way home. */
export function doors(house: House): Hono {
  const routes = new Hono()
  routes.get('/', allow('public'), (context) => landing(context, house))
  routes.get('/sign-in', allow('public'), (context) => signInPage(context, house))
  routes.post('/sign-in', allow('public'), (context) => sendLink(context, house))
  routes.get('/sign-in/:token', allow('link'), (context) => enterPage(context, house))
  routes.post('/sign-in/:token', allow('link'), (context) => enter(context, house))
  routes.post('/sign-out', allow('public'), (context) => leave(context, house))
  routes.get('/home', allow('public'), (context) => wayHome(context, house))
  return routes
}

async function landing(context: Context, house: House) {
  const frame = bareFrame(context, house)
  const { say } = frame
  const territories = await allTerritories(house.db)
  return context.html(
    <Page frame={frame} title={say('web:landing.title')}>
      <h1 class="ds-heading" data-size="xl">
        {say('web:landing.title')}
      </h1>
      <p class="lead">{say('web:landing.lead')}</p>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('web:landing.communes')}
        </h2>
        <ul class="todo">
          {territories.map((territory) => (
            <li>
              <a class="ds-link" href={`/${territory.slug}`}>
                {territory.name}
              </a>
            </li>
          ))}
        </ul>
      </section>
      {house.config.isDemo && (await Cast({ house, say }))}
    </Page>,
  )
}

function signInPage(context: Context, house: House, filled?: Filled) {
  const frame = bareFrame(context, house)
  const { say } = frame
  const shown = filled ?? { say, typed: {}, refusals: [] }
  return context.html(
    <Page frame={frame} title={say('web:signIn.title')}>
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {say('web:signIn.title')}
        </h1>
        <p class="ds-paragraph">{say('web:signIn.lead')}</p>
        <form class="stack" method="post" action="/sign-in">
          <RefusalSummary filled={shown} />
          <input type="hidden" name="to" value={context.req.query('to') ?? shown.typed.to ?? ''} />
          <TextField
            filled={shown}
            name="email"
            label={say('web:signIn.email')}
            type="email"
            required
          />
          <Submit>{say('web:signIn.send')}</Submit>
        </form>
      </div>
    </Page>,
    shown.refusals.length > 0 ? 422 : 200,
  )
}

// RFC 5321
const EMAIL_CHARACTERS_MAX = 254

async function sendLink(context: Context, house: House) {
  const typed = typedOf(await context.req.formData())
  const email = (typed.email ?? '').trim()
  const { to = '' } = typed
  const frame = bareFrame(context, house)
  const { say } = frame
  if (email.length > EMAIL_CHARACTERS_MAX || !z.email().safeParse(email).success) {
    const refusals = [refusal('web:signIn.wrongEmail', { field: 'email' })]
    return signInPage(context, house, { say, typed: { email, to }, refusals })
  }
  await house.auth.api.signInMagicLink({
    body: { email, metadata: { to } },
    headers: context.req.raw.headers,
  })
  return context.html(
    <Page frame={frame} title={say('web:signIn.sent')}>
      <h1 class="ds-heading" data-size="lg">
        {say('web:signIn.sent')}
      </h1>
      <p class="lead">{say('web:signIn.sentLead', { email })}</p>
    </Page>,
  )
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
  const entered = await openSession(context, house, context.req.param('token') ?? '')
  if (entered) return context.redirect(ownPath(to), 303)
  const frame = bareFrame(context, house)
  const { say } = frame
  return context.html(
    <Page frame={frame} title={say('web:enter.expired')}>
      <h1 class="ds-heading" data-size="lg">
        {say('web:enter.expired')}
      </h1>
      <p class="lead">{say('web:enter.expiredLead')}</p>
      <p>
        <a class="ds-button" href="/sign-in">
          {say('web:enter.again')}
        </a>
      </p>
    </Page>,
    410,
  )
}

/** Copies the session cookies that better-auth made onto our own answer. */
export async function openSession(context: Context, house: House, token: string): Promise<boolean> {
  const answer = await house.auth.api
    .magicLinkVerify({ query: { token }, headers: context.req.raw.headers, asResponse: true })
    .catch(() => undefined)
  if (answer?.status !== 200) return false
  for (const cookie of answer.headers.getSetCookie())
    context.header('set-cookie', cookie, { append: true })
  return true
}

/** Only an address of our own: a sign-in link never leads to another site. */
function ownPath(to: string): string {
  return /^\/[a-z0-9]/i.test(to) && !to.includes('//') && !to.includes('\\') ? to : '/home'
}

async function leave(context: Context, house: House) {
  const answer = await house.auth.api.signOut({
    headers: context.req.raw.headers,
    asResponse: true,
  })
  for (const cookie of answer.headers.getSetCookie())
    context.header('set-cookie', cookie, { append: true })
  return context.redirect('/', 303)
}

/** To the home of the person's commune, or a choice when there are several. */
async function wayHome(context: Context, house: House) {
  const session = await sessionOf(house, context)
  if (!session) return context.redirect('/sign-in', 303)
  const standings = await membershipsOf(house.db, session.user.id)
  const slugs = [...new Set(standings.flatMap(({ slug }) => slug ?? []))]
  const [only] = slugs
  if (only && slugs.length === 1) return context.redirect(`/${only}/home`, 303)
  return choiceOfCommune(context, house, { name: session.user.name, standings, slugs })
}

function choiceOfCommune(
  context: Context,
  house: House,
  { name, slugs }: { name: string; standings: Standing[]; slugs: string[] },
) {
  const frame = bareFrame(context, house, name)
  const { say } = frame
  return context.html(
    <Page frame={frame} title={say('web:choice.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('web:choice.title')}
      </h1>
      {slugs.length === 0 && <Notice>{say('web:choice.none')}</Notice>}
      <ul class="todo">
        {slugs.map((slug) => (
          <li>
            <a class="ds-link" href={`/${slug}/home`}>
              {slug}
            </a>
          </li>
        ))}
      </ul>
    </Page>,
  )
}
