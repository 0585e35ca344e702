import { found } from '#people'
import type { Tx } from '#platform'
import { providerEvidence } from './ceremonies-store.ts'
import { layersOf } from './layers-store.ts'
import { METIS, type Party } from './rules.ts'
import { documentById, signaturesOf } from './store.ts'

/** All that METIS can show of the signatures of one document: for its parties, and for a judge. */
export type SignatureEvidence = {
  document: {
    number: string
    title: string
    sha256: string
    verificationCode: string
    madeAt: string
  }
  level: 'simple' | 'asStatedByProvider'
  /** What providers outside METIS gave with their signatures, as they gave it. */
  providerEvidence: { party: string; evidence: unknown }[]
  /**
   * What was appended to the document's own bytes, and the digest of the whole file with it; the last
   * is the seal of METIS. The first `signedBytes` of the file are the document that was signed.
   */
  layers: { madeBy: string; madeAt: string; sha256: string; certificateSha256: string }[]
  signedBytes: number
  signatures: {
    party: Party
    name: string
    capacity: string
    personId: string
    signedAt: string
    documentSha256: string
    method: string | null
    network: string | null
    userAgentSha256: string | null
    provider: string | null
  }[]
}

export async function evidenceOf(
  tx: Tx,
  territoryId: string,
  documentId: string,
): Promise<SignatureEvidence> {
  const document = found(await documentById(tx, territoryId, documentId))
  const { number, title, sha256, verificationCode, madeAt } = document
  const signatures = await signaturesOf(tx, territoryId, documentId)
  const layers = await layersOf(tx, territoryId, documentId)
  return {
    document: { number, title, sha256, verificationCode, madeAt: madeAt.toISOString() },
    level: signatures.every(({ provider }) => provider === null || provider === METIS)
      ? 'simple'
      : 'asStatedByProvider',
    providerEvidence: await providerEvidence(tx, territoryId, documentId),
    layers: layers.map(({ madeBy, madeAt, sha256, certificateSha256 }) => {
      return { madeBy, madeAt: madeAt.toISOString(), sha256, certificateSha256 }
    }),
    signedBytes: document.pdf.length,
    signatures: signatures.map((one) => ({
      party: one.party,
      name: one.signatoryName,
      capacity: one.signatoryCapacity,
      personId: one.personId,
      signedAt: one.signedAt.toISOString(),
      documentSha256: one.documentSha256,
      method: one.method,
      network: one.network,
      userAgentSha256: one.userAgentSha256,
      provider: one.provider,
    })),
  }
}
