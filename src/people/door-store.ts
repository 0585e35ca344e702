import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { note } from '#journal'
import { newId } from '#kit'
import { type Config, type Db, inTerritory, sha256 } from '#platform'
import { keyedDigest, seal, unseal } from './seal.ts'
import { membershipsOf } from './store.ts'

// Sessions

export async function sessionsOf(db: Db, personId: string, now: Date) {
  return db
    .selectFrom('sessions')
    .select(['id', 'userAgent', 'enteredBy', 'createdAt', 'lastSeenAt', 'provenAt'])
    .where('personId', '=', personId)
    .where('expiresAt', '>', now)
    .orderBy('lastSeenAt', 'desc')
    .execute()
}

/** Ends one of the person's own sessions; false when it is not theirs, or has ended already. */
export async function endSession(
  db: Db,
  { personId, sessionId }: { personId: string; sessionId: string },
): Promise<boolean> {
  const ended = await db
    .deleteFrom('sessions')
    .where('id', '=', sessionId)
    .where('personId', '=', personId)
    .returning('id')
    .executeTakeFirst()
  return ended !== undefined
}

export async function endOtherSessions(
  db: Db,
  { personId, sessionId }: { personId: string; sessionId: string },
): Promise<number> {
  const ended = await db
    .deleteFrom('sessions')
    .where('personId', '=', personId)
    .where('id', '<>', sessionId)
    .returning('id')
    .execute()
  return ended.length
}

/** Kept to ten minutes: a page read costs no write. */
export async function seenNow(db: Db, sessionId: string, now: Date): Promise<void> {
  await db.updateTable('sessions').set({ lastSeenAt: now }).where('id', '=', sessionId).execute()
}

/** The provider's proof of identity, kept sealed until sign-out asks for it. */
export async function keepProviderToken(
  db: Db,
  config: Config,
  { sessionId, idToken }: { sessionId: string; idToken: string },
): Promise<void> {
  const providerToken = seal(config.secret, 'provider token', idToken)
  await db.updateTable('sessions').set({ providerToken }).where('id', '=', sessionId).execute()
}

export async function providerTokenOf(
  db: Db,
  config: Config,
  sessionId: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select('providerToken')
    .where('id', '=', sessionId)
    .executeTakeFirst()
  return row?.providerToken ? unseal(config.secret, 'provider token', row.providerToken) : undefined
}

// Tries

export type Limit = { door: string; most: number; seconds: number }

/** Counts a try and answers how many there were. One statement: two processes count together. */
export async function countTry(
  db: Db,
  config: Config,
  { limit, subject, now }: { limit: Limit; subject: string; now: Date },
): Promise<number> {
  const since = new Date(now.getTime() - limit.seconds * 1000)
  const key = keyedDigest(config.secret, 'door tries', subject)
  const { rows } = await sql<{ tries: number }>`
    insert into door_tries (door, subject, window_from, tries) values (${limit.door}, ${key}, ${now}, 1)
    on conflict (door, subject) do update set
      tries = case when door_tries.window_from < ${since} then 1 else door_tries.tries + 1 end,
      window_from = case when door_tries.window_from < ${since} then ${now} else door_tries.window_from end
    returning tries`.execute(db)
  return rows[0]?.tries ?? 0
}

/** The right code was given: those before it were slips. */
export async function forgetTries(
  db: Db,
  config: Config,
  { limit, subject }: { limit: Limit; subject: string },
): Promise<void> {
  await db
    .deleteFrom('doorTries')
    .where('door', '=', limit.door)
    .where('subject', '=', keyedDigest(config.secret, 'door tries', subject))
    .execute()
}

const DAY_MILLISECONDS = 24 * 3600 * 1000

/** No window is longer than a day. */
export async function forgetOldTries(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom('doorTries')
    .where('windowFrom', '<', new Date(now.getTime() - DAY_MILLISECONDS))
    .execute()
}

// Tickets: what one step of a sign-in hands to the next, taken once.

const TICKET_SECONDS = 10 * 60
const TICKETS = 'tickets'
export type TicketKind = 'provider' | 'account' | 'passkey' | 'new-passkey'

/** Answers the secret that brings it back; the database keeps its digest, and what it says sealed. */
export async function keepTicket(
  db: Db,
  config: Config,
  { kind, value, now }: { kind: TicketKind; value: object; now: Date },
): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db
    .insertInto('verifications')
    .values({
      id: newId(),
      identifier: ticketName(kind, token),
      value: seal(config.secret, TICKETS, JSON.stringify(value)),
      expiresAt: new Date(now.getTime() + TICKET_SECONDS * 1000),
    })
    .execute()
  return token
}

export async function takeTicket(
  db: Db,
  config: Config,
  { kind, token, now }: { kind: TicketKind; token: string; now: Date },
): Promise<Record<string, unknown> | undefined> {
  const row = await db
    .deleteFrom('verifications')
    .where('identifier', '=', ticketName(kind, token))
    .returning(['value', 'expiresAt'])
    .executeTakeFirst()
  if (!row || row.expiresAt < now) return undefined
  return JSON.parse(unseal(config.secret, TICKETS, row.value)) as Record<string, unknown>
}

function ticketName(kind: TicketKind, token: string): string {
  return `metis-${kind}:${sha256(token)}`
}

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

export async function personByEmail(db: Db, email: string) {
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

// The journal

export type DoorDeed = {
  /** Whose door it is. */
  personId: string
  /** Who did it, when it was someone else; `operator` acts from the terminal, without an account. */
  by?: string | 'operator'
  /** `door.entered`, `door.secondFactorReset`… */
  action: string
  details?: Record<string, unknown>
  at: Date
}

/** A door is of no commune: what happens there is noted in the journal of each where the person counts. */
export async function noteAtDoor(db: Db, deed: DoorDeed): Promise<void> {
  const standings = await membershipsOf(db, deed.personId)
  const territoryIds = new Set(standings.flatMap(({ territoryId }) => territoryId ?? []))
  const author = deed.by ?? deed.personId
  for (const territoryId of [...territoryIds].sort())
    await inTerritory(db, { territoryId }, (tx) =>
      note(tx, {
        territoryId,
        at: deed.at,
        personId: author === 'operator' ? undefined : author,
        action: deed.action,
        subjectId: deed.personId,
        ...(deed.details ? { details: deed.details } : {}),
      }),
    )
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

export async function provenNow(db: Db, sessionId: string, now: Date): Promise<void> {
  await db.updateTable('sessions').set({ provenAt: now }).where('id', '=', sessionId).execute()
}
