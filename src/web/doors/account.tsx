import { type Context, Hono } from 'hono'
import { dayOf, type Refusal, refusal } from '#kit'
import {
  allow,
  deviceOf,
  endOtherSessions,
  endSession,
  Forbidden,
  found,
  hasSecondFactor,
  keepPasskey,
  mayChangeDoors,
  newPasskeyChallenge,
  noteAtDoor,
  type Person,
  type PersonEnv,
  passkeysOf,
  provenNow,
  removePasskey,
  sessionsOf,
} from '#people'
import {
  type Frame,
  InstantText,
  Page,
  RefusalSummary,
  TextField,
  type Typed,
  typedOf,
} from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { idIn, nothingTyped, ownPath, personOf } from './enter.tsx'
import { MailLanguage, mailLanguageDoor } from './mail-language.tsx'
import { PasskeyForm } from './passkey-form.tsx'

type PersonContext = Context<PersonEnv>

/** "Mes connexions": where one is signed in, and what opens one's doors. */
export function accountDoors(house: House): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  routes.get('/account', allow('signed-in'), (context) => accountPage(context, house))
  routes.post('/account/sessions/:sessionId/revocation', allow('signed-in'), (context) =>
    revokeOne(context, house),
  )
  routes.post('/account/sessions/revocation', allow('signed-in'), (context) =>
    revokeOthers(context, house),
  )
  routes.route('/', mailLanguageDoor(house))
  routes.post('/account/passkeys/challenge', allow('entering'), async (context) => {
    const person = personOf(context)
    if (!(await mayChangeDoors(house.db, person))) throw new Forbidden()
    return context.json(await newPasskeyChallenge(house.db, house.config, person, new Date()))
  })
  routes.post('/account/passkeys', allow('entering'), (context) => addOne(context, house))
  routes.post('/account/passkeys/:passkeyId/removal', allow('signed-in'), (context) =>
    removeOne(context, house),
  )
  return routes
}

