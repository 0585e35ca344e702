import { sql } from 'kysely'
import { day, minutes, newId } from '#kit'
import type { Tx } from '#platform'
import type { DraftNeed, Modality, Need, NewNeed } from './rules.ts'

export async function needById(tx: Tx, territoryId: string, id: string): Promise<Need | undefined> {
  const row = await tx
    .selectFrom('applicationNeeds')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && needFrom(draftNeedFrom(row))
}

/** A need keeps its id from one save to the next, so that two hands mean the same row by it. */
export async function replaceNeeds(
  tx: Tx,
  { territoryId, id }: { territoryId: string; id: string },
  needs: NewNeed[],
): Promise<void> {
  await tx
    .deleteFrom('applicationNeeds')
    .where('territoryId', '=', territoryId)
    .where('applicationId', '=', id)
    .execute()
  if (needs.length === 0) return
  const given = needs.flatMap((need) => need.id ?? [])
  const taken = new Set(await idsTaken(tx, territoryId, given))
  const rows = needs.map(({ id: own, ...need }, rank) => {
    // A form that came back with the id of somebody else's need means a new one.
    const isFree =
      own !== undefined && !taken.has(own) && given.indexOf(own) === given.lastIndexOf(own)
    return { ...need, territoryId, id: isFree ? own : newId(), applicationId: id, rank }
  })
  await tx.insertInto('applicationNeeds').values(rows).execute()
}

async function idsTaken(tx: Tx, territoryId: string, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx
    .selectFrom('applicationNeeds')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('id', 'in', ids)
    .execute()
  return rows.map(({ id }) => id)
}

/** The needs of a file in their order, beside it; minutes travel as text, for JSON would round them. */
export const needsBeside = sql<ToldNeed[]>`(
  select coalesce(json_agg(json_build_object('id', n.id, 'family', n.family,
    'minMinutes', n.min_minutes::text, 'maxMinutes', n.max_minutes::text, 'deliverable', n.deliverable,
    'modality', n.modality, 'startsOn', n.starts_on, 'endsOn', n.ends_on) order by n.rank), '[]')
  from application_needs n where n.territory_id = a.territory_id and n.application_id = a.id)`

type ToldNeed = Omit<NeedRow, 'applicationId' | 'minMinutes' | 'maxMinutes'> & {
  minMinutes: string | null
  maxMinutes: string | null
}

export function needBeside(applicationId: string, { minMinutes, maxMinutes, ...need }: ToldNeed) {
  return draftNeedFrom({
    ...need,
    applicationId,
    minMinutes: minMinutes === null ? null : BigInt(minMinutes),
    maxMinutes: maxMinutes === null ? null : BigInt(maxMinutes),
  })
}

type NeedRow = {
  id: string
  applicationId: string
  family: string | null
  minMinutes: bigint | null
  maxMinutes: bigint | null
  deliverable: string
  modality: string
  startsOn: string | null
  endsOn: string | null
}
type KnownNeed = DraftNeed & { id: string; applicationId: string }

function draftNeedFrom(row: NeedRow): KnownNeed {
  return {
    id: row.id,
    applicationId: row.applicationId,
    family: row.family,
    minMinutes: row.minMinutes === null ? null : minutes(row.minMinutes),
    maxMinutes: row.maxMinutes === null ? null : minutes(row.maxMinutes),
    deliverable: row.deliverable,
    modality: modalityFrom(row.modality),
    startsOn: row.startsOn === null ? null : day(row.startsOn),
    endsOn: row.endsOn === null ? null : day(row.endsOn),
  }
}

function modalityFrom(text: string): Modality {
  return text === 'on_site' || text === 'remote' ? text : 'hybrid'
}

/** A need that the deposit found whole; undefined while something is open. */
export function needFrom(need: KnownNeed): Need | undefined {
  const { family, minMinutes, maxMinutes, startsOn, endsOn } = need
  if (!family || !minMinutes || !maxMinutes || !startsOn || !endsOn) return undefined
  return { ...need, family, minMinutes, maxMinutes, startsOn, endsOn }
}
