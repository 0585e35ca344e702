import { sql } from 'kysely'
import { isId } from '#kit'
import type { Db, Tx } from '../database.ts'

export type WrappedKey = { version: number; wrapped: Uint8Array; wrappedBy: string }

/** The keys of a commune, the newest first. */
export async function wrappedKeysOf(tx: Tx, territoryId: string): Promise<WrappedKey[]> {
  return tx
    .selectFrom('dataKeys')
    .select(['version', 'wrapped', 'wrappedBy'])
    .where('territoryId', '=', territoryId)
    .orderBy('version', 'desc')
    .execute()
}

/** Two who make the same version at once: the first stands. */
export async function insertWrappedKey(
  tx: Tx,
  territoryId: string,
  key: WrappedKey & { madeAt: Date },
): Promise<void> {
  await tx
    .insertInto('dataKeys')
    .values({ territoryId, ...key })
    .onConflict((conflict) => conflict.columns(['territoryId', 'version']).doNothing())
    .execute()
}

export async function deleteKeysBefore(
  tx: Tx,
  territoryId: string,
  version: number,
): Promise<void> {
  await tx
    .deleteFrom('dataKeys')
    .where('territoryId', '=', territoryId)
    .where('version', '<', version)
    .execute()
}

/**
 * Until the end of the transaction: many may seal at once, and nobody ends a key meanwhile; whoever
 * ends keys is alone.
 */
export async function holdKeys(
  tx: Tx,
  territoryId: string,
  how: 'to seal' | 'to end one',
): Promise<void> {
  const lock = sql.raw(how === 'to seal' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock')
  await sql`select ${lock}(hashtextextended(${`data keys ${territoryId}`}, 0))`.execute(tx)
}

/** In one commune, with the rights of whoever owns the tables: pages may not change what is sealed. */
export async function asKeeper<Result>(
  db: Db,
  territoryId: string,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  if (!isId(territoryId)) throw new Error('a scope is made of ids')
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('metis.territory', ${territoryId}, true)`.execute(tx)
    return work(tx)
  })
}
