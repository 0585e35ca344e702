import { randomBytes } from 'node:crypto'
import { BitString, Integer, OctetString, PrintableString, Utf8String } from 'asn1js'
import { AttributeTypeAndValue, BasicConstraints, Certificate, Extension } from 'pkijs'

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
  for (const name of [certificate.subject, certificate.issuer])
    name.typesAndValues.push(
      new AttributeTypeAndValue({ type: COUNTRY, value: new PrintableString({ value: 'FR' }) }),
      new AttributeTypeAndValue({
        type: ORGANISATION,
        value: new Utf8String({ value: organisation }),
      }),
      new AttributeTypeAndValue({
        type: COMMON_NAME,
        value: new Utf8String({ value: `Cachet METIS – ${organisation}` }),
      }),
    )
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
