import type { Day } from '#kit'
import { GENESIS, linkHash, type Tx } from '#platform'
import { sealedContent } from './actions.ts'
import type { Book } from './rules.ts'
import { entriesAfter, sealedLines } from './store.ts'

const PAGE_ENTRIES = 2000

/** Recounts the chain of one territory; answers the first entry that does not hold, if any. */
export async function brokenLedgerRow(tx: Tx, territoryId: string): Promise<bigint | undefined> {
  let previous = { seq: 0n, hash: GENESIS }
  for (;;) {
    const entries = await entriesAfter(tx, territoryId, previous.seq, PAGE_ENTRIES)
    const [first, last] = [entries[0], entries.at(-1)]
    if (!first || !last) return undefined
    const lines = await sealedLines(tx, territoryId, { from: first.seq, to: last.seq })
    const byEntry = Map.groupBy(lines, (line) => line.entryId)
    for (const { hash, previousHash, ...row } of entries) {
      const entry = { ...row, book: row.book as Book, day: row.day as Day }
      const own = byEntry.get(row.id) ?? []
      const sealed = sealedContent(
        entry,
        own.map(({ amount, ...account }) => ({ account, amount })),
      )
      const holds =
        row.seq === previous.seq + 1n &&
        previousHash === previous.hash &&
        hash === linkHash(previous.hash, sealed)
      if (!holds) return row.seq
      previous = { seq: row.seq, hash }
    }
  }
}
