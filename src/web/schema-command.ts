import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { fromPGlite, migrate, parsers, root, schemaSql, schemaTypes } from '#platform'
import { type Io, plainOptions } from './commands.ts'

/** Writes what is generated from the migrations alone: the schema to read, the types of the tables. */
export async function runSchema(args: string[], io: Io): Promise<number> {
  const options = plainOptions(args, io, 'metis schema: writes db/schema.sql and the table types.')
  if (!options) return 0
  const { sql, types } = await freshSchema()
  writeFileSync(join(root, 'db', 'schema.sql'), sql)
  writeFileSync(join(root, 'src', 'platform', 'tables.ts'), types)
  if (options.json) io.out(JSON.stringify({ written: ['db/schema.sql', 'src/platform/tables.ts'] }))
  return 0
}

export async function freshSchema(): Promise<{ sql: string; types: string }> {
  const { db, close } = fromPGlite(await PGlite.create('memory://', { parsers }))
  try {
    await migrate(db)
    return { sql: await schemaSql(db), types: await schemaTypes(db) }
  } finally {
    await close()
  }
}
