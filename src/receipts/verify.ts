import { type DocumentHead, documentByCode, documentById, parseVerificationCode } from '#documents'
import { type EntryProof, entryById, proofOf } from '#ledger'
import type { Territory } from '#people'
import { sha256, type Tx } from '#platform'
import type { Receipt } from './issue.ts'
import { receiptById } from './store.ts'

/** What anyone who holds the code may know: organisations and figures, never a person. */
export type Verified = {
  document: Pick<DocumentHead, 'kind' | 'number' | 'sha256' | 'madeAt' | 'verificationCode'>
  /** The bytes kept are those that were sealed. */
  digestMatches: boolean
  receipt: Receipt | undefined
  /** Where the receipt's minutes stand in the ledger's chain. */
  link: { seq: bigint; hash: string } | undefined
}

export async function verifyReceipt(
  tx: Tx,
  territoryId: string,
  code: string,
): Promise<Verified | undefined> {
  const known = parseVerificationCode(code)
  const document = known && (await documentByCode(tx, territoryId, known))
  const whole = document && (await documentById(tx, territoryId, document.id))
  if (!document || !whole) return undefined
  const receipt =
    document.kind === 'gift_receipt'
      ? await receiptById(tx, territoryId, document.subjectId)
      : undefined
  const entry = receipt && (await entryById(tx, territoryId, receipt.ledgerEntryId))
  return {
    document,
    digestMatches: sha256(whole.pdf) === document.sha256,
    receipt,
    link: entry && { seq: entry.seq, hash: entry.hash },
  }
}

/** The proof that the receipt's minutes stand in the ledger; undefined before the night has sealed them. */
export async function receiptProof(
  tx: Tx,
  territory: Territory,
  receipt: Receipt,
): Promise<EntryProof | undefined> {
  return proofOf(tx, territory, receipt.ledgerEntryId)
}
