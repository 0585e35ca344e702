import { addMonths, type Cents, dayOf, formatInstant, type Minutes } from '#kit'
import { lawOn, renderPdf } from '#platform'
import { dated, euros, hours, type Issuer, issuerParts } from './parts.ts'

export type DepositReceipt = {
  reference: string
  issuer: Issuer
  /** CRPA art. R.112-11-1: the service in charge and how to reach it. */
  service: { name: string; phone: string; email: string }
  association: { name: string; identifier: string }
  campaign: string
  depositedAt: Date
  askedCents: Cents
  askedMinutes: Minutes
  /** Each with the digest of its bytes: the file kept is the file sent. */
  pieces: { name: string; sha256: string }[]
  /** Told once, so that nobody is asked twice (CRPA art. L.114-8). */
  fetchedFrom: string[]
  court: string
  /** Whoever receives the paper checks it there, without an account. */
  verification: { address: string; code: string }
}

/** The acknowledgement of an application (CRPA art. L.112-11): two months of silence are a rejection. */
export function depositReceiptPdf(receipt: DepositReceipt): Uint8Array {
  const depositedOn = dayOf(receipt.depositedAt)
  const law = lawOn(depositedOn)
  return renderPdf({
    template: '/documents/templates/deposit-receipt.typ',
    title: `Accusé de réception ${receipt.reference} — ${receipt.association.name}`,
    language: 'fr',
    createdAt: receipt.depositedAt,
    data: {
      ...receipt,
      issuer: issuerParts(receipt.issuer),
      depositedAt: formatInstant(receipt.depositedAt),
      askedMinutes: undefined,
      askedCents: undefined,
      cash: euros(receipt.askedCents),
      hours: hours(receipt.askedMinutes),
      silenceMonths: law.implicitRejectionMonths,
      rejectedOn: dated(addMonths(depositedOn, law.implicitRejectionMonths)),
      appealMonths: law.appealMonths,
    },
  })
}
