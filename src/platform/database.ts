import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { isId } from '#kit'
import { UnusableSettings } from './config.ts'
import { log } from './log.ts'
import { pgliteDialect } from './pglite-dialect.ts'
import { beginReading } from './reading.ts'
import { spareTrips } from './spare-trips.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>

const INT8 = 20
const DATE = 1082
const NUMERIC = 1700

export type Opened = { db: Db; close: () => Promise<void> }

/**
 * The embedded database kept in a folder, or a PostgreSQL server when a URL is given. A folder
 * without a database gets one, made beside and moved in place once `prepare` is done: a machine
 * that stops in the middle leaves nothing half made.
 */
export async function openDatabase(
  place: { databaseUrl?: string | undefined; dataDir: string },
  prepare: (db: Db) => Promise<void> = async () => {},
): Promise<Opened> {
  if (place.databaseUrl) return openServer(place.databaseUrl)
  const unlock = lockFolder(place.dataDir)
  try {
    const folder = join(place.dataDir, 'postgres')
    if (!existsSync(folder)) await makeDatabase(folder, prepare)
    const { db, close } = fromPGlite(await openFolder(folder))
    return {
      db,
      close: async () => {
        await close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

async function makeDatabase(folder: string, prepare: (db: Db) => Promise<void>): Promise<void> {
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const { db, close } = fromPGlite(await PGlite.create(unfinished, { parsers }))
  await prepare(db)
  await close()
  renameSync(unfinished, folder)
}

async function openFolder(folder: string): Promise<PGlite> {
  try {
    return await PGlite.create(folder, { parsers })
  } catch (cause) {
    const data = dirname(folder)
    throw new UnusableSettings(
      `The data in "${data}" cannot be opened. Put your last backup there, or move the folder away to start anew: mv ${data} ${data}.broken && npm start`,
      { cause },
    )
  }
}

export function fromPGlite(pglite: PGlite): Opened {
  const db = new Kysely<Tables>({
    dialect: pgliteDialect(pglite),
    plugins: [camelCase],
  })
  return { db, close: () => db.destroy() }
}

export const parsers = {
  [INT8]: (text: string) => BigInt(text),
  [DATE]: (text: string) => text,
  [NUMERIC]: (text: string) => text,
  [types.BYTEA]: (text: string) => Buffer.from(text.slice(2), 'hex'),
}

// Inside jsonb a key is data, not a column: its case is kept.
const camelCase = new CamelCasePlugin({ maintainNestedObjectKeys: true })

function openServer(databaseUrl: string): Opened {
  const typeParsers = new pg.TypeOverrides()
  typeParsers.setTypeParser(INT8, (text: string) => BigInt(text))
  typeParsers.setTypeParser(DATE, (text: string) => text)
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 20,
    types: typeParsers,
    pipeline: true,
  })
  // An idle connection that the server ends (a restart, a failover) is replaced at the next question.
  pool.on('error', (error) => log.warn({ error: error.message }, 'a database connection ended'))
  // One at work ends the same way: its question fails and is answered, the process goes on.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ error: error.message }, 'a database connection ended'))
    spareTrips(client)
  })
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [camelCase],
  })
  return { db, close: () => db.destroy() }
}

/**
 * Runs `work` in one transaction as the application role, seeing only this territory's rows.
 * `organisations` are those the person acts for: some rows are a company's secret even inside
 * its commune (pay: DOMAIN 2.4).
 */
export async function inTerritory<Result>(
  db: Db,
  scope: { territoryId: string; organisationIds?: string[]; readOnly?: boolean },
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    await sql.raw(scopeSql(scope)).execute(tx)
    if (scope.readOnly) beginReading(tx)
    return work(tx)
  })
}

/**
 * The same for a transaction that began as the owner's, at a door: what is common to all is written
 * first, then what the commune must know of it. There is no way back within the transaction.
 */
export async function enterTerritory(tx: Tx, territoryId: string): Promise<void> {
  await sql.raw(scopeSql({ territoryId })).execute(tx)
}

/** One trip for both; ids are checked because they are written into the statement. */
function scopeSql(scope: { territoryId: string; organisationIds?: string[]; readOnly?: boolean }) {
  const ids = [scope.territoryId, ...(scope.organisationIds ?? [])]
  if (!ids.every(isId)) throw new Error('a scope is made of ids')
  const [territoryId, ...organisationIds] = ids
  // Must come first: Kysely's setAccessMode is silently ignored on the embedded database. A writer
  // whose turn has come must see what the one before it wrote, whatever the server's own habit is.
  const access = `set transaction isolation level read committed${scope.readOnly ? ', read only' : ''}; `
  return `${access}select set_config('role', 'metis_app', true), set_config('metis.territory', '${territoryId}', true), set_config('metis.organisations', '${organisationIds.join(',')}', true)`
}

/**
 * The embedded database belongs to one process. A lock left by a killed process is seen as such
 * because that process is gone.
 */
function lockFolder(dataDir: string): () => void {
  const file = join(dataDir, 'running.pid')
  try {
    mkdirSync(dataDir, { recursive: true })
    const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0
    if (holder && holder !== process.pid && isAlive(holder))
      throw new UnusableSettings(
        `METIS already runs on the folder "${dataDir}" (process ${holder}). Stop it first, or choose another folder: METIS_DATA=other npm start`,
      )
    writeFileSync(file, String(process.pid))
  } catch (error) {
    if (error instanceof UnusableSettings) throw error
    throw new UnusableSettings(
      `The folder "${dataDir}" cannot be written. Give this user the right to write there, or choose another folder: METIS_DATA=/path npm start`,
    )
  }
  return () => rmSync(file, { force: true })
}

function isAlive(process_: number): boolean {
  try {
    process.kill(process_, 0)
    return true
  } catch {
    return false
  }
}
