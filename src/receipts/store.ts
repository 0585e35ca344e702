import { cents, day, isId, minutes } from '#kit'
import type { Tx } from '#platform'
import type { DayOnReceipt, ReceiptWithMission } from './contributions.ts'
import type { Receipt } from './issue.ts'
import type { Valuation } from './valuation.ts'

/** Only those who act for the company see a cost: the row policy says so by itself. */
export async function insertCostPrice(
  tx: Tx,
  cost: {
    territoryId: string
    missionId: string
    version: number
    companyId: string
    hourlyCostCents: bigint
    declaredBy: string
    declaredAt: Date
  },
): Promise<void> {
  await tx.insertInto('costPrices').values(cost).execute()
}

export async function insertValuation(
  tx: Tx,
  territoryId: string,
  valuation: Valuation & { declaredBy: string },
): Promise<void> {
  await tx
    .insertInto('valuations')
    .values({ territoryId, ...valuation, capMode: 'prorata' })
    .execute()
}

/** The latest valuation of each mission, as far as this person's organisations are its parties. */
export async function latestValuations(
  tx: Tx,
  territoryId: string,
  missionIds: string[],
): Promise<Map<string, Valuation>> {
  if (missionIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('valuations')
    .selectAll()
    .distinctOn('missionId')
    .where('territoryId', '=', territoryId)
    .where('missionId', 'in', missionIds)
    .orderBy('missionId')
    .orderBy('version', 'desc')
    .execute()
  return new Map(
    rows.map((row) => [
      row.missionId,
      {
        ...row,
        valuedMinutes: minutes(row.valuedMinutes),
        valueCents: cents(row.valueCents),
      },
    ]),
  )
}

/** Which of these entries stand on a living receipt. */
export async function receiptedAmong(
  tx: Tx,
  territoryId: string,
  entryIds: string[],
): Promise<Set<string>> {
  if (entryIds.length === 0) return new Set()
  const rows = await tx
    .selectFrom('receiptEntries')
    .select('entryId')
    .where('territoryId', '=', territoryId)
    .where('entryId', 'in', entryIds)
    .execute()
  return new Set(rows.map(({ entryId }) => entryId))
}

/** The next of the association's series; the caller holds the territory's turn, so none is skipped. */
export async function nextNumber(
  tx: Tx,
  territoryId: string,
  { associationId, year }: { associationId: string; year: number },
): Promise<number> {
  const last = await tx
    .selectFrom('giftReceipts')
    .select('number')
    .where('territoryId', '=', territoryId)
    .where('associationId', '=', associationId)
    .where('year', '=', year)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (last?.number ?? 0) + 1
}

export type NewReceipt = Omit<
  Receipt,
  'associationName' | 'companyName' | 'cancellation' | 'replacesId'
> & { replacesId: string | null; issuedBy: string }

export async function insertReceipt(
  tx: Tx,
  territoryId: string,
  receipt: NewReceipt,
  entryIds: string[],
): Promise<void> {
  await tx
    .insertInto('giftReceipts')
    .values({ territoryId, ...receipt })
    .execute()
  const rows = entryIds.map((entryId) => ({ territoryId, entryId, receiptId: receipt.id }))
  await tx.insertInto('receiptEntries').values(rows).execute()
}

/** The receipt stays, said to be of no value; its hours may stand on another one. */
export async function insertCancellation(
  tx: Tx,
  cancellation: {
    territoryId: string
    receiptId: string
    reason: string
    cancelledBy: string
    cancelledAt: Date
  },
): Promise<void> {
  await tx.insertInto('receiptCancellations').values(cancellation).execute()
  await tx
    .deleteFrom('receiptEntries')
    .where('territoryId', '=', cancellation.territoryId)
    .where('receiptId', '=', cancellation.receiptId)
    .execute()
}

/** The receipts about these missions, the oldest first. */
export async function receiptsFor(
  tx: Tx,
  territoryId: string,
  missionIds: string[],
): Promise<Receipt[]> {
  if (missionIds.length === 0) return []
  const rows = await receiptRows(tx, territoryId)
    .where('r.missionId', 'in', missionIds)
    .orderBy('r.issuedAt')
    .orderBy('r.id')
    .execute()
  return rows.map(receiptFrom)
}

/** Every receipt of an association, whatever the season, by company and then in its own series. */
export async function receiptsOfAssociation(
  tx: Tx,
  territoryId: string,
  associationId: string,
): Promise<ReceiptWithMission[]> {
  const rows = await receiptRows(tx, territoryId)
    .innerJoin('missions as m', (join) =>
      join.onRef('m.territoryId', '=', 'r.territoryId').onRef('m.id', '=', 'r.missionId'),
    )
    .select('m.title as missionTitle')
    .where('r.associationId', '=', associationId)
    .orderBy('company.name')
    .orderBy('r.year')
    .orderBy('r.number')
    .execute()
  return rows.map(({ missionTitle, ...row }) => ({ ...receiptFrom(row), missionTitle }))
}

/** The days that the living receipts of an association count. */
export async function daysOnReceipts(
  tx: Tx,
  territoryId: string,
  associationId: string,
): Promise<DayOnReceipt[]> {
  const rows = await tx
    .selectFrom('giftReceipts as r')
    .innerJoin('receiptEntries as e', (join) =>
      join.onRef('e.territoryId', '=', 'r.territoryId').onRef('e.receiptId', '=', 'r.id'),
    )
    .innerJoin('timesheetEntries as t', (join) =>
      join.onRef('t.territoryId', '=', 'e.territoryId').onRef('t.id', '=', 'e.entryId'),
    )
    .select(['r.id as receiptId', 't.day', 't.workedMinutes'])
    .where('r.territoryId', '=', territoryId)
    .where('r.associationId', '=', associationId)
    .execute()
  return rows.map((row) => ({
    receiptId: row.receiptId,
    day: day(row.day),
    workedMinutes: minutes(row.workedMinutes),
  }))
}

export async function receiptById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<Receipt | undefined> {
  if (!isId(id)) return undefined
  const row = await receiptRows(tx, territoryId).where('r.id', '=', id).executeTakeFirst()
  return row && receiptFrom(row)
}

function receiptRows(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('giftReceipts as r')
    .innerJoin('organisations as association', 'association.id', 'r.associationId')
    .innerJoin('organisations as company', 'company.id', 'r.companyId')
    .leftJoin('receiptCancellations as c', (join) =>
      join.onRef('c.territoryId', '=', 'r.territoryId').onRef('c.receiptId', '=', 'r.id'),
    )
    .selectAll('r')
    .select(['association.name as associationName', 'company.name as companyName'])
    .select(['c.reason', 'c.cancelledAt'])
    .where('r.territoryId', '=', territoryId)
}

type ReceiptRow = Awaited<ReturnType<ReturnType<typeof receiptRows>['execute']>>[number]

function receiptFrom({ reason, cancelledAt, ...row }: ReceiptRow): Receipt {
  return {
    ...row,
    valueCents: cents(row.valueCents),
    receiptedMinutes: minutes(row.receiptedMinutes),
    fromDay: day(row.fromDay),
    toDay: day(row.toDay),
    replacesId: row.replacesId ?? undefined,
    cancellation: reason !== null && cancelledAt !== null ? { reason, cancelledAt } : undefined,
  }
}
