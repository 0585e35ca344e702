import { type Context, Hono } from 'hono'
import { isRefused, type Refusal } from '#kit'
import { allow, found, type PersonEnv, removeSeat, rolesToGive, seatsOf } from '#people'
import { type Filled, Page, RefusalSummary, Submit } from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { idIn, personOf } from './enter.tsx'
import { heldBy, pathOf } from './seat-access.ts'

type PersonContext = Context<PersonEnv>

/** The end of a seat: a colleague's, a mandate's, one's own. */
export function seatDoors(house: House): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  const here = '/account/organisations/:organisationId/seats/:personId/:role'
  routes.get(here, allow('signed-in'), (context) => seatPage(context, house, []))
  routes.post(`${here}/ending`, allow('signed-in'), (context) => end(context, house))
  return routes
}

/** For whoever gives this role, and for the one who holds it. */
async function seatOfPath(context: PersonContext, house: House) {
  const person = personOf(context)
  const organisationId = idIn(context.req.param('organisationId'))
  const personId = idIn(context.req.param('personId'))
  const held = await heldBy(house, person)
  const seats = await seatsOf(house.db, organisationId)
  const role = context.req.param('role')
  const seat = found(seats.find((one) => one.personId === personId && one.role === role))
  const isOwn = personId === person.id
  const mayGive = rolesToGive(held, organisationId).includes(seat.role)
  found(isOwn || mayGive || undefined)
  return { person, organisationId, seat, isOwn, mayGive }
}

async function seatPage(context: PersonContext, house: House, refusals: Refusal[]) {
  const { person, organisationId, seat, isOwn } = await seatOfPath(context, house)
  const frame = bareFrame(context, house, person.name)
  const { say } = frame
  const title = isOwn ? say('doors:seat.ownTitle') : say('doors:seat.title', { name: seat.name })
  const filled: Filled = { say, typed: {}, refusals }
  return context.html(
    <Page frame={frame} title={title}>
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <form
          class="stack"
          method="post"
          action={`${pathOf(organisationId)}/seats/${seat.personId}/${seat.role}/ending`}
        >
          <RefusalSummary filled={filled} />
          <p class="ds-paragraph" id="role" tabindex={-1}>
            {say(`people:seat.${seat.role}`)}
          </p>
          <p class="ds-paragraph">{isOwn ? say('doors:seat.ownLead') : say('doors:seat.lead')}</p>
          <Submit>{isOwn ? say('doors:seat.leave') : say('doors:seat.end')}</Submit>
        </form>
        {refusals.length > 0 && seat.role === 'association.representative' && (
          <p>
            <a class="ds-link" href={`${pathOf(organisationId)}/invitations/new?kind=successor`}>
              {say('doors:invitation.successor.title')}
            </a>
          </p>
        )}
      </div>
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

async function end(context: PersonContext, house: House) {
  const { person, organisationId, seat, isOwn, mayGive } = await seatOfPath(context, house)
  const outcome = await removeSeat(house.db, {
    organisationId,
    personId: seat.personId,
    role: seat.role,
    by: person,
    now: house.now(),
  })
  if (outcome && isRefused(outcome)) return seatPage(context, house, outcome.refusals)
  return context.redirect(mayGive && !isOwn ? pathOf(organisationId) : '/account/colleagues', 303)
}
