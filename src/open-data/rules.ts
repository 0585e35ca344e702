import type { Campaign, CampaignState } from '#campaigns'
import { type Refusal, refusal } from '#kit'

const decided: CampaignState[] = ['executing', 'reporting', 'closed']

/** A season is made public once the council's decision binds: before, nothing is decided. */
export function refusalsToPublish(campaign: Campaign): Refusal[] {
  return decided.includes(campaign.state) ? [] : [refusal('open-data:refused.notDecided')]
}
