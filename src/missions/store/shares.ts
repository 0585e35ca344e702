import { type Expression, type SqlBool, sql } from 'kysely'
import type { Tx } from '#platform'
import type { Mission } from '../rules/index.ts'

/** The share `s` that a mission `m` is in, once its association said yes. */
export const shareOf = sql<SqlBool>`s.territory_id = m.territory_id and s.mission_id = m.id
  and s.joined_at is not null and s.ended_at is null` satisfies Expression<SqlBool>

/** The mission on which people offer their help: the one that leads, else its own. */
export const leadId = sql<string>`coalesce(s.lead_mission_id, m.id)`

/** One mission that another invited, or leads. */
export type Share = {
  leadId: string
  leadTitle: string
  leadAssociation: string
  missionId: string
  association: string
  isJoined: boolean
}

type Own = Pick<Mission, 'territoryId' | 'id'>

/** Every share of the campaign of this mission, joined or still to be answered. */
export function selectShares(tx: Tx, { territoryId, campaignId }: Mission) {
  return tx
    .selectFrom('missionShares as s')
    .innerJoin('missions as m', (join) =>
      join.onRef('m.territoryId', '=', 's.territoryId').onRef('m.id', '=', 's.missionId'),
    )
    .innerJoin('missions as lead', (join) =>
      join.onRef('lead.territoryId', '=', 's.territoryId').onRef('lead.id', '=', 's.leadMissionId'),
    )
    .innerJoin('organisations as o', 'o.id', 'm.associationId')
    .innerJoin('organisations as leader', 'leader.id', 'lead.associationId')
    .select(['lead.id as leadId', 'lead.title as leadTitle', 'leader.name as leadAssociation'])
    .select(['m.id as missionId', 'o.name as association'])
    .select(sql<boolean>`s.joined_at is not null`.as('isJoined'))
    .where('s.territoryId', '=', territoryId)
    .where('m.campaignId', '=', campaignId)
    .where('s.endedAt', 'is', null)
    .orderBy('o.name')
}

/**
 * What could be lived together with this mission: of other associations, at the same company, in the same
 * season, for the same skill and at the same time, looking for somebody and not shared. The minutes are
 * text: JSON would round them.
 */
export function selectShareable(tx: Tx, mission: Mission) {
  const { id, territoryId, campaignId, companyId, family, associationId } = mission
  return tx
    .selectFrom('missions as m')
    .innerJoin('organisations as o', 'o.id', 'm.associationId')
    .select(['m.id', 'm.title', 'm.associationId', 'o.name as associationName'])
    .select(sql<string>`m.agreed_minutes::text`.as('agreedMinutes'))
    .where('m.territoryId', '=', territoryId)
    .where('m.id', '<>', id)
    .where('m.campaignId', '=', campaignId)
    .where('m.companyId', '=', companyId)
    .where('m.family', '=', family)
    .where('m.associationId', '<>', associationId)
    .where('m.startsOn', '<=', mission.endsOn)
    .where('m.endsOn', '>=', mission.startsOn)
    .where(
      sql<SqlBool>`not exists (select from mission_endings e
          where e.territory_id = m.territory_id and e.mission_id = m.id)
        and not exists (select from candidacies c
          where c.territory_id = m.territory_id and c.mission_id = m.id
            and c.accepted_at is not null and c.withdrawn_at is null)
        and not exists (select from mission_shares s
          where s.territory_id = m.territory_id and s.ended_at is null
            and m.id in (s.mission_id, s.lead_mission_id))`,
    )
    .orderBy('o.name')
}

type Pair = { territoryId: string; leadMissionId: string; missionId: string }
type By = { personId: string; at: Date }

/** Asked for the first time, or anew after a no. */
export async function insertShare(tx: Tx, pair: Pair, { personId, at }: By): Promise<void> {
  const asked = { askedBy: personId, askedAt: at }
  const anew = { ...asked, joinedBy: null, joinedAt: null, endedBy: null, endedAt: null }
  await tx
    .insertInto('missionShares')
    .values({ ...pair, ...anew })
    .onConflict((conflict) =>
      conflict.columns(['territoryId', 'leadMissionId', 'missionId']).doUpdateSet(anew),
    )
    .execute()
}

export async function setJoined(tx: Tx, pair: Pair, { personId, at }: By): Promise<void> {
  await living(tx, pair.territoryId)
    .set({ joinedBy: personId, joinedAt: at })
    .where('leadMissionId', '=', pair.leadMissionId)
    .where('missionId', '=', pair.missionId)
    .execute()
}

/** One mission leaves, or says no; when it leads, all are alone again. */
export async function endShares(tx: Tx, { territoryId, id }: Own, { personId, at }: By) {
  await living(tx, territoryId)
    .set({ endedBy: personId, endedAt: at })
    .where(({ or, eb }) => or([eb('missionId', '=', id), eb('leadMissionId', '=', id)]))
    .execute()
}

function living(tx: Tx, territoryId: string) {
  return tx
    .updateTable('missionShares')
    .where('territoryId', '=', territoryId)
    .where('endedAt', 'is', null)
}

/** Whoever offered their help for a mission before it was shared offers it for all. */
export async function moveOffers(tx: Tx, { territoryId, leadMissionId, missionId }: Pair) {
  await sql`
    insert into candidacies (territory_id, mission_id, employee_id, qualification, applied_at)
    select territory_id, ${leadMissionId}, employee_id, qualification, applied_at from candidacies
    where territory_id = ${territoryId} and mission_id = ${missionId}
      and withdrawn_at is null and declined_at is null
    on conflict do nothing`.execute(tx)
}
