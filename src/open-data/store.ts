import type { Campaign } from '#campaigns'
import type { Tx } from '#platform'

export type Publication = {
  publishedAt: Date
  /** The file that anyone recomputes names the associations and the companies. */
  hasNames: boolean
}

/** The latest publication of each season of the commune, by season. */
export async function publicationsOf(
  tx: Tx,
  territoryId: string,
): Promise<Map<string, Publication>> {
  const rows = await tx
    .selectFrom('publications')
    .select(['campaignId', 'publishedAt', 'hasNames'])
    .where('territoryId', '=', territoryId)
    .orderBy('rank')
    .execute()
  return new Map(rows.map(({ campaignId, ...publication }) => [campaignId, publication]))
}

export async function insertPublication(
  tx: Tx,
  campaign: Campaign,
  by: { personId: string; at: Date; hasNames: boolean },
): Promise<void> {
  const { territoryId, id: campaignId } = campaign
  const last = await tx
    .selectFrom('publications')
    .select('rank')
    .where('territoryId', '=', territoryId)
    .where('campaignId', '=', campaignId)
    .orderBy('rank', 'desc')
    .limit(1)
    .executeTakeFirst()
  const rank = (last?.rank ?? 0) + 1
  await tx
    .insertInto('publications')
    .values({
      territoryId,
      campaignId,
      rank,
      publishedBy: by.personId,
      publishedAt: by.at,
      hasNames: by.hasNames,
    })
    .execute()
}
