import { type Cents, cents } from '#kit'

export type ThresholdFacts = {
  /** The year's cash from this commune: one request a year makes one award. */
  cashCents: Cents
  /** The only budget that METIS knows; the law compares with that of the body. */
  projectBudgetCents: Cents | undefined
  /** The two years before, from this commune. */
  earlierCents: Cents
}

export type ThresholdLaw = {
  agreementAboveCents: Cents
  certifiedAccountsAboveCents: Cents
  certifiedAccountsBudgetPercent: bigint
  auditorAboveCents: Cents
  deMinimisThreeYearsCents: Cents
}

export const thresholds = [
  'agreement',
  'certifiedAccounts',
  'halfBudget',
  'auditor',
  'deMinimis',
] as const
/** Its sentence says the consequence, the base of comparison and the text. */
export type Threshold = (typeof thresholds)[number]

/** DOMAIN 4.2. Hours are gifts of companies: they enter none of these sums. */
export function thresholdsPassed(
  { cashCents, projectBudgetCents, earlierCents }: ThresholdFacts,
  law: ThresholdLaw,
): Threshold[] {
  const threeYearsCents = cents(cashCents + earlierCents)
  const half = law.certifiedAccountsBudgetPercent
  const isHalf =
    projectBudgetCents !== undefined &&
    projectBudgetCents > 0n &&
    cashCents * 100n > projectBudgetCents * half
  const isPassed: Record<Threshold, boolean> = {
    agreement: cashCents > law.agreementAboveCents,
    certifiedAccounts: cashCents > law.certifiedAccountsAboveCents,
    halfBudget: isHalf && cashCents <= law.certifiedAccountsAboveCents,
    auditor: cashCents > law.auditorAboveCents,
    deMinimis: threeYearsCents > law.deMinimisThreeYearsCents,
  }
  return thresholds.filter((threshold) => isPassed[threshold])
}
