import type { EventEmitter } from 'node:events'
import { createServer } from 'node:net'
import { serve } from '@hono/node-server'
import { askWaiting, remindDrafts, scanWaitingPieces } from '#applications'
import { remindReports } from '#awards'
import { sealWhatIsWhole } from '#documents'
import { askConfirmations, askReviews, remindAnswers, remindIncidents } from '#missions'
import { createAuth, forgetOldTries, sealYesterday } from '#people'
import {
  type Config,
  type Db,
  migrate,
  openDatabase,
  openSeal,
  sendWaitingMail,
  startJobs,
  UnusableSettings,
} from '#platform'
import { expirePledges } from '#pledges'
import { settled } from './afterwards.ts'
import { createApp } from './app.tsx'
import { followCeremonies } from './ceremonies.ts'
import { demoClock } from './demo-clock.ts'
import type { House } from './house.ts'
import { checkNightly } from './nightly-check.ts'
import { sealAll } from './rotate-keys-command.ts'

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
  if (parts.serves) await refuseTakenPort(config.port)
  const clock = config.isDemo ? demoClock(config.dataDir) : undefined
  const houseOf = async (db: Db): Promise<House> => ({
    db,
    auth: createAuth(db, config),
    config,
    seal: await openSeal(db, config, new Date()),
    now: clock ? clock.now : () => new Date(),
    ...(clock ? { demoClock: clock } : {}),
  })
  const opened = await openDatabase(config, async (db) => {
    await migrate(db)
    if (parts.seeds) await playDemoOnce(await houseOf(db))
  })
  const closers: (() => Promise<void>)[] = [opened.close]
  const stop = async () => {
    for (const close of closers.splice(0)) await close()
  }
  try {
    const migrated = await migrate(opened.db)
    const house = await houseOf(opened.db)
    closers.unshift(() => settled(opened.db))
    if (parts.seeds) await playDemoOnce(house)
    if (parts.serves) closers.unshift(await listen(house))
    if (parts.works) closers.unshift((await startWork(house)).stop)
    return { house, address: config.url, migrated, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The demo season, on a database without a commune; one that has a commune is left alone. */
async function playDemoOnce(house: House): Promise<void> {
  const someone = await house.db.selectFrom('territories').select('id').executeTakeFirst()
  if (someone) return
  const { playDemo } = await import('../../tests/demo.ts')
  await playDemo(house)
}

async function startWork(house: House) {
  return startJobs(house.db, house.config.databaseUrl, [
    { name: 'mail', cron: '* * * * *', run: () => sendWaitingMail(house.db, house.config) },
    { name: 'doors', cron: '17 * * * *', run: () => forgetOldTries(house.db, new Date()) },
    // After midnight in France in every season: the day that ends is over.
    { name: 'journal-digest', cron: '20 1 * * *', run: () => sealYesterday(house.db, house.now()) },
    { name: 'check', cron: '40 2 * * *', run: () => checkNightly(house) },
    // By day: a mail read at night worries, one at nine is done.
    ...(house.config.registries
      ? [{ name: 'registries', cron: '* * * * *', run: () => askWaiting(house, house.now()) }]
      : []),
    { name: 'draft-reminders', cron: '15 7-17 * * *', run: () => remindDrafts(house, house.now()) },
    {
      name: 'answer-reminders',
      cron: '35 7-17 * * *',
      run: () => remindAnswers(house, house.now()),
    },
    // An accident does not wait for working hours.
    {
      name: 'incident-reminders',
      cron: '35 * * * *',
      run: () => remindIncidents(house, house.now()),
    },
    { name: 'mission-reviews', cron: '35 7-17 * * *', run: () => askReviews(house, house.now()) },
    { name: 'pledge-expiry', cron: '40 1 * * *', run: () => expirePledges(house, house.now()) },
    { name: 'piece-scans', cron: '* * * * *', run: () => scanWaitingPieces(house, house.now()) },
    {
      name: 'hours-of-the-month',
      cron: '35 7-17 * * *',
      run: () => askConfirmations(house, house.now()),
    },
    { name: 'sealing', cron: '*/10 * * * *', run: () => sealAll(house) },
    ...(house.config.signatureService
      ? [{ name: 'ceremonies', cron: '* * * * *', run: () => followCeremonies(house) }]
      : []),
    {
      name: 'sealed-copies',
      cron: '*/10 * * * *',
      run: () => sealWhatIsWhole(house.db, house.seal, house.now()),
    },
    {
      name: 'report-reminders',
      cron: '25 7-17 * * *',
      run: () => remindReports(house, house.now()),
    },
  ])
}

/** Before anything is made: nobody waits for a demo that cannot be shown. */
async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer()
  await untilListening(probe.listen(port), port)
  await new Promise((resolve) => probe.close(resolve))
}

async function listen(house: House): Promise<() => Promise<void>> {
  const { port } = house.config
  const server = serve({ fetch: createApp(house).fetch, port })
  await untilListening(server, port)
  return () => new Promise((resolve) => server.close(() => resolve()))
}

async function untilListening(server: EventEmitter, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(port) : error),
    )
  })
}

function portTaken(port: number): UnusableSettings {
  return new UnusableSettings(
    `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
  )
}
