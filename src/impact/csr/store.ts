import type { Campaign } from '#campaigns'
import { missionsOf, workedByMonth } from '#missions'
import type { Tx } from '#platform'
import { pledgesOf, sitesOf } from '#pledges'
import { type CsrFigures, csrFiguresFrom, type GiftFacts } from './figures.ts'

/** What a company promised and gave in a season: its own rows alone, counted as every other page counts them. */
export async function csrFigures(
  tx: Tx,
  campaign: Campaign,
  companyId: string,
): Promise<CsrFigures> {
  return csrFiguresFrom(await giftFacts(tx, campaign, companyId))
}

export async function giftFacts(tx: Tx, campaign: Campaign, companyId: string): Promise<GiftFacts> {
  const isOwn = (row: { companyId: string }) => row.companyId === companyId
  const { territoryId } = campaign
  const pledges = (await pledgesOf(tx, campaign)).filter(
    (pledge) => isOwn(pledge) && pledge.state !== 'withdrawn',
  )
  const missions = (await missionsOf(tx, campaign)).filter(isOwn)
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)
  return {
    pledges,
    missions,
    sites: await sitesOf(tx, territoryId, idsOf(pledges)),
    siteSaid: await sitesSaid(tx, territoryId, idsOf(missions)),
    months: await workedByMonth(tx, territoryId, idsOf(missions)),
  }
}

async function sitesSaid(
  tx: Tx,
  territoryId: string,
  missionIds: string[],
): Promise<Map<string, string>> {
  if (missionIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('missionSites')
    .select(['missionId', 'site'])
    .where('territoryId', '=', territoryId)
    .where('missionId', 'in', missionIds)
    .execute()
  return new Map(rows.map(({ missionId, site }) => [missionId, site]))
}

/** The last word stands; an empty one says again that the site is not known. */
export async function saveMissionSite(
  tx: Tx,
  said: { territoryId: string; missionId: string; site: string; saidBy: string; saidAt: Date },
): Promise<void> {
  await tx
    .insertInto('missionSites')
    .values(said)
    .onConflict((conflict) =>
      conflict.columns(['territoryId', 'missionId']).doUpdateSet((row) => ({
        site: row.ref('excluded.site'),
        saidBy: row.ref('excluded.saidBy'),
        saidAt: row.ref('excluded.saidAt'),
      })),
    )
    .execute()
}
