import { sql } from 'kysely'
import type { Tx } from '#platform'

export type Approval = { approvedBy: string | null; approvedAt: Date; ledgerEntryId: string }

/**
 * Takes an approval away and answers what it was. A receipt that counts the hours holds it: its foreign
 * key refuses, whoever issues one at the same moment.
 */
export async function takeApproval(
  tx: Tx,
  territoryId: string,
  entryId: string,
): Promise<Approval | 'on-a-receipt'> {
  await sql`savepoint approval`.execute(tx)
  try {
    return await tx
      .deleteFrom('timesheetApprovals')
      .where('territoryId', '=', territoryId)
      .where('entryId', '=', entryId)
      .returning(['approvedBy', 'approvedAt', 'ledgerEntryId'])
      .executeTakeFirstOrThrow()
  } catch (error) {
    if (!isHeld(error)) throw error
    await sql`rollback to savepoint approval`.execute(tx)
    return 'on-a-receipt'
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: foreign_key_violation */
function isHeld(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503'
}

export async function insertReversal(
  tx: Tx,
  territoryId: string,
  reversal: {
    entryId: string
    reason: string
    reversedBy: string
    reversedAt: Date
    ledgerEntryId: string
  },
  { ledgerEntryId: approvalLedgerEntryId, approvedBy, approvedAt }: Approval,
): Promise<void> {
  await tx
    .insertInto('timesheetReversals')
    .values({ territoryId, ...reversal, approvedBy, approvedAt, approvalLedgerEntryId })
    .execute()
}
