import { formatInstant } from '#kit'
import { renderPdf } from '#platform'
import type { SignatureEvidence } from '../evidence.ts'
import { type Issuer, issuerParts } from './parts.ts'

const parties = {
  municipality: 'Commune',
  company: 'Entreprise',
  association: 'Association',
  employee: 'Salariée ou salarié',
}
const methods: Record<string, string> = {
  one_factor: 'session ouverte par un seul facteur',
  two_factors: 'session ouverte avec un second facteur',
}
const unknown = 'non conservé'

/** Drawn anew each time from what was written once; the same facts are in the JSON. */
export function signatureEvidencePdf(
  issuer: Issuer,
  evidence: SignatureEvidence,
  createdAt: Date,
): Uint8Array {
  const { document, signatures, layers, signedBytes } = evidence
  return renderPdf({
    template: '/documents/templates/signature-evidence.typ',
    title: `Preuve de signature — ${document.title}`,
    language: 'fr',
    createdAt,
    data: {
      issuer: issuerParts(issuer),
      document: { ...document, madeAt: formatInstant(new Date(document.madeAt)) },
      signedBytes: String(signedBytes),
      layers: layers.map((one) => ({ ...one, madeAt: formatInstant(new Date(one.madeAt)) })),
      signatures: signatures.map((one) => ({
        ...one,
        party: parties[one.party],
        signedOn: formatInstant(new Date(one.signedAt)),
        method: methods[one.method ?? ''] ?? unknown,
        network: one.network ?? unknown,
        userAgentSha256: one.userAgentSha256 ?? unknown,
        provider: one.provider ?? 'metis',
        isSame: one.documentSha256 === document.sha256,
      })),
    },
  })
}
