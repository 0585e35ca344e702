import { sql } from 'kysely'
import type { KeyBeside, Tx } from '#platform'
import type { PieceRemark } from './piece-bytes.ts'
import type { PieceKind } from './pieces.ts'

type Key = { territoryId: string; id: string }

/** `waiting`: the antivirus has not been asked yet. */
export type ScanState = 'waiting' | 'clean' | 'infected'

/** A piece without its bytes: for lists. */
export type PieceHead = {
  id: string
  kind: PieceKind
  fileName: string
  mediaType: string
  addedAt: Date
  addedBy: string | null
  bytes: number
  sha256: string
  replaces: string | null
  remark: PieceRemark | null
  scan: ScanState
  /** What it replaced, the latest first. */
  earlier: PieceHead[]
}

// What the person sent: a seal adds 12 bytes of nonce and 16 of tag. Read without fetching the bytes.
const bytesSent =
  sql<number>`octet_length(p.content) - case when p.key_version is null then 0 else 28 end`.as(
    'bytes',
  )

/** The pieces of a file as they stand, each with its earlier versions. */
export async function piecesOf(tx: Tx, key: Key): Promise<PieceHead[]> {
  return piecesFrom(await selectPieces(tx, key).execute())
}

export function selectPieces(tx: Tx, { territoryId, id }: Key) {
  return tx
    .selectFrom('applicationPieces as p')
    .leftJoin('people as o', 'o.id', 'p.addedBy')
    .leftJoin('pieceScans as s', (join) =>
      join.onRef('s.territoryId', '=', 'p.territoryId').onRef('s.pieceId', '=', 'p.id'),
    )
    .select(['p.id', 'p.kind', 'p.fileName', 'p.mediaType', 'p.addedAt', 'p.sha256'])
    .select(bytesSent)
    .select(['p.replaces', 'p.remark', 'o.name as addedBy', 's.outcome'])
    .where('p.territoryId', '=', territoryId)
    .where('p.applicationId', '=', id)
    .orderBy('p.addedAt')
    .orderBy('p.id')
}

type PieceRow = Awaited<ReturnType<ReturnType<typeof selectPieces>['execute']>>[number]

export function piecesFrom(rows: PieceRow[]): PieceHead[] {
  const heads = new Map<string, PieceHead>()
  for (const { outcome, ...row } of rows)
    heads.set(row.id, {
      ...row,
      kind: row.kind as PieceKind,
      remark: row.remark as PieceRemark | null,
      scan: scanState(outcome),
      earlier: [],
    })
  return inLines(heads)
}

function inLines(heads: Map<string, PieceHead>): PieceHead[] {
  const replaced = new Set([...heads.values()].flatMap(({ replaces }) => replaces ?? []))
  const current = [...heads.values()].filter(({ id }) => !replaced.has(id))
  for (const piece of current) {
    let before = heads.get(piece.replaces ?? '')
    while (before) {
      piece.earlier.push(before)
      before = heads.get(before.replaces ?? '')
    }
  }
  return current
}

/** A piece with its bytes as they are kept: `readPiece` opens them. */
export async function sealedPiece(tx: Tx, { territoryId, id }: Key, pieceId: string) {
  const row = await tx
    .selectFrom('applicationPieces as p')
    .leftJoin('dataKeys as k', (join) =>
      join.onRef('k.territoryId', '=', 'p.territoryId').onRef('k.version', '=', 'p.keyVersion'),
    )
    .leftJoin('pieceScans as s', (join) =>
      join.onRef('s.territoryId', '=', 'p.territoryId').onRef('s.pieceId', '=', 'p.id'),
    )
    .select(['p.id', 'p.fileName', 'p.mediaType', 'p.content', 'p.keyVersion', 'p.addedBy'])
    .select(['k.wrapped', 'k.wrappedBy', 's.outcome', 's.virus'])
    .where('p.territoryId', '=', territoryId)
    .where('p.applicationId', '=', id)
    .where('p.id', '=', pieceId)
    .executeTakeFirst()
  return row && { ...row, scan: scanState(row.outcome), virus: row.virus ?? '' }
}

function scanState(outcome: string | null): ScanState {
  return outcome === 'clean' || outcome === 'infected' ? outcome : 'waiting'
}

export type NewPiece = {
  id: string
  kind: string
  fileName: string
  mediaType: string
  content: Uint8Array
  keyVersion: number
  sha256: string
  remark: PieceRemark | null
  replaces: string | null
}

export async function insertPiece(
  tx: Tx,
  { territoryId, id: applicationId }: Key,
  piece: NewPiece,
  added: { at: Date; personId: string },
): Promise<void> {
  await tx
    .insertInto('applicationPieces')
    .values({ territoryId, applicationId, ...piece, addedAt: added.at, addedBy: added.personId })
    .execute()
}

/** These versions of one piece, the newest first: nothing may replace what is gone. */
export async function deletePieces(tx: Tx, { territoryId, id }: Key, ids: string[]): Promise<void> {
  for (const pieceId of ids)
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

/** The pieces of many files as they stand, without their bytes or their earlier versions. */
export async function piecesOfMany(
  tx: Tx,
  territoryId: string,
  applicationIds: string[],
): Promise<PieceOfMany[]> {
  if (applicationIds.length === 0) return []
  return tx
    .selectFrom('applicationPieces as p')
    .leftJoin('applicationPieces as n', (join) =>
      join.onRef('n.territoryId', '=', 'p.territoryId').onRef('n.replaces', '=', 'p.id'),
    )
    .select(['p.id', 'p.applicationId', 'p.kind', 'p.fileName'])
    .select(bytesSent)
    .where('p.territoryId', '=', territoryId)
    .where('p.applicationId', 'in', applicationIds)
    .where('n.id', 'is', null)
    .orderBy('p.applicationId')
    .orderBy('p.addedAt')
    .orderBy('p.id')
    .execute()
}

/** What sealing a row again needs. Locked first: a row read while somebody seals it names a key that is gone. */
export async function sealedRowToKeep(
  tx: Tx,
  { territoryId, id }: Key,
): Promise<(KeyBeside & { content: Uint8Array }) | undefined> {
  await tx
    .selectFrom('applicationPieces')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .forUpdate()
    .execute()
  return tx
    .selectFrom('applicationPieces as p')
    .leftJoin('dataKeys as k', (join) =>
      join.onRef('k.territoryId', '=', 'p.territoryId').onRef('k.version', '=', 'p.keyVersion'),
    )
    .select(['p.content', 'p.keyVersion', 'k.wrapped', 'k.wrappedBy'])
    .where('p.territoryId', '=', territoryId)
    .where('p.id', '=', id)
    .executeTakeFirst()
}

export async function piecesBehind(
  tx: Tx,
  { territoryId, version, most }: { territoryId: string; version: number; most: number },
): Promise<string[]> {
  const rows = await tx
    .selectFrom('applicationPieces')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where((where) =>
      where.or([where('keyVersion', '<', version), where('keyVersion', 'is', null)]),
    )
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map(({ id }) => id)
}

export async function updateSeal(
  tx: Tx,
  { territoryId, id }: Key,
  sealed: { content: Uint8Array; keyVersion: number },
): Promise<void> {
  await tx
    .updateTable('applicationPieces')
    .set(sealed)
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .execute()
}
