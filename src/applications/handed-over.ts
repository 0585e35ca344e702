import { sha256 } from '#platform'
import type { Application } from './rules.ts'

/**
 * What the journal keeps of a file handed over: amounts, hours and dates as they are; of what a
 * person wrote, the digest alone, which shows a change without keeping their words for ever.
 */
export function handedOver(application: Application): Record<string, unknown> {
  const { projectTitle, projectSummary, beneficiaries, needs } = application
  return {
    texts: sha256([projectTitle, projectSummary, beneficiaries].join('\n')),
    envelopeId: application.envelopeId,
    askedCents: application.askedCents,
    usefulCents: application.usefulCents,
    budgetChargesCents: application.budgetChargesCents,
    budgetProductsCents: application.budgetProductsCents,
    needs: needs.map(({ family, minMinutes, maxMinutes, startsOn, endsOn }) => ({
      family,
      minMinutes,
      maxMinutes,
      startsOn,
      endsOn,
    })),
  }
}
