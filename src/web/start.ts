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

export type Running = {
  house: House
  address: string
  migrated: string[]
  stop: () => Promise<void>
}

/** Opens the database, brings its schema up to date, then serves pages and does the jobs. */
export async function start(
  config: Config,
  parts: { serves: boolean; works: boolean; seeds: boolean },
): Promise<Running> {
  const opened = await openDatabase(config)
  const closers: (() => Promise<void>)[] = [opened.close]
  const stop = async () => {
    for (const close of closers.splice(0)) await close()
  }
  try {
    const migrated = await migrate(opened.db)
    const auth = createAuth(opened.db, config)
    const house: House = { db: opened.db, auth, config, now: () => new Date() }
    if (parts.serves) closers.unshift(await listen(house))
    if (parts.seeds) await seedOnce(house)
    if (parts.works) closers.unshift((await startWork(house)).stop)
    return { house, address: config.url, migrated, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Play the demo season on an empty database; a database with a commune is left alone. */
async function seedOnce(house: House): Promise<void> {
  const { playDemo } = await import('../../tests/demo.ts')
  const isEmpty = (await house.db.selectFrom('territories').select('id').execute()).length === 0
  if (isEmpty) await playDemo(house)
}

async function startWork(house: House) {
  return startJobs(house.db, house.config.databaseUrl, [
    { name: 'mail', cron: '* * * * *', run: () => sendWaitingMail(house.db, house.config) },
  ])
}

async function listen(house: House): Promise<() => Promise<void>> {
  const { port } = house.config
  const server = serve({ fetch: createApp(house).fetch, port })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(port) : error),
    )
  })
  return () => new Promise((resolve) => server.close(() => resolve()))
}

function portTaken(port: number): UnusableSettings {
  return new UnusableSettings(
    `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
  )
}
