import { type Campaign, criteriaOf } from '#campaigns'
import type { Tx } from '#platform'
import type { Criterion } from './marks.ts'

/** How marks are given and weighed now. Version 1 is the season's criteria, as voted. */
export type Grid = { version: number; reason: string; criteria: GridCriterion[] }
/** `words` says what each mark from 0 to 4 means for this criterion; empty where the usual words do. */
export type GridCriterion = Criterion & { words: string[] }

export async function gridOf(tx: Tx, campaign: Campaign): Promise<Grid> {
  const voted = await criteriaOf(tx, campaign)
  const rows = await tx
    .selectFrom('scoringGrids as g')
    .innerJoin('scoringGridLines as l', (join) =>
      join
        .onRef('l.territoryId', '=', 'g.territoryId')
        .onRef('l.campaignId', '=', 'g.campaignId')
        .onRef('l.version', '=', 'g.version'),
    )
    .select(['g.version', 'g.reason', 'l.criterionId', 'l.weight', 'l.words'])
    .where('g.territoryId', '=', campaign.territoryId)
    .where('g.campaignId', '=', campaign.id)
    .where('g.version', '=', (select) =>
      select
        .selectFrom('scoringGrids as newest')
        .select((newest) => newest.fn.max('newest.version').as('version'))
        .where('newest.territoryId', '=', campaign.territoryId)
        .where('newest.campaignId', '=', campaign.id),
    )
    .execute()
  const lines = new Map(rows.map((row) => [row.criterionId, row]))
  return {
    version: rows[0]?.version ?? 1,
    reason: rows[0]?.reason ?? '',
    criteria: voted.map(({ id, label, weight }) => ({
      id,
      label,
      weight: lines.get(id)?.weight ?? weight,
      words: lines.get(id)?.words ?? ['', '', '', '', ''],
    })),
  }
}

export async function insertGrid(
  tx: Tx,
  campaign: Campaign,
  grid: Grid & { madeBy: string; madeAt: Date },
): Promise<void> {
  const { version, reason, madeBy, madeAt } = grid
  const key = { territoryId: campaign.territoryId, campaignId: campaign.id, version }
  await tx
    .insertInto('scoringGrids')
    .values({ ...key, reason, madeBy, madeAt })
    .execute()
  const lines = grid.criteria.map(({ id, weight, words }) => ({ criterionId: id, weight, words }))
  await tx
    .insertInto('scoringGridLines')
    .values(lines.map((line) => ({ ...key, ...line })))
    .execute()
}
