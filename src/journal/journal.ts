import { canonicalJson } from '#kit'
import { GENESIS, linkHash, type Tx, takeTurn } from '#platform'

export type JournalEntry = {
  territoryId: string
  at: Date
  personId: string | undefined
  /** A key of the `journal` texts: `pledge.confirmed`. */
  action: string
  subjectId?: string
  details?: Record<string, unknown>
}

/**
 * Writes who did what, in the transaction of the deed. Each entry seals the one before it, so the
 * territory's writers wait for each other here (a lock that the transaction's end releases).
 */
export async function note(tx: Tx, entry: JournalEntry): Promise<void> {
  await takeTurn(tx, entry.territoryId)
  const last = await tx
    .selectFrom('journal')
    .select(['seq', 'hash'])
    .where('territoryId', '=', entry.territoryId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const row = {
    territoryId: entry.territoryId,
    seq: (last?.seq ?? 0n) + 1n,
    at: entry.at,
    personId: entry.personId ?? null,
    action: entry.action,
    subjectId: entry.subjectId ?? null,
    details: entry.details ?? {},
  }
  const previousHash = last?.hash ?? GENESIS
  await tx
    .insertInto('journal')
    .values({
      ...row,
      details: canonicalJson(row.details),
      previousHash,
      hash: linkHash(previousHash, row),
    })
    .execute()
}

/** Recounts the chain of one territory; answers the first row that does not hold, if any. */
export async function brokenJournalRow(tx: Tx, territoryId: string): Promise<bigint | undefined> {
  const rows = await tx
    .selectFrom('journal')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .orderBy('seq')
    .execute()
  let previous = GENESIS
  for (const [rank, { hash, previousHash, ...row }] of rows.entries()) {
    const holds =
      row.seq === BigInt(rank + 1) && previousHash === previous && hash === linkHash(previous, row)
    if (!holds) return row.seq
    previous = hash
  }
  return undefined
}
