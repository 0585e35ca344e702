import type { Child } from 'hono/jsx'
import { addDays, formatEuros } from '#kit'
import { AreaField, OnceKey, Submit, TextField } from '#platform'
import type { ReportView } from './page.tsx'
import { deedsOpen, delayDaysOf, leftToRepay, wasHeard } from './rules.ts'

/** A month to answer by custom; the law wants enough, the agent may give more. */
const USUAL_DELAY_DAYS = 30

/** What this person may do to the report now, the usual outcome first. */
export function ReportDeeds({ view }: { view: ReportView }) {
  const open = deedsOpen(view.facts)
  const { act, observe } = view.may
  const isHeard = wasHeard(view.facts)
  return (
    <>
      {act && open.has('accept') && <Acceptance view={view} />}
      {act && open.has('return') && <Request view={view} kind="returned" path="returns" />}
      {act && open.has('notice') && <Request view={view} kind="noticed" path="formal-notice" />}
      {act && open.has('ask') && (isHeard ? <Asking view={view} /> : <NotYetHeard view={view} />)}
      {act && open.has('repay') && <Repaying view={view} />}
      {observe && open.has('observe') && <Observations view={view} />}
    </>
  )
}

type CardProps = { view: ReportView; name: string; path: string; children?: Child }

function Card({ view: { place, award }, name, path, children }: CardProps) {
  const { say } = place
  return (
    <form
      class="ds-card stack"
      method="post"
      action={`${place.path}/decisions/${award.id}/report/${path}`}
      aria-labelledby={`deed-${name}`}
    >
      <h2 class="ds-heading" data-size="sm" id={`deed-${name}`}>
        {say(`awards:report.deed.${name}.title`)}
      </h2>
      <p class="hint">{say(`awards:report.deed.${name}.hint`)}</p>
      {children}
      <div>
        {name === 'accept' ? (
          <Submit>{say('awards:report.deed.accept.button')}</Submit>
        ) : (
          <button class="ds-button" data-variant="secondary" type="submit">
            {say(`awards:report.deed.${name}.button`)}
          </button>
        )}
      </div>
    </form>
  )
}

function Acceptance({ view }: { view: ReportView }) {
  return <Card view={view} name="accept" path="acceptance" />
}

type RequestProps = { view: ReportView; kind: 'returned' | 'noticed'; path: string }

function Request({ view, kind, path }: RequestProps) {
  const { filled, place } = view
  const { say } = place
  return (
    <Card view={view} name={kind} path={path}>
      <AreaField
        filled={filled}
        name={`${kind}-words`}
        label={say(`awards:report.deed.${kind}.words`)}
      />
      <TextField
        filled={filled}
        name={`${kind}-answerBy`}
        type="date"
        label={say('awards:report.deed.answerBy')}
        hint={say('awards:report.deed.delay', { days: delayDaysOf(kind, place.today) })}
        value={addDays(place.today, USUAL_DELAY_DAYS)}
      />
    </Card>
  )
}

function NotYetHeard({ view: { place } }: { view: ReportView }) {
  return <p class="hint">{place.say('awards:refused.notHeard')}</p>
}

function Asking({ view }: { view: ReportView }) {
  const { filled, place, facts } = view
  const { say, language } = place
  const paid = formatEuros(facts.paidCents, language)
  return (
    <Card view={view} name="ask" path="repayment-request">
      <TextField
        filled={filled}
        name="askedCents"
        inputmode="decimal"
        suffix="€"
        label={say('awards:report.deed.ask.amount')}
        hint={say('awards:report.deed.ask.paid', { paid })}
      />
      <AreaField filled={filled} name="ask-words" label={say('awards:report.deed.ask.words')} />
    </Card>
  )
}

function Repaying({ view }: { view: ReportView }) {
  const { filled, place, facts } = view
  const { say, language, today } = place
  const left = formatEuros(leftToRepay(facts), language)
  return (
    <Card view={view} name="repay" path="repayments">
      <OnceKey />
      <TextField
        filled={filled}
        name="repaidCents"
        inputmode="decimal"
        suffix="€"
        label={say('awards:report.deed.repay.amount')}
        hint={say('awards:report.deed.repay.left', { left })}
      />
      <TextField
        filled={filled}
        name="repaidOn"
        type="date"
        label={say('awards:report.deed.repay.on')}
        value={today}
      />
      <TextField
        filled={filled}
        name="receiptNumber"
        label={say('awards:report.deed.repay.number')}
      />
    </Card>
  )
}

function Observations({ view }: { view: ReportView }) {
  const { filled, place } = view
  return (
    <Card view={view} name="observed" path="observations">
      <AreaField
        filled={filled}
        name="observed-words"
        label={place.say('awards:report.deed.observed.words')}
      />
    </Card>
  )
}
