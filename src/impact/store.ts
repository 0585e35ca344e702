import { adoptedAwards } from '#awards'
import type { Campaign } from '#campaigns'
import { newId } from '#kit'
import { missionsOf } from '#missions'
import type { Tx } from '#platform'
import { baselinesOf } from '#territory'
import { figuresFrom, type SeasonFigures } from './figures.ts'

/** The season in figures, counted anew from awards and from hours locked in the ledger. */
export async function seasonFigures(tx: Tx, campaign: Campaign): Promise<SeasonFigures> {
  const { territoryId, year } = campaign
  return figuresFrom(campaign, {
    baselines: await baselinesOf(tx, territoryId, year - 1),
    awards: await adoptedAwards(tx, campaign),
    missions: await missionsOf(tx, campaign),
  })
}

export type Report = {
  associationId: string
  associationName: string
  spentCents: bigint
  whatChanged: string
  peopleHelped: number | null
  submittedAt: Date
}

export async function reportsOf(tx: Tx, campaign: Campaign): Promise<Report[]> {
  return tx
    .selectFrom('impactReports as r')
    .innerJoin('organisations as o', 'o.id', 'r.associationId')
    .select([
      'r.associationId',
      'o.name as associationName',
      'r.spentCents',
      'r.whatChanged',
      'r.peopleHelped',
      'r.submittedAt',
    ])
    .where('r.territoryId', '=', campaign.territoryId)
    .where('r.campaignId', '=', campaign.id)
    .orderBy('o.name')
    .execute()
}

export async function insertReport(
  tx: Tx,
  campaign: Campaign,
  report: {
    associationId: string
    spentCents: bigint
    whatChanged: string
    peopleHelped: number | null
    submittedBy: string
    submittedAt: Date
  },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('impactReports')
    .values({ territoryId: campaign.territoryId, campaignId: campaign.id, id, ...report })
    .execute()
  return id
}
