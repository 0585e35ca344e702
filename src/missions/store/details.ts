import { type Selectable, sql } from 'kysely'
import type { Tables, Tx } from '#platform'
import type { Spot } from '../matching/index.ts'
import type { Mission } from '../rules/index.ts'
import { spotFrom } from './wishes.ts'

/** What the association added to its need. */
export type Details = {
  occupation: string | undefined
  cause: string | undefined
  place: string
  postCode: string | undefined
  spot: Spot | undefined
}

export async function detailsOf(
  tx: Tx,
  territoryId: string,
  missionIds: string[],
): Promise<Map<string, Details>> {
  const rows = await selectDetails(tx, territoryId, missionIds).execute()
  return detailsByMission(rows)
}

export function selectDetails(tx: Tx, territoryId: string, missionIds: string[]) {
  return tx
    .selectFrom('missionDetails')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .where(sql<boolean>`mission_id = any(array[${sql.join(missionIds)}]::uuid[])`)
}

export function detailsByMission(
  rows: Selectable<Tables['missionDetails']>[],
): Map<string, Details> {
  return new Map(
    rows.map((row) => [
      row.missionId,
      {
        occupation: row.occupation ?? undefined,
        cause: row.cause ?? undefined,
        place: row.place,
        postCode: row.postCode ?? undefined,
        spot: spotFrom(row),
      },
    ]),
  )
}

export async function saveDetails(
  tx: Tx,
  { territoryId, id }: Mission,
  details: Details,
  by: { personId: string; at: Date },
): Promise<void> {
  const said = {
    occupation: details.occupation ?? null,
    cause: details.cause ?? null,
    place: details.place,
    postCode: details.postCode ?? null,
    latitude: details.spot?.latitude ?? null,
    longitude: details.spot?.longitude ?? null,
    saidBy: by.personId,
    saidAt: by.at,
  }
  await tx
    .insertInto('missionDetails')
    .values({ territoryId, missionId: id, ...said })
    .onConflict((conflict) => conflict.columns(['territoryId', 'missionId']).doUpdateSet(said))
    .execute()
}
