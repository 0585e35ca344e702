import { type Context, Hono } from 'hono'
import { dayOf, parseDay, refusal } from '#kit'
import { allow, personByEmail } from '#people'
import {
  DayText,
  type Filled,
  latestMails,
  Page,
  RefusalSummary,
  Submit,
  TextField,
  typedOf,
} from '#platform'
import { enterAs } from './doors/enter.tsx'
import { bareFrame } from './errors.tsx'
import type { House } from './house.ts'

/** What only a demo has: the cast without passwords, the mailbox of everyone, a calendar that moves. */
export function demoDoors(house: House): Hono {
  const routes = new Hono()
  routes.get('/mailbox', allow('public'), (context) => mailbox(context, house))
  routes.post('/demo/sessions', allow('public'), (context) => enterAsCast(context, house))
  routes.get('/demo/calendar', allow('public'), (context) => calendar(context, house))
  routes.post('/demo/calendar', allow('public'), (context) => moveCalendar(context, house))
  return routes
}

/** Everyone of the cast, one button each. */
export async function Cast({ house, say }: { house: House; say: Filled['say'] }) {
  const people = await house.db
    .selectFrom('people as p')
    .innerJoin('memberships as m', 'm.personId', 'p.id')
    .innerJoin('organisations as o', 'o.id', 'm.organisationId')
    .select(['p.email', 'p.name', 'm.role', 'o.name as organisation'])
    .orderBy('o.kind', 'desc')
    .orderBy('o.name')
    .execute()
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('web:cast.title')}
      </h2>
      <p class="ds-paragraph">{say('web:cast.lead')}</p>
      <ul class="todo">
        {people.map((person) => (
          <li>
            <span>
              <b>{person.name}</b> — {say(`web:role.${person.role}`)}, {person.organisation}
            </span>
            <form method="post" action="/demo/sessions">
              <input type="hidden" name="email" value={person.email} />
              <button class="ds-button" data-variant="secondary" data-size="sm" type="submit">
                {say('web:cast.enter')}
                <span class="visually-hidden"> {person.name}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}

async function mailbox(context: Context, house: House) {
  const frame = bareFrame(context, house)
  const { say } = frame
  const mails = await latestMails(house.db, 30)
  return context.html(
    <Page frame={frame} title={say('web:mailbox.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('web:mailbox.title')}
      </h1>
      <p class="lead">{say('web:mailbox.lead')}</p>
      {mails.map((mail) => (
        <article class="ds-card">
          <h2 class="ds-heading" data-size="xs">
            {mail.subject}
          </h2>
          <p class="hint">{say('web:mailbox.to', { recipient: mail.recipient })}</p>
          <pre>
            {mail.body.split(/(https?:\/\/\S+)/).map((part) =>
              part.startsWith('http') ? (
                <a class="ds-link" href={part}>
                  {part}
                </a>
              ) : (
                part
              ),
            )}
          </pre>
        </article>
      ))}
    </Page>,
  )
}

async function enterAsCast(context: Context, house: House) {
  const { email = '' } = typedOf(await context.req.formData())
  const person = await personByEmail(house.db, email)
  if (!person) return context.notFound()
  await enterAs(context, house, { personId: person.id, enteredBy: 'demo', isProven: true })
  return context.redirect('/home', 303)
}

function calendar(context: Context, house: House, filled?: Filled) {
  const frame = bareFrame(context, house)
  const { say } = frame
  const shown = filled ?? { say, typed: {}, refusals: [] }
  const today = dayOf(house.now())
  return context.html(
    <Page frame={frame} title={say('web:calendar.title')}>
      <div class="ds-card narrow">
        <h1 class="ds-heading" data-size="lg">
          {say('web:calendar.title')}
        </h1>
        <p class="ds-paragraph">
          {say('web:calendar.today')} <DayText value={today} language={frame.language} />.{' '}
          {say('web:calendar.lead')}
        </p>
        <form class="stack" method="post" action="/demo/calendar">
          <RefusalSummary filled={shown} />
          <TextField
            filled={shown}
            name="day"
            type="date"
            label={say('web:calendar.day')}
            value={today}
            required
          />
          <Submit>{say('web:calendar.move')}</Submit>
        </form>
      </div>
    </Page>,
    shown.refusals.length > 0 ? 422 : 200,
  )
}

async function moveCalendar(context: Context, house: House) {
  const typed = typedOf(await context.req.formData())
  const { say } = bareFrame(context, house)
  const day = parseDay(typed.day ?? '')
  // What is written carries its date: a calendar that goes back would contradict it.
  if (!day || !house.demoClock || day < dayOf(house.now()))
    return calendar(context, house, {
      say,
      typed,
      refusals: [refusal('web:calendar.refused', { field: 'day' })],
    })
  house.demoClock.moveTo(day)
  return context.redirect('/demo/calendar', 303)
}
