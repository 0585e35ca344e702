import { openSealed, type Safe, type SealedRow, sealIn, type Tx, type Vault } from '#platform'
import {
  piecesBehind,
  type ScanState,
  sealedPiece,
  sealedRowToKeep,
  updateSeal,
} from './pieces-store.ts'

type Desk = { tx: Tx; vault: Vault; territory: { id: string } }

export type ReadPiece = { fileName: string; mediaType: string } & (
  | { scan: 'infected'; virus: string }
  | { scan: Exclude<ScanState, 'infected'>; content: Buffer }
)

/** A piece opened; what carries a virus is named, and stays shut. */
export async function readPiece(
  { tx, vault, territory }: Desk,
  applicationId: string,
  pieceId: string,
): Promise<ReadPiece | undefined> {
  const key = { territoryId: territory.id, id: applicationId }
  const piece = await sealedPiece(tx, key, pieceId)
  if (!piece) return undefined
  const { fileName, mediaType, scan, virus } = piece
  if (scan === 'infected') return { fileName, mediaType, scan, virus }
  return {
    fileName,
    mediaType,
    scan,
    content: openSealed(vault, pieceRow(territory, pieceId), piece),
  }
}

export function pieceRow(territory: { id: string }, id: string): SealedRow {
  return { territoryId: territory.id, table: 'application_pieces', id }
}

/** The pieces, for whoever changes the keys. */
export const pieceSafe: Safe = {
  behind: piecesBehind,
  sealAgain: async (tx, vault, { territoryId, id }) => {
    const kept = await sealedRowToKeep(tx, { territoryId, id })
    if (!kept) return
    const row = pieceRow({ id: territoryId }, id)
    const sealed = await sealIn(tx, vault, row, openSealed(vault, row, kept))
    await updateSeal(tx, { territoryId, id }, sealed)
  },
}
