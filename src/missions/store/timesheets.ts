import { type Day, day, type Minutes, minutes } from '#kit'
import type { Tx } from '#platform'
import type { Entry, Mission, NewEntry, Worked } from '../rules/index.ts'

/** Everything entered on a mission, the latest day first. */
export async function entriesOf(
  tx: Tx,
  { territoryId, id }: Pick<Mission, 'territoryId' | 'id'>,
): Promise<Entry[]> {
  const rows = await entryRows(tx, territoryId)
    .where('t.missionId', '=', id)
    .orderBy('t.day', 'desc')
    .orderBy('t.id', 'desc')
    .execute()
  return rows.map(entryFrom)
}

/** Hours that the company approved: they change no more, and a receipt may count them. */
export async function lockedEntries(
  tx: Tx,
  territoryId: string,
  missionId: string,
): Promise<{ id: string; day: Day; workedMinutes: Minutes }[]> {
  const rows = await entryRows(tx, territoryId)
    .where('t.missionId', '=', missionId)
    .where('locked.approvedAt', 'is not', null)
    .orderBy('t.day')
    .orderBy('t.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    day: day(row.day),
    workedMinutes: minutes(row.workedMinutes),
  }))
}

/** What a person entered on all their missions of the commune, disputed hours apart. */
export async function workedBetween(
  tx: Tx,
  {
    territoryId,
    employeeId,
    from,
    to,
  }: {
    territoryId: string
    employeeId: string
    from: Day
    to: Day
  },
): Promise<Worked[]> {
  const rows = await entryRows(tx, territoryId)
    .where('t.employeeId', '=', employeeId)
    .where('t.day', '>=', from)
    .where('t.day', '<=', to)
    .where((where) =>
      where.or([where('ok.outcome', 'is', null), where('ok.outcome', '=', 'confirmed')]),
    )
    .execute()
  return rows.map((row) => ({ day: day(row.day), workedMinutes: minutes(row.workedMinutes) }))
}

export async function insertEntry(
  tx: Tx,
  territoryId: string,
  entry: NewEntry & { id: string; missionId: string; employeeId: string; enteredAt: Date },
): Promise<void> {
  await tx
    .insertInto('timesheetEntries')
    .values({ territoryId, ...entry })
    .execute()
}

export type GivenAnswer = {
  outcome: 'confirmed' | 'disputed'
  reason: string
  confirmedByName: string
  personId: string | null
  linkId: string | null
  confirmedAt: Date
}

export async function insertAnswers(
  tx: Tx,
  territoryId: string,
  entryIds: string[],
  answer: GivenAnswer,
): Promise<void> {
  const rows = entryIds.map((entryId) => ({ territoryId, entryId, ...answer }))
  await tx.insertInto('timesheetConfirmations').values(rows).execute()
}

export async function insertApproval(
  tx: Tx,
  approval: {
    territoryId: string
    entryId: string
    approvedBy: string
    approvedAt: Date
    ledgerEntryId: string
  },
): Promise<void> {
  await tx.insertInto('timesheetApprovals').values(approval).execute()
}

function entryRows(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('timesheetEntries as t')
    .leftJoin('timesheetConfirmations as ok', (join) =>
      join.onRef('ok.territoryId', '=', 't.territoryId').onRef('ok.entryId', '=', 't.id'),
    )
    .leftJoin('timesheetApprovals as locked', (join) =>
      join.onRef('locked.territoryId', '=', 't.territoryId').onRef('locked.entryId', '=', 't.id'),
    )
    .selectAll('t')
    .select([
      'ok.outcome',
      'ok.reason',
      'ok.confirmedByName',
      'ok.confirmedAt',
      'locked.approvedAt',
    ])
    .where('t.territoryId', '=', territoryId)
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof entryRows>['execute']>>[number]

function entryFrom(row: EntryRow): Entry {
  return {
    id: row.id,
    missionId: row.missionId,
    employeeId: row.employeeId,
    day: day(row.day),
    workedMinutes: minutes(row.workedMinutes),
    isAtNight: row.isAtNight,
    note: row.note,
    enteredAt: row.enteredAt,
    answer: answerFrom(row),
    approvedAt: row.approvedAt ?? undefined,
  }
}

function answerFrom({ outcome, reason, confirmedByName, confirmedAt }: EntryRow): Entry['answer'] {
  if (outcome === null || confirmedAt === null) return undefined
  return {
    outcome: outcome === 'confirmed' ? 'confirmed' : 'disputed',
    reason: reason ?? '',
    byName: confirmedByName ?? '',
    at: confirmedAt,
  }
}
