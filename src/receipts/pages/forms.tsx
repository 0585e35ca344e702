import { formatHours, type Minutes } from '#kit'
import type { Mission } from '#missions'
import type { Place } from '#people'
import {
  AreaField,
  Euros,
  type Filled,
  Hours,
  Notice,
  OnceKey,
  Page,
  RefusalSummary,
  SelectField,
  Submit,
  TextField,
} from '#platform'
import { categories, type Receipt, receiptNumber } from '../issue.ts'
import type { Valuation } from '../valuation.ts'

type FormProps = {
  place: Place
  mission: Mission
  freeMinutes: Minutes
  barredMinutes: Minutes
  filled: Filled
}

function Barred({ place: { say, language }, barredMinutes }: FormProps) {
  if (barredMinutes === 0n) return null
  const hours = formatHours(barredMinutes, language)
  return <Notice color="warning">{say('receipts:barred', { hours })}</Notice>
}

/** The company alone sees this page: what an hour costs is pay. */
export function ValuationPage(props: FormProps) {
  const { place, mission, freeMinutes, filled } = props
  const { say, language } = place
  return (
    <Page frame={place.frame} title={say('receipts:value.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('receipts:value.title')}
      </h1>
      <p class="lead">
        {mission.title} — {mission.associationName} ·{' '}
        <Hours value={freeMinutes} language={language} />
      </p>
      <Barred {...props} />
      <form
        class="stack ds-card"
        method="post"
        action={`${place.path}/missions/${mission.id}/valuations`}
      >
        <RefusalSummary filled={filled} />
        <TextField
          filled={filled}
          name="hourlyCost"
          label={say('receipts:value.hourlyCost')}
          hint={say('receipts:value.hint')}
          inputmode="decimal"
          suffix="€"
        />
        <TextField
          filled={filled}
          name="legalForm"
          label={say('receipts:value.legalForm')}
          hint={say('receipts:value.legalFormHint')}
        />
        <p class="hint">{say('receipts:value.secret')}</p>
        <Submit>{say('receipts:value.button')}</Submit>
      </form>
    </Page>
  )
}

/** The human act: what the receipt will say, then one signature. */
export function IssuePage(props: FormProps & { valuation: Valuation | undefined }) {
  const { place, mission, freeMinutes, filled, valuation } = props
  const { say, language } = place
  return (
    <Page frame={place.frame} title={say('receipts:issue.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('receipts:issue.title')}
      </h1>
      <p class="lead">
        {mission.title} — {mission.companyName}
      </p>
      <dl class="facts ds-card">
        <dt>{say('receipts:column.hours')}</dt>
        <dd>
          <Hours value={freeMinutes} language={language} />
        </dd>
        <dt>{say('receipts:issue.declared')}</dt>
        <dd>
          {valuation ? <Euros value={valuation.valueCents} language={language} /> : '—'}
          {valuation?.isCapped && <> {say('receipts:issue.capped')}</>}
        </dd>
      </dl>
      <Barred {...props} />
      <Notice>{say('receipts:issue.duty')}</Notice>
      <form
        class="stack ds-card"
        method="post"
        action={`${place.path}/missions/${mission.id}/receipts`}
      >
        <OnceKey />
        <RefusalSummary filled={filled} />
        <SelectField
          filled={filled}
          name="category"
          label={say('receipts:issue.category')}
          choices={categories.map((value) => ({ value, label: say(`receipts:category.${value}`) }))}
        />
        <TextField
          filled={filled}
          name="categoryLabel"
          label={say('receipts:issue.categoryLabel')}
          hint={say('receipts:issue.categoryHint')}
        />
        <TextField
          filled={filled}
          name="capacity"
          label={say('receipts:issue.capacity')}
          value={say('receipts:issue.president')}
        />
        <Submit>{say('receipts:issue.button')}</Submit>
      </form>
    </Page>
  )
}

export function CancelPage({
  place,
  receipt,
  filled,
}: {
  place: Place
  receipt: Receipt
  filled: Filled
}) {
  const { say } = place
  const title = say('receipts:cancel.title', { number: receiptNumber(receipt) })
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">{say('receipts:cancel.lead')}</p>
      <form
        class="stack ds-card"
        method="post"
        action={`${place.path}/receipts/${receipt.id}/cancellation`}
      >
        <RefusalSummary filled={filled} />
        <AreaField filled={filled} name="reason" label={say('receipts:cancel.reason')} />
        <Submit>{say('receipts:cancel.button')}</Submit>
      </form>
    </Page>
  )
}
