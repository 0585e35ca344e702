import { Hono } from 'hono'
import { refusal } from '#kit'
import {
  allow,
  base32,
  beginSecondFactor,
  confirmSecondFactor,
  forgetTries,
  hasSecondFactor,
  keyAddress,
  mayChangeDoors,
  noteAtDoor,
  type PersonEnv,
  recoveryCodesLeft,
  removeSecondFactor,
  renewRecoveryCodes,
  waitingSecret,
} from '#people'
import {
  type Filled,
  type Frame,
  Page,
  qrDrawing,
  RefusalSummary,
  Submit,
  typedOf,
  writeMail,
} from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { NewPasskey } from './account.tsx'
import { ownPath, personOf } from './enter.tsx'
import { letterTo } from './letters.ts'
import { limits, tooManyPage } from './limits.tsx'
import {
  CodeField,
  filledBy,
  hasTriedTooOften,
  type PersonContext,
  type Tried,
} from './second-factor.tsx'

/** Puts an application in place, or another; its recovery codes. */
export function secondFactorSetting(house: House): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  const home = '/account/second-factor'
  routes.get(home, allow('entering'), (context) => settingPage(context, house))
  routes.post(home, allow('entering'), (context) => begin(context, house))
  routes.post(`${home}/confirmation`, allow('entering'), (context) => confirm(context, house))
  routes.post(`${home}/recovery-codes`, allow('signed-in'), (context) => renew(context, house))
  routes.post(`${home}/removal`, allow('signed-in'), (context) => remove(context, house))
  return routes
}

/** Where the application is put in place, or seen to be. */
async function settingPage(context: PersonContext, house: House, tried: Tried = {}) {
  const person = personOf(context)
  const to = ownPath(context.req.query('to') ?? tried.typed?.to ?? '/account')
  if (!(await mayChangeDoors(house.db, person))) return context.redirect(askedFirst, 303)
  const isOn = await hasSecondFactor(house.db, person.id)
  const frame = bareFrame(context, house, person.name)
  const { say } = frame
  const secret = isOn ? undefined : await waitingSecret(house.db, house.config, person.id)
  const filled = filledBy(frame, tried)
  return context.html(
    <Page frame={frame} title={say('doors:factor.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('doors:factor.title')}
      </h1>
      {isOn ? (
        <InPlace frame={frame} left={await recoveryCodesLeft(house.db, person.id)} />
      ) : (
        <>
          {secret ? (
            <Key frame={frame} filled={filled} secret={secret} email={person.email} to={to} />
          ) : (
            <Start frame={frame} to={to} />
          )}
          <OrPasskey frame={frame} to={to} />
        </>
      )}
    </Page>,
    filled.refusals.length > 0 ? 422 : 200,
  )
}

const askedFirst = `/second-factor?to=${encodeURIComponent('/account/second-factor')}`

function Start({ frame, to }: { frame: Frame; to: string }) {
  const { say } = frame
  return (
    <>
      <p class="lead">{say('doors:factor.why')}</p>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('doors:factor.byApplication')}
        </h2>
        <p class="ds-paragraph">{say('doors:factor.applications')}</p>
        <form class="stack" method="post" action="/account/second-factor">
          <input type="hidden" name="to" value={to} />
          <Submit>{say('doors:factor.begin')}</Submit>
        </form>
      </section>
    </>
  )
}

function OrPasskey({ frame, to }: { frame: Frame; to: string }) {
  const { say } = frame
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('doors:factor.orPasskey')}
      </h2>
      <p class="ds-paragraph">{say('doors:passkeys.lead')}</p>
      <NewPasskey frame={frame} to={to} />
    </section>
  )
}

function Key(props: { frame: Frame; filled: Filled; secret: Buffer; email: string; to: string }) {
  const { frame, filled, secret, email, to } = props
  const { say } = frame
  const inFours = (base32(secret).match(/.{1,4}/g) ?? []).join(' ')
  return (
    <section class="ds-card key">
      <ol class="stack">
        <li>{say('doors:factor.scan')}</li>
        <li>
          {say('doors:factor.orType')} <code class="secret-key">{inFours}</code>
          <br />
          <small>{say('doors:factor.settings')}</small>
        </li>
        <li>{say('doors:factor.thenCode')}</li>
      </ol>
      <QrCode text={keyAddress(secret, email)} label={say('doors:factor.qr')} />
      <form class="stack" method="post" action="/account/second-factor/confirmation">
        <RefusalSummary filled={filled} />
        <input type="hidden" name="to" value={to} />
        <CodeField filled={filled} hint={say('doors:factor.codeHint')} />
        <Submit>{say('doors:factor.confirm')}</Submit>
      </form>
      <form method="post" action="/account/second-factor">
        <input type="hidden" name="to" value={to} />
        <button class="ds-button" data-variant="tertiary" data-size="sm" type="submit">
          {say('doors:factor.again')}
        </button>
      </form>
    </section>
  )
}

