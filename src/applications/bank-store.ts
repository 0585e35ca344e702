import type { KeyBeside, Tx } from '#platform'

type Key = { territoryId: string; id: string }

/** An account as anyone who reads the file may see it. */
export type BankAccount = {
  id: string
  holder: string
  maskedIban: string
  givenBy: string
  givenAt: Date
}

/** The accounts that a file has named, the one that stands first. */
export async function bankAccountsOf(tx: Tx, key: Key): Promise<BankAccount[]> {
  return selectBankAccounts(tx, key).execute()
}

export function selectBankAccounts(tx: Tx, { territoryId, id }: Key) {
  return tx
    .selectFrom('bankAccounts as b')
    .innerJoin('people as o', 'o.id', 'b.givenBy')
    .select(['b.id', 'b.holder', 'b.maskedIban', 'o.name as givenBy', 'b.givenAt'])
    .where('b.territoryId', '=', territoryId)
    .where('b.applicationId', '=', id)
    .orderBy('b.givenAt', 'desc')
    .orderBy('b.id', 'desc')
}

export async function sealedBankAccount(
  tx: Tx,
  { territoryId, id }: Key,
): Promise<(KeyBeside & { content: Uint8Array }) | undefined> {
  return tx
    .selectFrom('bankAccounts as b')
    .leftJoin('dataKeys as k', (join) =>
      join.onRef('k.territoryId', '=', 'b.territoryId').onRef('k.version', '=', 'b.keyVersion'),
    )
    .select(['b.sealedIban as content', 'b.keyVersion', 'k.wrapped', 'k.wrappedBy'])
    .where('b.territoryId', '=', territoryId)
    .where('b.id', '=', id)
    .executeTakeFirst()
}

export type NewBankAccount = {
  id: string
  holder: string
  sealedIban: Uint8Array
  keyVersion: number
  maskedIban: string
}

export async function insertBankAccount(
  tx: Tx,
  { territoryId, id: applicationId }: Key,
  account: NewBankAccount,
  given: { at: Date; personId: string },
): Promise<void> {
  await tx
    .insertInto('bankAccounts')
    .values({ territoryId, applicationId, ...account, givenAt: given.at, givenBy: given.personId })
    .execute()
}

export async function bankAccountsBehind(
  tx: Tx,
  { territoryId, version, most }: { territoryId: string; version: number; most: number },
): Promise<string[]> {
  const rows = await tx
    .selectFrom('bankAccounts')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('keyVersion', '<', version)
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

/** Until the end of the transaction: whoever seals it again reads it after this. */
export async function lockBankAccount(tx: Tx, { territoryId, id }: Key): Promise<void> {
  await tx
    .selectFrom('bankAccounts')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .forUpdate()
    .execute()
}

export async function updateBankSeal(
  tx: Tx,
  { territoryId, id }: Key,
  { content: sealedIban, keyVersion }: { content: Uint8Array; keyVersion: number },
): Promise<void> {
  await tx
    .updateTable('bankAccounts')
    .set({ sealedIban, keyVersion })
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .execute()
}
