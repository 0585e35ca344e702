import { setImmediate as answered } from 'node:timers/promises'
import { type Db, log } from '#platform'

const running = new WeakMap<Db, Set<Promise<void>>>()

/**
 * Does this work once the answer has left, in a transaction of its own: nobody waits for it, and a
 * page's own transaction stays read only. A failure is logged; the answer was right all the same.
 */
export function afterwards(db: Db, work: () => Promise<void>): void {
  const own = running.get(db) ?? new Set()
  running.set(db, own)
  const done = answered()
    .then(work)
    .catch((error: unknown) => log.error({ error: String(error) }, 'work after an answer failed'))
    .finally(() => own.delete(done))
  own.add(done)
}

/** Waits for what answers have left to do: before the database closes, and in tests. */
export async function settled(db: Db): Promise<void> {
  while ((running.get(db)?.size ?? 0) > 0) await Promise.all(running.get(db) ?? [])
}
