import { type Context, Hono } from 'hono'
import { type Refusal, refusal } from '#kit'
import {
  allow,
  factorHolders,
  found,
  noteAtDoor,
  organisationsAround,
  type Person,
  type PersonEnv,
  type Role,
  resetDoors,
  roles,
  rolesToGive,
  secondFactorRoles,
} from '#people'
import {
  AreaField,
  DayText,
  type Filled,
  type Frame,
  Page,
  RefusalSummary,
  Submit,
  Tag,
  type Typed,
  typedOf,
  writeMail,
} from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { idIn, personOf } from './enter.tsx'
import { letterTo } from './letters.ts'
import { heldBy, pathOf } from './seat-access.ts'

type PersonContext = Context<PersonEnv>
type Colleague = Awaited<ReturnType<typeof factorHolders>>[number]

const REASON_CHARACTERS = { least: 10, most: 500 }

/** A telephone is lost: another administrator, who knows the person, opens the way again. */
export function colleagueDoors(house: House): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  routes.get('/account/colleagues', allow('signed-in'), (context) => listPage(context, house))
  routes.get('/account/colleagues/:personId', allow('signed-in'), (context) =>
    onePage(context, house),
  )
  routes.post('/account/colleagues/:personId/reset', allow('signed-in'), (context) =>
    reset(context, house),
  )
  return routes
}

/**
 * Colleagues who hold a role that needs a second factor; for a commune's agents, also whoever has
 * one in the organisations of its season: a small company's only signatory has no colleague.
 */
async function colleaguesOf(house: House, person: Person): Promise<Colleague[]> {
  const held = (await heldBy(house, person)).filter(({ role }) => helpers.includes(role))
  const idsOf = (memberships: typeof held) => [
    ...new Set(memberships.map(({ organisation }) => organisation.id)),
  ]
  const around = await organisationsAround(
    house.db,
    idsOf(held.filter(({ role }) => communeHelpers.includes(role))),
  )
  const colleagues = [
    ...(await factorHolders(house.db, idsOf(held), [...secondFactorRoles])),
    ...(await factorHolders(house.db, around, [...roles])).filter(({ hasFactor }) => hasFactor),
  ]
  // Whoever gives the roles of a commune is helped by another who does, not by those they gave one.
  const isAdmin = held.some(({ role }) => role === 'municipality.admin')
  const admins = colleagues.filter(({ role }) => role === 'municipality.admin')
  const beyond = new Set(isAdmin ? [] : admins.map(({ id }) => id))
  const others = colleagues.filter(({ id }) => id !== person.id && !beyond.has(id))
  return [...new Map(others.map((one) => [`${one.id} ${one.organisationId}`, one])).values()]
}

const communeHelpers: readonly Role[] = ['municipality.admin', 'municipality.agent']
const helpers: readonly Role[] = secondFactorRoles.filter((role) => role !== 'municipality.finance')

async function listPage(context: PersonContext, house: House) {
  const person = personOf(context)
  const frame = bareFrame(context, house, person.name)
  const { say } = frame
  const colleagues = await colleaguesOf(house, person)
  return context.html(
    <Page frame={frame} title={say('doors:colleagues.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('doors:colleagues.title')}
      </h1>
      {await OwnSeats({ frame, house, person })}
      <h2 class="ds-heading" data-size="sm">
        {say('doors:colleagues.lost')}
      </h2>
      <p class="ds-paragraph">{say('doors:colleagues.lead')}</p>
      {colleagues.length === 0 && <p class="ds-paragraph">{say('doors:colleagues.none')}</p>}
      <ul class="todo">
        {colleagues.map((one) => (
          <li>
            <span>
              <b>{one.name}</b> — {say(`web:role.${one.role}`)}, {one.organisation}{' '}
              <Tag color={one.hasFactor ? 'success' : 'warning'}>
                {one.hasFactor ? say('doors:colleagues.on') : say('doors:colleagues.off')}
              </Tag>
            </span>
            {one.hasFactor && (
              <a class="ds-link" href={`/account/colleagues/${one.id}`}>
                {say('doors:colleagues.reset')}
                <span class="visually-hidden"> {one.name}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
    </Page>,
  )
}

/** What one does here, for whom, and the way to those who do it too. */
async function OwnSeats({ frame, house, person }: { frame: Frame; house: House; person: Person }) {
  const { say, language } = frame
  const held = await heldBy(house, person)
  return (
    <ul class="todo">
      {held.map(({ organisation, role, mandate }) => (
        <li>
          <span>
            <b>{organisation.name}</b> — {say(`people:seat.${role}`)}
            {mandate && (
              <>
                {' '}
                ({say('doors:seats.mandate')} <DayText value={mandate.until} language={language} />)
              </>
            )}
          </span>
          <span class="actions">
            {rolesToGive(held, organisation.id).includes(role) && !mandate && (
              <a class="ds-link" href={pathOf(organisation.id)}>
                {say('doors:seats.open')}
                <span class="visually-hidden"> {organisation.name}</span>
              </a>
            )}
            <a class="ds-link" href={`${pathOf(organisation.id)}/seats/${person.id}/${role}`}>
              {say('doors:seat.leave')}
              <span class="visually-hidden">
                {' '}
                {organisation.name}, {say(`people:seat.${role}`)}
              </span>
            </a>
          </span>
        </li>
      ))}
    </ul>
  )
}

async function onePage(
  context: PersonContext,
  house: House,
  { typed = {}, refusals = [] }: { typed?: Typed; refusals?: Refusal[] } = {},
) {
  const person = personOf(context)
  const frame = bareFrame(context, house, person.name)
  const { say } = frame
  const one = await colleagueIn(context, house, person)
  const filled: Filled = { say, typed, refusals }
  const title = say('doors:reset.title', { name: one.name })
  return context.html(
    <Page frame={frame} title={title}>
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <p class="ds-paragraph">{say('doors:reset.lead')}</p>
        <form class="stack" method="post" action={`/account/colleagues/${one.id}/reset`}>
          <RefusalSummary filled={filled} />
          <AreaField
            filled={filled}
            name="reason"
            label={say('doors:reset.reason')}
            hint={say('doors:reset.reasonHint')}
            required
          />
          <Submit>{say('doors:reset.send')}</Submit>
        </form>
      </div>
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

async function reset(context: PersonContext, house: House) {
  const person = personOf(context)
  const typed = typedOf(await context.req.formData())
  const one = await colleagueIn(context, house, person)
  const reason = (typed.reason ?? '').trim()
  if (reason.length < REASON_CHARACTERS.least || reason.length > REASON_CHARACTERS.most)
    return onePage(context, house, {
      typed,
      refusals: [refusal('doors:reset.wrongReason', { field: 'reason' })],
    })
  await resetDoors(house.db, one.id)
  await noteAtDoor(house.db, {
    personId: one.id,
    by: person.id,
    action: 'door.reset',
    details: { reason },
    at: house.now(),
  })
  await writeMail(house.db, letterTo(one.email, 'doors:letter.reset', { by: person.name }))
  return context.redirect('/account/colleagues', 303)
}

async function colleagueIn(context: PersonContext, house: House, person: Person) {
  const id = idIn(context.req.param('personId'))
  const colleagues = await colleaguesOf(house, person)
  return found(colleagues.find((one) => one.id === id && one.hasFactor))
}
