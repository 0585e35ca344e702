import { z } from 'zod'
import { writable } from '#platform'
import { readableWords } from '../answers.ts'
import { fieldNamed } from '../fields.ts'
import { givenByAssociations } from './associations.ts'
import { givenByCompanies, type Point, pointByCompanies } from './companies.ts'
import type { Outcome, RegistrySource } from './registry.ts'

export type Reply = { outcome: Outcome; given: Record<string, string>; point?: Point | undefined }

/** Three seconds for the whole answer: whoever waits is a volunteer with a page open. */
const PATIENCE_MILLISECONDS = 3_000
const BYTES_MAX = 2_000_000

const addressOf: Record<RegistrySource, (base: string, identifier: string) => string> = {
  companies: (base, identifier) => `${base}/search?q=${identifier}&per_page=5`,
  associations: (base, identifier) => `${base}/api/structure/${identifier}`,
}

const givenBy = { companies: givenByCompanies, associations: givenByAssociations }

/**
 * Asks one register about a SIRET or RNA number. Whatever it does (late, cut off, ill, talking of
 * something else), this answers: a register never stops a file (DN-13917).
 */
export async function askRegistry(
  source: RegistrySource,
  { base, identifier }: { base: string; identifier: string },
): Promise<Reply> {
  const text = await textAt(addressOf[source](base.replace(/\/+$/, ''), identifier))
  if (typeof text !== 'string') return { outcome: text.outcome, given: {} }
  try {
    const answer: unknown = JSON.parse(text)
    const given = givenBy[source](answer, identifier)
    if (!given) return { outcome: 'unknown', given: {} }
    const point = source === 'companies' ? pointByCompanies(answer, identifier) : undefined
    return { outcome: 'found', given: presentable(given), point }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError)
      return { outcome: 'unreadable', given: {} }
    throw error
  }
}

async function textAt(address: string): Promise<string | { outcome: Outcome }> {
  try {
    const answer = await fetch(address, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
    })
    if (answer.status === 404) return { outcome: 'unknown' }
    if (answer.status === 429 || answer.status >= 500) return { outcome: 'silent' }
    if (!answer.ok) return { outcome: 'unreadable' }
    return (await limited(answer)) ?? { outcome: 'unreadable' }
  } catch {
    // Late, refused or cut off midway: to the network all the same.
    return { outcome: 'silent' }
  }
}

/** Undefined when it never ends: no register has that much to say of one association. */
async function limited(answer: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of answer.body ?? []) {
    length += part.length
    if (length > BYTES_MAX) return undefined
    parts.push(part)
  }
  return new TextDecoder().decode(Buffer.concat(parts))
}

/** What the form can hold of it, as the form would write it. */
function presentable(given: Record<string, string | null | undefined>): Record<string, string> {
  const pairs = Object.entries(given).flatMap(([name, value]) => {
    const field = fieldNamed(name)?.field
    const words = field && value ? readableWords(field, writable(value)) : undefined
    // Someone who asked not to be published stays so.
    return words && !words.includes('[NON-DIFFUSIBLE]') ? [[name, words]] : []
  })
  return Object.fromEntries(pairs)
}
