import { createHash } from 'node:crypto'
import type { Signer } from '@libpdf/core'
import { type BaseBlock, fromBER, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js'
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs'

export const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaWithSha256: '1.2.840.113549.1.1.11',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
}

/**
 * The detached CMS of a PAdES baseline signature (EN 319 142-1, 6.3): content type, digest and signing
 * certificate are signed, and no signing time, which that level leaves to the PDF's own `/M`.
 */
export async function detachedCms(signer: Signer, digest: Uint8Array): Promise<Buffer> {
  const certificate = Certificate.fromBER(new Uint8Array(signer.certificate))
  const signed = new SignedAndUnsignedAttributes({
    type: 0,
    attributes: inOrder([
      attribute(oid.contentType, new ObjectIdentifier({ value: oid.data })),
      attribute(oid.messageDigest, new OctetString({ valueHex: digest })),
      attribute(oid.signingCertificateV2, signingCertificate(signer.certificate)),
    ]),
  })
  const sha256 = new AlgorithmIdentifier({ algorithmId: oid.sha256 })
  const info = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({
      issuer: certificate.issuer,
      serialNumber: certificate.serialNumber,
    }),
    digestAlgorithm: sha256,
    signatureAlgorithm: algorithmOf(signer),
    signedAttrs: signed,
    signature: new OctetString({
      valueHex: await signer.sign(signedBytes(signed), 'SHA-256'),
    }),
  })
  const chain = (signer.certificateChain ?? []).map((one) =>
    Certificate.fromBER(new Uint8Array(one)),
  )
  const content = new SignedData({
    version: 1,
    digestAlgorithms: [sha256],
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: oid.data }),
    certificates: [certificate, ...chain],
    signerInfos: [info],
  }).toSchema(true)
  return Buffer.from(new ContentInfo({ contentType: oid.signedData, content }).toSchema().toBER())
}

/** RFC 5652 5.4: what is signed is the SET OF, not the tagged field that carries it. */
export function signedBytes(attributes: SignedAndUnsignedAttributes): Uint8Array {
  const bytes = new Uint8Array(attributes.toSchema().toBER())
  bytes[0] = 0x31
  return bytes
}

function algorithmOf({ keyType, signatureAlgorithm }: Signer): AlgorithmIdentifier {
  if (keyType === 'EC') return new AlgorithmIdentifier({ algorithmId: oid.ecdsaWithSha256 })
  if (signatureAlgorithm === 'RSASSA-PKCS1-v1_5')
    return new AlgorithmIdentifier({ algorithmId: oid.rsaWithSha256, algorithmParams: new Null() })
  throw new Error(`a seal by ${signatureAlgorithm} is not known here`)
}

function attribute(type: string, value: BaseBlock): Attribute {
  return new Attribute({ type, values: [value] })
}

// RFC 5035: SigningCertificateV2 { certs { ESSCertIDv2 { certHash } } }; SHA-256 is the default, left out in DER.
function signingCertificate(certificate: Uint8Array): Sequence {
  const hash = new OctetString({ valueHex: createHash('sha256').update(certificate).digest() })
  const id = new Sequence({ value: [hash] })
  return new Sequence({ value: [new Sequence({ value: [id] })] })
}

/** DER writes a set in the order of its bytes, whatever the order it was made in. */
function inOrder(attributes: Attribute[]): Attribute[] {
  const bytes = (one: Attribute) => Buffer.from(one.toSchema().toBER())
  return attributes.toSorted((one, other) => Buffer.compare(bytes(one), bytes(other)))
}

/** The signed data in these bytes, which zeros may follow; throws when there is none. */
export function readCms(padded: Uint8Array): SignedData {
  const { result, offset } = fromBER(new Uint8Array(padded))
  if (offset === -1) throw new Error('no CMS')
  return new SignedData({ schema: new ContentInfo({ schema: result }).content })
}
