import { type Context, Hono } from 'hono'
import { type Refusal, refusal } from '#kit'
import {
  allow,
  allTerritories,
  found,
  type Invitation,
  invitePartner,
  type Person,
  type PersonEnv,
  partnerInvitation,
  type Territory,
  withdrawInvitation,
} from '#people'
import {
  type Filled,
  type Frame,
  InstantText,
  Page,
  RefusalSummary,
  Submit,
  TextField,
  type Typed,
  typedOf,
} from '#platform'
import { forgetInvited, noteInvited, unknownCompanyOf } from '#pledges'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { idIn, isMailAddress, personOf } from './enter.tsx'
import { tooManyLetters, tooManyPage } from './limits.tsx'
import { heldBy, pathOf } from './seat-access.ts'

type PersonContext = Context<PersonEnv>

/** A company of a file of pledges that the commune does not know: its agent asks it in. */
export function partnerDoors(house: House): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  const here = '/account/organisations/:organisationId/pledge-files/:fileId/lines/:line/invitation'
  routes.get(here, allow('signed-in'), (context) => invitationPage(context, house))
  routes.post(here, allow('signed-in'), (context) => send(context, house))
  routes.post(`${here}/withdrawal`, allow('signed-in'), (context) => withdraw(context, house))
  return routes
}

type Asking = {
  person: Person
  territory: Territory
  company: { siret: string; name: string; email: string }
  file: string
  here: string
}

/** The line of the address, for an agent of the commune whose file it is; it does not exist for others. */
async function askingIn(context: PersonContext, house: House): Promise<Asking> {
  const person = personOf(context)
  const townHall = idIn(context.req.param('organisationId'))
  const fileId = idIn(context.req.param('fileId'))
  const line = Number(context.req.param('line'))
  const isAgent = (await heldBy(house, person)).some(
    ({ role, organisation }) => role === 'municipality.agent' && organisation.id === townHall,
  )
  const territories = await allTerritories(house.db)
  const territory = found(
    isAgent ? territories.find((one) => one.organisationId === townHall) : undefined,
  )
  const company = found(await unknownCompanyOf(house.db, territory, { fileId, line }))
  const file = `/${territory.slug}/pledges/files/${fileId}`
  const here = `${pathOf(townHall)}/pledge-files/${fileId}/lines/${line}/invitation`
  return { person, territory, company, file, here }
}

function openOne(house: House, { territory, company }: Asking): Promise<Invitation | undefined> {
  const asked = { territoryId: territory.id, siret: company.siret }
  return partnerInvitation(house.db, asked, house.now()).then((one) =>
    one?.state === 'open' ? one : undefined,
  )
}

type Again = { typed?: Typed; refusals?: Refusal[] }

async function invitationPage(context: PersonContext, house: House, again: Again = {}) {
  const asking = await askingIn(context, house)
  const { typed = {}, refusals = [] } = again
  const frame = bareFrame(context, house, asking.person.name)
  const { say } = frame
  const open = await openOne(house, asking)
  const title = say('doors:partner.title')
  return context.html(
    <Page frame={frame} title={title}>
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <dl class="facts">
          <dt>{say('doors:partner.siret')}</dt>
          <dd>{asking.company.siret}</dd>
        </dl>
        {open ? (
          <Sent frame={frame} asking={asking} open={open} />
        ) : (
          <Form asking={asking} filled={{ say, typed, refusals }} />
        )}
        <p>
          <a class="ds-link" href={asking.file}>
            {say('doors:partner.back')}
          </a>
        </p>
      </div>
    </Page>,
    refusals.length > 0 ? 422 : 200,
  )
}

function Form({ asking: { company, here }, filled }: { asking: Asking; filled: Filled }) {
  const { say } = filled
  return (
    <>
      <p class="ds-paragraph">{say('doors:partner.lead')}</p>
      <form class="stack" method="post" action={here}>
        <RefusalSummary filled={filled} />
        <TextField
          filled={filled}
          name="name"
          label={say('doors:partner.name')}
          value={company.name}
          required
        />
        <TextField
          filled={filled}
          name="email"
          label={say('doors:partner.email')}
          hint={say('doors:partner.emailHint')}
          type="email"
          autocomplete="off"
          value={company.email}
          required
        />
        <Submit>{say('doors:partner.send')}</Submit>
      </form>
    </>
  )
}

/** To whom it went is not said: a company that is known already was written to where it reads its mail. */
function Sent({ frame, asking, open }: { frame: Frame; asking: Asking; open: Invitation }) {
  const { say, language } = frame
  return (
    <>
      <p class="ds-paragraph">
        {say('doors:invitation.sentOn')} <InstantText value={open.sentAt} language={language} />
        {', '}
        {say('doors:invitation.until')} <InstantText value={open.expiresAt} language={language} />.{' '}
        {say('doors:partner.after')}
      </p>
      <form method="post" action={`${asking.here}/withdrawal`}>
        <button class="ds-button" data-variant="secondary" type="submit">
          {say('doors:partner.withdraw')}
        </button>
      </form>
    </>
  )
}

const NAME_CHARACTERS = { least: 2, most: 300 }

async function send(context: PersonContext, house: House) {
  const asking = await askingIn(context, house)
  const { person, territory, company, file } = asking
  const typed = typedOf(await context.req.formData())
  const name = (typed.name ?? '').trim()
  const email = (typed.email ?? '').trim().toLowerCase()
  const isNamed = name.length >= NAME_CHARACTERS.least && name.length <= NAME_CHARACTERS.most
  const refusals = [
    ...(isNamed ? [] : [refusal('doors:partner.wrongName', { field: 'name' })]),
    ...(isMailAddress(email) ? [] : [refusal('web:signIn.wrongEmail', { field: 'email' })]),
  ]
  if (refusals.length > 0) return invitationPage(context, house, { typed, refusals })
  // Pressed twice: the letter of the first time stands.
  if (await openOne(house, asking)) return context.redirect(file, 303)
  if (await tooManyLetters(house, person.id)) return tooManyPage(context, house)
  const { siret } = company
  const now = house.now()
  const asked = { territoryId: territory.id, siret, name, email, by: person, now }
  if ((await invitePartner(house.db, house.config, asked)) === 'notACompany')
    return invitationPage(context, house, {
      typed,
      refusals: [refusal('doors:partner.notACompany')],
    })
  await noteInvited(house.db, territory.id, { siret, invitedBy: person.id, invitedAt: now })
  return context.redirect(file, 303)
}

/** The address was wrong: the letter opens nothing any more, and another may leave. */
async function withdraw(context: PersonContext, house: House) {
  const asking = await askingIn(context, house)
  const invitation = await openOne(house, asking)
  if (invitation) {
    await withdrawInvitation(house.db, { invitation, by: asking.person, now: house.now() })
    await forgetInvited(house.db, asking.territory.id, asking.company.siret)
  }
  return context.redirect(asking.here, 303)
}
