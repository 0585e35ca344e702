import { inflateRawSync } from 'node:zlib'

export type ZipPart = {
  name: string
  isPacked: boolean
  packed: number
  inflated: number
  at: number
}

/** `bomb`: it says that it opens into far more than a document; nothing was inflated to know it. */
export type ZipFault = 'damaged' | 'bomb'

const DIRECTORY_END = 0x06054b50
const DIRECTORY_LINE = 0x02014b50
const PART_HEAD = 0x04034b50
const END_BYTES = 22
const COMMENT_MAX = 0xffff

const PARTS_MAX = 5_000
const INFLATED_MAX = 200 * 1024 * 1024
/** Text of office files shrinks by ten or twenty; a bomb by a thousand. */
const RATIO_MAX = 100
const SMALL = 20 * 1024 * 1024

/** The parts of a ZIP archive as its directory lists them. */
export function zipParts(bytes: Buffer): ZipPart[] | ZipFault {
  const end = directoryEnd(bytes)
  if (!end) return 'damaged'
  if (end.count > PARTS_MAX) return 'bomb'
  const parts: ZipPart[] = []
  let at = end.start
  for (let rank = 0; rank < end.count; rank++) {
    if (at + 46 > end.at || bytes.readUInt32LE(at) !== DIRECTORY_LINE) return 'damaged'
    const nameBytes = bytes.readUInt16LE(at + 28)
    parts.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameBytes),
      isPacked: bytes.readUInt16LE(at + 10) !== 0,
      packed: bytes.readUInt32LE(at + 20),
      inflated: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    })
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return isBomb(parts, bytes.length) ? 'bomb' : parts
}

/** Whether something that is not a ZIP archive ends as one: two readers would see two files. */
export function endsAsZip(bytes: Buffer): boolean {
  return directoryEnd(bytes) !== undefined
}

/** The words of one small part; undefined where it is not as announced. */
export function partWords(bytes: Buffer, part: ZipPart, most: number): string | undefined {
  const { at, packed, isPacked } = part
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== PART_HEAD) return undefined
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  const content = bytes.subarray(start, start + packed)
  try {
    const plain = isPacked ? inflateRawSync(content, { maxOutputLength: most }) : content
    return plain.toString('utf8', 0, most)
  } catch {
    return undefined
  }
}

/** Where the directory is, sought from the end: a comment may follow it, bytes may precede the archive. */
function directoryEnd(bytes: Buffer): { at: number; start: number; count: number } | undefined {
  const last = bytes.length - END_BYTES
  for (let at = last; at >= 0 && at >= last - COMMENT_MAX; at--) {
    if (bytes[at] !== 0x50 || bytes.readUInt32LE(at) !== DIRECTORY_END) continue
    const count = bytes.readUInt16LE(at + 10)
    const start = at - bytes.readUInt32LE(at + 12)
    if (count > 0 && start >= 0 && bytes.readUInt32LE(start) === DIRECTORY_LINE)
      return { at, start, count }
  }
  return undefined
}

function isBomb(parts: ZipPart[], length: number): boolean {
  const packed = parts.reduce((sum, part) => sum + part.packed, 0)
  const inflated = parts.reduce((sum, part) => sum + part.inflated, 0)
  // Parts that share their bytes: the same data inflated again and again.
  if (packed > length) return true
  return inflated > INFLATED_MAX || (inflated > SMALL && inflated > RATIO_MAX * packed)
}
