import { type ChildProcess, spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { freePort } from '../free-port.ts'

const SECONDS = 4
const CONNECTIONS = 16

/** What is asked of a server: an address, and whose session it is asked with. */
export type Visit = { path: string; cookie?: string }

export type Served = { child: ChildProcess; port: number }

export const secret = 'a secret for the bench, of 32 signs or more'

/** A program of its own that answers on a free port. */
export async function serve(
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
      METIS_SECRET: secret,
      METIS_MASTER_KEY: secret.toUpperCase(),
      METIS_MODE: 'production',
      // Who measures comes in by a link alone.
      METIS_SECOND_FACTOR: 'offered',
      ...more,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (let attempt = 0; attempt < 1200; attempt++) {
    if (await answers(port)) return { child, port }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${args.join(' ')} does not answer`)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ port, path: '/health' }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(true))
    })
    asked.on('error', () => resolve(false))
    asked.end()
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

/** One request; answers its milliseconds. */
function ask(port: number, { path, cookie }: Visit): Promise<number> {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const headers = cookie ? { cookie } : {}
    const asked = request({ port, path, agent, headers }, (answer) => {
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
export async function rush(port: number, next: () => Visit, seconds = SECONDS): Promise<number> {
  const endsAt = performance.now() + seconds * 1000
  let count = 0
  const hurry = async () => {
    while (performance.now() < endsAt) {
      await ask(port, next())
      count += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, hurry))
  return count / seconds
}

/** A steady pace, whatever the answers take; the milliseconds of each, the shortest first. */
export async function pace(
  port: number,
  next: () => Visit,
  { perSecond, seconds }: { perSecond: number; seconds: number },
): Promise<number[]> {
  const asked: Promise<number>[] = []
  const startedAt = performance.now()
  for (let rank = 0; rank < perSecond * seconds; rank++) {
    asked.push(ask(port, next()))
    const dueAt = startedAt + ((rank + 1) * 1000) / perSecond
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())))
  }
  return (await Promise.all(asked)).sort((a, b) => a - b)
}

export function quantile(sorted: number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? 0
}
