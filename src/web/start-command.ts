import { signInLink } from '#people'
import { readConfig } from '#platform'
import { type Io, plainOptions } from './commands.ts'
import type { House } from './house.ts'
import { type Running, start } from './start.ts'

const settings = `Settings by environment: PORT (3000), METIS_DATA (data), METIS_URL, DATABASE_URL, METIS_SECRET, METIS_MASTER_KEY, METIS_CLAMD, SMTP_URL, METIS_MODE (demo or production), LOG_LEVEL.`

/** `npm start`: everything in one process; on an empty database, the demo season is played first. */
export async function runStart(args: string[], io: Io): Promise<number> {
  const options = plainOptions(args, io, `metis start [--json]\n\n${settings}`)
  if (!options) return 0
  const config = readConfig()
  const running = await start(config, { serves: true, works: true, seeds: config.isDemo })
  const links = config.isDemo ? await castLinks(running.house) : []
  if (options.json) io.out(JSON.stringify({ address: running.address, links }))
  else io.out(welcome(running.address, links))
  return untilStopped(running)
}

export async function runServe(args: string[], io: Io): Promise<number> {
  const options = plainOptions(args, io, `metis serve [--json]\n\n${settings}`)
  if (!options) return 0
  const running = await start(readConfig(), { serves: true, works: false, seeds: false })
  io.out(options.json ? JSON.stringify({ address: running.address }) : running.address)
  return untilStopped(running)
}

export async function runWork(args: string[], io: Io): Promise<number> {
  const options = plainOptions(args, io, `metis work [--json]\n\n${settings}`)
  if (!options) return 0
  const running = await start(readConfig(), { serves: false, works: true, seeds: false })
  return untilStopped(running)
}

export async function runMigrate(args: string[], io: Io): Promise<number> {
  const options = plainOptions(args, io, `metis migrate [--json]\n\n${settings}`)
  if (!options) return 0
  const running = await start(readConfig(), { serves: false, works: false, seeds: false })
  await running.stop()
  const { migrated } = running
  if (options.json) io.out(JSON.stringify({ migrated }))
  else io.out(migrated.length > 0 ? `Applied: ${migrated.join(', ')}.` : 'Already up to date.')
  return 0
}

type CastLink = { name: string; role: string; organisation: string; link: string }

/** One link for each member of the cast; each works once, for a day. */
async function castLinks(house: House): Promise<CastLink[]> {
  const people = await house.db
    .selectFrom('people as p')
    .innerJoin('memberships as m', 'm.personId', 'p.id')
    .innerJoin('organisations as o', 'o.id', 'm.organisationId')
    .select(['p.name', 'p.email', 'm.role', 'o.name as organisation'])
    .orderBy('o.kind', 'desc')
    .orderBy('o.name')
    .orderBy('p.name')
    .execute()
  const links: CastLink[] = []
  for (const { email, ...person } of people)
    links.push({ ...person, link: await signInLink(house.db, house.config, email) })
  return links
}

function welcome(address: string, links: CastLink[]): string {
  const lines = links.map(
    ({ name, role, organisation, link }) => `  ${name}, ${role}, ${organisation}\n    ${link}`,
  )
  const cast = ['', 'One link for each member of the cast (each opens once, for a day):', ...lines]
  return [`METIS is open: ${address}`, ...(links.length > 0 ? cast : [])].join('\n')
}

/** Runs until the terminal or the machine says stop, then closes the database properly. */
async function untilStopped(running: Running): Promise<number> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await running.stop()
  return 0
}
