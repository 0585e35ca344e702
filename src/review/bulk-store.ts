import { newId } from '#kit'
import { type Tx, takeBackMail } from '#platform'

export const bulkKinds = ['assign', 'complete', 'ask'] as const
export type BulkKind = (typeof bulkKinds)[number]

export type BulkDeed = {
  id: string
  campaignId: string
  kind: BulkKind
  filesCount: number
  doneBy: string
  doneAt: Date
  isUndone: boolean
}

export async function insertBulk(
  tx: Tx,
  deed: Omit<BulkDeed, 'id' | 'isUndone'> & { territoryId: string },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('bulkDeeds')
    .values({ ...deed, id })
    .execute()
  return id
}

export async function bulkById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<BulkDeed | undefined> {
  const row = await bulks(tx, territoryId).where('d.id', '=', id).executeTakeFirst()
  return row && bulkFrom(row)
}

/** What this person did last to many files of the season. */
export function selectLastBulk(
  tx: Tx,
  key: { territoryId: string; campaignId: string; personId: string },
) {
  return bulks(tx, key.territoryId)
    .where('d.campaignId', '=', key.campaignId)
    .where('d.doneBy', '=', key.personId)
    .orderBy('d.doneAt', 'desc')
    .limit(1)
}

function bulks(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('bulkDeeds as d')
    .leftJoin('bulkUndoings as u', (join) =>
      join.onRef('u.territoryId', '=', 'd.territoryId').onRef('u.bulkId', '=', 'd.id'),
    )
    .select([
      'd.id',
      'd.campaignId',
      'd.kind',
      'd.filesCount',
      'd.doneBy',
      'd.doneAt',
      'u.undoneAt',
    ])
    .where('d.territoryId', '=', territoryId)
}

type Row = Awaited<ReturnType<ReturnType<typeof bulks>['executeTakeFirstOrThrow']>>

export function bulkFrom({ undoneAt, kind, ...deed }: Row): BulkDeed {
  return { ...deed, kind: kind as BulkKind, isUndone: undoneAt !== null }
}

/** Whether an association has already answered something that this deed asked. */
export async function isAnswered(tx: Tx, territoryId: string, bulkId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('completenessChecks as c')
    .innerJoin('completenessAnswers as a', (join) =>
      join
        .onRef('a.territoryId', '=', 'c.territoryId')
        .onRef('a.applicationId', '=', 'c.applicationId')
        .onRef('a.rank', '=', 'c.rank'),
    )
    .select('c.applicationId')
    .where('c.territoryId', '=', territoryId)
    .where('c.bulkId', '=', bulkId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** What it wrote no longer counts, and its mails, held until now, do not leave. */
export async function insertUndoing(
  tx: Tx,
  undoing: { territoryId: string; bulkId: string; undoneBy: string; undoneAt: Date },
): Promise<void> {
  await tx.insertInto('bulkUndoings').values(undoing).execute()
  await takeBackMail(tx, undoing.bulkId)
}

export async function insertAssignments(
  tx: Tx,
  assigned: {
    territoryId: string
    applicationIds: string[]
    agentId: string | null
    bulkId: string | null
  },
  { at, personId }: { at: Date; personId: string },
): Promise<void> {
  const { territoryId, applicationIds, agentId, bulkId } = assigned
  const used = await tx
    .selectFrom('fileAssignments')
    .select('applicationId')
    .select((select) => select.fn.max('rank').as('rank'))
    .where('territoryId', '=', territoryId)
    .where('applicationId', 'in', applicationIds)
    .groupBy('applicationId')
    .execute()
  const last = new Map(used.map(({ applicationId, rank }) => [applicationId, rank]))
  const by = { assignedBy: personId, assignedAt: at }
  const rows = applicationIds.map((applicationId) => {
    const rank = (last.get(applicationId) ?? 0) + 1
    return { territoryId, applicationId, rank, agentId, bulkId, ...by }
  })
  await tx.insertInto('fileAssignments').values(rows).execute()
}

/** Those who act for each of these associations, in one question. */
export async function representativesOf(tx: Tx, organisationIds: string[]) {
  if (organisationIds.length === 0) return []
  return tx
    .selectFrom('memberships as m')
    .innerJoin('people as p', 'p.id', 'm.personId')
    .select(['m.organisationId', 'p.name', 'p.email', 'p.language'])
    .where('m.organisationId', 'in', organisationIds)
    .where('m.role', '=', 'association.representative')
    .where('m.endedAt', 'is', null)
    .execute()
}

/** Who follows this file now. */
export async function assignedAgentOf(
  tx: Tx,
  territoryId: string,
  applicationId: string,
): Promise<string | undefined> {
  const row = await selectAssignment(tx, territoryId, applicationId).executeTakeFirst()
  return row?.agentId ?? undefined
}

export function selectAssignment(tx: Tx, territoryId: string, applicationId: string) {
  return tx
    .selectFrom('fileAssignments as f')
    .leftJoin('bulkUndoings as u', (join) =>
      join.onRef('u.territoryId', '=', 'f.territoryId').onRef('u.bulkId', '=', 'f.bulkId'),
    )
    .select('f.agentId')
    .where('f.territoryId', '=', territoryId)
    .where('f.applicationId', '=', applicationId)
    .where('u.bulkId', 'is', null)
    .orderBy('f.rank', 'desc')
    .limit(1)
}
