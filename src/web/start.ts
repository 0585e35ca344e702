import { serve } from '@hono/node-server'
import { createAuth } from '#people'
import {
  type Config,
  migrate,
  openDatabase,
  sendWaitingMail,
  startJobs,
  UnusableSettings,
} from '#platform'
import { createApp } from './app.tsx'
import type { House } from './house.ts'

export type Running = { house: House; address: string; stop: () => Promise<void> }

/** Opens the database, brings its schema up to date, then serves pages and does the jobs. */
export async function start(
  config: Config,
  parts: { serves: boolean; works: boolean },
): Promise<Running> {
  const opened = await openDatabase(config)
  try {
    await migrate(opened.db)
    const house: House = {
      db: opened.db,
      auth: createAuth(opened.db, config),
      config,
      now: () => new Date(),
    }
    const closers: (() => Promise<void>)[] = [opened.close]
    if (parts.works) closers.unshift((await startWork(house)).stop)
    if (parts.serves) closers.unshift(await listen(house))
    return {
      house,
      address: config.url,
      stop: async () => {
        for (const close of closers) await close()
      },
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function startWork(house: House) {
  return startJobs(house.db, [
    { name: 'mail', cron: '* * * * *', run: () => sendWaitingMail(house.db, house.config) },
  ])
}

async function listen(house: House): Promise<() => Promise<void>> {
  const { port } = house.config
  const server = serve({ fetch: createApp(house).fetch, port })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new UnusableSettings(
              `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
            )
          : error,
      ),
    )
  })
  return () => new Promise((resolve) => server.close(() => resolve()))
}
