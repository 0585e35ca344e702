import type { Campaign } from '#campaigns'
import { accidentsToDeclare, isToReview, type Mission, reviewedBy } from '#missions'
import type { Place } from '#people'
import { draftsWaiting } from '#pledges'
import type { Task } from './tasks.ts'

/** An accident first: the law counts its hours. Then what the commune wrote in the company's name. */
export async function companyWords(place: Place, campaign: Campaign): Promise<Task[]> {
  const { tx, path, as } = place
  if (as?.role !== 'company.csr') return []
  const companyId = as.organisation.id
  const season = `${path}/${campaign.year}`
  const isOpen = campaign.state === 'pledging' || campaign.state === 'applying'
  const drafts = isOpen ? await draftsWaiting(tx, campaign, companyId) : []
  const accidents = await accidentsToDeclare(tx, campaign, companyId)
  const words = [
    { key: 'declareAccident', href: `${season}/missions`, count: accidents },
    {
      key: 'confirmDrafts',
      href: `${season}/pledges`,
      count: drafts.length,
      tone: 'hours' as const,
    },
  ]
  return words.filter(({ count }) => count > 0)
}

/** Three questions on each mission of one's own that is over. */
export async function reviewsToWrite(
  place: Place,
  mine: Mission[],
  side: 'employee' | 'association',
): Promise<Task[]> {
  const over = mine.filter((mission) => isToReview(mission, place.today))
  if (over.length === 0) return []
  const asked = { missionIds: over.map(({ id }) => id), side }
  const said = await reviewedBy(place.tx, place.territory.id, asked)
  return over
    .filter(({ id }) => !said.has(id))
    .map(({ id }) => ({ key: 'reviewMission', href: `${place.path}/missions/${id}/review` }))
}
