import { randomBytes } from 'node:crypto'
import {
  BitString,
  Integer,
  ObjectIdentifier,
  OctetString,
  PrintableString,
  Sequence,
  Set as SetOf,
  Utf8String,
} from 'asn1js'
import { BasicConstraints, Certificate, Extension, RelativeDistinguishedNames } from 'pkijs'

export type SealPair = { privateKey: Buffer; certificate: Buffer }

// X.509 attributes and extensions (RFC 5280).
const ORGANISATION = '2.5.4.10'
const COMMON_NAME = '2.5.4.3'
const COUNTRY = '2.5.4.6'
const BASIC_CONSTRAINTS = '2.5.29.19'
const KEY_USAGE = '2.5.29.15'
const SUBJECT_KEY = '2.5.29.14'

const VALID_YEARS = 10

/**
 * A P-256 key and the certificate that it signs for itself: it seals, and vouches for nobody else. A
 * reader of PDF shows the name and says that nobody it trusts stands behind it.
 */
export async function makePair(organisation: string, now: Date): Promise<SealPair> {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const keys = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const certificate = new Certificate()
  certificate.version = 2
  // RFC 5280 4.1.2.2: positive, 20 octets at most.
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  certificate.serialNumber = new Integer({ valueHex: serial })
  const name = nameOf(organisation)
  certificate.subject = RelativeDistinguishedNames.fromBER(name)
  certificate.issuer = RelativeDistinguishedNames.fromBER(name)
  certificate.notBefore.value = now
  certificate.notAfter.value = new Date(now)
  certificate.notAfter.value.setUTCFullYear(now.getUTCFullYear() + VALID_YEARS)
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey)
  const spki = await crypto.subtle.exportKey('spki', keys.publicKey)
  certificate.extensions = extensionsFor(await crypto.subtle.digest('SHA-1', spki))
  await certificate.sign(keys.privateKey, 'SHA-256')
  return {
    privateKey: Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
    certificate: Buffer.from(certificate.toSchema().toBER()),
  }
}

/** One attribute a step, as readers expect; pkijs would write them all as one. */
function nameOf(organisation: string): ArrayBuffer {
  const title = organisation === 'METIS' ? 'Cachet METIS' : `Cachet METIS – ${organisation}`
  const steps = [
    [COUNTRY, new PrintableString({ value: 'FR' })],
    [ORGANISATION, new Utf8String({ value: organisation })],
    [COMMON_NAME, new Utf8String({ value: title })],
  ] as const
  const value = steps.map(([type, text]) => {
    const pair = new Sequence({ value: [new ObjectIdentifier({ value: type }), text] })
    return new SetOf({ value: [pair] })
  })
  return new Sequence({ value }).toBER()
}

function extensionsFor(keyDigest: ArrayBuffer): Extension[] {
  // digitalSignature and nonRepudiation: the two highest bits, six unused.
  const usage = new BitString({ valueHex: new Uint8Array([0xc0]), unusedBits: 6 })
  return [
    extension(BASIC_CONSTRAINTS, new BasicConstraints({ cA: false }).toSchema(), true),
    extension(KEY_USAGE, usage, true),
    extension(SUBJECT_KEY, new OctetString({ valueHex: keyDigest }), false),
  ]
}

function extension(id: string, value: { toBER: () => ArrayBuffer }, isCritical: boolean) {
  return new Extension({ extnID: id, critical: isCritical, extnValue: value.toBER() })
}
