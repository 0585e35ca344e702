import type { Db } from '../database.ts'

export type SealKeyRow = {
  version: number
  certificate: Uint8Array
  wrapped: Uint8Array
  wrappedBy: string
  madeAt: Date
}

/** The newest first. */
export async function sealKeys(db: Db): Promise<SealKeyRow[]> {
  return db.selectFrom('sealKeys').selectAll().orderBy('version', 'desc').execute()
}

/** Key and certificate in one row: a process killed meanwhile leaves both or neither. Of two, the first stands. */
export async function insertSealKey(db: Db, row: SealKeyRow): Promise<void> {
  await db
    .insertInto('sealKeys')
    .values(row)
    .onConflict((conflict) => conflict.column('version').doNothing())
    .execute()
}

export async function wrapSealKeyAgain(
  db: Db,
  version: number,
  by: Pick<SealKeyRow, 'wrapped' | 'wrappedBy'>,
): Promise<void> {
  await db.updateTable('sealKeys').set(by).where('version', '=', version).execute()
}
