import { type Context, Hono } from 'hono'
import { type Refusal, refusal } from '#kit'
import {
  allow,
  countTry,
  forgetTries,
  hasSecondFactor,
  mayChangeDoors,
  noteAtDoor,
  type Person,
  type PersonEnv,
  proveByCode,
} from '#people'
import {
  type Filled,
  type Frame,
  Page,
  RefusalSummary,
  Submit,
  TextField,
  type Typed,
  typedOf,
  writeMail,
} from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { ownPath, personOf } from './enter.tsx'
import { letterTo } from './letters.ts'
import { limits, tooManyPage } from './limits.tsx'
import { PasskeyForm } from './passkey-form.tsx'

export type PersonContext = Context<PersonEnv>
export type Tried = { typed?: Typed; refusals?: Refusal[] }

/** The code of an application on a telephone, asked at each sign-in of whoever has one. */
export function secondFactorDoors(house: House): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  routes.get('/second-factor', allow('entering'), (context) => askPage(context, house))
  routes.post('/second-factor', allow('entering'), (context) => prove(context, house))
  return routes
}

/** Asked after the first door. Whoever has nothing to show yet is led to put it in place. */
async function askPage(context: PersonContext, house: House, tried: Tried = {}) {
  const person = personOf(context)
  const to = ownPath(context.req.query('to') ?? tried.typed?.to)
  if (person.isProven) return context.redirect(to, 303)
  const isOn = await hasSecondFactor(house.db, person.id)
  if (!isOn && (await mayChangeDoors(house.db, person)))
    return context.redirect(`/account/second-factor?to=${encodeURIComponent(to)}`, 303)
  const frame = bareFrame(context, house, person.name)
  const { say } = frame
  const filled = filledBy(frame, tried)
  return context.html(
    <Page frame={frame} title={say('doors:code.title')}>
      <div class="narrow ds-card doors">
        <h1 class="ds-heading" data-size="lg">
          {say('doors:code.title')}
        </h1>
        {isOn ? (
          <form class="stack" method="post" action="/second-factor">
            <p class="ds-paragraph">{say('doors:code.lead')}</p>
            <RefusalSummary filled={filled} />
            <input type="hidden" name="to" value={to} />
            <CodeField filled={filled} hint={say('doors:code.hint')} />
            <Submit>{say('doors:code.send')}</Submit>
          </form>
        ) : (
          <p class="ds-paragraph">{say('doors:code.byPasskey')}</p>
        )}
        <PasskeyForm say={say} action="/sign-in/passkey" challenge="/sign-in/passkey/challenge">
          <input type="hidden" name="to" value={to} />
          <button class="ds-button" data-variant="secondary" type="submit">
            {say('doors:passkey.enter')}
          </button>
        </PasskeyForm>
        <p class="hint">{say('doors:code.lost')}</p>
      </div>
    </Page>,
    filled.refusals.length > 0 ? 422 : 200,
  )
}

async function prove(context: PersonContext, house: House) {
  const person = personOf(context)
  const typed = typedOf(await context.req.formData())
  if (await hasTriedTooOften(house, person)) return tooManyPage(context, house)
  const now = new Date()
  const entrant = { personId: person.id, sessionId: person.sessionId }
  const code = typed.code ?? ''
  const proof = await proveByCode(house.db, house.config, entrant, { code, now })
  if (!proof)
    return askPage(context, house, {
      typed: { to: typed.to ?? '' },
      refusals: [refusal('doors:code.wrong', { field: 'code' })],
    })
  await forgetTries(house.db, house.config, { limit: limits.byCode, subject: person.id })
  await noteAtDoor(house.db, {
    personId: person.id,
    action: 'door.factorProved',
    details: { by: proof },
    at: house.now(),
  })
  return context.redirect(ownPath(typed.to), 303)
}

/** Counted for the person, not for the browser. The first try too many is told to its owner. */
export async function hasTriedTooOften(house: House, person: Person): Promise<boolean> {
  const limit = limits.byCode
  const asked = { limit, subject: person.id, now: new Date() }
  const tries = await countTry(house.db, house.config, asked)
  if (tries === limit.most + 1) {
    await noteAtDoor(house.db, {
      personId: person.id,
      action: 'door.codesRefused',
      details: { tries: limit.most },
      at: house.now(),
    })
    await writeMail(house.db, letterTo(person.email, 'doors:letter.codes'))
  }
  return tries > limit.most
}

export function CodeField({ filled, hint }: { filled: Filled; hint: string }) {
  return (
    <TextField
      filled={filled}
      name="code"
      label={filled.say('doors:code.label')}
      hint={hint}
      autocomplete="one-time-code"
      required
    />
  )
}

export function filledBy({ say }: Frame, { typed = {}, refusals = [] }: Tried): Filled {
  return { say, typed, refusals }
}
