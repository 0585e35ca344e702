import type { Campaign } from '#campaigns'
import { actorOf, Forbidden, type Place } from '#people'
import { type Interest, interestsOf, reviewSeasonOf, unscoredFor } from '#review'
import type { Hiding } from './explanation/view.ts'

/**
 * The associations of which this reader is shown nothing (CGCT art. L.2131-11, CGFP art. L.121-5):
 * preparing is taking part, for an agent as for an elected member.
 */
export async function hiddenFrom(place: Place): Promise<Set<string>> {
  return tiesIn(await interestsOf(place.tx, place.territory.id), place)
}

function tiesIn(interests: Interest[], place: Place): Set<string> {
  const { personId } = actorOf(place)
  const own = interests.filter((interest) => interest.personId === personId)
  return new Set(own.map(({ associationId }) => associationId))
}

/** What the reasons of a scenario keep from this reader. */
export async function hidingFor(place: Place, campaign: Campaign): Promise<Required<Hiding>> {
  const { interests } = await reviewSeasonOf(place.tx, campaign)
  return { unnamed: tiesIn(interests, place), unscored: await unscoredFor(place, campaign) }
}

/** For what cannot be shown in part: a sealed file, a line decided by hand. */
export async function refuseTied(place: Place, associationIds: string[]): Promise<void> {
  const hidden = await hiddenFrom(place)
  if (associationIds.some((id) => hidden.has(id))) throw new Forbidden()
}
