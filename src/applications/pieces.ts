import { type Refusal, refusal } from '#kit'

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

const signatures: { mediaType: string; head: number[] }[] = [
  { mediaType: 'application/pdf', head: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/png', head: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', head: [0xff, 0xd8, 0xff] },
  // Word and Excel before 2007.
  {
    mediaType: 'application/x-ole-storage',
    head: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
  },
]

const ZIP_HEAD = [0x50, 0x4b, 0x03, 0x04]

// Office files are ZIP archives: the names of their parts, written plain, say which.
const offices: { mediaType: string; mark: string }[] = [
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    mark: 'word/document.xml',
  },
  {
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    mark: 'xl/workbook.xml',
  },
  {
    mediaType: 'application/vnd.oasis.opendocument.text',
    mark: 'application/vnd.oasis.opendocument.text',
  },
  {
    mediaType: 'application/vnd.oasis.opendocument.spreadsheet',
    mark: 'application/vnd.oasis.opendocument.spreadsheet',
  },
]

/** What a file really is, by its bytes: a name or a declared type proves nothing. */
export function mediaTypeOf(content: Uint8Array): string | undefined {
  const known = signatures.find(({ head }) => startsWith(content, head))
  if (known) return known.mediaType
  if (!startsWith(content, ZIP_HEAD)) return undefined
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  return offices.find(({ mark }) => bytes.includes(mark))?.mediaType
}

export function refusalsForPiece(piece: { kind: string; content: Uint8Array }): Refusal[] {
  const refusals: Refusal[] = []
  if (!isPieceKind(piece.kind))
    refusals.push(refusal('applications:refused.pieceKind', { field: 'kind' }))
  const say = (code: string) => refusals.push(refusal(code, { field: 'file' }))
  if (piece.content.length === 0) say('applications:refused.pieceEmpty')
  else if (piece.content.length > PIECE_BYTES_MAX) say('applications:refused.pieceTooBig')
  else if (!mediaTypeOf(piece.content)) say('applications:refused.pieceType')
  return refusals
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

function startsWith(content: Uint8Array, head: number[]): boolean {
  return head.every((byte, rank) => content[rank] === byte)
}
