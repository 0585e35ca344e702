import { join } from 'node:path'
import { createAuth } from '#people'
import { type Db, inTerritory, migrate, openDatabase, openSeal, root } from '#platform'
import { createApp, type House } from '#web'
import { testConfig } from '../house.ts'
import { startPostgres } from '../postgres-server.ts'
import {
  paceBigCommune,
  proposeInBigCommune,
  settleBigCommune,
  signInToBigCommune,
} from './big-commune.ts'
import { communes, settleCrowd } from './crowd.ts'
import { recorded } from './recorded.ts'
import { settleReviews } from './review-crowd.ts'
import { pace, quantile, rush, type Served, secret, serve, type Visit } from './traffic.ts'
import { openDesks, paceDesks } from './work-pages.ts'

const YEAR = 2027

/**
 * The public page of pledged hours against a bare handler with the same queries, as a ratio of
 * requests a second in one run; then the server time of this page at a steady 100 requests a second,
 * and of an agent's pages of work.
 */
export async function benchPage(): Promise<Record<string, number>> {
  const server = await startPostgres()
  const databaseUrl = await server.createDatabase('bench')
  const { pageQueries, desks, bigCookie } = await settle(databaseUrl)
  const bare = await serve(
    [join(root, 'tests', 'load', 'bare.mjs')],
    server.asSuperuser(databaseUrl),
    { PAGE_QUERIES: JSON.stringify(pageQueries) },
  )
  const metis = await serve([join(root, 'bin', 'metis.mjs'), 'serve'], databaseUrl)
  try {
    return {
      ...(await compare(bare, metis)),
      ...(await paceThermometer(metis)),
      ...(await paceDesks(metis, desks)),
      ...(await paceBigCommune(metis, { cookie: bigCookie, year: YEAR })),
    }
  } finally {
    for (const { child } of [bare, metis]) child.kill()
    await server.stop()
  }
}

async function settle(databaseUrl: string) {
  const { db, close } = await openDatabase({ databaseUrl, dataDir: 'unused' })
  const config = { ...testConfig, isDemo: false, secret }
  await migrate(db)
  const now = () => new Date()
  const seal = await openSeal(db, config, now())
  const house: House = { db, auth: createAuth(db, config), config, seal, now }
  const app = createApp(house)
  await settleCrowd(db, YEAR)
  await settleBigCommune(db)
  await settleReviews(db, YEAR)
  await proposeInBigCommune(db)
  const pageQueries = await queriesOf(db, app)
  const desks = await openDesks(house, app, YEAR)
  const bigCookie = await signInToBigCommune(house, app)
  await close()
  return { pageQueries, desks, bigCookie }
}

let turn = 0

/** The next commune's thermometer, in turn. */
function thermometer(): Visit {
  turn = (turn % communes) + 1
  return { path: `/commune-${String(turn).padStart(3, '0')}/${YEAR}/thermometer` }
}

async function compare(bare: Served, metis: Served): Promise<Record<string, number>> {
  for (const { port } of [bare, metis]) await rush(port, thermometer, 1)
  let bareCount = 0
  let metisCount = 0
  // Turn by turn, so that a slow minute of the machine falls on both.
  for (let round = 0; round < 2; round++) {
    bareCount += await rush(bare.port, thermometer)
    metisCount += await rush(metis.port, thermometer)
  }
  return {
    bareRequestsPerSecond: bareCount / 2,
    pageRequestsPerSecond: metisCount / 2,
    ratio: metisCount / bareCount,
  }
}

async function paceThermometer({ port }: Served): Promise<Record<string, number>> {
  const steady = await pace(port, thermometer, { perSecond: 100, seconds: 8 })
  return {
    steadyPerSecond: 100,
    p50Milliseconds: quantile(steady, 0.5),
    p95Milliseconds: quantile(steady, 0.95),
  }
}

/** What the page asks of the database, and which values belong to the commune it was asked for. */
async function queriesOf(db: Db, app: ReturnType<typeof createApp>) {
  const slug = 'commune-001'
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
