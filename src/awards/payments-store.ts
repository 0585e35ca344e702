import { cents, day, newId } from '#kit'
import type { Tx } from '#platform'
import type { NewPayment } from './rules.ts'

export async function insertPayment(
  tx: Tx,
  payment: NewPayment & {
    territoryId: string
    awardId: string
    recordedBy: string
    recordedAt: Date
  },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('payments')
    .values({ id, ...payment })
    .execute()
  return id
}

export type Payment = NewPayment & { id: string }

export async function paymentsOf(tx: Tx, territoryId: string, awardId: string): Promise<Payment[]> {
  const rows = await tx
    .selectFrom('payments')
    .select(['id', 'paidCents', 'paidOn', 'orderNumber'])
    .where('territoryId', '=', territoryId)
    .where('awardId', '=', awardId)
    .orderBy('paidOn')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, paidCents: cents(row.paidCents), paidOn: day(row.paidOn) }))
}

export async function isOrderNumberTaken(
  tx: Tx,
  territoryId: string,
  orderNumber: string,
): Promise<boolean> {
  const known = await tx
    .selectFrom('payments')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('orderNumber', '=', orderNumber)
    .executeTakeFirst()
  return known !== undefined
}
