import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import type { TableSource } from './cells.ts'

/** The bytes behind a source, readable as often as needed without holding a file in memory. */
export type Bytes = {
  fileName: string
  size: number
  head: Uint8Array
  stream: () => Readable
}

const HEAD_BYTES = 256 * 1024

export async function bytesOf(source: TableSource): Promise<Bytes> {
  if (typeof source !== 'string') {
    const { bytes, fileName } = source
    return {
      fileName,
      size: bytes.length,
      head: bytes.subarray(0, HEAD_BYTES),
      stream: () => Readable.from(chunksOf(bytes), { objectMode: false }),
    }
  }
  const { size } = await stat(source)
  return {
    fileName: basename(source),
    size,
    head: await headOf(source, Math.min(size, HEAD_BYTES)),
    stream: () => createReadStream(source),
  }
}

export async function allBytes(bytes: Bytes): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of bytes.stream()) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  const step = 64 * 1024
  for (let from = 0; from < bytes.length; from += step) yield bytes.subarray(from, from + step)
}

async function headOf(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, 0)
    return buffer
  } finally {
    await file.close()
  }
}
