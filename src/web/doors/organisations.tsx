import { type Context, Hono } from 'hono'
import { dayOf } from '#kit'
import {
  allow,
  allTerritories,
  associationsAround,
  communesAround,
  found,
  type Invitation,
  invitationIn,
  invitationsOf,
  type PersonEnv,
  type Seat,
  seatsOf,
  sendAgain,
  withdrawInvitation,
} from '#people'
import { DayText, type Frame, InstantText, Notice, Page, Tag } from '#platform'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { idIn } from './enter.tsx'
import { tooManyLetters, tooManyPage } from './limits.tsx'
import { type Giving, givingIn, pathOf, townHallOf } from './seat-access.ts'

type PersonContext = Context<PersonEnv>

/** Who acts for an organisation, for whoever gives its roles. */
export function organisationDoors(house: House): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  const here = '/account/organisations/:organisationId'
  routes.get(here, allow('signed-in'), (context) => seatsPage(context, house))
  routes.post(`${here}/invitations/:invitationId/withdrawal`, allow('signed-in'), (context) =>
    withdraw(context, house),
  )
  routes.post(`${here}/invitations/:invitationId/letters`, allow('signed-in'), (context) =>
    again(context, house),
  )
  routes.get(`${here}/associations`, allow('signed-in'), (context) =>
    associationsPage(context, house),
  )
  return routes
}

