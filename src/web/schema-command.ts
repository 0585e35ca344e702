import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createAuth } from '#people'
import {
  fromPGlite,
  lawPage,
  migrate,
  openSeal,
  parsers,
  readConfig,
  root,
  schemaSql,
  schemaTypes,
} from '#platform'
import { accessPage } from './access.ts'
import { createApp } from './app.tsx'
import { type Io, plainOptions } from './commands.ts'

/** Writes the files that are generated from the migrations, the routes and the constants of the law. */
export async function runSchema(args: string[], io: Io): Promise<number> {
  const help =
    'metis schema [--json]: writes db/schema.sql, src/platform/tables.ts, docs/access.md, docs/law.md.'
  const options = plainOptions(args, io, help)
  if (!options) return 0
  const files = await generatedFiles()
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text)
  if (options.json) io.out(JSON.stringify({ written: Object.keys(files) }))
  return 0
}

/** Each generated file by its path, as it should stand. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const { db, close } = fromPGlite(await PGlite.create('memory://', { parsers }))
  try {
    await migrate(db)
    const config = readConfig({ METIS_SECRET: 'no session is ever opened with it' })
    const now = () => new Date()
    const seal = await openSeal(db, config, now())
    const app = createApp({ db, auth: createAuth(db, config), config, seal, now })
    return {
      'db/schema.sql': await schemaSql(db),
      'src/platform/tables.ts': await schemaTypes(db),
      'docs/access.md': accessPage(app),
      'docs/law.md': lawPage(),
    }
  } finally {
    await close()
  }
}
