import { Hono } from 'hono'
import { type Campaign, familiesOf } from '#campaigns'
import { allow, type PlaceEnv } from '#people'
import type { Tx } from '#platform'
import { openedCampaign } from './season.ts'
import { pledgesOf } from './store.ts'
import { type Mark, marksOf, type NeedsReader } from './thermometer.ts'
import { EmbeddedThermometer, ThermometerPage } from './thermometer-page.tsx'

/** Anyone may frame this one page: it has no form, no session and no script. */
const FRAMED_POLICY =
  "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors *"

export function thermometerRoutes(needsOf: NeedsReader): Hono<PlaceEnv> {
  const routes = new Hono<PlaceEnv>()

  routes.get('/:year{[0-9]{4}}/thermometer', allow('public'), async (context) => {
    const place = context.get('place')
    const campaign = await openedCampaign(place, context)
    const marks = await marksIn(place.tx, campaign, needsOf)
    return context.html(<ThermometerPage {...{ place, campaign, marks }} />)
  })

  routes.get('/:year{[0-9]{4}}/thermometer/embed', allow('public'), async (context) => {
    const place = context.get('place')
    const campaign = await openedCampaign(place, context)
    const marks = await marksIn(place.tx, campaign, needsOf)
    context.header('content-security-policy', FRAMED_POLICY)
    return context.html(<EmbeddedThermometer {...{ place, campaign, marks }} />)
  })

  return routes
}

export async function marksIn(tx: Tx, campaign: Campaign, needsOf: NeedsReader): Promise<Mark[]> {
  const families = await familiesOf(tx, campaign)
  return marksOf(families, await pledgesOf(tx, campaign), await needsOf(tx, campaign))
}
