import { note } from '#journal'
import { isId, type Refused, refusal } from '#kit'
import { actorOf, deed, found, type Place } from '#people'
import { sha256 } from '#platform'
import { ownApplicationToWrite } from './access.ts'
import { mediaTypeOf, PIECES_MAX, plainFileName, refusalsForPiece } from './pieces.ts'
import { deletePiece, insertPiece, pieceOf, piecesOf } from './pieces-store.ts'
import type { Application } from './rules.ts'

export type PieceInput = { kind: string; fileName: string; content: Uint8Array }

/** Adds a piece to a draft. */
export async function addPiece(
  place: Place,
  id: string,
  piece: PieceInput,
): Promise<{ id: string } | Refused> {
  const application = await ownApplicationToWrite(place, id)
  if (application.deposit)
    return { refusals: [refusal('applications:refused.alreadyDeposited', { field: 'file' })] }
  return keepPiece(place, application, piece)
}

/** Adds a piece to a deposited file: only where the commune asked for it, which the caller knows. */
export async function addAskedPiece(
  place: Place,
  id: string,
  piece: PieceInput,
): Promise<{ id: string } | Refused> {
  return keepPiece(place, await ownApplicationToWrite(place, id), piece)
}

/** Takes a piece away while the file is a draft. */
export async function removePiece(place: Place, id: string, pieceId: string): Promise<void> {
  const application = await ownApplicationToWrite(place, id)
  const key = { territoryId: place.territory.id, id }
  found(isId(pieceId) && !application.deposit ? await pieceOf(place.tx, key, pieceId) : undefined)
  await deletePiece(place.tx, key, pieceId)
  const details = { pieceId }
  await note(place.tx, { ...deed(place), action: 'piece.removed', subjectId: id, details })
}

async function keepPiece(
  place: Place,
  { id }: Application,
  { kind, fileName, content }: PieceInput,
): Promise<{ id: string } | Refused> {
  const refusals = refusalsForPiece({ kind, content })
  const key = { territoryId: place.territory.id, id }
  const pieces = await piecesOf(place.tx, key)
  if (pieces.length >= PIECES_MAX)
    refusals.push(
      refusal('applications:refused.tooManyPieces', { field: 'file', most: PIECES_MAX }),
    )
  const mediaType = mediaTypeOf(content)
  if (refusals.length > 0 || !mediaType) return { refusals }
  const piece = { kind, fileName: plainFileName(fileName), mediaType, content }
  const added = { at: place.now, personId: actorOf(place).personId }
  const digest = sha256(content)
  const pieceId = await insertPiece(place.tx, key, { ...piece, sha256: digest }, added)
  const details = { pieceId, kind, sha256: digest }
  await note(place.tx, { ...deed(place), action: 'piece.added', subjectId: id, details })
  return { id: pieceId }
}
