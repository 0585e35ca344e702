import { createHash } from 'node:crypto'
import { canonicalJson } from '#kit'
import type { Grant } from './grant.ts'
import { fold } from './header-words.ts'

/** Gives each accepted line its key. Two identical lines of one file are two grants: they differ by rank. */
export function lineKeys(): (grant: Grant) => string {
  const seen = new Map<string, number>()
  return (grant) => {
    const print = digest(canonicalJson(contentOf(grant)))
    const rank = (seen.get(print) ?? 0) + 1
    seen.set(print, rank)
    return rank === 1 ? print : digest(`${print}#${rank}`)
  }
}

// Case, accents and spaces are not content: a file saved again by another tool keeps its keys.
function contentOf(grant: Grant): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(grant).map(([field, value]) => [
      field,
      typeof value === 'string' ? fold(value).replace(/\s+/g, ' ').trim() : value,
    ]),
  )
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
