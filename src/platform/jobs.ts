import { CompiledQuery } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Db } from './database.ts'
import { log } from './log.ts'

export type Jobs = { stop: () => Promise<void> }
export type Job = { name: string; cron: string; run: () => Promise<unknown> }

/** The same queue on the embedded database and on a server; the work of each job may be repeated. */
export async function startJobs(db: Db, jobs: Job[]): Promise<Jobs> {
  const boss = new PgBoss({
    db: {
      executeSql: async (text: string, values: unknown[] = []) => {
        const { rows } = await db
          .withoutPlugins()
          .executeQuery(CompiledQuery.raw(text, [...values]))
        return { rows }
      },
    },
    schema: 'pgboss',
  })
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
