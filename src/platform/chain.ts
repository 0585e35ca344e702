import { sql } from 'kysely'
import { canonicalJson } from '#kit'
import type { Tx } from './database.ts'
import { sha256 } from './digest.ts'

/** What the first link of every chain points to. */
export const GENESIS = '0'.repeat(64)

/** The hash of a link: of the one before and of its own content in canonical form. */
export function linkHash(previousHash: string, content: unknown): string {
  return sha256(`${previousHash}\n${canonicalJson(content)}`)
}

/**
 * Waits until no other writer of this territory's chains is at work; the end of the transaction
 * passes the turn on. One lock for all chains, so that two writers never wait for each other.
 */
export async function takeTurn(tx: Tx, territoryId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`chain ${territoryId}`}, 0))`.execute(
    tx,
  )
}
