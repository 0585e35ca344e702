import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { addMonths, type Day, dayOf, parseDay, type Refusal, refusal } from '#kit'
import {
  allow,
  found,
  type InvitationKind,
  invite,
  isRoleOf,
  keyRoles,
  mandateRoles,
  type PersonEnv,
  type Role,
} from '#people'
import {
  AreaField,
  type Filled,
  Page,
  RefusalSummary,
  SelectField,
  Submit,
  TextField,
  type Typed,
  typedOf,
} from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { isMailAddress } from './enter.tsx'
import { tooManyLetters, tooManyPage } from './limits.tsx'
import { associationAround, type Giving, givingIn, pathOf } from './seat-access.ts'

type PersonContext = Context<PersonEnv>
type Again = { typed?: Typed; refusals?: Refusal[] }

/** The three letters that a key holder writes, and the one that a commune writes on evidence. */
export function invitationForms(house: House): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  const here = '/account/organisations/:organisationId'
  routes.get(`${here}/invitations/new`, allow('signed-in'), (context) => formPage(context, house))
  routes.post(`${here}/invitations`, allow('signed-in'), (context) => send(context, house))
  const reopening = `${here}/associations/:associationId/reopening`
  routes.get(reopening, allow('signed-in'), (context) => reopeningPage(context, house))
  routes.post(reopening, allow('signed-in'), (context) => reopen(context, house))
  return routes
}

