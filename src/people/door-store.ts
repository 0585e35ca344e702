import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { note } from '#journal'
import { dayOf, newId } from '#kit'
import { type Config, type Db, inTerritory, sha256 } from '#platform'
import { keyedDigest, seal, unseal } from './seal.ts'
import { membershipsOf } from './store.ts'

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
  const standings = await membershipsOf(db, deed.personId, dayOf(deed.at))
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
