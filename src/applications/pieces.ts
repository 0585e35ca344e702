import { type Refusal, refusal } from '#kit'
import type { Inspected } from './piece-bytes.ts'

export const pieceKinds = [
  'statutes',
  'bank_details',
  'accounts',
  'activity_report',
  'other',
] as const
export type PieceKind = (typeof pieceKinds)[number]

export const PIECE_BYTES_MAX = 10 * 1024 * 1024
export const PIECES_MAX = 20

/** Earlier versions of one piece that are kept. */
export const VERSIONS_MAX = 20

export function refusalsForPiece(
  { kind, content }: { kind: string; content: Uint8Array },
  inspected: Inspected,
): Refusal[] {
  const refusals: Refusal[] = []
  if (!isPieceKind(kind))
    refusals.push(refusal('applications:refused.pieceKind', { field: 'kind' }))
  const say = (code: string) => refusals.push(refusal(code, { field: 'file' }))
  if (content.length === 0) say('applications:refused.pieceEmpty')
  else if (content.length > PIECE_BYTES_MAX) say('applications:refused.pieceTooBig')
  else if ('fault' in inspected) say(`pieces:fault.${inspected.fault}`)
  return refusals
}

/** A file is not handed over with a piece that nobody may open. */
export function refusalsForInfected(pieces: { scan: string; fileName: string }[]): Refusal[] {
  return pieces
    .filter(({ scan }) => scan === 'infected')
    .map(({ fileName }) => refusal('pieces:refused.infected', { field: 'pieces', file: fileName }))
}

export function isPieceKind(text: string): text is PieceKind {
  return pieceKinds.some((kind) => kind === text)
}

/** A file's name without folders or signs that a disk or a header would read otherwise. */
export function plainFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const plain = last.replace(/[^\p{L}\p{N} ._()-]/gu, '_').trim()
  return plain.slice(-120).toWellFormed() || 'piece'
}
