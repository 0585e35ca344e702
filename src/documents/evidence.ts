import { found } from '#people'
import type { Tx } from '#platform'
import type { Party } from './rules.ts'
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
  level: 'simple'
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
  return {
    document: { number, title, sha256, verificationCode, madeAt: madeAt.toISOString() },
    level: 'simple',
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
