import { type Context, Hono } from 'hono'
import { type Refusal, refusal } from '#kit'
import {
  acceptInvitation,
  allow,
  allTerritories,
  type Invitation,
  invitationBySecret,
  type Person,
  personByEmail,
} from '#people'
import {
  DayText,
  type Filled,
  type Frame,
  Page,
  RefusalSummary,
  Submit,
  TextField,
  type Typed,
  typedOf,
} from '#platform'
import { draftInvited } from '#pledges'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { languageOf, personAt } from '../place.ts'
import { enterAs, toldPage } from './enter.tsx'
import { tooManyFrom, tooManyPage } from './limits.tsx'

/** The other end of an invitation: whoever opens the mailbox that it was sent to. */
export function invitationDoors(house: House): Hono {
  const routes = new Hono()
  routes.get('/invitations/:secret', allow('link'), (context) => answerPage(context, house))
  routes.post('/invitations/:secret', allow('link'), (context) => accept(context, house))
  return routes
}

type Again = { typed?: Typed; refusals?: Refusal[] }

/**
 * `here`: signed in at the invited address. `elsewhere`: at another one. `known`: has an account, and
 * must open it first. `new`: this mailbox alone is known, which the letter has proved.
 */
type Guest = 'here' | 'elsewhere' | 'known' | 'new'

async function guestOf(
  house: House,
  invitation: Invitation,
  person: Person | undefined,
): Promise<Guest> {
  if (person) return person.email === invitation.email ? 'here' : 'elsewhere'
  return (await personByEmail(house.db, invitation.email)) ? 'known' : 'new'
}

async function answerPage(
  context: Context,
  house: House,
  { typed = {}, refusals = [] }: Again = {},
) {
  const invitation = await openInvitation(context, house)
  if (!invitation) return closedPage(context, house)
  const person = await personAt(house, context)
  if (person?.awaitsCode && !person.isProven)
    return context.redirect(`/second-factor?to=${encodeURIComponent(context.req.path)}`, 303)
  const guest = await guestOf(house, invitation, person)
  const frame = bareFrame(context, house, person?.name)
  const { say } = frame
  const name = invitation.organisation.name
  const title = say('doors:guest.title', { name })
  context.header('cache-control', 'no-store')
  return context.html(
    <Page frame={frame} title={title}>
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <Offer frame={frame} invitation={invitation} />
        <p class="ds-paragraph">{say(`doors:guest.${guest}.lead`, { email: invitation.email })}</p>
        <Form frame={frame} guest={guest} filled={{ say, typed, refusals }} />
      </div>
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

function Offer({ frame: { say, language }, invitation }: { frame: Frame; invitation: Invitation }) {
  return (
    <dl class="facts">
      <dt>{say('doors:guest.role')}</dt>
      <dd>{say(`people:seat.${invitation.role}`)}</dd>
      <dt>{say('doors:guest.by')}</dt>
      <dd>{invitation.invitedBy?.name ?? 'METIS'}</dd>
      {invitation.mandate && (
        <>
          <dt>{say('doors:seats.mandate')}</dt>
          <dd>
            <DayText value={invitation.mandate.until} language={language} />
          </dd>
        </>
      )}
    </dl>
  )
}

function Form({ frame, guest, filled }: { frame: Frame; guest: Guest; filled: Filled }) {
  const { say, path } = frame
  // The only way on is out, and back by the link.
  if (guest === 'elsewhere')
    return (
      <form method="post" action="/sign-out">
        <Submit>{say('platform:signOut')}</Submit>
      </form>
    )
  return (
    <form class="stack" method="post" action={path}>
      <RefusalSummary filled={filled} />
      {guest === 'new' && (
        <TextField
          filled={filled}
          name="name"
          label={say('doors:guest.name')}
          hint={say('doors:guest.nameHint')}
          required
        />
      )}
      <Submit>{say(`doors:guest.${guest}.send`)}</Submit>
    </form>
  )
}

const NAME_CHARACTERS = { least: 2, most: 100 }

async function accept(context: Context, house: House) {
  if (await tooManyFrom(context, house)) return tooManyPage(context, house)
  const secret = context.req.param('secret') ?? ''
  const invitation = await openInvitation(context, house)
  if (!invitation) return closedPage(context, house)
  const person = await personAt(house, context)
  const guest = await guestOf(house, invitation, person)
  if (guest === 'elsewhere' || (person?.awaitsCode && !person.isProven))
    return context.redirect(context.req.path, 303)
  if (guest === 'known') return sendSignInLink(context, house, invitation)
  const typed = typedOf(await context.req.formData())
  const name = (typed.name ?? '').trim()
  const isNamed = name.length >= NAME_CHARACTERS.least && name.length <= NAME_CHARACTERS.most
  if (guest === 'new' && !isNamed)
    return answerPage(context, house, {
      typed,
      refusals: [refusal('doors:guest.wrongName', { field: 'name' })],
    })
  const language = languageOf(context)
  const accepted = await acceptInvitation(house.db, { secret, name, language, now: house.now() })
  if (!accepted) return closedPage(context, house)
  await welcomePartner(house, accepted.invitation)
  if (guest === 'new' && accepted.isNew)
    await enterAs(context, house, {
      personId: accepted.personId,
      enteredBy: 'link',
      isProven: false,
    })
  return context.redirect('/home', 303)
}

/** What the commune had prepared for a company that now takes part waits for its word. */
async function welcomePartner(house: House, { territoryId, organisation }: Invitation) {
  const territories = territoryId ? await allTerritories(house.db) : []
  const territory = territories.find(({ id }) => id === territoryId)
  if (territory)
    await draftInvited(house.db, territory, { companyId: organisation.id, now: house.now() })
}

/** An account is opened by its own doors alone: an invitation, good for days, is not one of them. */
async function sendSignInLink(context: Context, house: House, { email }: Invitation) {
  await house.auth.api.signInMagicLink({
    body: { email, metadata: { to: context.req.path } },
    headers: context.req.raw.headers,
  })
  const { say } = bareFrame(context, house)
  return toldPage(context, house, {
    title: say('web:signIn.sent'),
    lead: say('web:signIn.sentLead', { email }),
  })
}

async function openInvitation(context: Context, house: House): Promise<Invitation | undefined> {
  const secret = context.req.param('secret') ?? ''
  const invitation = await invitationBySecret(house.db, secret, house.now())
  return invitation?.state === 'open' ? invitation : undefined
}

/** One page for a link that was used, withdrawn, replaced, too old or never sent. */
function closedPage(context: Context, house: House) {
  const { say } = bareFrame(context, house)
  return toldPage(context, house, {
    title: say('doors:guest.closed'),
    lead: say('doors:guest.closedLead'),
    on: { href: '/sign-in', label: say('web:signIn.title') },
    status: 410,
  })
}
