import type { Campaign } from '#campaigns'
import type { Tx } from '#platform'
import type { Criterion } from './marks.ts'

/** How marks are given and weighed now. Version 1 is the season's criteria, as voted. */
export type Grid = { version: number; reason: string; criteria: GridCriterion[] }
/** `words` says what each mark from 0 to 4 means for this criterion; empty where the usual words do. */
export type GridCriterion = Criterion & { words: string[] }

export async function gridOf(tx: Tx, campaign: Campaign): Promise<Grid> {
  return gridFrom(await selectGrid(tx, campaign).execute())
}

/** The criteria as voted, each beside its line of the newest grid. */
export function selectGrid(tx: Tx, { territoryId, id }: Campaign) {
  return tx
    .with('newest', (query) =>
      query
        .selectFrom('scoringGrids')
        .select(['version', 'reason'])
        .where('territoryId', '=', territoryId)
        .where('campaignId', '=', id)
        .orderBy('version', 'desc')
        .limit(1),
    )
    .selectFrom('criteria as c')
    .leftJoin('newest as g', (join) => join.onTrue())
    .leftJoin('scoringGridLines as l', (join) =>
      join
        .onRef('l.territoryId', '=', 'c.territoryId')
        .onRef('l.campaignId', '=', 'c.campaignId')
        .onRef('l.version', '=', 'g.version')
        .onRef('l.criterionId', '=', 'c.id'),
    )
    .select(['c.id', 'c.label', 'c.weight as votedWeight'])
    .select(['g.version', 'g.reason', 'l.weight', 'l.words'])
    .where('c.territoryId', '=', territoryId)
    .where('c.campaignId', '=', id)
    .orderBy('c.weight', 'desc')
    .orderBy('c.label')
}

type GridRow = Awaited<ReturnType<ReturnType<typeof selectGrid>['execute']>>[number]

export function gridFrom(rows: GridRow[]): Grid {
  return {
    version: rows[0]?.version ?? 1,
    reason: rows[0]?.reason ?? '',
    criteria: rows.map((row) => ({
      id: row.id,
      label: row.label,
      weight: row.weight ?? row.votedWeight,
      words: row.words ?? ['', '', '', '', ''],
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
