import type { Campaign } from '#campaigns'
import { note } from '#journal'
import type { Refused } from '#kit'
import { actorOf, deed, type Place } from '#people'
import { refusalsToPublish } from './rules.ts'
import { insertPublication } from './store.ts'

/** Opens the season's figures and files to everyone; publishing again dates them anew. */
export async function publishSeason(
  place: Place,
  campaign: Campaign,
  { hasNames }: { hasNames: boolean },
): Promise<{ id: string } | Refused> {
  const refusals = refusalsToPublish(campaign)
  if (refusals.length > 0) return { refusals }
  await insertPublication(place.tx, campaign, {
    personId: actorOf(place).personId,
    at: place.now,
    hasNames,
  })
  const details = { hasNames }
  await note(place.tx, {
    ...deed(place),
    action: 'season.published',
    subjectId: campaign.id,
    details,
  })
  return { id: campaign.id }
}