function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = qrDrawing(text)
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  )
}

function InPlace({ frame, left }: { frame: Frame; left: number }) {
  const { say } = frame
  return (
    <>
      <p class="lead">{say('doors:factor.isOn')}</p>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('doors:recovery.title')}
        </h2>
        <p class="ds-paragraph">{say('doors:recovery.left', { count: left })}</p>
        <form method="post" action="/account/second-factor/recovery-codes">
          <button class="ds-button" data-variant="secondary" type="submit">
            {say('doors:recovery.renew')}
          </button>
        </form>
      </section>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('doors:factor.other')}
        </h2>
        <p class="ds-paragraph">{say('doors:factor.otherLead')}</p>
        <form method="post" action="/account/second-factor/removal">
          <button class="ds-button" data-color="danger" data-variant="secondary" type="submit">
            {say('doors:factor.remove')}
          </button>
        </form>
      </section>
    </>
  )
}

async function begin(context: PersonContext, house: House) {
  const person = personOf(context)
  const { to } = typedOf(await context.req.formData())
  if (!(await mayChangeDoors(house.db, person))) return context.redirect(askedFirst, 303)
  await beginSecondFactor(house.db, house.config, person.id)
  const after = encodeURIComponent(ownPath(to ?? '/account'))
  return context.redirect(`/account/second-factor?to=${after}`, 303)
}

async function confirm(context: PersonContext, house: House) {
  const person = personOf(context)
  const typed = typedOf(await context.req.formData())
  if (!(await mayChangeDoors(house.db, person))) return context.redirect(askedFirst, 303)
  if (await hasTriedTooOften(house, person)) return tooManyPage(context, house)
  const entrant = { personId: person.id, sessionId: person.sessionId }
  const given = { code: typed.code ?? '', now: new Date() }
  const codes = await confirmSecondFactor(house.db, house.config, entrant, given)
  if (!codes)
    return settingPage(context, house, {
      typed: { to: typed.to ?? '/account' },
      refusals: [refusal('doors:factor.wrong', { field: 'code' })],
    })
  await forgetTries(house.db, house.config, { limit: limits.byCode, subject: person.id })
  await noteAtDoor(house.db, {
    personId: person.id,
    action: 'door.factorPlaced',
    at: house.now(),
  })
  await writeMail(house.db, letterTo(person.email, 'doors:letter.placed'))
  return recoveryPage(context, house, { codes, to: ownPath(typed.to ?? '/account') })
}

async function renew(context: PersonContext, house: House) {
  const person = personOf(context)
  if (!person.isProven || !(await hasSecondFactor(house.db, person.id)))
    return context.redirect('/account/second-factor', 303)
  const codes = await renewRecoveryCodes(house.db, person.id)
  await noteAtDoor(house.db, {
    personId: person.id,
    action: 'door.recoveryCodesRenewed',
    at: house.now(),
  })
  return recoveryPage(context, house, { codes, to: '/account' })
}

/** The one page that shows them: the answer to the POST, since nothing keeps them to be shown again. */
function recoveryPage(
  context: PersonContext,
  house: House,
  { codes, to }: { codes: string[]; to: string },
) {
  const frame = bareFrame(context, house, personOf(context).name)
  const { say } = frame
  return context.html(
    <Page frame={frame} title={say('doors:recovery.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('doors:recovery.title')}
      </h1>
      <p class="lead">{say('doors:recovery.lead')}</p>
      <ol class="recovery ds-card">
        {codes.map((code) => (
          <li>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p>
        <a class="ds-button" href={to}>
          {say('doors:recovery.kept')}
        </a>
      </p>
    </Page>,
  )
}

async function remove(context: PersonContext, house: House) {
  const person = personOf(context)
  if (!person.isProven) return context.redirect(askedFirst, 303)
  await removeSecondFactor(house.db, person.id)
  await noteAtDoor(house.db, {
    personId: person.id,
    action: 'door.factorRemoved',
    at: house.now(),
  })
  await writeMail(house.db, letterTo(person.email, 'doors:letter.removed'))
  return context.redirect('/account/second-factor', 303)
}
