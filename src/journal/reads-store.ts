import { type Tx, takeTurn } from '#platform'
import { note } from './journal.ts'

export const FILE_READ = 'file.read'
const HOUR_MILLISECONDS = 3600 * 1000

export type Read = {
  territoryId: string
  subjectId: string
  personId: string
  /** As what the person read: the names of roles. */
  roles: string[]
  at: Date
}

/**
 * Notes that a person looked at a file: once for each hour of the clock, which tells as much as every
 * click would. Asked twice, so that whoever looks again takes no turn in the chain.
 */
export async function noteRead(tx: Tx, read: Read): Promise<void> {
  if (await isNoted(tx, read)) return
  await takeTurn(tx, read.territoryId)
  if (await isNoted(tx, read)) return
  const { roles, ...deed } = read
  await note(tx, { ...deed, action: FILE_READ, details: { roles } })
}

/** The beginning of the hour of the clock. */
export function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MILLISECONDS) * HOUR_MILLISECONDS)
}

async function isNoted(tx: Tx, { territoryId, subjectId, personId, at }: Read): Promise<boolean> {
  const from = hourOf(at)
  const row = await tx
    .selectFrom('journal')
    .select('seq')
    .where('territoryId', '=', territoryId)
    .where('subjectId', '=', subjectId)
    .where('action', '=', FILE_READ)
    .where('personId', '=', personId)
    .where('at', '>=', from)
    .where('at', '<', new Date(from.getTime() + HOUR_MILLISECONDS))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const READS_SHOWN = 500

/** Who looked at this file, the latest first. */
export async function readsOf(tx: Tx, territoryId: string, subjectId: string) {
  const rows = await tx
    .selectFrom('journal as j')
    .innerJoin('people as p', 'p.id', 'j.personId')
    .select(['j.at', 'j.details', 'p.name'])
    .where('j.territoryId', '=', territoryId)
    .where('j.subjectId', '=', subjectId)
    .where('j.action', '=', FILE_READ)
    .orderBy('j.at', 'desc')
    .limit(READS_SHOWN)
    .execute()
  return rows.map(({ at, details, name }) => ({
    at,
    name,
    roles: (details as { roles: string[] }).roles,
  }))
}
