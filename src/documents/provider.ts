import type { Place } from '#people'
import { sha256 } from '#platform'
import { METIS, type Party, shortNetwork } from './rules.ts'
import type { Signature } from './store.ts'

/** What is kept of the moment of a signature, beside who, when and which bytes. */
export type Moment = Pick<Signature, 'network' | 'userAgentSha256' | 'method'>

export type Signatory = { party: Party; name: string; email: string; capacity: string }

/** A document to be signed, by whom; its id is ours, and the same id is the same ceremony. */
export type Ceremony = {
  id: string
  document: { number: string; title: string; pdf: Uint8Array }
  signatories: Signatory[]
}

export type Progress = 'waiting' | 'signed' | 'refused' | 'expired' | 'cancelled'

/**
 * Who gives a signature its value: METIS itself, at the simple level (eIDAS art. 25), or a service of a
 * higher level. How to write one for a real provider: docs/signatures.md.
 *
 * Each call may be made again: same question, same answer. A call throws `Unreachable` when nobody
 * knows, and is made again a minute later; any other error ends the ceremony, and nothing is signed.
 */
export type SignatureProvider = {
  /** Kept with the signature, printed in its evidence. */
  name: string
  /** As the operator states it: METIS checks no list of trusted providers. */
  level: 'simple' | 'advanced' | 'qualified'
  /** `reference`: the provider's own name for it. `link`: the page where the person signs, if any. */
  start(ceremony: Ceremony): Promise<{ reference: string; link?: string }>
  follow(reference: string): Promise<Progress>
  /** Once signed: the PDF, whose head must be the one sent, and the provider's own evidence. */
  takeBack(reference: string): Promise<{ pdf: Uint8Array; evidence: unknown }>
  cancel(reference: string): Promise<void>
  /** The id of the ceremony that a call to our webhook speaks of, once proven to come from it. */
  heard(call: { signature: string; body: string; at: Date }): string | undefined
}

/** The service gave no answer that can be understood: asked again later. */
export class Unreachable extends Error {}

/**
 * The signature inside METIS: the press of the button is the whole ceremony, and the bytes are signed
 * by what is kept of that moment, in the same transaction.
 */
export function insideProvider(place: Pick<Place, 'device' | 'actor'>) {
  const kept = new Map<string, Uint8Array>()
  return {
    name: METIS,
    level: 'simple',
    start: async ({ id, document }) => {
      kept.set(id, document.pdf)
      return { reference: id }
    },
    follow: async (reference) => (kept.has(reference) ? 'signed' : 'waiting'),
    takeBack: async (reference) => {
      const pdf = kept.get(reference)
      if (!pdf) throw new Error('nothing was asked of the inside signature')
      return { pdf, evidence: momentOf(place) }
    },
    cancel: async (reference) => {
      kept.delete(reference)
    },
    heard: () => undefined,
  } satisfies SignatureProvider
}

function momentOf(place: Pick<Place, 'device' | 'actor'>): Moment {
  const { network, userAgent } = place.device ?? {}
  return {
    network: shortNetwork(network) ?? null,
    // Enough to recognise the same browser, too little to describe it.
    userAgentSha256: userAgent === undefined ? null : sha256(userAgent),
    method: place.actor?.isProven ? 'two_factors' : 'one_factor',
  }
}
