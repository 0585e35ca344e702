import { crc32, createDeflateRaw } from 'node:zlib'

export type ZipEntry =
  | { name: string; content: AsyncIterable<string> | string; isStored?: boolean }
  | { name: string; content: Uint8Array; isStored: true }

/**
 * A ZIP archive written as it is read: sizes follow each entry, so nothing is held but one stored
 * entry. The whole under 4 GB and 65,535 entries.
 */
export async function* zip(
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
): AsyncGenerator<Uint8Array> {
  let offset = 0
  const directory: Buffer[] = []
  for await (const entry of entries) {
    const start = offset
    const name = Buffer.from(entry.name)
    const count = { crc: 0, size: 0, packed: 0 }
    const packed = entry.isStored ? storedChunks(entry, count) : deflatedChunks(entry, count)
    const first = entry.isStored ? storedHeader(name, entry) : header(name)
    yield first
    offset += first.length
    for await (const chunk of packed) {
      yield chunk
      offset += chunk.length
    }
    if (!entry.isStored) {
      const sizes = record([
        [4, 0x08074b50],
        [4, count.crc],
        [4, count.packed],
        [4, count.size],
      ])
      yield sizes
      offset += sizes.length
    }
    directory.push(listing({ name, start, isStored: entry.isStored === true, ...count }))
  }
  const list = Buffer.concat(directory)
  yield list
  const total = directory.length
  yield record([
    [4, 0x06054b50],
    [4, 0],
    [2, total],
    [2, total],
    [4, list.length],
    [4, offset],
    [2, 0],
  ])
}

type Count = { crc: number; size: number; packed: number }

const FLAGS_UTF8_SIZES_AFTER = 0x0808
const FLAG_UTF8 = 0x0800
const DEFLATED = 8
const CHUNK_CHARACTERS = 64 * 1024

function header(name: Buffer): Buffer {
  const fixed = record([
    [4, 0x04034b50],
    [2, 20],
    [2, FLAGS_UTF8_SIZES_AFTER],
    [2, DEFLATED],
    [4, 0x00210000],
    [4, 0],
    [4, 0],
    [4, 0],
    [2, name.length],
    [2, 0],
  ])
  return Buffer.concat([fixed, name])
}

// OpenDocument wants `mimetype` first, stored, its size in front.
function storedHeader(name: Buffer, entry: ZipEntry): Buffer {
  const bytes = storedBytes(entry)
  const fixed = record([
    [4, 0x04034b50],
    [2, 20],
    [2, flagsOfStored(name)],
    [2, 0],
    [4, 0x00210000],
    [4, crc32(bytes)],
    [4, bytes.length],
    [4, bytes.length],
    [2, name.length],
    [2, 0],
  ])
  return Buffer.concat([fixed, name])
}

function storedBytes({ content }: ZipEntry): Buffer {
  if (content instanceof Uint8Array)
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  return Buffer.from(typeof content === 'string' ? content : '')
}

async function* storedChunks(entry: ZipEntry, count: Count): AsyncGenerator<Buffer> {
  const bytes = storedBytes(entry)
  count.crc = crc32(bytes)
  count.size = bytes.length
  count.packed = bytes.length
  yield bytes
}

async function* deflatedChunks({ content }: ZipEntry, count: Count): AsyncGenerator<Buffer> {
  if (content instanceof Uint8Array) throw new Error('bytes are stored as they are')
  const deflate = createDeflateRaw()
  const failed = pour(content, deflate, count).catch((error: unknown) => {
    deflate.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  for await (const chunk of deflate) {
    count.packed += chunk.length
    yield chunk
  }
  await failed
}

async function pour(
  content: AsyncIterable<string> | string,
  deflate: ReturnType<typeof createDeflateRaw>,
  count: Count,
): Promise<void> {
  let waiting = ''
  const push = async (text: string) => {
    const bytes = Buffer.from(text)
    count.crc = crc32(bytes, count.crc)
    count.size += bytes.length
    if (!deflate.write(bytes)) await new Promise((resume) => deflate.once('drain', resume))
  }
  for await (const part of typeof content === 'string' ? [content] : content) {
    waiting += part
    if (waiting.length < CHUNK_CHARACTERS) continue
    await push(waiting)
    waiting = ''
  }
  await push(waiting)
  deflate.end()
}

/** A plain name says nothing of its signs: some readers know `mimetype` by its bytes alone. */
function flagsOfStored(name: Buffer): number {
  return name.every((byte) => byte < 128) ? 0 : FLAG_UTF8
}

function listing(entry: Count & { name: Buffer; start: number; isStored: boolean }): Buffer {
  const { name, start, isStored, crc, packed, size } = entry
  const fixed = record([
    [4, 0x02014b50],
    [2, 20],
    [2, 20],
    [2, isStored ? flagsOfStored(name) : FLAGS_UTF8_SIZES_AFTER],
    [2, isStored ? 0 : DEFLATED],
    [4, 0x00210000],
    [4, crc],
    [4, packed],
    [4, size],
    [2, name.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, start],
  ])
  return Buffer.concat([fixed, name])
}

function record(fields: [width: 2 | 4, value: number][]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0))
  let at = 0
  for (const [width, value] of fields) at = bytes.writeUIntLE(value, at, width)
  return bytes
}
