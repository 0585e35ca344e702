import { type Day, type Minutes, sumMinutes } from '#kit'
import { renderPdf } from '#platform'
import { dated, hours, type Issuer, issuerParts } from './parts.ts'

export type PledgeLetter = {
  issuer: Issuer
  /** `representative` is left for the pen where nobody is named yet. */
  company: { name: string; identifier: string; address: string }
  representative: { name: string; role: string } | undefined
  campaign: string
  hours: { family: string; minutes: Minutes }[]
  /** Hours are given in whole sessions; unsaid where the company has not chosen yet. */
  blockMinutes: Minutes | undefined
  from: Day
  to: Day
  createdAt: Date
}

/** The letter by which an empowered person commits the company: printed, signed, sent to the commune. */
export function pledgeLetterPdf(letter: PledgeLetter): Uint8Array {
  const { company, representative, blockMinutes } = letter
  return renderPdf({
    template: '/documents/templates/pledge-letter.typ',
    title: `Lettre d’engagement — ${company.name}`,
    language: 'fr',
    createdAt: letter.createdAt,
    data: {
      issuer: issuerParts(letter.issuer),
      issuerAddress: letter.issuer.address ?? null,
      company,
      representative: representative ?? null,
      campaign: letter.campaign,
      hours: letter.hours.map((line) => [line.family, hours(line.minutes)]),
      total: hours(sumMinutes(letter.hours.map((line) => line.minutes))),
      block: blockMinutes === undefined ? null : hours(blockMinutes),
      from: dated(letter.from),
      to: dated(letter.to),
    },
  })
}
