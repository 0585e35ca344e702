import { sql } from 'kysely'
import { cents, day, isId, newId } from '#kit'
import type { Tx } from '#platform'
import type { Instalment, PlannedRow, WaitsFor } from './rules.ts'

export function selectInstalments(tx: Tx, territoryId: string, awardIds: string[]) {
  return instalmentRows(tx, territoryId)
    .where('i.awardId', 'in', awardIds)
    .orderBy('i.awardId')
    .orderBy('i.rank')
}

export async function instalmentById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<Instalment | undefined> {
  if (!isId(id)) return undefined
  const row = await instalmentRows(tx, territoryId).where('i.id', '=', id).executeTakeFirst()
  return row && instalmentFrom(row)
}

function instalmentRows(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('instalments as i')
    .leftJoin('instalmentOrders as o', (join) =>
      join.onRef('o.territoryId', '=', 'i.territoryId').onRef('o.instalmentId', '=', 'i.id'),
    )
    .leftJoin('instalmentPayments as l', (join) =>
      join.onRef('l.territoryId', '=', 'i.territoryId').onRef('l.instalmentId', '=', 'i.id'),
    )
    .leftJoin('payments as p', (join) =>
      join.onRef('p.territoryId', '=', 'l.territoryId').onRef('p.id', '=', 'l.paymentId'),
    )
    .leftJoin('instalmentCancellations as c', (join) =>
      join.onRef('c.territoryId', '=', 'i.territoryId').onRef('c.instalmentId', '=', 'i.id'),
    )
    .select(['i.id', 'i.awardId', 'i.rank', 'i.waitsFor', 'i.plannedOn'])
    .select(sql<string>`i.planned_cents::text`.as('plannedCents'))
    .select(['o.orderNumber', 'o.orderedOn', 'p.paidOn', 'c.reason'])
    .where('i.territoryId', '=', territoryId)
}

type Row = Awaited<ReturnType<ReturnType<typeof instalmentRows>['execute']>>[number]

export function instalmentFrom({ orderNumber, orderedOn, reason, ...row }: Row): Instalment {
  return {
    ...row,
    plannedCents: cents(BigInt(row.plannedCents)),
    waitsFor: row.waitsFor as WaitsFor,
    plannedOn: row.plannedOn === null ? undefined : day(row.plannedOn),
    order: orderNumber && orderedOn ? { number: orderNumber, on: day(orderedOn) } : undefined,
    paidOn: row.paidOn === null ? undefined : day(row.paidOn),
    cancelledBecause: reason ?? undefined,
  }
}

export async function insertInstalments(
  tx: Tx,
  planned: {
    territoryId: string
    awardId: string
    /** How many this award has had, cancelled ones too. */
    after: number
    rows: PlannedRow[]
    plannedBy: string
    plannedAt: Date
  },
): Promise<void> {
  const { after, rows, ...shared } = planned
  const values = rows.map(({ plannedOn, ...row }, index) => ({
    ...shared,
    ...row,
    id: newId(),
    rank: after + index + 1,
    plannedOn: plannedOn ?? null,
  }))
  await tx.insertInto('instalments').values(values).execute()
}

export async function insertOrder(
  tx: Tx,
  order: {
    territoryId: string
    instalmentId: string
    orderNumber: string
    orderedOn: string
    orderedBy: string
    orderedAt: Date
  },
): Promise<void> {
  await tx.insertInto('instalmentOrders').values(order).execute()
}

export async function insertInstalmentPayment(
  tx: Tx,
  link: { territoryId: string; instalmentId: string; paymentId: string },
): Promise<void> {
  await tx.insertInto('instalmentPayments').values(link).execute()
}

export async function insertCancellation(
  tx: Tx,
  cancellation: {
    territoryId: string
    instalmentId: string
    reason: string
    cancelledBy: string
    cancelledAt: Date
  },
): Promise<void> {
  await tx.insertInto('instalmentCancellations').values(cancellation).execute()
}

export async function isOrdered(
  tx: Tx,
  territoryId: string,
  orderNumber: string,
): Promise<boolean> {
  const known = await tx
    .selectFrom('instalmentOrders')
    .select('instalmentId')
    .where('territoryId', '=', territoryId)
    .where('orderNumber', '=', orderNumber)
    .executeTakeFirst()
  return known !== undefined
}