async function formPage(context: PersonContext, house: House, again: Again = {}) {
  const giving = await givingIn(context, house)
  const { typed = {}, refusals = [] } = again
  const kind = found(kindIn(typed.kind ?? context.req.query('kind') ?? 'colleague', giving))
  const frame = bareFrame(context, house, giving.person.name)
  const { say } = frame
  const title = say(`doors:invitation.${kind}.title`)
  const filled: Filled = { say, typed, refusals }
  return context.html(
    <Page frame={frame} title={title}>
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <p class="ds-paragraph">
          {say(`doors:invitation.${kind}.lead`, { name: giving.organisation.name })}
        </p>
        <form class="stack" method="post" action={`${pathOf(giving.organisation.id)}/invitations`}>
          <RefusalSummary filled={filled} />
          <input type="hidden" name="kind" value={kind} />
          <Address filled={filled} />
          {kind !== 'successor' && <RoleField filled={filled} roles={rolesFor(kind, giving)} />}
          {kind === 'mandate' && <MandateFields filled={filled} today={dayOf(house.now())} />}
          <Submit>{say(`doors:invitation.${kind}.send`)}</Submit>
        </form>
      </div>
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

function Address({ filled }: { filled: Filled }) {
  return (
    <TextField
      filled={filled}
      name="email"
      label={filled.say('doors:invitation.email')}
      hint={filled.say('doors:invitation.emailHint')}
      type="email"
      autocomplete="off"
      required
    />
  )
}

function RoleField({ filled, roles }: { filled: Filled; roles: readonly Role[] }) {
  const { say } = filled
  const choices = roles.map((role) => ({ value: role, label: say(`people:seat.${role}`) }))
  return (
    <SelectField
      filled={filled}
      name="role"
      label={say('doors:invitation.role')}
      // The one that may do least comes last: nobody gives more by not looking.
      value={roles.at(-1)}
      choices={choices}
      required
    />
  )
}

function MandateFields({ filled, today }: { filled: Filled; today: Day }) {
  const { say } = filled
  return (
    <>
      <TextField
        filled={filled}
        name="from"
        type="date"
        label={say('doors:invitation.from')}
        value={today}
        required
      />
      <TextField
        filled={filled}
        name="until"
        type="date"
        label={say('doors:invitation.lastDay')}
        hint={say('doors:invitation.lastDayHint')}
        required
      />
    </>
  )
}

/** An association alone hands over or gives a mandate; the others simply invite. */
function kindIn(asked: string, { organisation }: Giving): OwnKind | undefined {
  const kinds: readonly OwnKind[] =
    organisation.kind === 'association' ? ['colleague', 'successor', 'mandate'] : ['colleague']
  return kinds.find((kind) => kind === asked)
}
type OwnKind = Exclude<InvitationKind, 'reopening'>

function rolesFor(kind: OwnKind, { roles, organisation }: Giving): readonly Role[] {
  if (kind === 'successor') return [keyRoles[organisation.kind]]
  return kind === 'mandate' ? mandateRoles.toReversed() : roles
}

async function send(context: PersonContext, house: House) {
  const giving = await givingIn(context, house)
  const typed = typedOf(await context.req.formData())
  const kind = found(kindIn(typed.kind ?? '', giving))
  const asked = read(typed, { kind, giving, today: dayOf(house.now()) })
  if ('refusals' in asked) return formPage(context, house, { typed, refusals: asked.refusals })
  if (await tooManyLetters(house, giving.person.id)) return tooManyPage(context, house)
  const { organisation, person } = giving
  const invitation = { ...asked, kind, organisation, evidence: '', invitedBy: person }
  await invite(house.db, house.config, { asked: invitation, now: house.now() })
  return context.redirect(`${pathOf(organisation.id)}?sent`, 303)
}

type Read = { email: string; role: Role; mandate: { from: Day; until: Day } | undefined }

function read(
  typed: Typed,
  { kind, giving, today }: { kind: OwnKind; giving: Giving; today: Day },
): Read | { refusals: Refusal[] } {
  const email = addressIn(typed)
  const roles = rolesFor(kind, giving)
  const role = kind === 'successor' ? (roles[0] ?? '') : (typed.role ?? '')
  const mandate = kind === 'mandate' ? mandateIn(typed, today) : undefined
  const refusals = [
    ...refusalsOf(email),
    ...(isRoleOf(role, roles) ? [] : [refusal('doors:invitation.wrongRole', { field: 'role' })]),
    ...(Array.isArray(mandate) ? mandate : []),
  ]
  if (refusals.length > 0 || !isRoleOf(role, roles) || Array.isArray(mandate)) return { refusals }
  return { email, role, mandate }
}

function addressIn(typed: Typed): string {
  return (typed.email ?? '').trim().toLowerCase()
}

function refusalsOf(email: string): Refusal[] {
  return isMailAddress(email) ? [] : [refusal('web:signIn.wrongEmail', { field: 'email' })]
}

const MANDATE_MONTHS_MOST = 12

/** For a time, one year at most: what nobody remembers having lent must end by itself. */
function mandateIn(typed: Typed, today: Day): { from: Day; until: Day } | Refusal[] {
  const from = parseDay(typed.from ?? '')
  const until = parseDay(typed.until ?? '')
  const refusals = [
    ...(from ? [] : [refusal('doors:invitation.wrongDay', { field: 'from' })]),
    ...(until ? [] : [refusal('doors:invitation.wrongDay', { field: 'until' })]),
  ]
  if (!from || !until) return refusals
  if (until < from || until < today)
    return [refusal('doors:invitation.endsTooSoon', { field: 'until' })]
  if (until > addMonths(from, MANDATE_MONTHS_MOST))
    return [refusal('doors:invitation.tooLong', { field: 'until', months: MANDATE_MONTHS_MOST })]
  return { from, until }
}

async function reopeningPage(context: PersonContext, house: House, again: Again = {}) {
  const { person, organisation, association } = await associationAround(context, house)
  const { typed = {}, refusals = [] } = again
  const frame = bareFrame(context, house, person.name)
  const { say } = frame
  const filled: Filled = { say, typed, refusals }
  const title = say('doors:reopening.title', { name: association.name })
  const here = `${pathOf(organisation.id)}/associations/${association.id}/reopening`
  return context.html(
    <Page frame={frame} title={title}>
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <p class="ds-paragraph">{say('doors:reopening.lead')}</p>
        <form class="stack" method="post" action={here}>
          <RefusalSummary filled={filled} />
          <Address filled={filled} />
          <AreaField
            filled={filled}
            name="evidence"
            label={say('doors:reopening.evidence')}
            hint={say('doors:reopening.evidenceHint')}
            required
          />
          <Submit>{say('doors:reopening.send')}</Submit>
        </form>
      </div>
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

const evidenceShape = z.string().min(20).max(2000)

async function reopen(context: PersonContext, house: House) {
  const { person, organisation, association } = await associationAround(context, house)
  const typed = typedOf(await context.req.formData())
  const email = addressIn(typed)
  const evidence = (typed.evidence ?? '').trim()
  const refusals = [
    ...refusalsOf(email),
    ...(evidenceShape.safeParse(evidence).success
      ? []
      : [refusal('doors:reopening.wrongEvidence', { field: 'evidence' })]),
  ]
  if (refusals.length > 0) return reopeningPage(context, house, { typed, refusals })
  if (await tooManyLetters(house, person.id)) return tooManyPage(context, house)
  const asked = {
    organisation: { ...association, kind: 'association' as const },
    email,
    role: keyRoles.association,
    kind: 'reopening' as const,
    mandate: undefined,
    evidence,
    invitedBy: person,
  }
  await invite(house.db, house.config, { asked, now: house.now() })
  return context.redirect(`${pathOf(organisation.id)}/associations?sent`, 303)
}
