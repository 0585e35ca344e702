import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { digestOf } from './digest.ts'
import { writeUnread } from './spare-trips.ts'

/**
 * Does `work` once for this key. Sent again with the same payload, answers what it answered then;
 * with another payload, throws KeyUsedOtherwise. The key is taken inside the caller's transaction.
 */
export async function once<Answer extends object>(
  tx: Tx,
  asked: { territoryId: string; key: string; payload: unknown },
  work: () => Promise<Answer>,
): Promise<Answer> {
  // Nothing that our forms or the actions gave: it protects from no repetition.
  if (!KEY.test(asked.key)) return work()
  const payloadSha256 = digestOf(asked.payload)
  const known = await takeKey(tx, asked)
  if (known && known.payloadSha256 !== payloadSha256) throw new KeyUsedOtherwise(asked.key)
  if (known) return known.answer as Answer
  const answer = await work()
  // What was refused may be corrected and sent again under the same key.
  if ('refusals' in answer) return answer
  const { territoryId, key } = asked
  const used = { territoryId, key, payloadSha256, answer: JSON.stringify(answer) }
  await writeUnread(tx, tx.insertInto('idempotencyKeys').values(used))
  return answer
}

/** The same key sent twice at once: the second waits for the first, then finds what it answered. */
async function takeKey(tx: Tx, { territoryId, key }: { territoryId: string; key: string }) {
  const { rows } = await sql<{ payloadSha256: string; answer: unknown }>`
    select * from take_key(${territoryId}, ${key})`.execute(tx)
  return rows[0]
}

/** As the table wants it. */
const KEY = /^[\w .:-]{8,100}$/

export class KeyUsedOtherwise extends Error {}
