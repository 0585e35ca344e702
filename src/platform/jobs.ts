import { CompiledQuery } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Db } from './database.ts'
import { log } from './log.ts'

export type Jobs = { stop: () => Promise<void> }
export type Job = { name: string; cron: string; run: () => Promise<unknown> }

/**
 * The same queue on a server and on the embedded database, where it takes its turn like everyone.
 * The work of each job may be repeated: what it does, it must do once.
 */
export async function startJobs(
  db: Db,
  databaseUrl: string | undefined,
  jobs: Job[],
): Promise<Jobs> {
  const boss = databaseUrl
    ? new PgBoss({ connectionString: databaseUrl, schema: 'pgboss' })
    : new PgBoss({ db: inTurn(db), backend: 'pglite', schema: 'pgboss' })
  boss.on('error', (error) => log.error({ error: String(error) }, 'jobs'))
  await boss.start()
  for (const job of jobs) {
    await boss.createQueue(job.name)
    await boss.work(job.name, { pollingIntervalSeconds: 5 }, async () => {
      await job.run()
    })
    await boss.schedule(job.name, job.cron)
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 5_000 }) }
}

function inTurn(db: Db) {
  const plain = db.withoutPlugins()
  return {
    executeSql: async (text: string, values: unknown[] = []) => {
      const { rows } = await plain.executeQuery(CompiledQuery.raw(text, [...values]))
      return { rows }
    },
  }
}
