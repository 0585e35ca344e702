import type { Tx } from '#platform'
import type { LineRemark } from '../grants/index.ts'

export async function insertFile(
  tx: Tx,
  file: {
    territoryId: string
    id: string
    fileName: string
    content: Uint8Array
    at: Date
    personId: string | undefined
  },
): Promise<void> {
  const { at, personId, ...kept } = file
  await tx
    .insertInto('grantFiles')
    .values({ ...kept, putInBy: personId ?? null, putInAt: at })
    .execute()
}

export async function fileById(tx: Tx, territoryId: string, id: string) {
  return tx
    .selectFrom('grantFiles')
    .select(['id', 'fileName', 'content'])
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Once its lines are taken, the file itself is no longer kept: it may name natural persons. */
export async function deleteFile(tx: Tx, territoryId: string, id: string): Promise<void> {
  await tx
    .deleteFrom('grantFiles')
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .execute()
}

export async function insertImport(
  tx: Tx,
  entry: {
    territoryId: string
    id: string
    fileName: string
    fileSha256: string
    columnsMapped: object
    at: Date
    personId: string | undefined
  },
): Promise<void> {
  const { at, personId, columnsMapped, ...kept } = entry
  await tx
    .insertInto('grantImports')
    .values({
      ...kept,
      columnsMapped: JSON.stringify(columnsMapped),
      acceptedCount: 0,
      refusedCount: 0,
      importedBy: personId ?? null,
      importedAt: at,
    })
    .execute()
}

export async function countImport(
  tx: Tx,
  territoryId: string,
  id: string,
  counts: { acceptedCount: number; refusedCount: number },
): Promise<void> {
  await tx
    .updateTable('grantImports')
    .set(counts)
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .execute()
}

export async function importById(tx: Tx, territoryId: string, id: string) {
  return tx
    .selectFrom('grantImports')
    .select(['id', 'fileName', 'acceptedCount', 'refusedCount', 'importedAt'])
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export type Remark = LineRemark & { isRefused: boolean }

export async function insertRemarks(
  tx: Tx,
  {
    territoryId,
    importId,
    firstRank,
  }: { territoryId: string; importId: string; firstRank: number },
  remarks: Remark[],
): Promise<void> {
  if (remarks.length === 0) return
  await tx
    .insertInto('grantRemarks')
    .values(
      remarks.map(({ column, values, ...remark }, index) => ({
        ...remark,
        territoryId,
        importId,
        rank: firstRank + index,
        columnName: column,
        saidValues: JSON.stringify(values ?? {}),
      })),
    )
    .execute()
}

export async function remarksOf(
  tx: Tx,
  territoryId: string,
  importId: string,
  { isRefused, limit }: { isRefused: boolean; limit?: number },
): Promise<LineRemark[]> {
  const rows = await tx
    .selectFrom('grantRemarks')
    .select(['sheet', 'line', 'columnName', 'value', 'code', 'saidValues'])
    .where('territoryId', '=', territoryId)
    .where('importId', '=', importId)
    .where('isRefused', '=', isRefused)
    .orderBy('rank')
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute()
  return rows.map(({ columnName, saidValues, ...row }) => ({
    ...row,
    column: columnName,
    values: saidValues as Record<string, string | number>,
  }))
}
