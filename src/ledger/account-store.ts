import type { Day } from '#kit'
import type { Tx } from '#platform'

/** One line of an account with the entry that wrote it, in the order written. */
export type AccountMove = {
  seq: bigint
  day: Day
  reason: string
  subjectId: string
  isReversal: boolean
  amount: bigint
}

export async function movesOfAccount(
  tx: Tx,
  territoryId: string,
  accountId: string,
): Promise<AccountMove[]> {
  const rows = await tx
    .selectFrom('ledgerLines as l')
    .innerJoin('ledgerEntries as e', (join) =>
      join.onRef('e.territoryId', '=', 'l.territoryId').onRef('e.id', '=', 'l.entryId'),
    )
    .select(['e.seq', 'e.day', 'e.reason', 'e.subjectId', 'e.reversesId', 'l.amount'])
    .where('l.territoryId', '=', territoryId)
    .where('l.accountId', '=', accountId)
    .orderBy('l.accountRank')
    .execute()
  return rows.map(({ reversesId, ...row }) => ({
    ...row,
    day: row.day as Day,
    isReversal: reversesId !== null,
  }))
}
