import { canonicalJson } from '#kit'
import { sha256 } from './digest.ts'

/** What the first link of every chain points to. */
export const GENESIS = '0'.repeat(64)

/** The hash of a link: of the one before and of its own content in canonical form. */
export function linkHash(previousHash: string, content: unknown): string {
  return sha256(`${previousHash}\n${canonicalJson(content)}`)
}
