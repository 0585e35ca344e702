import { sql } from 'kysely'
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

export function selectPayments(tx: Tx, territoryId: string, awardIds: string[]) {
  return tx
    .selectFrom('payments')
    .select(['id', 'paidOn', 'orderNumber'])
    .select(sql<string>`paid_cents::text`.as('paidCents'))
    .where('territoryId', '=', territoryId)
    .where('awardId', 'in', awardIds)
    .orderBy('paidOn')
    .orderBy('id')
}

type Row = { id: string; paidOn: string; orderNumber: string; paidCents: string }

export function paymentFrom({ id, orderNumber, paidOn, paidCents }: Row): Payment {
  return { id, orderNumber, paidOn: day(paidOn), paidCents: cents(BigInt(paidCents)) }
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
