import type { Council } from '#documents'
import { parseDay } from '#kit'
import type { Place } from '#people'
import {
  AreaField,
  type Filled,
  Notice,
  Page,
  RefusalSummary,
  SelectField,
  Submit,
  TextField,
  type Typed,
} from '#platform'
import type { DrawnTerms } from '../papers.ts'
import { type AgreementTerms, type Mission, purposes, routes } from '../rules/index.ts'

export function AgreementPage({
  place,
  mission,
  beside,
  filled,
}: {
  place: Place
  mission: Mission
  /** Whose agreement the fields start from, when the mission is shared. */
  beside: DrawnTerms | undefined
  filled: Filled
}) {
  const { say } = place
  return (
    <Page frame={place.frame} title={say('missions:agreement.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('missions:agreement.title')}
      </h1>
      <p class="lead">
        {say('missions:agreement.lead', {
          name: mission.chosen?.employeeName,
          association: mission.associationName,
        })}
      </p>
      <form
        class="stack ds-card"
        method="post"
        action={`${place.path}/missions/${mission.id}/agreement`}
      >
        <RefusalSummary filled={filled} />
        {beside && <Notice>{say('sharing:sameTerms', { association: beside.association })}</Notice>}
        <Terms place={place} mission={mission} filled={filled} />
        <Submit>{say('missions:agreement.button')}</Submit>
      </form>
    </Page>
  )
}

function Terms({ place, mission, filled }: { place: Place; mission: Mission; filled: Filled }) {
  const { say } = place
  const date = (name: 'startsOn' | 'endsOn') => (
    <TextField
      filled={filled}
      name={name}
      type="date"
      label={say(`missions:agreement.${name}`)}
      value={mission[name]}
    />
  )
  return (
    <>
      <SelectField
        filled={filled}
        name="route"
        label={say('missions:agreement.route')}
        hint={say('missions:agreement.routeHint')}
        choices={routes.map((value) => ({ value, label: say(`missions:route.${value}`) }))}
      />
      <SelectField
        filled={filled}
        name="purpose"
        label={say('missions:agreement.purpose')}
        value="partnership"
        choices={purposes.map((value) => ({ value, label: say(`missions:purpose.${value}`) }))}
      />
      <LoanFields filled={filled} />
      <AreaField
        filled={filled}
        name="tasks"
        label={say('missions:agreement.tasks')}
        hint={say('missions:agreement.tasksHint')}
        value={mission.title}
      />
      <div class="halves">
        {date('startsOn')}
        {date('endsOn')}
      </div>
      <TextField filled={filled} name="places" label={say('missions:agreement.places')} />
      <TextField filled={filled} name="schedule" label={say('missions:agreement.schedule')} />
      <div class="halves">
        <TextField
          filled={filled}
          name="companyReferent"
          label={say('missions:agreement.companyReferent')}
        />
        <TextField
          filled={filled}
          name="associationReferent"
          label={say('missions:agreement.associationReferent')}
        />
      </div>
    </>
  )
}

/** Only where the staff are lent at cost; METIS then says that no gift is made. */
function LoanFields({ filled }: { filled: Filled }) {
  const { say, typed } = filled
  const choices = [
    { value: '', label: say('missions:loan.notSaid') },
    ...councils.map((value) => ({ value, label: say(`missions:loan.council.${value}`) })),
  ]
  return (
    <details class="ds-details" open={typed.route === 'loan'}>
      <summary>{say('missions:loan.title')}</summary>
      <div class="stack">
        <p class="ds-paragraph">{say('missions:loan.lead')}</p>
        <AreaField
          filled={filled}
          name="costRule"
          rows={2}
          label={say('missions:loan.costRule')}
          hint={say('missions:loan.costRuleHint')}
        />
        <TextField
          filled={filled}
          name="probation"
          label={say('missions:loan.probation')}
          hint={say('missions:loan.probationHint')}
        />
        <div class="halves">
          {(['lenderCouncil', 'userCouncil'] as const).map((name) => (
            <SelectField
              filled={filled}
              name={name}
              label={say(`missions:loan.${name}`)}
              choices={choices}
            />
          ))}
        </div>
      </div>
    </details>
  )
}

const councils = ['consulted', 'none'] as const satisfies Council[]

export function termsOf(typed: Typed): AgreementTerms {
  const text = (name: string) => (typed[name] ?? '').trim()
  return {
    route: routes.find((route) => route === typed.route) ?? 'secondment',
    purpose: purposes.find((purpose) => purpose === typed.purpose),
    loan: {
      costRule: text('costRule'),
      probation: text('probation'),
      lenderCouncil: councils.find((council) => council === typed.lenderCouncil),
      userCouncil: councils.find((council) => council === typed.userCouncil),
    },
    tasks: text('tasks')
      .split('\n')
      .map((task) => task.trim())
      .filter((task) => task !== ''),
    startsOn: parseDay(text('startsOn')),
    endsOn: parseDay(text('endsOn')),
    places: text('places'),
    schedule: text('schedule'),
    companyReferent: text('companyReferent'),
    associationReferent: text('associationReferent'),
  }
}