async function seatsPage(context: PersonContext, house: House) {
  const giving = await givingIn(context, house)
  const { organisation, person } = giving
  const frame = bareFrame(context, house, person.name)
  const { say } = frame
  const title = say('doors:seats.title', { name: organisation.name })
  const isSent = context.req.query('sent') !== undefined
  return context.html(
    <Page frame={frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      {isSent && <Notice color="success">{say('doors:invitation.sent')}</Notice>}
      <p>
        <a class="ds-button" href={`${pathOf(organisation.id)}/invitations/new`}>
          {say('doors:invitation.colleague.title')}
        </a>
      </p>
      <Seats
        frame={frame}
        giving={giving}
        seats={await seatsOf(house.db, organisation.id)}
        house={house}
      />
      <Invitations
        frame={frame}
        giving={giving}
        all={await invitationsOf(house.db, organisation.id, house.now())}
      />
      <More frame={frame} giving={giving} communes={await communesOf(house, giving)} />
    </Page>,
  )
}

type Shown = { frame: Frame; giving: Giving }

function Seats({ frame, giving, seats, house }: Shown & { seats: Seat[]; house: House }) {
  const { say, language } = frame
  const today = dayOf(house.now())
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('doors:seats.heading')}
      </h2>
      <ul class="todo">
        {seats.map((seat) => (
          <li>
            <span>
              <b>{seat.name}</b> — {say(`people:seat.${seat.role}`)}
              {seat.mandate && (
                <>
                  {' '}
                  <Tag color={seat.mandate.until < today ? 'neutral' : 'info'}>
                    {say('doors:seats.mandate')}{' '}
                    <DayText value={seat.mandate.until} language={language} />
                  </Tag>
                </>
              )}
              <br />
              <small>
                {seat.email} · {say('doors:seats.since')}{' '}
                <DayText value={dayOf(seat.since)} language={language} />
              </small>
            </span>
            {giving.roles.includes(seat.role) && (
              <a
                class="ds-link"
                href={`${pathOf(giving.organisation.id)}/seats/${seat.personId}/${seat.role}`}
              >
                {say('doors:seats.end')}
                <span class="visually-hidden"> {seat.name}</span>
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const stateColors = {
  open: 'info',
  expired: 'warning',
  accepted: 'success',
  withdrawn: 'neutral',
} as const

function Invitations({ frame, giving, all }: Shown & { all: Invitation[] }) {
  const { say, language } = frame
  if (all.length === 0) return null
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('doors:invitation.heading')}
      </h2>
      <p class="ds-paragraph">{say('doors:invitation.lead')}</p>
      <ul class="todo">
        {all.map((invitation) => (
          <li>
            <span>
              <b>{invitation.email}</b> — {say(`people:seat.${invitation.role}`)}{' '}
              <Tag color={stateColors[invitation.state]}>
                {say(`doors:invitation.state.${invitation.state}`)}
              </Tag>
              <br />
              <small>
                {say(`doors:invitation.kind.${invitation.kind}`)} {say('doors:invitation.sentOn')}{' '}
                <InstantText value={invitation.sentAt} language={language} />
                {', '}
                {say('doors:invitation.until')}{' '}
                <InstantText value={invitation.expiresAt} language={language} />.
              </small>
            </span>
            {(invitation.state === 'open' || invitation.state === 'expired') && (
              <Choices frame={frame} giving={giving} invitation={invitation} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Choices({ frame: { say }, giving, invitation }: Shown & { invitation: Invitation }) {
  const here = `${pathOf(giving.organisation.id)}/invitations/${invitation.id}`
  return (
    <div class="actions">
      {(['letters', 'withdrawal'] as const).map((choice) => (
        <form method="post" action={`${here}/${choice}`}>
          <button class="ds-button" data-variant="secondary" data-size="sm" type="submit">
            {say(`doors:invitation.choice.${choice}`)}
            <span class="visually-hidden"> {invitation.email}</span>
          </button>
        </form>
      ))}
    </div>
  )
}

type Commune = { slug: string; name: string }

/** Each commune keeps its own journal. */
async function communesOf(house: House, { organisation }: Giving): Promise<Commune[]> {
  if (organisation.kind !== 'association') return []
  const ids = await communesAround(house.db, organisation.id)
  return (await allTerritories(house.db)).filter(({ id }) => ids.includes(id))
}

/** What is done once a year or less. */
function More({
  frame: { say },
  giving: { organisation },
  communes,
}: Shown & { communes: Commune[] }) {
  const here = pathOf(organisation.id)
  return (
    <ul class="ds-list">
      {organisation.kind === 'association' && (
        <>
          <li>
            <a class="ds-link" href={`${here}/invitations/new?kind=successor`}>
              {say('doors:invitation.successor.title')}
            </a>
          </li>
          <li>
            <a class="ds-link" href={`${here}/invitations/new?kind=mandate`}>
              {say('doors:invitation.mandate.title')}
            </a>
          </li>
          {communes.map(({ slug, name }) => (
            <li>
              <a class="ds-link" href={`/${slug}/deeds-by-mandate?for=${organisation.id}`}>
                {say('doors:seats.byMandate', { commune: name })}
              </a>
            </li>
          ))}
        </>
      )}
      {organisation.kind === 'municipality' && (
        <li>
          <a class="ds-link" href={`${here}/associations`}>
            {say('doors:reopening.list')}
          </a>
        </li>
      )}
      <li>
        <a class="ds-link" href="/account/colleagues">
          {say('doors:colleagues.title')}
        </a>
      </li>
    </ul>
  )
}

async function withdraw(context: PersonContext, house: House) {
  const { person, organisation, invitation } = await invitationOfPath(context, house)
  await withdrawInvitation(house.db, { invitation, by: person, now: house.now() })
  return context.redirect(pathOf(organisation.id), 303)
}

async function again(context: PersonContext, house: House) {
  const { person, organisation, invitation } = await invitationOfPath(context, house)
  found(invitation.state === 'open' || invitation.state === 'expired' || undefined)
  if (await tooManyLetters(house, person.id)) return tooManyPage(context, house)
  await sendAgain(house.db, house.config, { invitation, by: person, now: house.now() })
  return context.redirect(`${pathOf(organisation.id)}?sent`, 303)
}

async function invitationOfPath(context: PersonContext, house: House) {
  const giving = await givingIn(context, house)
  const id = idIn(context.req.param('invitationId'))
  const asked = { organisationId: giving.organisation.id, id, now: house.now() }
  return { ...giving, invitation: found(await invitationIn(house.db, asked)) }
}

/** For a commune's administrator: the associations of its season, to help one whose president is gone. */
async function associationsPage(context: PersonContext, house: House) {
  const giving = await givingIn(context, house)
  const townHall = townHallOf(giving)
  const frame = bareFrame(context, house, giving.person.name)
  const { say } = frame
  const all = await associationsAround(house.db, townHall.id)
  return context.html(
    <Page frame={frame} title={say('doors:reopening.list')}>
      <h1 class="ds-heading" data-size="lg">
        {say('doors:reopening.list')}
      </h1>
      <p class="lead">{say('doors:reopening.listLead')}</p>
      <ul class="todo">
        {all.map((association) => (
          <li>
            <span>{association.name}</span>
            <a
              class="ds-link"
              href={`${pathOf(townHall.id)}/associations/${association.id}/reopening`}
            >
              {say('doors:reopening.open')}
              <span class="visually-hidden"> {association.name}</span>
            </a>
          </li>
        ))}
      </ul>
    </Page>,
  )
}
