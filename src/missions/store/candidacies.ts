import { isId } from '#kit'
import type { Tx } from '#platform'
import { type Candidacy, leadOf, type Mission } from '../rules/index.ts'

type Key = { territoryId: string; missionId: string; employeeId: string }

/**
 * Who offers their help, in the order that the association chose, else the first to offer first; those
 * who stepped back, or were told « not this time », are not shown again.
 */
export async function candidaciesFor(tx: Tx, mission: Mission): Promise<Candidacy[]> {
  const rows = await candidacyRows(tx, mission.territoryId)
    .where('c.missionId', '=', leadOf(mission).id)
    .where('c.withdrawnAt', 'is', null)
    .where('c.declinedAt', 'is', null)
    .orderBy('c.rank', (order) => order.asc().nullsLast())
    .orderBy('c.appliedAt')
    .execute()
  return rows.map(candidacyFrom)
}

/** The missions for which this person offered their help. */
export async function candidaciesBy(
  tx: Tx,
  territoryId: string,
  employeeId: string,
): Promise<Candidacy[]> {
  const rows = await candidacyRows(tx, territoryId)
    .where('c.employeeId', '=', employeeId)
    .where('c.withdrawnAt', 'is', null)
    .where('c.declinedAt', 'is', null)
    .execute()
  return rows.map(candidacyFrom)
}

/** Nobody’s when the key is no id: it comes from a form. */
export async function candidacyOf(tx: Tx, key: Key): Promise<Candidacy | undefined> {
  if (!isId(key.employeeId)) return undefined
  const row = await candidacyRows(tx, key.territoryId)
    .where('c.missionId', '=', key.missionId)
    .where('c.employeeId', '=', key.employeeId)
    .executeTakeFirst()
  return row && candidacyFrom(row)
}

/** A first offer, or a new one by somebody who had stepped back. */
export async function insertCandidacy(
  tx: Tx,
  key: Key,
  { qualification, at }: { qualification: string; at: Date },
): Promise<void> {
  const anew = {
    qualification,
    appliedAt: at,
    acceptedBy: null,
    acceptedAt: null,
    approvedBy: null,
    approvedAt: null,
    withdrawnAt: null,
    rank: null,
    declinedBy: null,
    declinedAt: null,
  }
  await tx
    .insertInto('candidacies')
    .values({ ...key, ...anew })
    .onConflict((conflict) =>
      conflict.columns(['territoryId', 'missionId', 'employeeId']).doUpdateSet(anew),
    )
    .execute()
}

export async function setAccepted(tx: Tx, key: Key, by: { personId: string; at: Date }) {
  await candidacyUpdate(tx, key).set({ acceptedBy: by.personId, acceptedAt: by.at }).execute()
}

export async function setApproved(tx: Tx, key: Key, by: { personId: string; at: Date }) {
  await candidacyUpdate(tx, key).set({ approvedBy: by.personId, approvedAt: by.at }).execute()
}

export async function setDeclined(tx: Tx, key: Key, by: { personId: string; at: Date }) {
  await candidacyUpdate(tx, key).set({ declinedBy: by.personId, declinedAt: by.at }).execute()
}

/** 1 for whoever would be called first. */
export async function setRank(tx: Tx, key: Key, rank: number) {
  await candidacyUpdate(tx, key).set({ rank }).execute()
}

export async function setWithdrawn(tx: Tx, key: Key, at: Date) {
  await candidacyUpdate(tx, key).set({ withdrawnAt: at }).execute()
}

function candidacyUpdate(tx: Tx, { territoryId, missionId, employeeId }: Key) {
  return tx
    .updateTable('candidacies')
    .where('territoryId', '=', territoryId)
    .where('missionId', '=', missionId)
    .where('employeeId', '=', employeeId)
}

function candidacyRows(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('candidacies as c')
    .innerJoin('people as p', 'p.id', 'c.employeeId')
    .selectAll('c')
    .select('p.name as employeeName')
    .where('c.territoryId', '=', territoryId)
}

type CandidacyRow = Awaited<ReturnType<ReturnType<typeof candidacyRows>['execute']>>[number]

function candidacyFrom(row: CandidacyRow): Candidacy {
  return {
    missionId: row.missionId,
    employeeId: row.employeeId,
    employeeName: row.employeeName,
    qualification: row.qualification,
    appliedAt: row.appliedAt,
    acceptedAt: row.acceptedAt ?? undefined,
    approvedAt: row.approvedAt ?? undefined,
    withdrawnAt: row.withdrawnAt ?? undefined,
    rank: row.rank ?? undefined,
    declinedAt: row.declinedAt ?? undefined,
  }
}
