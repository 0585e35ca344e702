import { type Config, UnusableSettings } from '../config.ts'
import type { Tx } from '../database.ts'
import { decrypt, encrypt, type MasterKey, masterKeyFrom, newKey } from './cipher.ts'
import { holdKeys, insertWrappedKey, type WrappedKey, wrappedKeysOf } from './vault-store.ts'

/** What opens the keys of the communes: the master key, and the one before while it is being changed. */
export type Vault = { current: MasterKey; previous?: MasterKey }

/** The row that something sealed belongs to: it opens nowhere else. */
export type SealedRow = { territoryId: string; table: string; id: string }

export type Sealed = { content: Uint8Array; keyVersion: number }

/** What is read beside a sealed column, in the same query: a rotation may end a key between two. */
export type KeyBeside = {
  keyVersion: number | null
  wrapped: Uint8Array | null
  wrappedBy: string | null
}

export function vaultOf(config: Pick<Config, 'secret' | 'masterKey' | 'previousMasterKey'>): Vault {
  const current = masterKeyFrom(config.masterKey ?? config.secret)
  const { previousMasterKey } = config
  return previousMasterKey ? { current, previous: masterKeyFrom(previousMasterKey) } : { current }
}

/** Seals for this row with the commune's newest key, made now if it has none. */
export async function sealIn(
  tx: Tx,
  vault: Vault,
  row: SealedRow,
  plain: Uint8Array,
): Promise<Sealed> {
  await holdKeys(tx, row.territoryId, 'to seal')
  const key = await newestKey(tx, vault, row.territoryId)
  const bytes = unwrap(vault, row.territoryId, key)
  return { content: encrypt(bytes, boundTo(row), plain), keyVersion: key.version }
}

/** What was sealed for this row; bytes from before the vault are answered as they are. */
export function openSealed(
  vault: Vault,
  row: SealedRow,
  { content, keyVersion, wrapped, wrappedBy }: KeyBeside & { content: Uint8Array },
): Buffer {
  if (keyVersion === null) return Buffer.from(content)
  if (!wrapped || !wrappedBy) throw new Error(`the key ${keyVersion} of a ${row.table} is gone`)
  const key = unwrap(vault, row.territoryId, { version: keyVersion, wrapped, wrappedBy })
  return decrypt(key, boundTo(row), content)
}

export async function newestKey(tx: Tx, vault: Vault, territoryId: string): Promise<WrappedKey> {
  const [known] = await wrappedKeysOf(tx, territoryId)
  return known ?? makeKey(tx, vault, { territoryId, version: 1 })
}

export async function makeKey(
  tx: Tx,
  { current }: Vault,
  { territoryId, version }: { territoryId: string; version: number },
): Promise<WrappedKey> {
  const wrapped = encrypt(current.bytes, boundKey(territoryId, version), newKey())
  const made = { version, wrapped, wrappedBy: current.name, madeAt: new Date() }
  await insertWrappedKey(tx, territoryId, made)
  const [newest] = await wrappedKeysOf(tx, territoryId)
  if (!newest) throw new Error('a key was written and is not there')
  return newest
}

/** The keys of a commune that these master keys do not open. */
export async function keyFaults(tx: Tx, vault: Vault, territoryId: string): Promise<string[]> {
  const keys = await wrappedKeysOf(tx, territoryId)
  return keys.flatMap((key) => {
    try {
      unwrap(vault, territoryId, key)
      return []
    } catch {
      return [`key ${key.version} of the files at rest opens with another METIS_MASTER_KEY`]
    }
  })
}

function unwrap(vault: Vault, territoryId: string, key: WrappedKey): Buffer {
  const master = [vault.current, vault.previous].find((one) => one?.name === key.wrappedBy)
  if (!master)
    throw new UnusableSettings(
      'Files of this commune were sealed under another METIS_MASTER_KEY. Give that one, or give it as METIS_MASTER_KEY_PREVIOUS and run: metis rotate-keys',
    )
  return decrypt(master.bytes, boundKey(territoryId, key.version), key.wrapped)
}

function boundTo({ territoryId, table, id }: SealedRow): string {
  return `${table} ${territoryId} ${id}`
}

function boundKey(territoryId: string, version: number): string {
  return `data key ${territoryId} ${version}`
}
