import { sql } from 'kysely'
import { newId } from '#kit'
import type { Db, Tx } from '#platform'

// Accounts at a provider

export async function personOfAccount(
  db: Db,
  account: { providerId: string; accountId: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('signInAccounts')
    .select('personId')
    .where('providerId', '=', account.providerId)
    .where('accountId', '=', account.accountId)
    .executeTakeFirst()
  return row?.personId
}

export async function joinAccount(
  db: Db,
  account: { personId: string; providerId: string; accountId: string },
): Promise<void> {
  await db
    .insertInto('signInAccounts')
    .values({ id: newId(), ...account })
    .onConflict((conflict) => conflict.columns(['providerId', 'accountId']).doNothing())
    .execute()
}

export async function personByEmail(db: Db | Tx, email: string) {
  return db
    .selectFrom('people')
    .select(['id', 'name', 'email'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
}

/** A legal person has one SIREN; its establishments each have a SIRET. */
export async function organisationsOfSiret(db: Db, siret: string) {
  return db
    .selectFrom('organisations')
    .select(['id', 'name'])
    .where('siren', '=', siret.slice(0, 9))
    .orderBy(sql`siret is distinct from ${siret}`)
    .execute()
}

// Passkeys

export async function passkeysOf(db: Db, personId: string) {
  return db
    .selectFrom('passkeys')
    .select(['id', 'credentialId', 'name', 'transports', 'createdAt', 'lastUsedAt'])
    .where('personId', '=', personId)
    .orderBy('createdAt')
    .execute()
}

export async function passkeyByCredential(db: Db, credentialId: string) {
  return db
    .selectFrom('passkeys')
    .selectAll()
    .where('credentialId', '=', credentialId)
    .executeTakeFirst()
}

export type NewPasskey = {
  personId: string
  name: string
  credentialId: string
  publicKey: Buffer
  counter: bigint
  transports: string
}

export async function addPasskey(db: Db, passkey: NewPasskey): Promise<void> {
  await db
    .insertInto('passkeys')
    .values({ id: newId(), ...passkey })
    .execute()
}

export async function passkeyUsed(
  db: Db,
  { id, counter, now }: { id: string; counter: bigint; now: Date },
): Promise<void> {
  await db.updateTable('passkeys').set({ counter, lastUsedAt: now }).where('id', '=', id).execute()
}

export async function removePasskey(
  db: Db,
  { personId, id }: { personId: string; id: string },
): Promise<boolean> {
  const gone = await db
    .deleteFrom('passkeys')
    .where('id', '=', id)
    .where('personId', '=', personId)
    .returning('id')
    .executeTakeFirst()
  return gone !== undefined
}

/** Adding or removing a way in asks for the second factor, once there is one of any kind. */
export async function mayChangeDoors(
  db: Db,
  person: { id: string; isProven: boolean },
): Promise<boolean> {
  if (person.isProven) return true
  const { factors } = await db
    .selectNoFrom(({ selectFrom }) => [
      sql<boolean>`exists ${selectFrom('secondFactors').select('personId').where('personId', '=', person.id).where('confirmedAt', 'is not', null)}
        or exists ${selectFrom('passkeys').select('id').where('personId', '=', person.id)}`.as(
        'factors',
      ),
    ])
    .executeTakeFirstOrThrow()
  return !factors
}
