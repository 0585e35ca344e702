import { type Selectable, sql } from 'kysely'
import { day } from '#kit'
import type { Tables, Tx } from '#platform'
import { type Rhythm, rhythms, type Spot, type Wishes } from '../matching/index.ts'

type Key = { territoryId: string; personId: string }

/** What these people said of themselves in this commune; nothing for those who said nothing. */
export async function wishesOf(
  tx: Tx,
  territoryId: string,
  personIds: string[],
): Promise<Map<string, Wishes>> {
  const rows = await selectWishes(tx, territoryId, personIds).execute()
  return wishesByPerson(rows)
}

export function selectWishes(tx: Tx, territoryId: string, personIds: string[]) {
  return tx
    .selectFrom('employeeWishes')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .where(sql<boolean>`person_id = any(array[${sql.join(personIds)}]::uuid[])`)
}

export function wishesByPerson(rows: Selectable<Tables['employeeWishes']>[]): Map<string, Wishes> {
  return new Map(rows.map((row) => [row.personId, wishesFrom(row)]))
}

function wishesFrom(row: Selectable<Tables['employeeWishes']>): Wishes {
  return {
    families: row.families,
    causes: row.causes,
    isRemoteOnly: row.isRemoteOnly,
    occupation: row.occupation ?? undefined,
    rhythm: rhythmFrom(row.rhythm),
    postCode: row.postCode ?? undefined,
    spot: spotFrom(row),
    reachKm: row.reachKm ?? undefined,
    availableFrom: row.availableFrom === null ? undefined : day(row.availableFrom),
    availableUntil: row.availableUntil === null ? undefined : day(row.availableUntil),
  }
}

export async function saveWishes(tx: Tx, key: Key, wishes: Wishes, at: Date): Promise<void> {
  const { spot, ...rest } = wishes
  const said = {
    families: rest.families,
    causes: rest.causes,
    isRemoteOnly: rest.isRemoteOnly,
    occupation: rest.occupation ?? null,
    rhythm: rest.rhythm ?? null,
    postCode: rest.postCode ?? null,
    latitude: spot?.latitude ?? null,
    longitude: spot?.longitude ?? null,
    reachKm: rest.reachKm ?? null,
    availableFrom: rest.availableFrom ?? null,
    availableUntil: rest.availableUntil ?? null,
    saidAt: at,
  }
  await tx
    .insertInto('employeeWishes')
    .values({ ...key, ...said })
    .onConflict((conflict) => conflict.columns(['territoryId', 'personId']).doUpdateSet(said))
    .execute()
}

export async function eraseWishes(tx: Tx, { territoryId, personId }: Key): Promise<void> {
  await tx
    .deleteFrom('employeeWishes')
    .where('territoryId', '=', territoryId)
    .where('personId', '=', personId)
    .execute()
}

function rhythmFrom(text: string | null): Rhythm | undefined {
  return rhythms.find((known) => known === text)
}

export function spotFrom(row: {
  latitude: number | null
  longitude: number | null
}): Spot | undefined {
  const { latitude, longitude } = row
  return latitude === null || longitude === null ? undefined : { latitude, longitude }
}
