import type { Context } from 'hono'
import { type Campaign, campaignOfPath } from '#campaigns'
import { found, type Place, type PlaceEnv } from '#people'

/** A season in preparation is nobody's business but the commune's. */
export async function openedCampaign(place: Place, context: Context<PlaceEnv>): Promise<Campaign> {
  const campaign = await campaignOfPath(place, context)
  const isOpened = campaign.state !== 'draft' || place.as?.role === 'municipality.agent'
  return found(isOpened ? campaign : undefined)
}
