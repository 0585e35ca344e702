import type { Day } from '#kit'
import { digestsSealing, entryHashes, type Territory } from '#people'
import { merklePath, type PathStep, type Tx } from '#platform'
import { sealedContent } from './actions.ts'
import type { Book } from './rules.ts'
import { entryById, linesOfEntries } from './store.ts'

export const PROOF_FORMAT = 'metis-ledger-proof/1'

/** All that a stranger needs to recount, without this database, that an entry was sealed that night. */
export type EntryProof = {
  format: typeof PROOF_FORMAT
  commune: string
  entry: { previousHash: string; hash: string; content: ReturnType<typeof sealedContent> }
  /** From the entry to the root of the tree of its night. */
  path: PathStep[]
  /** The digest of that night, then each one after it up to the latest. */
  digests: Awaited<ReturnType<typeof digestsSealing>>['digests']
}

/** Undefined until the night has sealed the entry. */
export async function proofOf(
  tx: Tx,
  { id: territoryId, name }: Pick<Territory, 'id' | 'name'>,
  entryId: string,
): Promise<EntryProof | undefined> {
  const row = await entryById(tx, territoryId, entryId)
  if (!row) return undefined
  const { fromSeq, digests } = await digestsSealing(tx, territoryId, row.seq)
  const [night] = digests
  if (!night) return undefined
  const { previousHash, hash, ...bare } = row
  const lines = await linesOfEntries(tx, territoryId, [entryId])
  const content = sealedContent(
    { ...bare, book: bare.book as Book, day: bare.day as Day },
    lines.map(({ amount, ...account }) => ({ account, amount })),
  )
  const hashes = await entryHashes(tx, territoryId, { fromSeq, toSeq: night.ledgerSeq })
  return {
    format: PROOF_FORMAT,
    commune: name,
    entry: { previousHash, hash, content },
    path: merklePath(hashes, Number(row.seq - fromSeq - 1n)),
    digests,
  }
}
