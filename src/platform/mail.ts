import { sql } from 'kysely'
import nodemailer from 'nodemailer'
import { newId } from '#kit'
import type { Config } from './config.ts'
import type { Db, Tx } from './database.ts'
import { log } from './log.ts'

export type Mail = { recipient: string; subject: string; body: string } & Partial<Held>

/** A mail that waits a moment: until then, taking its cause back takes it back. */
export type Held = { causeId: string; heldSeconds: number }

/** Written in the transaction of its cause: either both happen or neither does. */
export async function writeMail(tx: Tx | Db, mail: Mail): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({ id: newId(), ...mail })
    .execute()
}

/** The mails of this cause that have not left never will. */
export async function takeBackMail(tx: Tx, causeId: string): Promise<void> {
  await tx.insertInto('outboxTakeBacks').values({ causeId }).execute()
}

const BATCH = 20
const ATTEMPTS_MAX = 8

/** Sends what waits in the outbox; returns how many left. A failure is kept and tried again later. */
export async function sendWaitingMail(db: Db, config: Config): Promise<number> {
  if (!config.smtpUrl) return 0
  const transport = nodemailer.createTransport(config.smtpUrl)
  const waiting = await db
    .selectFrom('outbox')
    .selectAll()
    .where('sentAt', 'is', null)
    .where('attempts', '<', ATTEMPTS_MAX)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outboxTakeBacks')
            .select('causeId')
            .whereRef('causeId', '=', 'outbox.causeId'),
        ),
      ),
    )
    .where(sql<boolean>`written_at + held_seconds * interval '1 second' <= now()`)
    .orderBy('writtenAt')
    .limit(BATCH)
    .execute()
  let sent = 0
  for (const mail of waiting) {
    try {
      await transport.sendMail({
        from: config.mailFrom,
        to: mail.recipient,
        subject: mail.subject,
        text: mail.body,
        // The same id at each attempt lets the receiver drop a double after a crash.
        messageId: `<${mail.id}@metis>`,
      })
      await db.updateTable('outbox').set({ sentAt: new Date() }).where('id', '=', mail.id).execute()
      sent += 1
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log.warn({ mail: mail.id, reason }, 'mail not sent')
      await db
        .updateTable('outbox')
        .set({ attempts: mail.attempts + 1, lastError: reason.slice(0, 500) })
        .where('id', '=', mail.id)
        .execute()
    }
  }
  return sent
}

/** The newest mails, for the mailbox page of a demo. */
export async function latestMails(db: Db, count: number) {
  return db.selectFrom('outbox').selectAll().orderBy('writtenAt', 'desc').limit(count).execute()
}
