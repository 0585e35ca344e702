import { endsAsZip, partWords, type ZipPart, zipParts } from './zip-directory.ts'

/** What whoever opens the piece should know. */
export type PieceRemark = 'password' | 'cut'

export type Inspected =
  | { mediaType: string; remark: PieceRemark | null }
  /** Each has its words: `pieces:fault.…`. */
  | { fault: 'type' | 'damaged' | 'bomb' | 'macros' | 'twoFiles' }

type Kind = {
  mediaType: string
  head: number[]
  /** Where the file says that it ends; undefined when its end is missing. */
  end: (bytes: Buffer) => number | undefined
}

const kinds: Kind[] = [
  { mediaType: 'application/pdf', head: [0x25, 0x50, 0x44, 0x46, 0x2d], end: endOfPdf },
  {
    mediaType: 'image/png',
    head: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    end: endOfPng,
  },
  { mediaType: 'image/jpeg', head: [0xff, 0xd8, 0xff], end: endOfJpeg },
  { mediaType: 'image/webp', head: [0x52, 0x49, 0x46, 0x46], end: endOfWebp },
]

const OLE_HEAD = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const ZIP_HEAD = [0x50, 0x4b, 0x03, 0x04]

/** What a file really is, by its bytes: a name or a declared type proves nothing. */
export function inspect(content: Uint8Array): Inspected {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  if (startsWith(bytes, ZIP_HEAD)) return inspectOffice(bytes)
  if (startsWith(bytes, OLE_HEAD)) return inspectOldOffice(bytes)
  const kind = kinds.find(({ head }) => startsWith(bytes, head))
  if (!kind || (kind.mediaType === 'image/webp' && bytes.toString('latin1', 8, 12) !== 'WEBP'))
    return { fault: 'type' }
  const { mediaType } = kind
  const end = kind.end(bytes)
  if (endsAsZip(bytes) || saysPage(bytes, mediaType, end ?? bytes.length))
    return { fault: 'twoFiles' }
  const isLocked = mediaType === 'application/pdf' && isEncryptedPdf(bytes)
  return { mediaType, remark: isLocked ? 'password' : end === undefined ? 'cut' : null }
}

const NEAR = 1024
const PAGE = /<\s*(?:!doctype|html|head|body|script|svg|iframe|object|\?php)\b/i

/**
 * A web page hidden before or behind a document. Cameras and scanners leave odd bytes at the end of
 * their files: only what a browser would take for a page counts.
 */
function saysPage(bytes: Buffer, mediaType: string, end: number): boolean {
  if (PAGE.test(bytes.toString('latin1', end))) return true
  return mediaType === 'application/pdf' && PAGE.test(bytes.toString('latin1', 0, NEAR))
}

function endOfPdf(bytes: Buffer): number | undefined {
  const at = bytes.lastIndexOf('%%EOF')
  return at < 0 ? undefined : at + 5
}

// Length, name, content and checksum of each part, until the one that ends the image.
function endOfPng(bytes: Buffer): number | undefined {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const next = at + 12 + bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return next
    at = next
  }
  return undefined
}

function endOfJpeg(bytes: Buffer): number | undefined {
  const at = bytes.lastIndexOf(Buffer.from([0xff, 0xd9]))
  return at < 0 ? undefined : at + 2
}

function endOfWebp(bytes: Buffer): number | undefined {
  const end = bytes.length >= 12 ? bytes.readUInt32LE(4) + 8 : Number.POSITIVE_INFINITY
  return end <= bytes.length ? end : undefined
}

function isEncryptedPdf(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('/Encrypt'); at >= 0; at = bytes.indexOf('/Encrypt', at + 1))
    if (/^\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(bytes.toString('latin1', at, at + 40))) return true
  return false
}

const OPEN_XML = 'application/vnd.openxmlformats-officedocument.'
// What [Content_Types].xml says of the main part.
const openXml = [
  {
    mark: 'wordprocessingml.document.main+xml',
    mediaType: `${OPEN_XML}wordprocessingml.document`,
  },
  { mark: 'spreadsheetml.sheet.main+xml', mediaType: `${OPEN_XML}spreadsheetml.sheet` },
]
const openDocuments = [
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
]
const WORDS_MAX = 1024 * 1024

function inspectOffice(bytes: Buffer): Inspected {
  const parts = zipParts(bytes)
  if (!Array.isArray(parts)) return { fault: parts }
  if (parts.some(({ name }) => isMacro(name))) return { fault: 'macros' }
  const wordsOf = (part: ZipPart | undefined) => part && partWords(bytes, part, WORDS_MAX)
  const named = (name: string) => wordsOf(parts.find((part) => part.name === name))
  const mimetype = named('mimetype')?.trim()
  const openDocument = openDocuments.find((known) => known === mimetype)
  if (openDocument) return { mediaType: openDocument, remark: null }
  const types = named('[Content_Types].xml') ?? ''
  if (/macroEnabled/i.test(types)) return { fault: 'macros' }
  const mediaType = openXml.find(({ mark }) => types.includes(mark))?.mediaType
  return mediaType ? { mediaType, remark: null } : { fault: 'type' }
}

// Programs of Word and Excel, sheets of macros, and the Basic and scripts of LibreOffice.
function isMacro(name: string): boolean {
  return /(?:^|\/)vbaProject\.bin$|(?:^|\/)macrosheets\/|^(?:Basic|Scripts)\/./i.test(name)
}

/** Word and Excel before 2007: folders named in two bytes a sign. */
function inspectOldOffice(bytes: Buffer): Inspected {
  const has = (name: string) => bytes.includes(Buffer.from(name, 'utf16le'))
  if (has('_VBA_PROJECT')) return { fault: 'macros' }
  const mediaType = 'application/x-ole-storage'
  if (has('EncryptedPackage')) return { mediaType, remark: 'password' }
  return has('WordDocument') || has('Workbook') || has('Book')
    ? { mediaType, remark: null }
    : { fault: 'type' }
}

function startsWith(bytes: Buffer, head: number[]): boolean {
  return head.every((byte, rank) => bytes[rank] === byte)
}
