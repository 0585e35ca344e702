import { actorOf, type Place } from '#people'
import { sha256 } from '#platform'
import { shortNetwork } from './rules.ts'
import type { DocumentRow, Signature } from './store.ts'

/** What is kept of the moment of a signature, beside who, when and which bytes. */
export type SealEvidence = Pick<Signature, 'network' | 'userAgentSha256' | 'method'>

/**
 * Who gives a signature its value. The one inside METIS is of the simple level (eIDAS art. 25). A
 * trust-service provider of a higher level is another object of this shape: it is handed the sealed
 * document, and answers with what it keeps or throws, in which case nothing is signed.
 */
export type SignatureProvider = {
  /** Kept with the signature, printed in its evidence. */
  name: string
  level: 'simple' | 'advanced' | 'qualified'
  seal: (place: Place, document: DocumentRow) => Promise<SealEvidence>
}

export const insideProvider: SignatureProvider = {
  name: 'metis',
  level: 'simple',
  seal: async (place) => {
    const { network, userAgent } = place.device ?? {}
    return {
      network: shortNetwork(network) ?? null,
      // Enough to recognise the same browser, too little to describe it.
      userAgentSha256: userAgent === undefined ? null : sha256(userAgent),
      method: actorOf(place).isProven ? 'two_factors' : 'one_factor',
    }
  },
}
