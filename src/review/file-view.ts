import { type Application, filePathOf, type ReadFile, readFileOf } from '#applications'
import { type Campaign, criteriaOf } from '#campaigns'
import { actorOf, type Place } from '#people'
import { fileToReview } from './actions.ts'
import { type Criterion, gapOf, type Mark, scoreOf } from './marks.ts'
import { type CompletenessCheck, isRecused } from './rules.ts'
import { marksThatCount } from './standings.ts'
import {
  completenessChecksOf,
  type Eligibilities,
  eligibilitiesOf,
  marksOf,
  type Opinion,
  opinionsOf,
} from './store.ts'

/** Everything that a reviewer sees of one file. */
export type FileView = {
  application: Application
  campaign: Campaign
  file: ReadFile
  criteria: Criterion[]
  checks: CompletenessCheck[]
  eligibilities: Eligibilities
  ownMarks: Mark[]
  opinions: Opinion[]
  reviewersCount: number
  score: number | undefined
  gap: number
}

export async function fileViewOf(place: Place, id: string): Promise<FileView> {
  const { tx, territory, path } = place
  const { application, campaign, interests } = await fileToReview(place, id)
  const criteria = await criteriaOf(tx, campaign)
  const checks = await completenessChecksOf(tx, territory.id, [id])
  const eligibilities = await eligibilitiesOf(tx, territory.id, [id])
  const marks = await marksOf(tx, territory.id, [id])
  const counted = marksThatCount(marks.get(id) ?? [], interests, application.association.id)
  const opinions = await opinionsOf(tx, territory.id, id)
  const { personId } = actorOf(place)
  return {
    application,
    campaign,
    // Elected members read pieces through the review, which knows who is recused.
    file: {
      ...(await readFileOf(place, { application, campaign })),
      path: `${filePathOf(path, id)}/review`,
    },
    criteria,
    checks: checks.get(id) ?? [],
    eligibilities: eligibilities.get(id) ?? {},
    ownMarks: counted.filter(({ reviewerId }) => reviewerId === personId),
    opinions: opinions.filter(
      ({ reviewerId }) => !isRecused(interests, reviewerId, application.association.id),
    ),
    reviewersCount: new Set(counted.map(({ reviewerId }) => reviewerId)).size,
    score: scoreOf(criteria, counted),
    gap: gapOf(criteria, counted),
  }
}
