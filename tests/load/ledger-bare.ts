import pg from 'pg'
import { newId } from '#kit'

/**
 * The least that a posting can cost here: the same four rows (an entry, its two lines, its key) in tables
 * with the same indexes, in one transaction of `pg` alone. No commune, no turn, no chain, no balance.
 */
export async function bareRate(
  databaseUrl: string,
  { writers, count }: { writers: number; count: number },
): Promise<number> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 })
  try {
    for (const table of ['ledger_entries', 'ledger_lines', 'idempotency_keys'])
      await pool.query(
        `create table if not exists bare_${table} (like ${table} including indexes including defaults)`,
      )
    const communeId = newId()
    let asked = 0
    const write = async () => {
      for (let turn = asked++; turn < count; turn = asked++) await fourRows(pool, communeId, turn)
    }
    const startedAt = performance.now()
    await Promise.all(Array.from({ length: writers }, write))
    return (count * 1000) / (performance.now() - startedAt)
  } finally {
    await pool.end()
  }
}

async function fourRows(pool: pg.Pool, communeId: string, turn: number): Promise<void> {
  const client = await pool.connect()
  const [entryId, accountId] = [newId(), newId()]
  const hash = entryId.replaceAll('-', '').padEnd(64, '0')
  try {
    await client.query('begin')
    await client.query(
      `insert into bare_ledger_entries (territory_id, id, seq, book, day, at, reason, subject_id, previous_hash, hash)
       values ($1, $2, $3, 'hours', '2027-02-01', now(), 'pledge.submitted', $2, $4, $4)`,
      [communeId, entryId, turn + 1, hash],
    )
    await client.query(
      `insert into bare_ledger_lines (territory_id, entry_id, rank, book, account_id, may_owe, amount, account_rank, balance_before, balance_after, after_rank, sum_before, sum_after)
       values ($1, $2, 1, 'hours', $2, true, -60, 1, 0, -60, 2, 0, -60), ($1, $2, 2, 'hours', $3, false, 60, 1, 0, 60, 1, -60, 0)`,
      [communeId, entryId, accountId],
    )
    await client.query(
      'insert into bare_idempotency_keys (territory_id, key, payload_sha256, answer) values ($1, $2, $3, $4)',
      [communeId, entryId, hash, '{}'],
    )
    await client.query('commit')
  } finally {
    client.release()
  }
}
