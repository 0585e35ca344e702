import { sql } from 'kysely'
import type { Campaign } from '#campaigns'
import type { Tx } from '#platform'
import { type ReviewSettings, reviewerRoles, usualSettings } from './marks.ts'

/** What stands for the season; of its panel, those who still serve the commune. One question. */
export async function settingsOf(tx: Tx, campaign: Campaign): Promise<ReviewSettings> {
  const { rows } = await selectSettings(campaign).execute(tx)
  return rows[0] ?? usualSettings
}

export function selectSettings({ territoryId, id }: Campaign) {
  return sql<ReviewSettings>`
    select s.gap_points, s.gap_marks, (
      select coalesce(json_agg(distinct p.person_id), '[]')
      from review_panels p
      join territories t on t.id = p.territory_id
      join memberships m on m.person_id = p.person_id and m.organisation_id = t.organisation_id
      where p.territory_id = s.territory_id and p.campaign_id = s.campaign_id and p.rank = s.rank
        and m.ended_at is null and m.role in (${sql.join(reviewerRoles)})
    ) as panel
    from review_settings s
    where s.territory_id = ${territoryId} and s.campaign_id = ${id}
    order by s.rank desc limit 1`
}

export async function insertSettings(
  tx: Tx,
  { territoryId, id: campaignId }: Campaign,
  { panel, ...figures }: ReviewSettings,
  by: { madeBy: string; madeAt: Date },
): Promise<void> {
  const { past } = await tx
    .selectFrom('reviewSettings')
    .select((select) => select.fn.max('rank').as('past'))
    .where('territoryId', '=', territoryId)
    .where('campaignId', '=', campaignId)
    .executeTakeFirstOrThrow()
  const key = { territoryId, campaignId, rank: (past ?? 0) + 1 }
  await tx
    .insertInto('reviewSettings')
    .values({ ...key, ...figures, ...by })
    .execute()
  if (panel.length === 0) return
  await tx
    .insertInto('reviewPanels')
    .values(panel.map((personId) => ({ ...key, personId })))
    .execute()
}
