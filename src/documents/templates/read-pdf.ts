import { execFileSync, spawnSync } from 'node:child_process'
import { inflateSync } from 'node:zlib'

// How tests read what was drawn.

/** Everything in the file that is not a picture of text: its own bytes, and its inflated streams. */
export function pdfBytesInflated(pdf: Uint8Array): string {
  const raw = Buffer.from(pdf)
  const parts = [raw.toString('latin1')]
  for (let at = raw.indexOf('stream\n'); at >= 0; at = raw.indexOf('stream\n', at + 1)) {
    const inflated = inflate(raw.subarray(at + 7))
    if (inflated) parts.push(inflated.toString('utf8'))
  }
  return parts.join('\n')
}

function inflate(bytes: Uint8Array): Buffer | undefined {
  try {
    return inflateSync(bytes)
  } catch {
    return undefined
  }
}

/** Poppler is on many machines, not on all: what only it can read is checked where it is. */
export const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined

/** `asLaidOut`: line by line as one sees it, and not column by column. */
export function pdfText(pdf: Uint8Array, { asLaidOut = false } = {}): string {
  const options = asLaidOut ? ['-layout'] : []
  const text = execFileSync('pdftotext', [...options, '-', '-'], { input: pdf, encoding: 'utf8' })
  return text.replace(/[\s\u00a0\u202f]+/g, ' ')
}

export function pdfPages(pdf: Uint8Array): number {
  return Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(Buffer.from(pdf).toString('latin1'))?.[1])
}
