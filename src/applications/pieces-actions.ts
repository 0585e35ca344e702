import { note } from '#journal'
import { isId, newId, type Refusal, type Refused, refusal } from '#kit'
import { actorOf, deed, found, type Place } from '#people'
import { log, type ScanAnswer, sealIn, sha256 } from '#platform'
import { ownApplicationToWrite } from './access.ts'
import { inspect } from './piece-bytes.ts'
import { PIECES_MAX, plainFileName, refusalsForPiece, VERSIONS_MAX } from './pieces.ts'
import { pieceRow } from './pieces-read.ts'
import { deletePieces, insertPiece, type PieceHead, piecesOf } from './pieces-store.ts'
import type { Application } from './rules.ts'
import { insertScan } from './scans-store.ts'

/** `replaces`: the piece of which this is a new version. */
export type PieceInput = {
  kind: string
  fileName: string
  content: Uint8Array
  replaces?: string
}

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

/** Takes a piece and its earlier versions away while the file is a draft. */
export async function removePiece(place: Place, id: string, pieceId: string): Promise<void> {
  const application = await ownApplicationToWrite(place, id)
  const key = { territoryId: place.territory.id, id }
  const pieces = isId(pieceId) && !application.deposit ? await piecesOf(place.tx, key) : []
  const piece = found(pieces.find((one) => one.id === pieceId))
  await deletePieces(place.tx, key, [pieceId, ...piece.earlier.map((one) => one.id)])
  const details = { pieceId }
  await note(place.tx, { ...deed(place), action: 'piece.removed', subjectId: id, details })
}

async function keepPiece(
  place: Place,
  { id }: Application,
  given: PieceInput,
): Promise<{ id: string } | Refused> {
  const { content } = given
  const inspected = inspect(content)
  const key = { territoryId: place.territory.id, id }
  const pieces = await piecesOf(place.tx, key)
  // Statutes replace statutes, whatever the form said.
  const replaced = pieces.find((piece) => piece.id === given.replaces)
  const input = { ...given, kind: replaced?.kind ?? given.kind }
  const refusals = refusalsForPiece(input, inspected)
  const digest = sha256(content)
  // Sent twice by a hand that doubted: the same piece.
  const known = pieces.find(({ kind, sha256: of }) => kind === input.kind && of === digest)
  if (known) return { id: known.id }
  refusals.push(...refusalsForRoom(pieces, input.replaces))
  if (refusals.length > 0 || 'fault' in inspected) return { refusals }
  const scan = await place.antivirus?.(content)
  if (scan?.outcome === 'infected') return refusedVirus(place, scan)
  const pieceId = newId()
  const sealed = await sealIn(place.tx, place.vault, pieceRow(place.territory, pieceId), content)
  const row = {
    id: pieceId,
    kind: input.kind,
    fileName: plainFileName(input.fileName),
    sha256: digest,
    replaces: input.replaces || null,
    ...inspected,
    ...sealed,
  }
  await insertPiece(place.tx, key, row, { at: place.now, personId: actorOf(place).personId })
  if (scan?.outcome === 'clean')
    await insertScan(place.tx, { ...key, id: pieceId }, { ...scan, virus: '', at: place.now })
  const details = { pieceId, kind: input.kind, sha256: digest, replaces: row.replaces }
  await note(place.tx, { ...deed(place), action: 'piece.added', subjectId: id, details })
  return { id: pieceId }
}

function refusalsForRoom(pieces: PieceHead[], replaces: string | undefined): Refusal[] {
  if (!replaces)
    return pieces.length >= PIECES_MAX
      ? [refusal('applications:refused.tooManyPieces', { field: 'file', most: PIECES_MAX })]
      : []
  const replaced = pieces.find(({ id }) => id === replaces)
  if (!replaced) return [refusal('pieces:refused.alreadyReplaced')]
  return replaced.earlier.length >= VERSIONS_MAX
    ? [refusal('pieces:refused.tooManyVersions', { field: 'replaces', most: VERSIONS_MAX })]
    : []
}

function refusedVirus(place: Place, { virus }: Extract<ScanAnswer, { virus: string }>): Refused {
  log.warn({ virus, commune: place.territory.slug }, 'a piece with a virus was refused')
  return { refusals: [refusal('pieces:fault.virus', { field: 'file', virus })] }
}
