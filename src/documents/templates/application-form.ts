import { type Cents, formatInstant, type Minutes } from '#kit'
import { renderPdf } from '#platform'
import { euros, hours, type Issuer, issuerParts } from './parts.ts'

/** A whole application on paper, with the content of form 12156*06 and the hours beside it. */
export type ApplicationForm = {
  issuer: Issuer
  association: { name: string; identifier: string }
  campaign: string
  projectTitle: string
  askedCents: Cents | null
  askedMinutes: Minutes
  savedAt: Date
  /** Undefined while it is a draft. `sha256`: of the content handed over. */
  deposit: { number: string; depositedAt: Date; sha256: string } | undefined
  withdrawnAt: Date | null
  groups: { title: string; parts: FormPart[] }[]
}

export type FormPart = { title: string; blocks: FormBlock[] }

export type FormBlock =
  | { kind: 'facts'; title: string; facts: FormFact[] }
  | { kind: 'budget'; title: string; rows: FormBudgetRow[]; balance: string }
  | { kind: 'hours'; needs: FormNeed[] }
  | { kind: 'pieces'; pieces: { name: string; added: string; sha256: string }[] }
  | { kind: 'statements'; lead: string; lines: string[] }

/** Blank words are printed as not said: nobody wonders whether a line was lost. */
export type FormFact = { label: string; words: string }

/** Charges and products face to face, as the form prints them; a side may be blank. */
export type FormBudgetRow = {
  isTotal: boolean
  charge: FormAmount | null
  product: FormAmount | null
}
/** `isDetail`: one of the finer lines under its account. */
export type FormAmount = { label: string; amount: string; isDetail: boolean }

export type FormNeed = {
  family: string
  /** The ready mission that its words come from. */
  kit: string
  deliverable: string
  wished: string
  usefulFrom: string
  period: string
  place: string
}

/** The same content always gives the same bytes: its dates are those of the file, never those of its printing. */
export function applicationFormPdf(form: ApplicationForm): Uint8Array {
  const { deposit, association, withdrawnAt } = form
  return renderPdf({
    template: '/documents/templates/application-form.typ',
    title: deposit
      ? `Demande de subvention n° ${deposit.number} — ${association.name}`
      : `Demande de subvention, brouillon non déposé — ${association.name}`,
    language: 'fr',
    createdAt: deposit?.depositedAt ?? form.savedAt,
    data: {
      ...form,
      issuer: issuerParts(form.issuer),
      deposit: deposit ? { ...deposit, depositedAt: formatInstant(deposit.depositedAt) } : null,
      savedAt: formatInstant(form.savedAt),
      withdrawnAt: withdrawnAt && formatInstant(withdrawnAt),
      askedCents: undefined,
      askedMinutes: undefined,
      cash: form.askedCents === null ? null : euros(form.askedCents),
      hours: hours(form.askedMinutes),
    },
  })
}
