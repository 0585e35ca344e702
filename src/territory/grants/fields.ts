/** What a column of a grants file can mean. The names are those of `Grant`, and stay stable in stored mappings. */
export const grantFields = [
  'grantorName',
  'grantorId',
  'agreedOn',
  'year',
  'decisionReference',
  'beneficiaryName',
  'beneficiarySiret',
  'beneficiarySiren',
  'beneficiaryRna',
  'beneficiaryKind',
  'purpose',
  'sector',
  'scheme',
  'stage',
  'amountCents',
  'operatingCents',
  'investmentCents',
  'requestedCents',
  'proposedCents',
  'alreadyAwardedCents',
  'nature',
  'inKindDescription',
  'inKindCents',
  'loanCents',
  'guaranteeCents',
  'paymentConditions',
  'paymentPeriod',
  'aidRegisterId',
  'europeanNotice',
  'share',
] as const

export type GrantField = (typeof grantFields)[number]

export const moneyFields = [
  'amountCents',
  'operatingCents',
  'investmentCents',
  'requestedCents',
  'proposedCents',
  'alreadyAwardedCents',
  'inKindCents',
  'loanCents',
  'guaranteeCents',
] as const satisfies GrantField[]

export type MoneyField = (typeof moneyFields)[number]

export function isMoneyField(field: GrantField): field is MoneyField {
  return moneyFields.some((one) => one === field)
}

/** A header and what it was taken for; `field` is absent when the column is ignored. */
export type MappedColumn = { header: string; field?: GrantField; confidence: number }
