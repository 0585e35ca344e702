import { sql } from 'kysely'
import type { Campaign } from '#campaigns'
import type { MissionRoute } from '#documents'
import { day, isId, minutes } from '#kit'
import type { Tx } from '#platform'
import type { Agreement, Chosen, Ending, Mission, Modality, Part } from '../rules/index.ts'
import { leadId, shareOf } from './shares.ts'

export async function missionsOf(tx: Tx, campaign: Campaign): Promise<Mission[]> {
  const rows = await missionRows(tx, campaign.territoryId)
    .where('m.campaignId', '=', campaign.id)
    .orderBy('association.name')
    .orderBy('m.id')
    .execute()
  return rows.map(missionFrom)
}

export async function missionById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<Mission | undefined> {
  if (!isId(id)) return undefined
  const row = await missionRows(tx, territoryId).where('m.id', '=', id).executeTakeFirst()
  return row && missionFrom(row)
}

/** The missions shared with this one, itself included and alone when none is. */
export async function missionsSharedWith(tx: Tx, mission: Mission): Promise<Mission[]> {
  if (!mission.shared) return [mission]
  const ids = mission.shared.map(({ id }) => id)
  const rows = await missionRows(tx, mission.territoryId).where('m.id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, missionFrom(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Those whose agreement names this person. */
export async function missionsOfEmployee(
  tx: Tx,
  territoryId: string,
  employeeId: string,
): Promise<Mission[]> {
  const rows = await missionRows(tx, territoryId)
    .where('g.employeeId', '=', employeeId)
    .orderBy('m.id')
    .execute()
  return rows.map(missionFrom)
}

export type NewMission = Pick<
  Mission,
  | 'id'
  | 'campaignId'
  | 'awardHoursId'
  | 'applicationId'
  | 'pledgeId'
  | 'associationId'
  | 'companyId'
  | 'family'
  | 'title'
  | 'agreedMinutes'
  | 'modality'
  | 'startsOn'
  | 'endsOn'
>

export async function insertMissions(
  tx: Tx,
  territoryId: string,
  missions: NewMission[],
  by: { personId: string | undefined; at: Date },
): Promise<void> {
  const rows = missions.map((mission) => ({
    territoryId,
    ...mission,
    publishedBy: by.personId ?? null,
    publishedAt: by.at,
  }))
  await tx.insertInto('missions').values(rows).execute()
}

export async function insertEnding(
  tx: Tx,
  { territoryId, id }: Mission,
  ending: Ending & { personId: string | undefined },
): Promise<void> {
  const { personId, ...rest } = ending
  await tx
    .insertInto('missionEndings')
    .values({ territoryId, missionId: id, ...rest, endedBy: personId ?? null })
    .execute()
}

function missionRows(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('missions as m')
    .innerJoin('organisations as association', 'association.id', 'm.associationId')
    .innerJoin('organisations as company', 'company.id', 'm.companyId')
    .leftJoin('missionShares as s', (join) => join.on(shareOf))
    .leftJoin('candidacies as c', (join) =>
      join
        .onRef('c.territoryId', '=', 'm.territoryId')
        .on('c.missionId', '=', leadId)
        .on('c.acceptedAt', 'is not', null)
        .on('c.withdrawnAt', 'is', null),
    )
    .leftJoin('people as p', 'p.id', 'c.employeeId')
    .leftJoin('missionAgreements as g', (join) =>
      join.onRef('g.territoryId', '=', 'm.territoryId').onRef('g.missionId', '=', 'm.id'),
    )
    .leftJoin('missionEndings as e', (join) =>
      join.onRef('e.territoryId', '=', 'm.territoryId').onRef('e.missionId', '=', 'm.id'),
    )
    .selectAll('m')
    .select(['association.name as associationName', 'company.name as companyName'])
    .select(['c.employeeId', 'p.name as employeeName', 'c.approvedAt'])
    .select('c.qualification as offeredQualification')
    .select(['g.employeeId as agreementEmployeeId', 'g.documentId', 'g.effectiveAt', 'g.route'])
    .select(['g.startsOn as agreementStartsOn', 'g.endsOn as agreementEndsOn', 'g.qualification'])
    .select(['e.reason', 'e.returnedMinutes', 'e.endedAt'])
    .select([parts, isAskedToShare])
    .select((select) => [
      select
        .selectFrom('candidacies as all')
        .select(({ fn }) => fn.countAll<bigint>().as('count'))
        .whereRef('all.territoryId', '=', 'm.territoryId')
        .where('all.missionId', '=', leadId)
        .where('all.withdrawnAt', 'is', null)
        .where('all.declinedAt', 'is', null)
        .as('candidatesCount'),
      minutesWhere('ok.outcome is null').as('waitingMinutes'),
      minutesWhere(
        `ok.outcome = 'confirmed' and locked.entry_id is null and back.entry_id is null`,
      ).as('confirmedMinutes'),
      minutesWhere('locked.entry_id is not null').as('approvedMinutes'),
    ])
    .where('m.territoryId', '=', territoryId)
}

/** The missions shared with this one, the one that leads first; the minutes as text, which JSON keeps whole. */
const parts = sql<(Omit<Part, 'agreedMinutes'> & { agreedMinutes: string })[] | null>`(
  select json_agg(json_build_object('id', p.id, 'title', p.title, 'associationId', p.association_id,
      'associationName', o.name, 'agreedMinutes', p.agreed_minutes::text)
    order by p.id <> ${leadId}, o.name)
  from mission_shares f
  join missions p on p.territory_id = f.territory_id and p.id in (f.mission_id, f.lead_mission_id)
  join organisations o on o.id = p.association_id
  where f.territory_id = m.territory_id and f.lead_mission_id = ${leadId}
    and f.joined_at is not null and f.ended_at is null)`.as('shared')

const isAskedToShare = sql<boolean>`exists (
  select from mission_shares f where f.territory_id = m.territory_id and f.mission_id = m.id
    and f.joined_at is null and f.ended_at is null)`.as('isAskedToShare')

function minutesWhere(condition: string) {
  return sql<bigint>`(
    select coalesce(sum(t.worked_minutes), 0)::bigint
      from timesheet_entries t
      left join timesheet_confirmations ok
        on ok.territory_id = t.territory_id and ok.entry_id = t.id
      left join timesheet_approvals locked
        on locked.territory_id = t.territory_id and locked.entry_id = t.id
      left join timesheet_reversals back
        on back.territory_id = t.territory_id and back.entry_id = t.id
     where t.territory_id = m.territory_id and t.mission_id = m.id and ${sql.raw(condition)})`
}

type MissionRow = Awaited<ReturnType<ReturnType<typeof missionRows>['execute']>>[number]

function missionFrom(row: MissionRow): Mission {
  return {
    territoryId: row.territoryId,
    id: row.id,
    campaignId: row.campaignId,
    awardHoursId: row.awardHoursId,
    applicationId: row.applicationId,
    pledgeId: row.pledgeId,
    associationId: row.associationId,
    associationName: row.associationName,
    companyId: row.companyId,
    companyName: row.companyName,
    family: row.family,
    title: row.title,
    agreedMinutes: minutes(row.agreedMinutes),
    modality: row.modality as Modality,
    startsOn: day(row.startsOn),
    endsOn: day(row.endsOn),
    chosen: chosenFrom(row),
    agreement: agreementFrom(row),
    ending: endingFrom(row),
    isAskedToShare: row.isAskedToShare,
    shared: row.shared?.map((part) => ({ ...part, agreedMinutes: minutes(part.agreedMinutes) })),
    candidatesCount: Number(row.candidatesCount),
    waitingMinutes: minutes(row.waitingMinutes),
    confirmedMinutes: minutes(row.confirmedMinutes),
    approvedMinutes: minutes(row.approvedMinutes),
  }
}

function chosenFrom(row: MissionRow): Chosen | undefined {
  const { employeeId, employeeName, offeredQualification } = row
  if (employeeId === null || employeeName === null || offeredQualification === null)
    return undefined
  return {
    employeeId,
    employeeName,
    qualification: offeredQualification,
    approvedAt: row.approvedAt ?? undefined,
  }
}

function agreementFrom(row: MissionRow): Agreement | undefined {
  const { agreementEmployeeId, documentId, agreementStartsOn, agreementEndsOn, qualification } = row
  if (agreementEmployeeId === null || documentId === null || qualification === null)
    return undefined
  if (agreementStartsOn === null || agreementEndsOn === null) return undefined
  return {
    route: row.route as MissionRoute,
    employeeId: agreementEmployeeId,
    documentId,
    startsOn: day(agreementStartsOn),
    endsOn: day(agreementEndsOn),
    qualification,
    effectiveAt: row.effectiveAt ?? undefined,
  }
}

function endingFrom({ reason, returnedMinutes, endedAt }: MissionRow): Ending | undefined {
  if (reason === null || returnedMinutes === null || endedAt === null) return undefined
  return { reason, returnedMinutes: minutes(returnedMinutes), endedAt }
}
