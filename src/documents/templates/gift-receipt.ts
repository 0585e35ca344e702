import { type Cents, canonicalJson, cents, type Day, type Minutes, type Siren } from '#kit'
import { qrDrawing, renderPdf } from '#platform'
import { amountInWords } from '../amount-in-words.ts'
import { type Address, addressLine, dated, euros, hours, quoted } from './parts.ts'
import { type ReceiptCategory, receiptCategoryLabel } from './receipt-categories.ts'

export type CashForm = 'notes' | 'cheque' | 'transfer' | 'other'

export type GiftReceipt = {
  /** `16216*03`: the model in force, from the law of the day. */
  cerfaVersion: string
  association: {
    name: string
    /** SIREN, RNA, or the registration number in Alsace-Moselle. */
    identifier: string
    address: Address
    purpose: string
    category: ReceiptCategory
  }
  company: { name: string; legalForm: string; siren: Siren; address: Address }
  /** The value is the one that the company declared: note 5 of the model. */
  inKind: { amountCents: Cents; missions: ReceiptMission[] }
  cash: { amountCents: Cents; forms: CashForm[] }
  from: Day
  to: Day
  /** A draft carries no number: it is given when the receipt is signed and issued. */
  status:
    | { state: 'draft' }
    | { state: 'issued'; number: string; signedOn: Day; signatory: { name: string; role: string } }
  verification: { address: string; code: string }
  createdAt: Date
}

/** Without the employee's name: nobody needs it on a tax document. */
export type ReceiptMission = {
  title: string
  qualification: string
  workedMinutes: Minutes
  from: Day
  to: Day
  agreementReference: string
}

/** The receipt of the association to the company (CGI art. 238 bis, 5 bis), with its data attached as JSON. */
export function giftReceiptPdf(receipt: GiftReceipt): Uint8Array {
  const { association, company, status } = receipt
  const totalCents = totalOf(receipt)
  return renderPdf({
    template: '/documents/templates/gift-receipt.typ',
    title: `Reçu de dons d’entreprise — ${association.name} — ${company.name}`,
    language: 'fr',
    createdAt: receipt.createdAt,
    attachments: [
      {
        name: 'recu.json',
        description: 'Données du reçu, lisibles par une machine',
        mimeType: 'application/json',
        content: giftReceiptJson(receipt),
      },
    ],
    data: {
      cerfaVersion: receipt.cerfaVersion,
      number: status.state === 'issued' ? status.number : null,
      association: {
        ...association,
        address: addressLine({ country: 'France', ...association.address }),
      },
      categoryLabel: receiptCategoryLabel(association.category),
      company: { ...company, address: addressLine(company.address) },
      inKind: {
        ...amount(receipt.inKind.amountCents),
        missions: receipt.inKind.missions.map(missionLine),
      },
      cash: { ...amount(receipt.cash.amountCents), forms: receipt.cash.forms },
      total: amount(totalCents),
      from: dated(receipt.from),
      to: dated(receipt.to),
      signature: status.state === 'issued' ? { ...status, on: dated(status.signedOn) } : null,
      verification: { ...receipt.verification, ...verificationLink(receipt.verification) },
    },
  })
}

/** The same receipt for a machine: what is attached to the PDF. */
export function giftReceiptJson(receipt: GiftReceipt): string {
  const { createdAt: _, ...said } = receipt
  return canonicalJson({ ...said, totalCents: totalOf(receipt) })
}

/** Where a telephone goes: the public page of this very receipt. */
function verificationLink({ address, code }: GiftReceipt['verification']) {
  const link = `${address}/${code}`
  return { link, qr: qrDrawing(link) }
}

function totalOf({ inKind, cash }: GiftReceipt): Cents {
  return cents(inKind.amountCents + cash.amountCents)
}

function amount(value: Cents) {
  return { figures: euros(value), words: amountInWords(value) }
}

function missionLine(mission: ReceiptMission): string {
  return (
    `Mise à disposition gratuite de personnel — ${mission.qualification}, ` +
    `${hours(mission.workedMinutes)} du ${dated(mission.from)} au ${dated(mission.to)}, ` +
    `mission ${quoted(mission.title)} (convention n° ${mission.agreementReference}). ` +
    'Valorisation au coût de revient déclarée par l’entreprise.'
  )
}
