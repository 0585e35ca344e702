import type { Campaign } from '#campaigns'
import { actorOf, type Place } from '#people'
import { refusalsForMarking } from './rules.ts'
import { reviewedFiles } from './standings.ts'

/** The associations whose score this reader may not see yet: while marks are given, one gives one's own first. */
export async function unscoredFor(place: Place, campaign: Campaign): Promise<Set<string>> {
  if (refusalsForMarking(campaign.state).length > 0) return new Set()
  const { personId } = actorOf(place)
  const files = await reviewedFiles(place.tx, campaign)
  const unseen = files.filter(
    ({ standing, marks }) =>
      standing.score !== undefined && !marks.some(({ reviewerId }) => reviewerId === personId),
  )
  return new Set(unseen.map(({ associationId }) => associationId))
}
