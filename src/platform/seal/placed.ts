/** Where a signature lies in a PDF, and the bytes that it is about. */
export type PlacedSignature = {
  signed: Buffer
  cms: Buffer
  hexAt: number
  hexLength: number
  /** Bytes beyond are not signed by it. */
  endsAt: number
}

const BYTE_RANGE = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g

/** Every signature of the file, in its order; one whose range is not all but its own hex is left out. */
export function placedSignatures(pdf: Uint8Array): PlacedSignature[] {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.length)
  const found = [...bytes.toString('latin1').matchAll(BYTE_RANGE)]
  return found.flatMap(([, ...numbers]) => placed(bytes, numbers.map(Number)) ?? [])
}

export function placeOfLastSignature(pdf: Uint8Array): PlacedSignature | undefined {
  return placedSignatures(pdf).at(-1)
}

function placed(bytes: Buffer, [from, head, tailAt, tail]: number[]): PlacedSignature | undefined {
  if (from !== 0 || !head || !tailAt || !tail || tailAt + tail > bytes.length) return undefined
  const hex = bytes.toString('latin1', head + 1, tailAt - 1)
  const isWhole = bytes[head] === 0x3c && bytes[tailAt - 1] === 0x3e && /^[0-9a-f]+$/i.test(hex)
  if (!isWhole) return undefined
  const endsAt = tailAt + tail
  return {
    signed: Buffer.concat([bytes.subarray(0, head), bytes.subarray(tailAt, endsAt)]),
    cms: Buffer.from(hex, 'hex'),
    hexAt: head + 1,
    hexLength: hex.length,
    endsAt,
  }
}
