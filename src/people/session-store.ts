import type { Config, Db } from '#platform'
import { seal, unseal } from './seal.ts'

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

export async function provenNow(db: Db, sessionId: string, now: Date): Promise<void> {
  await db.updateTable('sessions').set({ provenAt: now }).where('id', '=', sessionId).execute()
}
