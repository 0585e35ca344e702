import { sql } from 'kysely'
import pg from 'pg'
import { expect, test } from 'vitest'
import { migrate, openDatabase } from '#platform'
import { settle } from './cast.ts'
import { emptyDatabase } from './house.ts'
import { simulate } from './ledger-simulation.ts'
import { startPostgres } from './postgres-server.ts'

// Short here; for a long one: METIS_SIMULATION_STEPS=5000 npx vitest run tests/ledger-simulation.test.ts

const steps = Number(process.env.METIS_SIMULATION_STEPS ?? 40)
const seed = Number(process.env.METIS_SIMULATION_SEED ?? Math.floor(Math.random() * 2 ** 31))
const patience = 60_000 + steps * 1000

test(
  'TOF-845, FIVEBELLS-402: whatever goes wrong, each sheet counts once and every sum holds',
  async () => {
    const { db, close } = await emptyDatabase()
    try {
      const { territory } = await settle(db)
      const { done } = await simulate({ db, territoryId: territory.id, seed, steps })
      expect(done).toBeGreaterThan(0)
    } finally {
      await close()
    }
  },
  patience,
)

test(
  'the same on a server, with writers truly at once and connections that are cut',
  async ({ skip }) => {
    const server = await startPostgres().catch(() => undefined)
    if (!server) return skip('no PostgreSQL server starts here')
    const databaseUrl = await server.createDatabase('simulation')
    const { db, close } = await openDatabase({ databaseUrl, dataDir: '' })
    const admin = new pg.Client(`${server.adminUrl}/postgres`)
    await admin.connect()
    try {
      await migrate(db)
      const { territory } = await settle(db)
      const { done } = await simulate({
        db,
        territoryId: territory.id,
        seed,
        steps,
        kill: async (tx) => {
          const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
          await admin.query('select pg_terminate_backend($1)', [rows[0]?.pid])
        },
      })
      expect(done).toBeGreaterThan(0)
    } finally {
      await admin.end()
      await close()
      await server.stop()
    }
  },
  patience,
)
