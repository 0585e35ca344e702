import { type Compilable, CompiledQuery } from 'kysely'
import pg from 'pg'
import type { Tx } from './database.ts'

const UNREAD = '/* unread */ '

/**
 * Writes rows that nothing more in this transaction asks about. On a server they leave with the next
 * question, the commit at the latest, and it is that question that throws when they are refused.
 */
export async function writeUnread(tx: Tx, writing: Compilable): Promise<void> {
  const { sql, parameters } = writing.compile()
  await tx.executeQuery(CompiledQuery.raw(`${UNREAD}${sql}`, [...parameters]))
}

type Asked = { text: string; values: unknown[]; name?: string }

/**
 * What needs no answer of its own waits for the next question and leaves with it in one trip: the
 * beginning of a transaction with its scope, and what `writeUnread` writes.
 */
export function spareTrips(client: pg.PoolClient): void {
  const ask = (...asked: unknown[]): Promise<unknown> =>
    Reflect.apply(pg.Client.prototype.query, client, asked)
  let waiting: Asked[] = []
  const sparing = (text: unknown, values: unknown, ...more: unknown[]) => {
    if (typeof text !== 'string' || !Array.isArray(values)) return ask(text, values, ...more)
    const [first] = waiting
    if (first?.text === 'begin' && text.startsWith('set ')) first.text = `begin; ${text}`
    else if (text === 'begin' || text.startsWith(UNREAD)) waiting.push({ text, values })
    else {
      const leaving = waiting
      waiting = []
      // What has not left needs no undoing.
      if (text !== 'rollback') return inOneTrip(client, [...leaving, { text, values }], ask)
      if (!first?.text.startsWith('begin')) return ask(text)
    }
    return Promise.resolve({ rows: [] })
  }
  Object.assign(client, { query: sparing })
}

/** The answer of the last; throws what the first to be refused was refused for. */
async function inOneTrip(
  client: pg.PoolClient,
  all: Asked[],
  ask: (asked: Asked) => Promise<unknown>,
): Promise<unknown> {
  const { stream } = Object(client).connection
  stream.cork()
  const answers = all.map((asked) => ask(remembered(asked)))
  stream.uncork()
  return (await Promise.all(answers)).at(-1)
}

const STATEMENTS_REMEMBERED = 1000
const statements = new Map<string, string>()

/**
 * A question asked before keeps its plan: with row policies, planning costs the server more than
 * answering. Texts beyond the first thousand (lists of every length) are planned each time.
 */
function remembered({ text, values }: Asked): Asked {
  const known = statements.get(text)
  if (values.length === 0 || (!known && statements.size >= STATEMENTS_REMEMBERED))
    return { text, values }
  const name = known ?? `metis_${statements.size}`
  statements.set(text, name)
  return { text, values, name }
}
