import { type Context, Hono } from 'hono'
import { dayOf } from '#kit'
import {
  allow,
  allTerritories,
  goodbyeAddress,
  membershipsOf,
  type PersonEnv,
  providerTokenOf,
  type Standing,
} from '#people'
import { Notice, Page } from '#platform'
import { Cast } from '../demo.tsx'
import { bareFrame } from '../errors.tsx'
import type { House } from '../house.ts'
import { personAt } from '../place.ts'
import { accountDoors } from './account.tsx'
import { colleagueDoors } from './colleagues.tsx'
import { bringCookies } from './enter.tsx'
import { invitationForms } from './invitation-forms.tsx'
import { invitationDoors } from './invitations.tsx'
import { organisationDoors } from './organisations.tsx'
import { partnerDoors } from './partners.tsx'
import { providerDoors } from './provider.tsx'
import { seatDoors } from './seats.tsx'
import { secondFactorDoors } from './second-factor.tsx'
import { secondFactorSetting } from './second-factor-setting.tsx'
import { signInDoors } from './sign-in.tsx'

/** The doors of the house, outside any commune: landing, sign-in, sign-out, the way home. */
export function doors(house: House): Hono<PersonEnv> {
  const routes = new Hono<PersonEnv>()
  routes.get('/', allow('public'), (context) => landing(context, house))
  routes.post('/sign-out', allow('public'), (context) => leave(context, house))
  routes.get('/home', allow('public'), (context) => wayHome(context, house))
  routes.route('/', providerDoors(house))
  routes.route('/', signInDoors(house))
  routes.route('/', accountDoors(house))
  routes.route('/', secondFactorDoors(house))
  routes.route('/', secondFactorSetting(house))
  routes.route('/', colleagueDoors(house))
  routes.route('/', organisationDoors(house))
  routes.route('/', invitationForms(house))
  routes.route('/', partnerDoors(house))
  routes.route('/', seatDoors(house))
  routes.route('/', invitationDoors(house))
  return routes
}

async function landing(context: Context, house: House) {
  const frame = bareFrame(context, house)
  const { say } = frame
  const territories = await allTerritories(house.db)
  return context.html(
    <Page frame={frame} title={say('web:landing.title')}>
      <h1 class="ds-heading" data-size="xl">
        {say('web:landing.title')}
      </h1>
      <p class="lead">{say('web:landing.lead')}</p>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('web:landing.communes')}
        </h2>
        <ul class="todo">
          {territories.map((territory) => (
            <li>
              <a class="ds-link" href={`/${territory.slug}`}>
                {territory.name}
              </a>
            </li>
          ))}
        </ul>
      </section>
      {house.config.isDemo && (await Cast({ house, say }))}
    </Page>,
  )
}

/** Out of METIS, then out of the provider's session when that is how the person came in. */
async function leave(context: Context, house: House) {
  const person = await personAt(house, context)
  const farewell = person && (await farewellAddress(house, person.sessionId))
  const answer = await house.auth.api.signOut({
    headers: context.req.raw.headers,
    asResponse: true,
  })
  bringCookies(context, answer)
  return context.redirect(farewell ?? '/', 303)
}

async function farewellAddress(house: House, sessionId: string): Promise<string | undefined> {
  const { provider } = house.config
  const idToken = provider && (await providerTokenOf(house.db, house.config, sessionId))
  return idToken ? goodbyeAddress(house.config, provider, idToken) : undefined
}

/** To the home of the person's commune, or a choice when there are several. */
async function wayHome(context: Context, house: House) {
  const person = await personAt(house, context)
  if (!person) return context.redirect('/sign-in', 303)
  if (person.awaitsCode && !person.isProven) return context.redirect('/second-factor', 303)
  const standings = await membershipsOf(house.db, person.id, dayOf(house.now()))
  const slugs = [...new Set(standings.flatMap(({ slug }) => slug ?? []))]
  const [only] = slugs
  if (only && slugs.length === 1) return context.redirect(`/${only}/home`, 303)
  return choiceOfCommune(context, house, { name: person.name, standings, slugs })
}

function choiceOfCommune(
  context: Context,
  house: House,
  { name, slugs }: { name: string; standings: Standing[]; slugs: string[] },
) {
  const frame = bareFrame(context, house, name)
  const { say } = frame
  return context.html(
    <Page frame={frame} title={say('web:choice.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('web:choice.title')}
      </h1>
      {slugs.length === 0 && <Notice>{say('web:choice.none')}</Notice>}
      <ul class="todo">
        {slugs.map((slug) => (
          <li>
            <a class="ds-link" href={`/${slug}/home`}>
              {slug}
            </a>
          </li>
        ))}
      </ul>
    </Page>,
  )
}
