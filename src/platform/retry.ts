import { setTimeout as pause } from 'node:timers/promises'

const TRIES_MAX = 8
const PAUSE_MILLISECONDS = 5

/**
 * Two writers met and the database let one pass: the other did nothing wrong and may try again. Besides
 * what PostgreSQL itself calls so, two links of one chain or two uses of one key, which only happen
 * where the writers' turns do not reach (decision 0006).
 */
export function isCollision(error: unknown): boolean {
  const { code, table } = fieldsOf(error)
  if (code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED) return true
  return code === UNIQUE_VIOLATION && chainTables.some((chained) => nameOf(table) === chained)
}

/** Runs a whole transaction, and again when it only met another. */
export async function tryAgain<Result>(
  run: () => Promise<Result>,
  triesMax = TRIES_MAX,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await run()
    } catch (error) {
      if (tries >= triesMax || !isCollision(error)) throw error
      await standAside(tries)
    }
  }
}

/** A little longer each time and never twice the same, so that the two do not meet again. */
export async function standAside(tries: number): Promise<void> {
  await pause(Math.random() * PAUSE_MILLISECONDS * 2 ** tries)
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'
const UNIQUE_VIOLATION = '23505'
const chainTables = [
  'idempotency_keys',
  'journal',
  'ledger_accounts',
  'ledger_entries',
  'ledger_lines',
]

/** On Citus the table of the message is a shard: its number is left out. */
function nameOf(table: string): string {
  return table.replace(/_\d+$/, '')
}

function fieldsOf(error: unknown): { code: string; table: string } {
  const { code, table } = Object(error) as { code?: unknown; table?: unknown }
  return { code: String(code ?? ''), table: String(table ?? '') }
}
