import { FamilyBoxes } from '#campaigns'
import { type Day, yearOf } from '#kit'
import { CheckField, type Filled, RefusalSummary, SelectField, Submit, TextField } from '#platform'

type Asked = { filled: Filled; families: string[]; today: Day; action: string }

/** Five figures, and what would make the gift a risk. */
export function AdviserForm(asked: Asked) {
  const { filled, action } = asked
  const { say } = filled
  return (
    <form class="ds-card stack" method="post" action={action}>
      <RefusalSummary filled={filled} />
      <Company filled={filled} />
      <Skills {...asked} />
      <Tax {...asked} />
      <Risks filled={filled} />
      <Submit>{say('adviser:form.send')}</Submit>
    </form>
  )
}

function Company({ filled }: { filled: Filled }) {
  const { say } = filled
  return (
    <fieldset class="stack">
      <legend>{say('adviser:form.company')}</legend>
      <div class="row">
        <TextField
          filled={filled}
          name="employees"
          label={say('adviser:form.employees')}
          inputmode="numeric"
          required
        />
        <TextField
          filled={filled}
          name="days"
          label={say('adviser:form.days')}
          hint={say('adviser:form.daysHint')}
          value="2"
          inputmode="decimal"
          required
        />
      </div>
      <TextField
        filled={filled}
        name="volunteers"
        label={say('adviser:form.volunteers')}
        hint={say('adviser:form.volunteersHint')}
        inputmode="numeric"
      />
      <TextField
        filled={filled}
        name="hourlyCost"
        label={say('adviser:form.hourlyCost')}
        hint={say('adviser:form.hourlyCostHint')}
        inputmode="decimal"
        suffix="€"
        autocomplete="off"
      />
    </fieldset>
  )
}

function Skills({ filled, families }: Asked) {
  const { say } = filled
  return (
    <details
      class="stack"
      open={Object.keys(filled.typed).some((name) => name.startsWith('family-'))}
    >
      <summary>{say('adviser:form.skills')}</summary>
      <fieldset class="stack">
        <legend>{say('adviser:form.skillsLegend')}</legend>
        <FamilyBoxes filled={filled} families={families} />
      </fieldset>
    </details>
  )
}

const PAST_YEARS = [1, 2, 3, 4, 5]

function Tax({ filled, today }: Asked) {
  const { say } = filled
  const years = PAST_YEARS.map((ago) => String(yearOf(today) - ago))
  return (
    <details class="stack" open={isTold(filled)}>
      <summary>{say('adviser:form.tax')}</summary>
      <fieldset class="stack">
        <legend>{say('adviser:form.taxLegend')}</legend>
        <TextField
          filled={filled}
          name="turnover"
          label={say('adviser:form.turnover')}
          hint={say('adviser:form.turnoverHint')}
          inputmode="decimal"
          suffix="€"
          autocomplete="off"
        />
        <div class="row">
          <TextField
            filled={filled}
            name="otherGifts"
            label={say('adviser:form.otherGifts')}
            inputmode="decimal"
            suffix="€"
            autocomplete="off"
          />
          <TextField
            filled={filled}
            name="pastGifts"
            label={say('adviser:form.pastGifts')}
            inputmode="decimal"
            suffix="€"
            autocomplete="off"
          />
          <SelectField
            filled={filled}
            name="pastYear"
            label={say('adviser:form.pastYear')}
            choices={years.map((year) => ({ value: year, label: year }))}
          />
        </div>
      </fieldset>
    </details>
  )
}

/** What was answered, or refused, is not folded away. */
function isTold({ typed }: Filled): boolean {
  return ['turnover', 'otherGifts', 'pastGifts'].some((name) => (typed[name] ?? '') !== '')
}

function Risks({ filled }: { filled: Filled }) {
  const { say } = filled
  return (
    <fieldset class="stack">
      <legend>{say('adviser:form.risks')}</legend>
      <CheckField filled={filled} name="isInvoiced" label={say('adviser:form.isInvoiced')} />
      <CheckField filled={filled} name="hasTender" label={say('adviser:form.hasTender')} />
    </fieldset>
  )
}
