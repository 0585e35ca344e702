import type { Cents, Day, Minutes } from '#kit'
import { lawOn, renderPdf } from '#platform'
import { dated, euros, hours, type Issuer, issuerParts } from './parts.ts'

export type AwardNotice = {
  reference: string
  issuer: Issuer
  association: { name: string; address: string }
  campaign: string
  writtenOn: Day
  deliberation: { number: string; on: Day }
  cash: { askedCents: Cents; grantedCents: Cents }
  hours: { family: string; askedMinutes: Minutes; grantedMinutes: Minutes }[]
  /** Why this amount and these hours, one plain sentence each. */
  reasons: string[]
  /** CRPA art. L.311-3-1: present as soon as an algorithm had a part in the decision. */
  algorithm?: { purpose: string; rulesAddress: string; contact: string }
  nextSteps: string[]
  remedies: { authority: string; court: string }
  /** CRPA art. L.212-1: first name, name and capacity of who decides. */
  signatory: { name: string; role: string }
  createdAt: Date
}

/** The letter that tells an association what was decided, why, and how it may be contested. */
export function awardNoticePdf(notice: AwardNotice): Uint8Array {
  return renderPdf({
    template: '/documents/templates/award-notice.typ',
    title: `Notification ${notice.reference} — ${notice.association.name}`,
    language: 'fr',
    createdAt: notice.createdAt,
    data: noticeData(notice),
  })
}

/** What the template prints: also of each draft before the vote. */
export function noticeData(notice: AwardNotice) {
  const { cash, deliberation, writtenOn } = notice
  return {
    ...notice,
    issuer: issuerParts(notice.issuer),
    issuerAddress: notice.issuer.address ?? null,
    writtenOn: dated(writtenOn),
    deliberation: { number: deliberation.number, on: dated(deliberation.on) },
    isGranted: cash.grantedCents > 0n,
    cash: { asked: euros(cash.askedCents), granted: euros(cash.grantedCents) },
    hours: notice.hours.map((line) => [
      line.family,
      hours(line.askedMinutes),
      hours(line.grantedMinutes),
    ]),
    algorithm: notice.algorithm ?? null,
    appealMonths: lawOn(writtenOn).appealMonths,
    needsAgreement: cash.grantedCents > lawOn(writtenOn).agreementAboveCents,
  }
}
