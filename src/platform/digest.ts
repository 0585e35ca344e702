import { createHash } from 'node:crypto'
import { canonicalJson } from '#kit'

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

/** The digest of a value's canonical JSON: the same value, the same digest, on any machine. */
export function digestOf(value: unknown): string {
  return sha256(canonicalJson(value))
}
