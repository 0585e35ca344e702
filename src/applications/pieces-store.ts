import { newId } from '#kit'
import type { Tx } from '#platform'
import type { PieceKind } from './pieces.ts'

type Key = { territoryId: string; id: string }

/** A piece without its bytes: for lists. */
export type PieceHead = {
  id: string
  kind: PieceKind
  fileName: string
  addedAt: Date
  bytes: number
}

export async function piecesOf(tx: Tx, { territoryId, id }: Key): Promise<PieceHead[]> {
  const rows = await tx
    .selectFrom('applicationPieces')
    .select(['id', 'kind', 'fileName', 'addedAt'])
    .select((select) => select.fn<number>('octet_length', ['content']).as('bytes'))
    .where('territoryId', '=', territoryId)
    .where('applicationId', '=', id)
    .orderBy('addedAt')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as PieceKind }))
}

export async function pieceOf(tx: Tx, { territoryId, id }: Key, pieceId: string) {
  return tx
    .selectFrom('applicationPieces')
    .select(['id', 'fileName', 'mediaType', 'content'])
    .where('territoryId', '=', territoryId)
    .where('applicationId', '=', id)
    .where('id', '=', pieceId)
    .executeTakeFirst()
}

export type NewPiece = {
  kind: string
  fileName: string
  mediaType: string
  content: Uint8Array
  sha256: string
}

/** Answers the piece's id: the same bytes given twice as the same kind are one piece. */
export async function insertPiece(
  tx: Tx,
  { territoryId, id: applicationId }: Key,
  piece: NewPiece,
  added: { at: Date; personId: string },
): Promise<string> {
  const known = await tx
    .selectFrom('applicationPieces')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('applicationId', '=', applicationId)
    .where('kind', '=', piece.kind)
    .where('sha256', '=', piece.sha256)
    .executeTakeFirst()
  if (known) return known.id
  const row = { territoryId, applicationId, id: newId(), ...piece }
  await tx
    .insertInto('applicationPieces')
    .values({ ...row, addedAt: added.at, addedBy: added.personId })
    .execute()
  return row.id
}

export async function deletePiece(
  tx: Tx,
  { territoryId, id }: Key,
  pieceId: string,
): Promise<void> {
  await tx
    .deleteFrom('applicationPieces')
    .where('territoryId', '=', territoryId)
    .where('applicationId', '=', id)
    .where('id', '=', pieceId)
    .execute()
}

export type PieceOfMany = {
  id: string
  applicationId: string
  kind: string
  fileName: string
  bytes: number
}

/** The pieces of many files, without their bytes. */
export async function piecesOfMany(
  tx: Tx,
  territoryId: string,
  applicationIds: string[],
): Promise<PieceOfMany[]> {
  if (applicationIds.length === 0) return []
  return tx
    .selectFrom('applicationPieces')
    .select(['id', 'applicationId', 'kind', 'fileName'])
    .select((select) => select.fn<number>('octet_length', ['content']).as('bytes'))
    .where('territoryId', '=', territoryId)
    .where('applicationId', 'in', applicationIds)
    .orderBy('applicationId')
    .orderBy('addedAt')
    .orderBy('id')
    .execute()
}
