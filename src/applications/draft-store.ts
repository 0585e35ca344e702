import { newId } from '#kit'
import type { Tx } from '#platform'

type Key = { territoryId: string; id: string }

/** Who wrote an answer last, and the earlier file it was taken from as long as nobody changed it. */
export type Author = {
  field: string
  savedAt: Date
  personId: string
  name: string
  takenFrom: { applicationId: string; depositedAt: Date } | undefined
  isConfirmed: boolean
}

export async function authorsOf(tx: Tx, { territoryId, id }: Key): Promise<Map<string, Author>> {
  const rows = await tx
    .selectFrom('applicationFields as f')
    .innerJoin('people as p', 'p.id', 'f.savedBy')
    .leftJoin('applicationDeposits as d', (join) =>
      join
        .onRef('d.territoryId', '=', 'f.territoryId')
        .onRef('d.applicationId', '=', 'f.takenFrom'),
    )
    .select(['f.field', 'f.savedAt', 'f.savedBy', 'f.takenFrom', 'f.confirmedAt', 'p.name'])
    .select('d.depositedAt')
    .where('f.territoryId', '=', territoryId)
    .where('f.applicationId', '=', id)
    .execute()
  return new Map(
    rows.map(({ field, savedAt, savedBy, takenFrom, confirmedAt, name, depositedAt }) => [
      field,
      {
        field,
        savedAt,
        personId: savedBy,
        name,
        takenFrom: takenFrom && depositedAt ? { applicationId: takenFrom, depositedAt } : undefined,
        isConfirmed: confirmedAt !== null,
      },
    ]),
  )
}

/** These answers are now this person's own words, or those of the earlier file. */
export async function signFields(
  tx: Tx,
  { territoryId, id }: Key,
  fields: string[],
  saved: { at: Date; personId: string; takenFrom?: string },
): Promise<void> {
  if (fields.length === 0) return
  const row = { territoryId, applicationId: id, savedAt: saved.at, savedBy: saved.personId }
  const rows = fields.map((field) => ({ ...row, field, takenFrom: saved.takenFrom ?? null }))
  await tx
    .insertInto('applicationFields')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['territoryId', 'applicationId', 'field']).doUpdateSet((set) => ({
        savedAt: set.ref('excluded.savedAt'),
        savedBy: set.ref('excluded.savedBy'),
        takenFrom: set.ref('excluded.takenFrom'),
        confirmedAt: null,
      })),
    )
    .execute()
}

/** Read again and left as they were: what came from the earlier file holds this year too. */
export async function confirmFields(
  tx: Tx,
  { territoryId, id }: Key,
  fields: string[],
  at: Date,
): Promise<void> {
  if (fields.length === 0) return
  await tx
    .updateTable('applicationFields')
    .set({ confirmedAt: at })
    .where('territoryId', '=', territoryId)
    .where('applicationId', '=', id)
    .where('field', 'in', fields)
    .where('takenFrom', 'is not', null)
    .where('confirmedAt', 'is', null)
    .execute()
}

export type SetAside = {
  field: string
  value: string
  writtenBy: string | undefined
  setAsideBy: string
  setAsideAt: Date
}

export async function setAsidesOf(tx: Tx, { territoryId, id }: Key): Promise<SetAside[]> {
  const rows = await tx
    .selectFrom('applicationSetAsides as s')
    .innerJoin('people as chooser', 'chooser.id', 's.setAsideBy')
    .leftJoin('people as writer', 'writer.id', 's.writtenBy')
    .select(['s.field', 's.value', 's.setAsideAt'])
    .select(['chooser.name as setAsideBy', 'writer.name as writtenBy'])
    .where('s.territoryId', '=', territoryId)
    .where('s.applicationId', '=', id)
    .orderBy('s.setAsideAt', 'desc')
    .orderBy('s.id')
    .execute()
  return rows.map((row) => ({ ...row, writtenBy: row.writtenBy ?? undefined }))
}

export async function insertSetAsides(
  tx: Tx,
  { territoryId, id }: Key,
  versions: { field: string; value: string; writtenBy: string | undefined }[],
  chosen: { at: Date; personId: string },
): Promise<void> {
  if (versions.length === 0) return
  const row = { territoryId, applicationId: id, setAsideBy: chosen.personId, setAsideAt: chosen.at }
  await tx
    .insertInto('applicationSetAsides')
    .values(
      versions.map((version) => ({
        ...row,
        id: newId(),
        field: version.field,
        value: version.value,
        writtenBy: version.writtenBy ?? null,
      })),
    )
    .execute()
}
