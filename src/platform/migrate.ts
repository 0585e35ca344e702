import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { UnusableSettings } from './config.ts'
import type { Db } from './database.ts'
import { root } from './root.ts'

const folder = join(root, 'db', 'migrations')

/**
 * Applies the numbered SQL files that this database has not seen, each in its own transaction.
 * Forward only: a landed file is never edited, which its digest proves. Returns the new ones.
 */
export async function migrate(db: Db): Promise<string[]> {
  await sql`create table if not exists migrations (
    name text primary key, sha256 text not null, applied_at timestamptz not null default now()
  )`.execute(db)
  const applied = await sql<{ name: string; sha256: string }>`select * from migrations`.execute(db)
  const digests = new Map(applied.rows.map((row) => [row.name, row.sha256]))
  const fresh: string[] = []
  for (const name of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, name), 'utf8')
    const sha256 = await digestOf(text)
    const known = digests.get(name)
    if (known === sha256) continue
    if (known)
      throw new UnusableSettings(
        `This database was made by another version of METIS: ${name} is not the one it knows. Use that version, or start on an empty database.`,
      )
    await db.transaction().execute(async (tx) => {
      await sql.raw(text).execute(tx)
      await sql`insert into migrations (name, sha256) values (${name}, ${sha256})`.execute(tx)
    })
    fresh.push(name)
  }
  return fresh
}

async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(bytes).toString('hex')
}
