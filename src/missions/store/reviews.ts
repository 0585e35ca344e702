import { sql } from 'kysely'
import type { Campaign } from '#campaigns'
import type { Day } from '#kit'
import type { Tx } from '#platform'
import {
  type Goal,
  type Mission,
  type Review,
  type ReviewSide,
  type ReviewTotals,
  totalsOf,
} from '../rules/index.ts'

export async function reviewsOf(
  tx: Tx,
  { territoryId, id }: Pick<Mission, 'territoryId' | 'id'>,
): Promise<Review[]> {
  const rows = await tx
    .selectFrom('missionReviews')
    .select(['side', 'goal', 'wouldAgain', 'words'])
    .where('territoryId', '=', territoryId)
    .where('missionId', '=', id)
    .execute()
  return rows.map((row) => ({ ...row, side: row.side as ReviewSide, goal: row.goal as Goal }))
}

/** What both sides said of the season's missions, in figures alone; none where they are too few. */
export async function reviewTotals(
  tx: Tx,
  { territoryId, id }: Pick<Campaign, 'territoryId' | 'id'>,
): Promise<ReviewTotals[]> {
  const rows = await tx
    .selectFrom('missionReviews as r')
    .innerJoin('missions as m', (join) =>
      join.onRef('m.territoryId', '=', 'r.territoryId').onRef('m.id', '=', 'r.missionId'),
    )
    .select(['r.side', 'r.goal', 'r.wouldAgain'])
    .where('r.territoryId', '=', territoryId)
    .where('m.campaignId', '=', id)
    .execute()
  return totalsOf(
    rows.map((row) => ({ ...row, side: row.side as ReviewSide, goal: row.goal as Goal })),
  )
}

/** Of these missions, those that one side has reviewed. */
export async function reviewedBy(
  tx: Tx,
  territoryId: string,
  { missionIds, side }: { missionIds: string[]; side: ReviewSide },
): Promise<Set<string>> {
  if (missionIds.length === 0) return new Set()
  const rows = await tx
    .selectFrom('missionReviews')
    .select('missionId')
    .where('territoryId', '=', territoryId)
    .where('side', '=', side)
    .where('missionId', 'in', missionIds)
    .execute()
  return new Set(rows.map(({ missionId }) => missionId))
}

export async function insertReview(
  tx: Tx,
  { territoryId, id }: Mission,
  review: Review,
  by: { personId: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('missionReviews')
    .values({ ...review, territoryId, missionId: id, saidBy: by.personId, saidAt: by.at })
    .execute()
}

/** Missions in force once that are over, and whose two sides were never asked. */
export async function missionsToAskReviewOf(
  tx: Tx,
  territoryId: string,
  today: Day,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('missions as m')
    .innerJoin('missionAgreements as g', (join) =>
      join.onRef('g.territoryId', '=', 'm.territoryId').onRef('g.missionId', '=', 'm.id'),
    )
    .leftJoin('reviewRequests as r', (join) =>
      join.onRef('r.territoryId', '=', 'm.territoryId').onRef('r.missionId', '=', 'm.id'),
    )
    .leftJoin('missionEndings as e', (join) =>
      join.onRef('e.territoryId', '=', 'm.territoryId').onRef('e.missionId', '=', 'm.id'),
    )
    .select('m.id')
    .where('m.territoryId', '=', territoryId)
    .where('g.effectiveAt', 'is not', null)
    .where('r.missionId', 'is', null)
    .where(({ or, eb }) =>
      or([
        eb('g.endsOn', '<', today),
        eb('e.missionId', 'is not', null),
        // Every hour agreed was approved.
        sql<boolean>`m.agreed_minutes <= (
          select coalesce(sum(t.worked_minutes), 0) from timesheet_entries t
          join timesheet_approvals a on a.territory_id = t.territory_id and a.entry_id = t.id
          where t.territory_id = m.territory_id and t.mission_id = m.id)`,
      ]),
    )
    .orderBy('m.id')
    .execute()
  return rows.map(({ id }) => id)
}

export async function insertReviewRequest(
  tx: Tx,
  { territoryId, id }: Mission,
  askedAt: Date,
): Promise<void> {
  await tx.insertInto('reviewRequests').values({ territoryId, missionId: id, askedAt }).execute()
}
