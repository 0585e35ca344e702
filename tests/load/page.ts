import { type ChildProcess, spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { createAuth } from '#people'
import { type Db, inTerritory, migrate, openDatabase, root } from '#platform'
import { createApp } from '#web'
import { testConfig } from '../house.ts'
import { freePort, startPostgres } from '../postgres-server.ts'
import { communes, settleCrowd } from './crowd.ts'
import { recorded } from './recorded.ts'

const YEAR = 2027
const SECONDS = 4
const CONNECTIONS = 16

/**
 * The public page of pledged hours, against a bare handler with the same queries: requests a second
 * as a ratio in one run, and the server time at a steady 100 requests a second.
 */
export async function benchPage(): Promise<Record<string, number>> {
  const server = await startPostgres()
  const databaseUrl = await server.createDatabase('bench')
  const { db, close } = await openDatabase({ databaseUrl, dataDir: 'unused' })
  await migrate(db)
  await settleCrowd(db, YEAR)
  const pageQueries = await queriesOf(db)
  await close()
  const bare = await serve(
    [join(root, 'tests', 'load', 'bare.mjs')],
    server.asSuperuser(databaseUrl),
    { PAGE_QUERIES: JSON.stringify(pageQueries) },
  )
  const metis = await serve([join(root, 'bin', 'metis.mjs'), 'serve'], databaseUrl)
  try {
    await rush(bare.port, 1)
    await rush(metis.port, 1)
    // Turn by turn, so that a slow minute of the machine falls on both.
    const rounds = [
      await rush(bare.port),
      await rush(metis.port),
      await rush(bare.port),
      await rush(metis.port),
    ]
    const [bareFirst = 0, metisFirst = 0, bareSecond = 0, metisSecond = 0] = rounds
    const steady = await pace(metis.port, { perSecond: 100, seconds: 8 })
    return {
      bareRequestsPerSecond: (bareFirst + bareSecond) / 2,
      pageRequestsPerSecond: (metisFirst + metisSecond) / 2,
      ratio: (metisFirst + metisSecond) / (bareFirst + bareSecond),
      steadyPerSecond: 100,
      p50Milliseconds: quantile(steady, 0.5),
      p95Milliseconds: quantile(steady, 0.95),
    }
  } finally {
    for (const { child } of [bare, metis]) child.kill()
    await server.stop()
  }
}

/** What the page asks of the database, and which values belong to the commune it was asked for. */
async function queriesOf(db: Db) {
  const slug = 'commune-001'
  const config = { ...testConfig, isDemo: false }
  const app = createApp({ db, auth: createAuth(db, config), config, now: () => new Date() })
  const queries = await recorded(async () => app.request(`/${slug}/${YEAR}/thermometer`))
  const territory = await db
    .selectFrom('territories')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow()
  const campaign = await inTerritory(db, { territoryId: territory.id }, (tx) =>
    tx.selectFrom('campaigns').select('id').executeTakeFirstOrThrow(),
  )
  return { queries, sample: { slug, territory_id: territory.id, campaign_id: campaign.id } }
}

type Served = { child: ChildProcess; port: number }

async function serve(
  args: string[],
  databaseUrl: string,
  more: Record<string, string> = {},
): Promise<Served> {
  const port = await freePort()
  const child = spawn(process.execPath, args, {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      METIS_SECRET: 'a secret for the bench, of 32 signs or more',
      METIS_MODE: 'production',
      ...more,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (let attempt = 0; attempt < 200; attempt++) {
    if (
      await ask(port).then(
        () => true,
        () => false,
      )
    )
      return { child, port }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${args.join(' ')} does not answer`)
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
let turn = 0

/** One request to the next commune in turn; answers its milliseconds. */
function ask(port: number): Promise<number> {
  turn = (turn % communes) + 1
  const path = `/commune-${String(turn).padStart(3, '0')}/${YEAR}/thermometer`
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, agent }, (answer) => {
      answer.resume()
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve(performance.now() - startedAt)
          : reject(new Error(`${path}: ${answer.statusCode}`)),
      )
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** As many requests as it takes, for some seconds; answers requests a second. */
async function rush(port: number, seconds = SECONDS): Promise<number> {
  const endsAt = performance.now() + seconds * 1000
  let count = 0
  const hurry = async () => {
    while (performance.now() < endsAt) {
      await ask(port)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, hurry))
  return count / seconds
}

/** A steady pace, whatever the answers take. */
async function pace(port: number, { perSecond, seconds }: { perSecond: number; seconds: number }) {
  const asked: Promise<number>[] = []
  for (let rank = 0; rank < perSecond * seconds; rank++) {
    asked.push(ask(port))
    await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond))
  }
  return (await Promise.all(asked)).sort((a, b) => a - b)
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? 0
}
