import { formatEuros } from '#kit'
import type { Place } from '#people'
import { lawOn } from '#platform'
import type { Threshold, ThresholdLaw } from '../threshold-rules.ts'

/** What the law asks above an amount, in words with its text: the agent's to check. */
export function ThresholdsCard({ place, passed }: { place: Place; passed: Threshold[] }) {
  const { say, language, today } = place
  if (passed.length === 0) return null
  const law = lawOn(today)
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:threshold.title')}
      </h2>
      <ul class="ds-list">
        {passed.map((threshold) => (
          <li>{say(`awards:threshold.${threshold}`, amountsOf(law, language))}</li>
        ))}
      </ul>
      <p class="hint">{say('awards:threshold.note')}</p>
    </section>
  )
}

/** The figures that the sentences name: dated constants, never written in a text. */
export function amountsOf(law: ThresholdLaw, language: string): Record<string, string> {
  return {
    agreement: formatEuros(law.agreementAboveCents, language),
    accounts: formatEuros(law.certifiedAccountsAboveCents, language),
    percent: String(law.certifiedAccountsBudgetPercent),
    auditor: formatEuros(law.auditorAboveCents, language),
    deMinimis: formatEuros(law.deMinimisThreeYearsCents, language),
  }
}
