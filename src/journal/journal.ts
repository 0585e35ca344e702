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
  /** In whose name it was done, when the person acted by mandate: kept with the deed. */
  byMandateOf?: { id: string }
}

/**
 * Writes who did what, in the transaction of the deed. Each entry seals the one before it, so the
 * territory's writers wait for each other here (a lock that the transaction's end releases).
 */
export async function note(tx: Tx, entry: JournalEntry): Promise<void> {
  await takeTurn(tx, entry.territoryId)
  const last = await journalHead(tx, entry.territoryId)
  const row = {
    territoryId: entry.territoryId,
    seq: last.seq + 1n,
    at: entry.at,
    personId: entry.personId ?? null,
    action: entry.action,
    subjectId: entry.subjectId ?? null,
    details: {
      ...entry.details,
      ...(entry.byMandateOf ? { byMandateOf: entry.byMandateOf.id } : {}),
    },
  }
  const previousHash = last.hash
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

/** Where the chain of this territory stands. */
export async function journalHead(
  tx: Tx,
  territoryId: string,
): Promise<{ seq: bigint; hash: string }> {
  const last = await tx
    .selectFrom('journal')
    .select(['seq', 'hash'])
    .where('territoryId', '=', territoryId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last ?? { seq: 0n, hash: GENESIS }
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
