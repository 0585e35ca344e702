import { type Cents, type Day, dayOf, type Minutes } from '#kit'
import { renderPdf } from '#platform'
import { dated, euros, hours } from './parts.ts'

/** What an association's accountant copies at the foot of the income statement, and in the annex. */
export type InKindNote = {
  association: { name: string; identifier: string }
  from: Day
  to: Day
  /** Both sides of the same amount, account by account. */
  accounts: { number: string; label: string; side: 'debit' | 'credit' }[]
  companies: { name: string; receiptsCount: number; minutes: Minutes; valueCents: Cents }[]
  receipts: {
    number: string
    company: string
    mission: string
    minutes: Minutes
    valueCents: Cents
  }[]
  total: { receiptsCount: number; minutes: Minutes; valueCents: Cents }
  /** The text to copy, one paragraph each. */
  annex: string[]
  createdAt: Date
}

/** A working paper of the association: neither numbered nor signed, drawn anew at each request. */
export function inKindNotePdf(note: InKindNote): Uint8Array {
  const { association, total } = note
  return renderPdf({
    template: '/documents/templates/in-kind-note.typ',
    title: `Contributions volontaires en nature — ${association.name}`,
    language: 'fr',
    createdAt: note.createdAt,
    data: {
      association,
      annex: note.annex,
      accounts: note.accounts,
      from: dated(note.from),
      to: dated(note.to),
      drawnOn: dated(dayOf(note.createdAt)),
      hours: hours(total.minutes),
      value: euros(total.valueCents),
      count: String(total.receiptsCount),
      companies: note.companies.map((line) => [
        line.name,
        String(line.receiptsCount),
        hours(line.minutes),
        euros(line.valueCents),
      ]),
      receipts: note.receipts.map((line) => [
        line.number,
        `${line.company} — ${line.mission}`,
        hours(line.minutes),
        euros(line.valueCents),
      ]),
    },
  })
}
