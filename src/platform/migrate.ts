import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { UnusableSettings } from './config.ts'
import type { Db, Tx } from './database.ts'
import { root } from './root.ts'

const folder = join(root, 'db', 'migrations')

/**
 * Applies the numbered SQL files that this database has not seen, each in its own transaction.
 * Forward only: a landed file is never edited, which its digest proves. Returns the new ones.
 */
export async function migrate(db: Db): Promise<string[]> {
  await inTurn(db, (tx) =>
    sql`create table if not exists migrations (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now()
    )`.execute(tx),
  )
  const fresh: string[] = []
  for (const name of readdirSync(folder).sort())
    if (await inTurn(db, (tx) => apply(tx, name))) fresh.push(name)
  return fresh
}

/** False when the database knows the file already. */
async function apply(tx: Tx, name: string): Promise<boolean> {
  const text = readFileSync(join(folder, name), 'utf8')
  const sha256 = await digestOf(text)
  const { rows } = await sql<{
    sha256: string
  }>`select sha256 from migrations where name = ${name}`.execute(tx)
  const known = rows[0]?.sha256
  if (known === sha256) return false
  if (known)
    throw new UnusableSettings(
      `This database was made by another version of METIS: ${name} is not the one it knows. Use that version, or start on an empty database.`,
    )
  await sql.raw(text).execute(tx)
  await sql`insert into migrations (name, sha256) values (${name}, ${sha256})`.execute(tx)
  return true
}

const MIGRATING = 5_202_701

/** `serve` and `work` start together on several machines: one migrates, the others wait for it. */
async function inTurn<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATING)})`.execute(tx)
    return work(tx)
  })
}

async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(bytes).toString('hex')
}
