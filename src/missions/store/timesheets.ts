import { sql } from 'kysely'
import { type Day, day, type Minutes, minutes } from '#kit'
import type { Tx } from '#platform'
import {
  type DisputeStep,
  type Entry,
  type GivenAnswer,
  type Mission,
  type NewEntry,
  type Worked,
  warningKinds,
} from '../rules/index.ts'
import { disputeStepsOf } from './disputes.ts'

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
  const steps = await stepsOf(tx, territoryId, rows)
  return rows.map((row) => entryFrom(row, steps))
}

/** The missions of an association on which hours were entered. */
export async function workedMissionIds(
  tx: Tx,
  territoryId: string,
  associationId: string,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('missions as m')
    .select('m.id')
    .where('m.territoryId', '=', territoryId)
    .where('m.associationId', '=', associationId)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('timesheetEntries as t')
          .select('t.id')
          .whereRef('t.territoryId', '=', 'm.territoryId')
          .whereRef('t.missionId', '=', 'm.id'),
      ),
    )
    .orderBy('m.id')
    .execute()
  return rows.map(({ id }) => id)
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
    .where('locked.stoodInReason', 'is', null)
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
    .where('back.reversedAt', 'is', null)
    .execute()
  return rows.map(({ day: worked, workedMinutes, startsAtMinute, isAtNight }) => ({
    day: day(worked),
    workedMinutes: minutes(workedMinutes),
    startsAt: startFrom(startsAtMinute),
    isAtNight,
  }))
}

export async function insertEntry(
  tx: Tx,
  territoryId: string,
  entry: NewEntry & {
    id: string
    missionId: string
    employeeId: string
    enteredAt: Date
    replacesId?: string
  },
): Promise<void> {
  const { startsAt, ...rest } = entry
  const startsAtMinute = startsAt === undefined ? null : Number(startsAt)
  await tx
    .insertInto('timesheetEntries')
    .values({ territoryId, ...rest, startsAtMinute })
    .execute()
}

export type KeptAnswer = Pick<
  GivenAnswer,
  'outcome' | 'reason' | 'personId' | 'linkId' | 'proposedMinutes'
> & { confirmedByName: string; confirmedAt: Date }

export async function insertAnswers(
  tx: Tx,
  territoryId: string,
  entryIds: string[],
  answer: KeptAnswer,
): Promise<void> {
  const proposedMinutes = answer.proposedMinutes ?? null
  const rows = entryIds.map((entryId) => ({ territoryId, entryId, ...answer, proposedMinutes }))
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
    stoodInReason?: string
  },
): Promise<void> {
  await tx.insertInto('timesheetApprovals').values(approval).execute()
}

export type WorkedMonth = {
  missionId: string
  /** `2027-05`. */
  month: string
  /** Entered, and neither contested nor taken back. */
  doneMinutes: Minutes
  /** Of these: confirmed by the association and approved by the company. */
  approvedMinutes: Minutes
}

/** What was worked on these missions, month by month: their sums are those that each Mission carries. */
export async function workedByMonth(
  tx: Tx,
  territoryId: string,
  missionIds: string[],
): Promise<WorkedMonth[]> {
  if (missionIds.length === 0) return []
  const rows = await answeredEntries(tx, territoryId)
    .select(['t.missionId', sql<string>`to_char(t.day, 'YYYY-MM')`.as('month')])
    .select(sql<bigint>`sum(t.worked_minutes)::bigint`.as('done'))
    .select(
      sql<bigint>`coalesce(sum(t.worked_minutes) filter (where locked.entry_id is not null), 0)::bigint`.as(
        'approved',
      ),
    )
    .where('t.missionId', 'in', missionIds)
    .where((where) =>
      where.or([where('ok.outcome', 'is', null), where('ok.outcome', '=', 'confirmed')]),
    )
    .where('back.entryId', 'is', null)
    .groupBy(['t.missionId', 'month'])
    .orderBy('month')
    .execute()
  return rows.map(({ missionId, month, done, approved }) => ({
    missionId,
    month,
    doneMinutes: minutes(done),
    approvedMinutes: minutes(approved),
  }))
}

function answeredEntries(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('timesheetEntries as t')
    .leftJoin('timesheetConfirmations as ok', (join) =>
      join.onRef('ok.territoryId', '=', 't.territoryId').onRef('ok.entryId', '=', 't.id'),
    )
    .leftJoin('timesheetApprovals as locked', (join) =>
      join.onRef('locked.territoryId', '=', 't.territoryId').onRef('locked.entryId', '=', 't.id'),
    )
    .leftJoin('timesheetReversals as back', (join) =>
      join.onRef('back.territoryId', '=', 't.territoryId').onRef('back.entryId', '=', 't.id'),
    )
    .where('t.territoryId', '=', territoryId)
}

function entryRows(tx: Tx, territoryId: string) {
  return answeredEntries(tx, territoryId)
    .selectAll('t')
    .select(['ok.outcome', 'ok.reason', 'ok.confirmedByName', 'ok.confirmedAt'])
    .select(['ok.proposedMinutes', 'ok.personId', 'ok.linkId'])
    .select(['locked.approvedAt', 'locked.stoodInReason'])
    .select(['back.reason as reversalReason', 'back.reversedAt'])
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof entryRows>['execute']>>[number]

function entryFrom(row: EntryRow, steps: Map<string, DisputeStep[]>): Entry {
  return {
    id: row.id,
    missionId: row.missionId,
    employeeId: row.employeeId,
    day: day(row.day),
    workedMinutes: minutes(row.workedMinutes),
    startsAt: startFrom(row.startsAtMinute),
    isAtNight: row.isAtNight,
    note: row.note,
    enteredAt: row.enteredAt,
    acknowledged: warningKinds.filter((kind) => row.acknowledged.includes(kind)),
    answer: answerFrom(row),
    steps: steps.get(row.id) ?? [],
    approvedAt: row.approvedAt ?? undefined,
    stoodIn: row.stoodInReason ?? undefined,
    reversal: row.reversedAt ? { reason: row.reversalReason ?? '', at: row.reversedAt } : undefined,
  }
}

function startFrom(minute: number | null): Minutes | undefined {
  return minute === null ? undefined : minutes(minute)
}

function answerFrom(row: EntryRow): Entry['answer'] {
  const { outcome, reason, proposedMinutes, confirmedByName, confirmedAt, personId, linkId } = row
  if (outcome === null || confirmedAt === null) return undefined
  return {
    outcome: outcome === 'confirmed' ? 'confirmed' : 'disputed',
    reason: reason ?? '',
    proposedMinutes: proposedMinutes === null ? undefined : minutes(proposedMinutes),
    byName: confirmedByName ?? '',
    personId,
    linkId,
    at: confirmedAt,
  }
}

/** Most missions have none contested: then nothing is asked. */
async function stepsOf(
  tx: Tx,
  territoryId: string,
  rows: EntryRow[],
): Promise<Map<string, DisputeStep[]>> {
  const disputed = rows.filter(({ outcome }) => outcome === 'disputed').map(({ id }) => id)
  return disputed.length > 0 ? disputeStepsOf(tx, territoryId, disputed) : new Map()
}
