import { createHash, verify, X509Certificate } from 'node:crypto'
import type { SignerInfo } from 'pkijs'
import { oid, readCms, signedBytes } from './cms.ts'
import { type PlacedSignature, placedSignatures } from './placed.ts'

/** A signature found in a PDF. Whether its certificate deserves trust is not asked here. */
export type FoundSeal = {
  /** The bytes up to `endsAt` are those that were signed, by the key of this certificate. */
  isIntact: boolean
  endsAt: number
  certificate?: X509Certificate
}

const digests: Record<string, string> = {
  [oid.sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}
const RSA_PSS = '1.2.840.113549.1.1.10'

/** Every signature of a PDF, in the order they were put there. */
export function readSeals(pdf: Uint8Array): FoundSeal[] {
  return placedSignatures(pdf).map((place) => {
    const { endsAt } = place
    try {
      return { endsAt, ...checked(place) }
    } catch {
      return { endsAt, isIntact: false }
    }
  })
}

function checked({ signed, cms }: PlacedSignature) {
  const { signerInfos, certificates = [] } = readCms(cms)
  const [info] = signerInfos
  const own = info && certificates.map(certificateIn).find((one) => one && isOf(info, one))
  const hash = digests[info?.digestAlgorithm.algorithmId ?? '']
  if (!info?.signedAttrs || !own || !hash) return { isIntact: false }
  const value = (type: string) =>
    info.signedAttrs?.attributes.find((attribute) => attribute.type === type)?.values[0]
  const digest = Buffer.from(value(oid.messageDigest)?.valueBlock.valueHexView ?? [])
  const isSame = createHash(hash).update(signed).digest().equals(digest)
  // Dispatches on the kind of key; PSS is said by the algorithm alone.
  const isPss = info.signatureAlgorithm.algorithmId === RSA_PSS
  const key = isPss ? { key: own.publicKey, padding: 6, saltLength: -2 } : own.publicKey
  const signature = Buffer.from(info.signature.valueBlock.valueHexView)
  const isSigned = verify(hash, signedBytes(info.signedAttrs), key, signature)
  return { isIntact: isSame && isSigned, certificate: own }
}

function certificateIn(one: { toSchema: () => { toBER: () => ArrayBuffer } }) {
  try {
    return new X509Certificate(Buffer.from(one.toSchema().toBER()))
  } catch {
    return undefined
  }
}

function isOf(info: SignerInfo, certificate: X509Certificate): boolean {
  const serial = Buffer.from(info.sid.serialNumber?.valueBlock.valueHexView ?? []).toString('hex')
  return BigInt(`0x${serial || '0'}`) === BigInt(`0x${certificate.serialNumber}`)
}
