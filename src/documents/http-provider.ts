import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { SignatureService } from '#platform'
import { type Ceremony, type SignatureProvider, Unreachable } from './provider.ts'

// The dialogue of docs/signatures.md, with a service of ours or an adapter in front of a real provider.

/** One call; the job asks again a minute later. */
const PATIENCE_MILLISECONDS = 10_000
const ANSWER_BYTES_MAX = 20 * 1024 * 1024
const WEBHOOK_SECONDS_MAX = 300

const started = z.object({ reference: z.string().min(1).max(200), link: webLink().optional() })
const progress = z.object({
  state: z.enum(['waiting', 'signed', 'refused', 'expired', 'cancelled']),
})
const heard = z.object({ ceremony: z.uuid() })

export function httpProvider(
  service: SignatureService,
  patience = PATIENCE_MILLISECONDS,
): SignatureProvider {
  const { name, level } = service
  const ask = (path: string, init: RequestInit = {}) => call(service, patience, path, init)
  const at = (reference: string) => `/ceremonies/${encodeURIComponent(reference)}`
  return {
    name,
    level,
    start: async (ceremony) => {
      const body = JSON.stringify(described(ceremony))
      const { reference, link } = understood(started, await ask('/ceremonies', sent(body)))
      return { reference, ...(link && { link }) }
    },
    follow: async (reference) => understood(progress, await ask(at(reference))).state,
    takeBack: async (reference) => ({
      pdf: await ask(`${at(reference)}/document`),
      evidence: understood(z.json(), await ask(`${at(reference)}/evidence`)),
    }),
    cancel: async (reference) => {
      await ask(at(reference), { method: 'DELETE' })
    },
    heard: (told) => (isProven(service.secret, told) ? ceremonyIn(told.body) : undefined),
  }
}

function sent(body: string): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': 'application/json' } }
}

function described({ id, document, signatories }: Ceremony) {
  const { number, title, pdf } = document
  return {
    id,
    document: { number, title, pdf: Buffer.from(pdf).toString('base64') },
    signatories,
  }
}

/** Only an answer of the 4xx kind is a no; silence, delay and disorder are asked again. */
async function call(
  { url, key }: SignatureService,
  patience: number,
  path: string,
  init: RequestInit,
): Promise<Buffer> {
  const headers = { ...init.headers, authorization: `Bearer ${key}` }
  const signal = AbortSignal.timeout(patience)
  try {
    const answer = await fetch(`${url}${path}`, { ...init, headers, signal, redirect: 'error' })
    if (answer.ok) return await bounded(answer)
    const isNo = answer.status >= 400 && answer.status < 500
    // Not let in, too many calls, a call taken too late: the operator's to mend, the ceremony stands.
    if (!isNo || [401, 403, 408, 425, 429].includes(answer.status))
      throw new Unreachable(`answered ${answer.status}`)
    throw new Error(`the provider answered ${answer.status}`)
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('the provider answered')) throw error
    throw error instanceof Unreachable ? error : new Unreachable(nameOf(error))
  }
}

// Its name alone: the message of a failed call may carry the address, and a secret in it.
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown'
}

async function bounded(answer: Response): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of answer.body ?? []) {
    bytes += part.length
    if (bytes > ANSWER_BYTES_MAX) throw new Unreachable('too long')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function understood<Shape extends z.ZodType>(shape: Shape, bytes: Buffer): z.infer<Shape> {
  try {
    return shape.parse(JSON.parse(bytes.toString('utf8')))
  } catch {
    throw new Unreachable('not understood')
  }
}

/** `t=SECONDS,v1=HEX`: HMAC-SHA256 of `SECONDS.BODY`; five minutes old at most. */
function isProven(secret: string, told: { signature: string; body: string; at: Date }): boolean {
  const [, seconds = '', given = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(told.signature) ?? []
  if (!given) return false
  const age = Math.abs(told.at.getTime() / 1000 - Number(seconds))
  const expected = createHmac('sha256', secret).update(`${seconds}.${told.body}`).digest()
  return timingSafeEqual(expected, Buffer.from(given, 'hex')) && age <= WEBHOOK_SECONDS_MAX
}

function ceremonyIn(body: string): string | undefined {
  try {
    return heard.parse(JSON.parse(body)).ceremony
  } catch {
    return undefined
  }
}

/** Shown to a person as a link: an address of the web, never a script. */
function webLink() {
  return z.url({ protocol: /^https?$/ }).max(2_000)
}
