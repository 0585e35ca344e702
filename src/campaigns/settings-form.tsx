import { type Filled, RefusalSummary, Submit, TextField } from '#platform'
import { FamilyBoxes } from './family-boxes.tsx'
import { CRITERIA_MAX, ENVELOPES_MAX, ranks } from './form.ts'
import { families } from './rules.ts'

/** The whole set-up on one page: each figure with what it changes for associations. */
export function SettingsForm({ filled, action }: { filled: Filled; action: string }) {
  const { say } = filled
  return (
    <form class="stack" method="post" action={action}>
      <RefusalSummary filled={filled} />
      <fieldset class="stack">
        <legend>{say('campaigns:form.season')}</legend>
        <div class="row">
          <TextField
            filled={filled}
            name="year"
            label={say('campaigns:form.year')}
            inputmode="numeric"
            required
          />
          <TextField filled={filled} name="title" label={say('campaigns:form.title')} required />
        </div>
      </fieldset>
      <Calendar filled={filled} />
      <Envelopes filled={filled} />
      <Rule filled={filled} />
      <Families filled={filled} />
      <Criteria filled={filled} />
      <Submit>{say('campaigns:form.save')}</Submit>
    </form>
  )
}

function Calendar({ filled }: { filled: Filled }) {
  const { say } = filled
  const fields = ['pledgesCloseOn', 'applicationsCloseOn', 'councilOn', 'startsOn', 'endsOn']
  return (
    <fieldset class="stack">
      <legend>{say('campaigns:form.calendar')}</legend>
      <p class="hint">{say('campaigns:form.calendarHint')}</p>
      <div class="row">
        {fields.map((field) => (
          <TextField
            filled={filled}
            name={field}
            label={say(`campaigns:field.${field}`)}
            type="date"
            required
          />
        ))}
      </div>
    </fieldset>
  )
}

function Envelopes({ filled }: { filled: Filled }) {
  const { say } = filled
  return (
    <fieldset class="stack">
      <legend>{say('campaigns:form.envelopes')}</legend>
      <p class="hint">{say('campaigns:form.envelopesHint')}</p>
      {shownRanks(filled, 'envelopeName', ENVELOPES_MAX).map((rank) => (
        <div class="row">
          <TextField
            filled={filled}
            name={`envelopeName${rank}`}
            label={say('campaigns:form.envelopeName', { rank })}
          />
          <TextField
            filled={filled}
            name={`envelopeCash${rank}`}
            label={say('campaigns:form.envelopeCash', { rank })}
            inputmode="decimal"
            suffix="€"
          />
        </div>
      ))}
    </fieldset>
  )
}

const percents = [
  'floorPercent',
  'weightLowPercent',
  'weightHighPercent',
  'totalCapPercent',
  'reservePercent',
]
const euros = ['cashUnitCents', 'referenceHourlyCents']

function Rule({ filled }: { filled: Filled }) {
  const { say } = filled
  return (
    <fieldset class="stack">
      <legend>{say('campaigns:form.rule')}</legend>
      <p class="hint">{say('campaigns:form.ruleHint')}</p>
      {[...percents, ...euros].map((field) => (
        <TextField
          filled={filled}
          name={field}
          label={say(`campaigns:field.${field}`)}
          hint={say(`campaigns:hint.${field}`)}
          inputmode="decimal"
          suffix={percents.includes(field) ? '%' : '€'}
          required
        />
      ))}
    </fieldset>
  )
}

function Families({ filled }: { filled: Filled }) {
  const { say } = filled
  return (
    <fieldset class="stack">
      <legend>{say('campaigns:form.families')}</legend>
      <p class="hint">{say('campaigns:form.familiesHint')}</p>
      <FamilyBoxes filled={filled} families={families} />
    </fieldset>
  )
}

function Criteria({ filled }: { filled: Filled }) {
  const { say } = filled
  return (
    <fieldset class="stack">
      <legend>{say('campaigns:form.criteria')}</legend>
      <p class="hint">{say('campaigns:form.criteriaHint')}</p>
      {shownRanks(filled, 'criterionLabel', CRITERIA_MAX).map((rank) => (
        <div class="row">
          <TextField
            filled={filled}
            name={`criterionLabel${rank}`}
            label={say('campaigns:form.criterionLabel', { rank })}
          />
          <TextField
            filled={filled}
            name={`criterionWeight${rank}`}
            label={say('campaigns:form.criterionWeight', { rank })}
            inputmode="numeric"
          />
        </div>
      ))}
    </fieldset>
  )
}

const BLANK_ROWS = 2

/** The rows that are filled and two more: the others come once those are kept. */
function shownRanks({ typed }: Filled, name: string, most: number): number[] {
  const last = ranks(most).findLast((rank) => typed[`${name}${rank}`]) ?? 0
  return ranks(Math.min(most, last + BLANK_ROWS))
}
