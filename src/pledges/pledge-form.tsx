import type { Campaign } from '#campaigns'
import { cents } from '#kit'
import {
  CheckField,
  Euros,
  type Filled,
  type Language,
  OnceKey,
  RefusalSummary,
  SelectField,
  Submit,
  TextField,
} from '#platform'
import { modalities } from './rules.ts'
import { TermsFields } from './terms-form.tsx'

type FormProps = { filled: Filled; campaign: Campaign; families: string[]; action: string }

/** Hours by skill, then the conditions they share: two minutes. */
export function PledgeForm({ filled, campaign, families, action }: FormProps) {
  const { say } = filled
  return (
    <form class="stack" method="post" action={action}>
      <RefusalSummary filled={filled} />
      <OnceKey />
      <fieldset class="stack">
        <legend>{say('pledges:form.hours')}</legend>
        <p class="hint">{say('pledges:form.hoursHint')}</p>
        <div class="row">
          {families.map((family) => (
            <TextField
              filled={filled}
              name={`hours-${family}`}
              label={say(`campaigns:family.${family}`)}
              inputmode="decimal"
              suffix="h"
            />
          ))}
        </div>
      </fieldset>
      <Conditions filled={filled} campaign={campaign} />
      <TermsFields filled={filled} />
      <CheckField
        filled={filled}
        name="noCounterpart"
        label={say('pledges:form.noCounterpart')}
        hint={say('pledges:form.noCounterpartHint')}
      />
      <Submit>{say('pledges:form.send')}</Submit>
    </form>
  )
}

function Conditions({ filled, campaign }: Pick<FormProps, 'filled' | 'campaign'>) {
  const { say } = filled
  const choices = modalities.map((value) => ({ value, label: say(`pledges:modality.${value}`) }))
  return (
    <fieldset class="stack">
      <legend>{say('pledges:form.conditions')}</legend>
      <div class="row">
        <TextField
          filled={filled}
          name="startsOn"
          type="date"
          label={say('pledges:form.startsOn')}
          value={campaign.startsOn}
          required
        />
        <TextField
          filled={filled}
          name="endsOn"
          type="date"
          label={say('pledges:form.endsOn')}
          value={campaign.endsOn}
          required
        />
      </div>
      <TextField
        filled={filled}
        name="block"
        label={say('pledges:form.block')}
        hint={say('pledges:form.blockHint')}
        value="3 h 30"
        required
      />
      <SelectField
        filled={filled}
        name="modality"
        label={say('pledges:form.modality')}
        choices={choices}
      />
      <TextField
        filled={filled}
        name="missionsMax"
        label={say('pledges:form.missionsMax')}
        hint={say('pledges:form.missionsMaxHint')}
        inputmode="numeric"
      />
    </fieldset>
  )
}

/** Loaded hourly costs that a company may recognise itself in; its own stays its own (DOMAIN 2.4). */
const HOURLY_COSTS_EUROS = [25, 40, 60]
const EXAMPLE_HOURS = 10

/** An estimate to read, not to fill: the company's pay is asked only after the missions. */
export function CostTable({
  filled: { say },
  reductionPercent,
  language,
}: {
  filled: Filled
  reductionPercent: bigint
  language: Language
}) {
  const lines = HOURLY_COSTS_EUROS.map((euros) => {
    const costCents = cents(euros * 100 * EXAMPLE_HOURS)
    const reductionCents = cents((costCents * reductionPercent) / 100n)
    return { hourlyCents: cents(euros * 100), costCents, reductionCents }
  })
  const title = say('pledges:cost.title', { count: EXAMPLE_HOURS })
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {title}
      </h2>
      <section class="table-scroll" tabindex={0} aria-label={title}>
        <table class="ds-table">
          <thead>
            <tr>
              <th scope="col">{say('pledges:cost.hourly')}</th>
              <th scope="col" class="num">
                {say('pledges:cost.cost')}
              </th>
              <th scope="col" class="num">
                {say('pledges:cost.reduction', { percent: String(reductionPercent) })}
              </th>
              <th scope="col" class="num">
                {say('pledges:cost.left')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ hourlyCents, costCents, reductionCents }) => (
              <tr>
                <th scope="row">
                  <Euros value={hourlyCents} language={language} />
                </th>
                <td class="num">
                  <Euros value={costCents} language={language} />
                </td>
                <td class="num">
                  <Euros value={reductionCents} language={language} />
                </td>
                <td class="num">
                  <Euros value={cents(costCents - reductionCents)} language={language} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">{say('pledges:cost.estimate')}</p>
    </section>
  )
}

export function NextSteps({ filled: { say } }: { filled: Filled }) {
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('pledges:then.title')}
      </h2>
      <ol class="ds-list">
        <li>{say('pledges:then.letter')}</li>
        <li>{say('pledges:then.confirmation')}</li>
        <li>{say('pledges:then.missions')}</li>
        <li>{say('pledges:then.receipt')}</li>
      </ol>
    </section>
  )
}
