import { createHash } from 'node:crypto'
import { PDF, type Signer } from '@libpdf/core'
import { detachedCms } from './cms.ts'
import { placeOfLastSignature } from './placed.ts'

/**
 * The same PDF with a signature appended (PAdES B-B): the bytes given stay as they are, at the head of
 * the answer. The field is invisible and on no page, so that tags and pages are untouched.
 */
export async function sealPdf(
  pdf: Uint8Array,
  signer: Signer,
  { reason, at }: { reason: string; at: Date },
): Promise<Buffer> {
  const loaded = await PDF.load(pdf)
  // libpdf lays out the update; the CMS that it would put there has a signing time, which B-B forbids.
  const blank = { ...borrowed(signer), sign: async () => new Uint8Array(1) }
  const laid = await loaded.sign({ signer: blank, reason, signingTime: at, level: 'B-B' })
  const bytes = Buffer.from(laid.bytes)
  if (!bytes.subarray(0, pdf.length).equals(pdf)) throw new Error('a seal changed what it seals')
  const place = placeOfLastSignature(bytes)
  if (!place || place.endsAt !== bytes.length) throw new Error('a seal does not reach the end')
  const cms = await detachedCms(signer, createHash('sha256').update(place.signed).digest())
  const hex = cms.toString('hex').padEnd(place.hexLength, '0')
  if (hex.length > place.hexLength) throw new Error('the certificates of the seal are too long')
  bytes.write(hex, place.hexAt, 'latin1')
  return bytes
}

function borrowed({ certificate, keyType, signatureAlgorithm }: Signer) {
  return { certificate, keyType, signatureAlgorithm }
}
