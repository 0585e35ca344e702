import type { PGlite } from '@electric-sql/pglite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'

/**
 * One connection, taken in turns. Kysely's own PGlite driver hands the same connection to everyone
 * at once, so that a query may land in another request's transaction: see decision 0002.
 */
export function pgliteDialect(pglite: PGlite): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new OneAtATime(pglite),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

class OneAtATime implements Driver {
  #turn: Promise<void> = Promise.resolve()
  #release: () => void = () => {}
  readonly #pglite: PGlite

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  async init() {
    await this.#pglite.waitReady
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#turn
    let release = () => {}
    this.#turn = new Promise((done) => {
      release = done
    })
    await before
    this.#release = release
    return new PGliteConnection(this.#pglite)
  }

  async releaseConnection() {
    this.#release()
  }

  async beginTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('begin'))
  }

  async commitTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection) {
    await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy() {
    if (!this.#pglite.closed) await this.#pglite.close()
  }
}

class PGliteConnection implements DatabaseConnection {
  readonly #pglite: PGlite

  constructor(pglite: PGlite) {
    this.#pglite = pglite
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // Only the extended protocol takes parameters, only the simple one takes several statements.
    if (query.parameters.length === 0 && query.query.kind === 'RawNode')
      return { rows: await this.#executeSeveral<Row>(query.sql) }
    const { affectedRows, rows } = await this.#pglite.query<Row>(query.sql, [...query.parameters])
    return affectedRows === undefined ? { rows } : { rows, numAffectedRows: BigInt(affectedRows) }
  }

  async #executeSeveral<Row>(text: string): Promise<Row[]> {
    try {
      const results = await this.#pglite.exec(text)
      return results.flatMap((result) => result.rows as Row[])
    } catch (error) {
      // A text that opens its own transaction and fails would leave the only connection inside it.
      if (/^\s*begin\b./is.test(text)) await this.#pglite.exec('rollback')
      throw error
    }
  }

  // biome-ignore lint/correctness/useYield: PGlite has no cursor; the interface asks for a generator.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The embedded database cannot stream rows: read page by page.')
  }
}
