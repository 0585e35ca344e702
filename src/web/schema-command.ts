import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { fromPGlite, migrate, parsers, root, schemaSql, schemaTypes } from '#platform'

/** Writes db/schema.sql and the types of the tables from the migrations alone. */
export async function writeSchema(): Promise<void> {
  const { sql, types } = await freshSchema()
  writeFileSync(join(root, 'db', 'schema.sql'), sql)
  writeFileSync(join(root, 'src', 'platform', 'tables.ts'), types)
}

export async function freshSchema(): Promise<{ sql: string; types: string }> {
  const { db, close } = fromPGlite(await PGlite.create(`memory://`, { parsers }))
  try {
    await migrate(db)
    return { sql: await schemaSql(db), types: await schemaTypes(db) }
  } finally {
    await close()
  }
}