async function accountPage(
  context: PersonContext,
  house: House,
  { typed = {}, refusals = [] }: { typed?: Typed; refusals?: Refusal[] } = {},
) {
  const person = personOf(context)
  const frame = bareFrame(context, house, person.name)
  const { say } = frame
  return context.html(
    <Page frame={frame} title={say('doors:account.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('doors:account.title')}
      </h1>
      <p class="lead">{say('doors:account.lead', { email: person.email })}</p>
      {refusals.length > 0 && <RefusalSummary filled={{ say, typed, refusals }} />}
      {await Sessions({ frame, house, person })}
      {await MailLanguage({ frame, house, person })}
      {await Passkeys({ frame, house, person })}
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('doors:factor.heading')}
        </h2>
        <p class="ds-paragraph">
          {(await hasSecondFactor(house.db, person.id))
            ? say('doors:factor.isOn')
            : say('doors:factor.isOff')}
        </p>
        <p>
          <a class="ds-link" href="/account/second-factor">
            {say('doors:factor.open')}
          </a>
        </p>
        <p>
          <a class="ds-link" href="/account/colleagues">
            {say('doors:colleagues.open')}
          </a>
        </p>
      </section>
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

export type Shown = { frame: Frame; house: House; person: Person }

async function Sessions({ frame, house, person }: Shown) {
  const { say, language } = frame
  const sessions = await sessionsOf(house.db, person.id, new Date())
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('doors:sessions.heading')}
      </h2>
      <ul class="todo">
        {sessions.map((session) => {
          const device = deviceOf(session.userAgent) ?? say('doors:sessions.unknown')
          const isHere = session.id === person.sessionId
          return (
            <li>
              <span>
                <b>{device}</b>
                {isHere && <> — {say('doors:sessions.here')}</>}
                <br />
                <small>
                  {say(`doors:enteredBy.${session.enteredBy}`)} {say('doors:sessions.since')}{' '}
                  <InstantText value={session.createdAt} language={language} />.{' '}
                  {say('doors:sessions.seen')}{' '}
                  <InstantText value={session.lastSeenAt} language={language} />.
                </small>
              </span>
              {!isHere && (
                <form method="post" action={`/account/sessions/${session.id}/revocation`}>
                  <button class="ds-button" data-variant="secondary" data-size="sm" type="submit">
                    {say('doors:sessions.end')}
                    <span class="visually-hidden"> {device}</span>
                  </button>
                </form>
              )}
            </li>
          )
        })}
      </ul>
      {sessions.length > 1 && (
        <form method="post" action="/account/sessions/revocation">
          <button class="ds-button" data-color="danger" type="submit">
            {say('doors:sessions.endOthers')}
          </button>
        </form>
      )}
    </section>
  )
}

async function Passkeys({ frame, house, person }: Shown) {
  const { say, language } = frame
  const passkeys = await passkeysOf(house.db, person.id)
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('doors:passkeys.heading')}
      </h2>
      <p class="ds-paragraph">{say('doors:passkeys.lead')}</p>
      {passkeys.length === 0 && <p class="ds-paragraph">{say('doors:passkeys.none')}</p>}
      <ul class="todo">
        {passkeys.map((passkey) => (
          <li>
            <span>
              <b>{passkey.name}</b>
              <br />
              <small>
                {say('doors:passkeys.since')}{' '}
                <InstantText value={passkey.createdAt} language={language} />.
              </small>
            </span>
            <form method="post" action={`/account/passkeys/${passkey.id}/removal`}>
              <button class="ds-button" data-variant="secondary" data-size="sm" type="submit">
                {say('doors:passkeys.remove')}
                <span class="visually-hidden"> {passkey.name}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
      <NewPasskey frame={frame} />
    </section>
  )
}

/** `to` is where to go on once it is kept. */
export function NewPasskey({ frame, to = '/account' }: { frame: Frame; to?: string }) {
  const { say } = frame
  return (
    <PasskeyForm
      say={say}
      action="/account/passkeys"
      challenge="/account/passkeys/challenge"
      without={say('doors:passkeys.needScript')}
    >
      <input type="hidden" name="to" value={to} />
      <TextField
        filled={nothingTyped(say)}
        name="name"
        label={say('doors:passkeys.name')}
        hint={say('doors:passkeys.nameHint')}
        autocomplete="off"
        required
      />
      <button class="ds-button" data-variant="secondary" type="submit">
        {say('doors:passkeys.add')}
      </button>
    </PasskeyForm>
  )
}

async function revokeOne(context: PersonContext, house: House) {
  const { id: personId } = personOf(context)
  const sessionId = idIn(context.req.param('sessionId'))
  found((await endSession(house.db, { personId, sessionId })) || undefined)
  await noteAtDoor(house.db, {
    personId,
    action: 'door.sessionEnded',
    details: { count: 1 },
    at: house.now(),
  })
  return context.redirect('/account', 303)
}

async function revokeOthers(context: PersonContext, house: House) {
  const { id: personId, sessionId } = personOf(context)
  const count = await endOtherSessions(house.db, { personId, sessionId })
  if (count > 0)
    await noteAtDoor(house.db, {
      personId,
      action: 'door.sessionEnded',
      details: { count },
      at: house.now(),
    })
  return context.redirect('/account', 303)
}

async function addOne(context: PersonContext, house: House) {
  const person = personOf(context)
  if (!(await mayChangeDoors(house.db, person))) throw new Forbidden()
  const typed = typedOf(await context.req.formData())
  const now = new Date()
  const name = typed.name?.trim() || dayOf(now)
  const { answer = '', ticket = '' } = typed
  const asked = { personId: person.id, name }
  if (!(await keepPasskey(house.db, house.config, asked, { answer, ticket, now })))
    return accountPage(context, house, { typed, refusals: [refusal('doors:passkey.notKept')] })
  // Made with a finger, a face or a PIN a moment ago: it proves as much as using it.
  await provenNow(house.db, person.sessionId, now)
  await noteAtDoor(house.db, {
    personId: person.id,
    action: 'door.passkeyAdded',
    at: house.now(),
  })
  return context.redirect(ownPath(typed.to), 303)
}

async function removeOne(context: PersonContext, house: House) {
  const person = personOf(context)
  if (!(await mayChangeDoors(house.db, person)))
    return context.redirect('/second-factor?to=/account', 303)
  const id = idIn(context.req.param('passkeyId'))
  found((await removePasskey(house.db, { personId: person.id, id })) || undefined)
  await noteAtDoor(house.db, {
    personId: person.id,
    action: 'door.passkeyRemoved',
    at: house.now(),
  })
  return context.redirect('/account', 303)
}
