import type { Campaign } from '#campaigns'
import { type Minutes, minutes } from '#kit'
import type { Tx } from '#platform'

export type AskedSkill = {
  family: string
  askedMinutes: Minutes
  /** How many associations ask: of few, a sum would show what each has not handed over yet. */
  associations: number
}

/** The hours that the files of a season ask of each skill, drafts too when asked for; those withdrawn ask nothing. */
export async function askedBySkill(
  tx: Tx,
  { territoryId, id }: Pick<Campaign, 'territoryId' | 'id'>,
  { withDrafts }: { withDrafts: boolean },
): Promise<AskedSkill[]> {
  const rows = await tx
    .selectFrom('applicationNeeds as n')
    .innerJoin('applications as a', (join) =>
      join.onRef('a.territoryId', '=', 'n.territoryId').onRef('a.id', '=', 'n.applicationId'),
    )
    .leftJoin('applicationDeposits as d', (join) =>
      join.onRef('d.territoryId', '=', 'a.territoryId').onRef('d.applicationId', '=', 'a.id'),
    )
    .leftJoin('applicationWithdrawals as w', (join) =>
      join.onRef('w.territoryId', '=', 'a.territoryId').onRef('w.applicationId', '=', 'a.id'),
    )
    .select('n.family')
    .select(({ fn }) => [
      fn.sum<string>('n.maxMinutes').as('asked'),
      fn.count<string>('a.associationId').distinct().as('associations'),
    ])
    .where('n.territoryId', '=', territoryId)
    .where('a.campaignId', '=', id)
    .where('w.applicationId', 'is', null)
    .$if(!withDrafts, (query) => query.where('d.applicationId', 'is not', null))
    .groupBy('n.family')
    .execute()
  return rows.flatMap(({ family, asked, associations }) =>
    family === null
      ? []
      : [{ family, askedMinutes: minutes(asked ?? 0), associations: Number(associations) }],
  )
}
