import { type Context, Hono } from 'hono'
import { type Campaign, campaignOfPath, familiesOf } from '#campaigns'
import { isRefused, type Refusal } from '#kit'
import { actorOf, allow, organisationOf, type PlaceEnv } from '#people'
import { once, typedOf } from '#platform'
import { type Filter, filtered, totalsOf } from './list.ts'
import { ListPage } from './list-page.tsx'
import { NothingToRead } from './reader-page.tsx'
import { earlierFileOf } from './reuse.ts'
import { startApplication } from './start.ts'
import { StartPage } from './start-page.tsx'
import { applicationOfAssociation, applicationsOf, tiedAssociations } from './store.ts'
import { filePathOf } from './views.ts'

/** The season's files: a table for agents, the way to one's own for an association. */
export const seasonRoutes = new Hono<PlaceEnv>()

const people = allow(
  'municipality.agent',
  'association.representative',
  'association.member',
  'association.reader',
)

seasonRoutes.get('/:year{[0-9]{4}}/applications', people, async (context) => {
  const place = context.get('place')
  const campaign = await campaignOfPath(place, context)
  if (organisationOf(place).kind === 'municipality') return agentsTable(context, campaign)
  const own = await applicationOfAssociation(place.tx, campaign, organisationOf(place).id)
  if (own) return context.redirect(filePathOf(place.path, own.id), 303)
  if (place.as?.role === 'association.reader')
    return context.html(<NothingToRead place={place} campaign={campaign} />)
  return startPage(context, campaign, [])
})

seasonRoutes.post(
  '/:year{[0-9]{4}}/applications',
  allow('association.representative', 'association.member'),
  async (context) => {
    const place = context.get('place')
    const campaign = await campaignOfPath(place, context)
    const typed = typedOf(await context.req.formData())
    const asked = { key: typed.once || `start ${campaign.id} ${organisationOf(place).id}` }
    const outcome = await once(
      place.tx,
      {
        ...asked,
        territoryId: place.territory.id,
        payload: { start: campaign.id, of: organisationOf(place).id },
      },
      () => startApplication(place, campaign, { reuses: typed.from === 'earlier' }),
    )
    if (isRefused(outcome)) return startPage(context, campaign, outcome.refusals)
    return context.redirect(filePathOf(place.path, outcome.id), 303)
  },
)

async function agentsTable(context: Context<PlaceEnv>, campaign: Campaign) {
  const place = context.get('place')
  const tied = await tiedAssociations(place.tx, place.territory.id, actorOf(place).personId)
  const every = await applicationsOf(place.tx, campaign)
  // CGCT art. L.2131-11: of an association that one is tied to, not even the line.
  const all = every.filter(({ association }) => !tied.has(association.id))
  const filter = filterOf(context)
  const shown = filtered(all, filter)
  const families = await familiesOf(place.tx, campaign)
  return context.html(
    <ListPage
      place={place}
      campaign={campaign}
      families={families}
      all={all}
      shown={shown}
      totals={totalsOf(shown)}
      filter={filter}
    />,
  )
}

function filterOf(context: Context): Filter {
  const asked = (name: string) => context.req.query(name) ?? ''
  return { state: asked('state'), family: asked('family'), q: asked('q') }
}

async function startPage(context: Context<PlaceEnv>, campaign: Campaign, refusals: Refusal[]) {
  const place = context.get('place')
  const earlier = await earlierFileOf(place.tx, campaign, organisationOf(place).id)
  return context.html(
    <StartPage place={place} campaign={campaign} earlier={earlier} refusals={refusals} />,
    refusals.length > 0 ? 422 : 200,
  )
}
