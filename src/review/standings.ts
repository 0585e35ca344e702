import { type Deposited, depositedApplications } from '#applications'
import { type Campaign, criteriaOf } from '#campaigns'
import type { Tx } from '#platform'
import { outcomeOn } from './eligibility.ts'
import { type Criterion, gapOf, type Mark, scoreOf } from './marks.ts'
import {
  type CompletenessState,
  completenessOf,
  type Interest,
  isRecused,
  type Standing,
} from './rules.ts'
import {
  completenessChecksOf,
  type Eligibilities,
  eligibilitiesOf,
  interestsOf,
  marksOf,
} from './store.ts'

export type ReviewedFile = {
  application: Deposited
  standing: Standing
  completeness: CompletenessState
  eligibilities: Eligibilities
  reviewersCount: number
  gap: number
}

/**
 * Where each deposited file stands, by application. Expiry is judged on the day of the council, so
 * that the same season always answers the same.
 */
export async function standings(tx: Tx, campaign: Campaign): Promise<Map<string, Standing>> {
  const files = await reviewedFiles(tx, campaign)
  return new Map(files.map(({ standing }) => [standing.applicationId, standing]))
}

export async function reviewedFiles(tx: Tx, campaign: Campaign): Promise<ReviewedFile[]> {
  const { territoryId } = campaign
  const applications = await depositedApplications(tx, campaign)
  const ids = applications.map(({ id }) => id)
  const criteria = await criteriaOf(tx, campaign)
  const checks = await completenessChecksOf(tx, territoryId, ids)
  const eligibilities = await eligibilitiesOf(tx, territoryId, ids)
  const marks = await marksOf(tx, territoryId, ids)
  const interests = await interestsOf(tx, territoryId)
  return applications.map((application) =>
    fileOf({
      campaign,
      criteria,
      application,
      completeness: completenessOf(checks.get(application.id) ?? []),
      eligibilities: eligibilities.get(application.id) ?? {},
      marks: marksThatCount(marks.get(application.id) ?? [], interests, application.associationId),
    }),
  )
}

/** A reviewer recused after having marked no longer counts (CGCT art. L.2131-11). */
export function marksThatCount<Given extends Mark>(
  marks: Given[],
  interests: Interest[],
  associationId: string,
): Given[] {
  return marks.filter(({ reviewerId }) => !isRecused(interests, reviewerId, associationId))
}

function fileOf(known: {
  campaign: Campaign
  criteria: Criterion[]
  application: Deposited
  completeness: CompletenessState
  eligibilities: Eligibilities
  marks: Mark[]
}): ReviewedFile {
  const { campaign, criteria, application, completeness, eligibilities, marks } = known
  const standing: Standing = {
    applicationId: application.id,
    isComplete: completeness === 'complete',
    cash: outcomeOn(eligibilities.cash, campaign.councilOn),
    hours: outcomeOn(eligibilities.hours, campaign.councilOn),
    score: scoreOf(criteria, marks),
  }
  const reviewersCount = new Set(marks.map(({ reviewerId }) => reviewerId)).size
  return {
    application,
    standing,
    completeness,
    eligibilities,
    reviewersCount,
    gap: gapOf(criteria, marks),
  }
}
