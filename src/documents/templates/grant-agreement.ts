import { type Cents, type Day, type Minutes, sumCents, sumMinutes } from '#kit'
import { renderPdf } from '#platform'
import { amountInWords } from '../amount-in-words.ts'
import {
  dated,
  euros,
  hours,
  type Issuer,
  issuerParts,
  type Party,
  type Signed,
  signedLine,
} from './parts.ts'

export type GrantAgreement = {
  reference: string
  issuer: Issuer
  commune: Party
  association: Party
  campaign: string
  /** What the association does with the grant, in its own words. */
  object: string
  from: Day
  to: Day
  deliberation: { number: string; on: Day }
  cash: { amountCents: Cents; budgetLine: string; payments: GrantPayment[] }
  reportDueOn: Day
  /** For information: gifts of companies to the association, never an amount of the commune. */
  hoursCredit: { family: string; minutes: Minutes }[]
  signed: { commune?: Signed; association?: Signed }
  createdAt: Date
}

export type GrantPayment = { when: string; amountCents: Cents }

/** The agreement between commune and association (loi 2000-321 art. 9-1 and 10): cash alone; hours in an annex. */
export function grantAgreementPdf(agreement: GrantAgreement): Uint8Array {
  const { cash, signed } = agreement
  const planned = sumCents(cash.payments.map(({ amountCents }) => amountCents))
  if (planned !== cash.amountCents)
    throw new Error(`payments of ${agreement.reference} make ${planned}, not ${cash.amountCents}`)
  return renderPdf({
    template: '/documents/templates/grant-agreement.typ',
    title: `Convention de subvention ${agreement.reference} — ${agreement.association.name}`,
    language: 'fr',
    createdAt: agreement.createdAt,
    data: {
      ...agreement,
      issuer: issuerParts(agreement.issuer),
      // Numbered, these are the very bytes that are signed, then sealed: no draft any more.
      draft: agreement.reference === '',
      from: dated(agreement.from),
      to: dated(agreement.to),
      reportDueOn: dated(agreement.reportDueOn),
      deliberation: { number: agreement.deliberation.number, on: dated(agreement.deliberation.on) },
      cash: {
        budgetLine: cash.budgetLine,
        figures: euros(cash.amountCents),
        words: amountInWords(cash.amountCents),
        payments: cash.payments.map(({ when, amountCents }) => [when, euros(amountCents)]),
      },
      hoursCredit: agreement.hoursCredit.map((line) => [line.family, hours(line.minutes)]),
      hoursTotal: hours(sumMinutes(agreement.hoursCredit.map((line) => line.minutes))),
      signed: { commune: signedLine(signed.commune), association: signedLine(signed.association) },
    },
  })
}
