import type { Cents, Day, Rna, Siren, Siret } from '#kit'
import type { GrantNature } from './natures.ts'

/** One line of a grants file, understood. Only `amountCents` is cash; the rest of the help stands apart. */
export type Grant = {
  grantorName?: string
  grantorSiret?: Siret
  grantorSiren?: Siren
  agreedOn?: Day
  /** The year of the grant, and where it was read. */
  year?: number
  yearFrom?: 'year-column' | 'agreed-on' | 'payment-period' | 'file'
  decisionReference?: string
  beneficiaryName: string
  beneficiarySiret?: Siret
  beneficiarySiren?: Siren
  beneficiaryRna?: Rna
  beneficiaryKind?: string
  /** No page that the public sees may name this beneficiary (RGPD art. 5). */
  isNaturalPerson?: 'likely'
  purpose?: string
  sector?: string
  scheme?: string
  stage?: string
  /** Zero in a file of requests: nobody has decided yet, which is no refusal. */
  isUndecided?: true
  nature: GrantNature
  amountCents?: Cents
  requestedCents?: Cents
  proposedCents?: Cents
  alreadyAwardedCents?: Cents
  inKindDescription?: string
  inKindCents?: Cents
  loanCents?: Cents
  guaranteeCents?: Cents
  paymentConditions?: string
  paymentPeriod?: string
  aidRegisterId?: string
  isNotifiedToEurope?: boolean
  /** Part of the grant that goes to this beneficiary, 1 for all of it. */
  share?: number
}

export type GrantFieldOfText =
  | 'decisionReference'
  | 'beneficiaryKind'
  | 'purpose'
  | 'sector'
  | 'scheme'
  | 'stage'
  | 'inKindDescription'
  | 'paymentConditions'
  | 'paymentPeriod'
  | 'aidRegisterId'

/** What is wrong or doubtful in a line: the place, the value as written, and a code of texts/…/grants.json. */
export type LineRemark = {
  sheet: string
  line: number
  /** The header of the column, empty when the whole line is meant. */
  column: string
  value: string
  code: string
  values?: Record<string, string | number>
}

export type SkipReason = 'title' | 'repeated-header' | 'total' | 'note'

export type AcceptedLine = {
  sheet: string
  line: number
  grant: Grant
  /** The same for the same content at the same rank among identical lines: importing twice changes nothing. */
  lineKey: string
  warnings: LineRemark[]
}
export type RefusedLine = { sheet: string; line: number; refusals: LineRemark[] }
export type SkippedLine = { sheet: string; line: number; skipped: SkipReason }
export type LineOutcome = AcceptedLine | RefusedLine | SkippedLine
