import type { Day } from '#kit'
import { lawOn, renderPdf } from '#platform'
import { dated, type Issuer, issuerParts } from './parts.ts'

export type AwardLetter = {
  reference: string
  issuer: Issuer
  association: { name: string; address: string }
  writtenOn: Day
  /** What the letter is, in two or three words, then the sentence that heads it. */
  kind: string
  title: string
  paragraphs: string[]
  /** The agent's own words: facts, what is missing, reasons. */
  reasons: string
  amount?: string
  answerBy?: Day
  /** What the association may do: say what it has to say, or contest. */
  rights: string[]
  /** Only a decision may be contested before the court. */
  isDecision: boolean
  /** CRPA art. L.212-1. */
  signatory: { name: string; role: string }
  createdAt: Date
}

/** A letter about a grant already given: formal notice, repayment. */
export function awardLetterPdf(letter: AwardLetter): Uint8Array {
  return renderPdf({
    template: '/documents/templates/award-letter.typ',
    title: `${letter.kind} ${letter.reference} — ${letter.association.name}`,
    language: 'fr',
    createdAt: letter.createdAt,
    data: {
      ...letter,
      issuer: issuerParts(letter.issuer),
      issuerAddress: letter.issuer.address ?? null,
      writtenOn: dated(letter.writtenOn),
      reasons: letter.reasons.split(/\n+/),
      amount: letter.amount ?? null,
      answerBy: letter.answerBy ? dated(letter.answerBy) : null,
      appealMonths: lawOn(letter.writtenOn).appealMonths,
    },
  })
}
