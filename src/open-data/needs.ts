import { askedBySkill } from '#applications'
import { campaignOfYear } from '#campaigns'
import type { NeedsReader } from '#pledges'

/** What associations asked last year, and what they ask so far: hours of each skill, no association. */
export const needsOf: NeedsReader = async (tx, campaign) => {
  const before = await campaignOfYear(tx, campaign.territoryId, campaign.year - 1)
  return {
    lastYear: before ? await askedBySkill(tx, before, { withDrafts: false }) : [],
    soFar: await askedBySkill(tx, campaign, { withDrafts: true }),
  }
}
