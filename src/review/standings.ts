import type { Campaign } from '#campaigns'
import { askedOnce, type Tx } from '#platform'
import { expiresBefore, outcomeOn, type Subject, subjects } from './eligibility.ts'
import type { Grid } from './grid-store.ts'
import { awaitedOf, gapOf, type Mark, type ReviewSettings, scoreOf } from './marks.ts'
import {
  type CompletenessState,
  completenessOf,
  type Interest,
  isRecused,
  type Standing,
} from './rules.ts'
import { reviewSeasonOf } from './season-store.ts'
import { type FileRow, fileRowsOf } from './table-store.ts'

export type ReviewedFile = FileRow & {
  standing: Standing
  completeness: CompletenessState
  reviewersCount: number
  /** Read once everyone is done. */
  gap: number
  isDisputed: boolean
  isEveryoneDone: boolean
  /** Eligibilities found, that will no longer hold on the council's day. */
  expiring: Subject[]
}

/**
 * Where each deposited file stands, by application; all of the season unless some are named. Expiry is judged on the day of the council, so
 * that the same season always answers the same.
 */
export async function standings(
  tx: Tx,
  campaign: Campaign,
  applicationIds?: string[],
): Promise<Map<string, Standing>> {
  const files = await reviewedFiles(tx, campaign, applicationIds)
  return new Map(files.map(({ standing }) => [standing.applicationId, standing]))
}

export async function reviewedFiles(
  tx: Tx,
  campaign: Campaign,
  applicationIds?: string[],
): Promise<ReviewedFile[]> {
  const which = applicationIds?.toSorted().join() ?? 'all'
  return askedOnce(tx, `reviewed files ${campaign.id} ${which}`, () =>
    judgedFiles(tx, campaign, applicationIds),
  )
}

async function judgedFiles(
  tx: Tx,
  campaign: Campaign,
  applicationIds?: string[],
): Promise<ReviewedFile[]> {
  const { grid, settings, interests } = await reviewSeasonOf(tx, campaign)
  const files = await fileRowsOf(tx, campaign, applicationIds)
  return files.map((file) => fileOf({ campaign, grid, settings, interests, file }))
}

/**
 * A reviewer recused after having marked no longer counts (CGCT art. L.2131-11), nor does a mark
 * given on a grid that has been replaced.
 */
export function marksThatCount<Given extends Mark>(
  marks: Given[],
  { interests, associationId, grid }: { interests: Interest[]; associationId: string; grid: Grid },
): Given[] {
  return marks.filter(
    ({ reviewerId, gridVersion }) =>
      gridVersion === grid.version && !isRecused(interests, reviewerId, associationId),
  )
}

function fileOf(known: {
  campaign: Campaign
  grid: Grid
  settings: ReviewSettings
  interests: Interest[]
  file: FileRow
}): ReviewedFile {
  const { campaign, grid, settings, interests, file } = known
  const { associationId, eligibilities } = file
  const marks = marksThatCount(file.marks, { interests, associationId, grid })
  const awaited = awaitedBy(settings, { interests, associationId, given: file.marks, marks })
  const completeness = completenessOf(file.checks)
  const gap = gapOf(grid.criteria, marks)
  const isFollowed = file.agentId && !isRecused(interests, file.agentId, associationId)
  return {
    ...file,
    // Whoever declared an interest since follows it no more.
    agentId: isFollowed ? file.agentId : undefined,
    marks,
    completeness,
    standing: {
      applicationId: file.id,
      isComplete: completeness === 'complete',
      cash: outcomeOn(eligibilities.cash, campaign.councilOn),
      hours: outcomeOn(eligibilities.hours, campaign.councilOn),
      score: scoreOf(grid.criteria, marks),
    },
    reviewersCount: new Set(marks.map(({ reviewerId }) => reviewerId)).size,
    gap,
    isDisputed: gap >= settings.gapPoints,
    isEveryoneDone: awaited.length === 0,
    expiring: subjects.filter((subject) =>
      expiresBefore(eligibilities[subject], campaign.councilOn),
    ),
  }
}

/** Whose marks are still waited for on this file: nobody waits for whoever is recused. */
export function awaitedBy(
  { panel }: ReviewSettings,
  file: { interests: Interest[]; associationId: string; given: Mark[]; marks: Mark[] },
): string[] {
  const { interests, associationId, given, marks } = file
  return awaitedOf({ panel, given, counted: marks }).filter(
    (id) => !isRecused(interests, id, associationId),
  )
}
