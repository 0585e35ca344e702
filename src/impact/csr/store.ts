import type { Campaign } from '#campaigns'
import { missionsOf, workedByMonth } from '#missions'
import type { Tx } from '#platform'
import { pledgesOf, sitesOf } from '#pledges'
import { type CsrFigures, csrFiguresFrom } from './figures.ts'

/** What a company promised and gave in a season: its own rows alone, counted as every other page counts them. */
export async function csrFigures(
  tx: Tx,
  campaign: Campaign,
  companyId: string,
): Promise<CsrFigures> {
  const isOwn = (row: { companyId: string }) => row.companyId === companyId
  const { territoryId } = campaign
  const pledges = (await pledgesOf(tx, campaign)).filter(
    (pledge) => isOwn(pledge) && pledge.state !== 'withdrawn',
  )
  const missions = (await missionsOf(tx, campaign)).filter(isOwn)
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)
  return csrFiguresFrom({
    pledges,
    missions,
    sites: await sitesOf(tx, territoryId, idsOf(pledges)),
    months: await workedByMonth(tx, territoryId, idsOf(missions)),
  })
}
