import type { Db, Tx } from '../database.ts'
import { makeKey, type Vault } from './vault.ts'
import { asKeeper, deleteKeysBefore, holdKeys, wrappedKeysOf } from './vault-store.ts'

/** A table whose rows are sealed, as its room knows it. */
export type Safe = {
  /** Rows that another version than this one seals, or that nothing seals yet. */
  behind: (
    tx: Tx,
    asked: { territoryId: string; version: number; most: number },
  ) => Promise<string[]>
  /** Opens the row and seals it again with the newest key. */
  sealAgain: (tx: Tx, vault: Vault, row: { territoryId: string; id: string }) => Promise<void>
}

type Rotation = { db: Db; vault: Vault; safes: Safe[] }
export type Resealed = { version: number; rows: number }

/** So that a process killed in the middle has only these to do again, and memory holds one row. */
const ROWS_A_TURN = 5

/**
 * A new key for this commune, everything sealed again, the old key ended. Killed midway and run again,
 * it goes on with the key that it had made.
 */
export async function rotateKeys(rotation: Rotation, territoryId: string): Promise<Resealed> {
  const { db, vault } = rotation
  await asKeeper(db, territoryId, async (tx) => {
    await holdKeys(tx, territoryId, 'to end one')
    const [newest, ...older] = await wrappedKeysOf(tx, territoryId)
    const isUnderWay = older.length > 0 && newest?.wrappedBy === vault.current.name
    if (!isUnderWay) await makeKey(tx, vault, { territoryId, version: (newest?.version ?? 0) + 1 })
  })
  return sealWhatIsBehind(rotation, territoryId)
}

/** Brings every row under the newest key: rows from before the vault, or left by a rotation cut short. */
export async function sealWhatIsBehind(rotation: Rotation, territoryId: string): Promise<Resealed> {
  const { db } = rotation
  let rows = 0
  for (;;) {
    const sealed = await asKeeper(db, territoryId, (tx) => sealSome(tx, rotation, territoryId))
    if (sealed === 0) break
    rows += sealed
  }
  return asKeeper(db, territoryId, async (tx) => {
    await holdKeys(tx, territoryId, 'to end one')
    const [newest, ...older] = await wrappedKeysOf(tx, territoryId)
    if (!newest) return { version: 0, rows }
    // Whoever was sealing with the old key when the last turn ended has finished by now.
    if (older.length > 0) {
      for (let late = 1; late > 0; rows += late) late = await sealSome(tx, rotation, territoryId)
      await deleteKeysBefore(tx, territoryId, newest.version)
    }
    return { version: newest.version, rows }
  })
}

async function sealSome(tx: Tx, { vault, safes }: Rotation, territoryId: string): Promise<number> {
  // Before any row: whoever ends a key holds the keys first too, and nobody waits in a ring.
  await holdKeys(tx, territoryId, 'to seal')
  const [newest] = await wrappedKeysOf(tx, territoryId)
  const asked = { territoryId, version: newest?.version ?? 0, most: ROWS_A_TURN }
  for (const safe of safes) {
    const ids = await safe.behind(tx, asked)
    for (const id of ids) await safe.sealAgain(tx, vault, { territoryId, id })
    if (ids.length > 0) return ids.length
  }
  return 0
}
