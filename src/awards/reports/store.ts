import { sql } from 'kysely'
import { cents, type Day, day, newId } from '#kit'
import type { Tx, Typed } from '#platform'
import type { ReportContent } from './form.ts'
import type { NewRepayment, StepKind } from './rules.ts'

type Key = { territoryId: string; awardId: string }

export type Draft = { typed: Typed; savedAt: Date; savedByName: string }

export async function draftFor(tx: Tx, { territoryId, awardId }: Key): Promise<Draft | undefined> {
  const row = await tx
    .selectFrom('reportDrafts as d')
    .innerJoin('people as p', 'p.id', 'd.savedBy')
    .select(['d.typed', 'd.savedAt', 'p.name as savedByName'])
    .where('d.territoryId', '=', territoryId)
    .where('d.awardId', '=', awardId)
    .executeTakeFirst()
  return row && { ...row, typed: row.typed as Typed }
}

export async function keepDraft(
  tx: Tx,
  { territoryId, awardId }: Key,
  draft: { typed: Typed; savedBy: string; savedAt: Date },
): Promise<void> {
  const row = { ...draft, typed: JSON.stringify(draft.typed) }
  await tx
    .insertInto('reportDrafts')
    .values({ territoryId, awardId, ...row })
    .onConflict((conflict) => conflict.columns(['territoryId', 'awardId']).doUpdateSet(row))
    .execute()
}

/** The steps of these awards' reports, the oldest first. */
export function selectSteps(tx: Tx, territoryId: string, awardIds: string[]) {
  return tx
    .selectFrom('reportSteps as s')
    .innerJoin('people as p', 'p.id', 's.doneBy')
    .select(['s.awardId', 's.rank', 's.kind', 's.words', 's.answerBy'])
    .select(sql<string | null>`s.asked_cents::text`.as('askedCents'))
    .select(['s.documentId', 's.doneBy', 's.doneAt', 'p.name as doneByName'])
    .where('s.territoryId', '=', territoryId)
    .where('s.awardId', 'in', awardIds)
    .orderBy('s.rank')
}

type StepRow = Awaited<ReturnType<ReturnType<typeof selectSteps>['execute']>>[number]

export function stepFrom({ answerBy, askedCents, documentId, kind, ...row }: StepRow) {
  return {
    ...row,
    kind: kind as StepKind,
    answerBy: answerBy === null ? undefined : day(answerBy),
    askedCents: askedCents === null ? undefined : cents(BigInt(askedCents)),
    documentId: documentId ?? undefined,
  }
}

export type Certified = { content: ReportContent; sha256: string; byName: string; at: Date }

/** The report as last certified. */
export async function certifiedOf(
  tx: Tx,
  { territoryId, awardId }: Key,
): Promise<Certified | undefined> {
  const row = await tx
    .selectFrom('certifiedReports as c')
    .innerJoin('reportSteps as s', (join) =>
      join
        .onRef('s.territoryId', '=', 'c.territoryId')
        .onRef('s.awardId', '=', 'c.awardId')
        .onRef('s.rank', '=', 'c.rank'),
    )
    .innerJoin('people as p', 'p.id', 's.doneBy')
    .select(['c.content', 'c.contentSha256', 's.doneAt', 'p.name as byName'])
    .where('c.territoryId', '=', territoryId)
    .where('c.awardId', '=', awardId)
    .orderBy('c.rank', 'desc')
    .executeTakeFirst()
  if (!row) return undefined
  // Written by submitReport() as canonical JSON: amounts are text there.
  const kept = row.content as ReportContent
  const lines = kept.lines.map(({ account, plannedCents, doneCents }) => ({
    account,
    plannedCents: cents(plannedCents),
    doneCents: cents(doneCents),
  }))
  const { byName, contentSha256, doneAt } = row
  return { content: { ...kept, lines }, sha256: contentSha256, byName, at: doneAt }
}

export async function insertStep(
  tx: Tx,
  step: Key & {
    rank: number
    kind: StepKind
    doneBy: string
    doneAt: Date
    words?: string
    answerBy?: Day
    askedCents?: bigint
    documentId?: string
  },
): Promise<void> {
  await tx.insertInto('reportSteps').values(step).execute()
}

export async function insertCertified(
  tx: Tx,
  certified: Key & { rank: number; content: string; contentSha256: string },
): Promise<void> {
  await tx.insertInto('certifiedReports').values(certified).execute()
}

export async function insertRepayment(
  tx: Tx,
  repayment: Key & NewRepayment & { recordedBy: string; recordedAt: Date },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('repayments')
    .values({ id, ...repayment })
    .execute()
  return id
}

export type Repayment = NewRepayment & { id: string }

export async function repaymentsOf(tx: Tx, { territoryId, awardId }: Key): Promise<Repayment[]> {
  const rows = await tx
    .selectFrom('repayments')
    .select(['id', 'repaidCents', 'repaidOn', 'receiptNumber'])
    .where('territoryId', '=', territoryId)
    .where('awardId', '=', awardId)
    .orderBy('repaidOn')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    ...row,
    repaidCents: cents(row.repaidCents),
    repaidOn: day(row.repaidOn),
  }))
}

export async function isReceiptNumberTaken(
  tx: Tx,
  territoryId: string,
  receiptNumber: string,
): Promise<boolean> {
  const known = await tx
    .selectFrom('repayments')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('receiptNumber', '=', receiptNumber)
    .executeTakeFirst()
  return known !== undefined
}

export async function remindersOf(
  tx: Tx,
  territoryId: string,
  awardIds: string[],
): Promise<{ awardId: string; daysBefore: number }[]> {
  if (awardIds.length === 0) return []
  return tx
    .selectFrom('reportReminders')
    .select(['awardId', 'daysBefore'])
    .where('territoryId', '=', territoryId)
    .where('awardId', 'in', awardIds)
    .execute()
}

export async function insertReminder(
  tx: Tx,
  reminder: Key & { daysBefore: number; toldAt: Date },
): Promise<void> {
  await tx.insertInto('reportReminders').values(reminder).execute()
}
