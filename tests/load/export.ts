import { readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import pg from 'pg'
import { createAuth } from '#people'
import { migrate, openDatabase, openSeal, root } from '#platform'
import { createApp, type House } from '#web'
import { testConfig } from '../house.ts'
import { startPostgres } from '../postgres-server.ts'
import { bigCommune, settleBigCommune, signInToBigCommune } from './big-commune.ts'
import { associationsEach, settleCrowd } from './crowd.ts'
import { type Recorded, recorded } from './recorded.ts'
import { settleReviews } from './review-crowd.ts'
import { type Served, secret, serve } from './traffic.ts'

const YEAR = 2027
export const exportedFiles = 25_000
const SLOWEST_MILLISECONDS = 5000
const MOST_MEGABYTES = 200

/**
 * The export of a work table of 25,000 files over the wire, against the bare reading of the same rows
 * in the same run; memory is what the server takes above its rest, at its highest.
 */
export async function benchExport(): Promise<Record<string, number | string>> {
  const server = await startPostgres()
  const databaseUrl = await server.createDatabase('export')
  try {
    const { cookie, queries } = await settle(databaseUrl)
    const bareMilliseconds = await readBarely(server.asSuperuser(databaseUrl), queries)
    const figures: Record<string, number | string> = { rows: exportedFiles, bareMilliseconds }
    for (const format of ['csv', 'xlsx', 'ods'] as const) {
      // A server of its own for each, so that none starts on another's memory.
      const metis = await serve([join(root, 'bin', 'metis.mjs'), 'serve'], databaseUrl)
      try {
        const took = await download(metis, { cookie, format })
        for (const [name, value] of Object.entries(took)) figures[`${format} ${name}`] = value
        figures[`${format} ratio to bare reading`] = took.milliseconds / bareMilliseconds
        figures[`${format} bar`] =
          took.milliseconds < SLOWEST_MILLISECONDS && took.megabytesAboveRest < MOST_MEGABYTES
            ? 'held'
            : 'missed'
      } finally {
        metis.child.kill()
      }
    }
    return figures
  } finally {
    await server.stop()
  }
}

async function settle(databaseUrl: string): Promise<{ cookie: string; queries: Recorded[] }> {
  const { db, close } = await openDatabase({ databaseUrl, dataDir: 'unused' })
  const config = { ...testConfig, isDemo: false, secret }
  await migrate(db)
  const now = () => new Date()
  const seal = await openSeal(db, config, now())
  const house: House = { db, auth: createAuth(db, config), config, seal, now }
  const app = createApp(house)
  await settleCrowd(db, YEAR)
  await settleBigCommune(db, exportedFiles - associationsEach)
  await settleReviews(db, YEAR)
  const cookie = await signInToBigCommune(house, app)
  const queries = await recorded(async () => {
    const answer = await app.request(`/${bigCommune}/${YEAR}/review/files.csv`, {
      headers: { cookie },
    })
    const lines = (await answer.text()).split('\r\n').length - 2
    if (lines !== exportedFiles) throw new Error(`${lines} lines`)
  })
  await close()
  return { cookie, queries }
}

/** The same questions by a bare client, whose rows go nowhere. */
async function readBarely(url: string, queries: Recorded[]): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  const startedAt = performance.now()
  for (const { text, values } of queries) await client.query(text, values)
  const took = performance.now() - startedAt
  await client.end()
  return took
}

async function download(
  { child, port }: Served,
  { cookie, format }: { cookie: string; format: string },
): Promise<Took> {
  const rest = megabytesOf(child.pid, 'VmRSS')
  // The kernel's high-water mark starts again from here (proc(5)).
  writeFileSync(`/proc/${child.pid}/clear_refs`, '5')
  const path = `/${bigCommune}/${YEAR}/review/files.${format}`
  const answered = await fetched(port, path, cookie)
  return { ...answered, megabytesAboveRest: megabytesOf(child.pid, 'VmHWM') - rest }
}

type Took = {
  milliseconds: number
  firstByteMilliseconds: number
  pieces: number
  kilobytes: number
  megabytesAboveRest: number
}

function fetched(
  port: number,
  path: string,
  cookie: string,
): Promise<Omit<Took, 'megabytesAboveRest'>> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, headers: { cookie } }, (answer) => {
      let bytes = 0
      let pieces = 0
      let firstByteMilliseconds = 0
      answer.on('data', (piece: Buffer) => {
        firstByteMilliseconds ||= performance.now() - startedAt
        bytes += piece.length
        pieces += 1
      })
      answer.on('end', () =>
        answer.statusCode === 200
          ? resolve({
              milliseconds: performance.now() - startedAt,
              firstByteMilliseconds,
              pieces,
              kilobytes: bytes / 1024,
            })
          : reject(new Error(`${path}: ${answer.statusCode}`)),
      )
    })
    asked.on('error', reject)
    asked.end()
  })
}

function megabytesOf(pid: number | undefined, line: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`^${line}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024
}
