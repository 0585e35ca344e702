import type { Child } from 'hono/jsx'
import { formatInstant } from '#kit'
import type { Place } from '#people'
import { AreaField, type Filled, Page, RefusalSummary, Submit, Tag, TextField } from '#platform'
import {
  type Incident,
  type IncidentWords,
  incidentStateOf,
  type Mission,
  mayStep,
  type Side,
  stateOf,
  type TimedStep,
  type Timer,
} from '../rules/index.ts'
import { IncidentTag } from './incidents.tsx'
import { Secondary } from './parts.tsx'

export type IncidentProps = {
  place: Place
  mission: Mission
  incident: Incident
  words: IncidentWords
  timers: Timer[]
  side: Side
  /** Where the commune's clocks are. */
  zone: string
  filled: Filled
}

/** What happened, who must be told and until when, and what is still to do for whoever looks. */
export function IncidentPage(props: IncidentProps) {
  const { place, mission, incident, timers, filled } = props
  const { say, path } = place
  const title = say(`incidents:kind.${incident.kind}`)
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">
        <a class="ds-link" href={`${path}/missions/${mission.id}`}>
          {mission.title}
        </a>{' '}
        · {mission.associationName} · {mission.companyName} <IncidentTag {...{ incident, say }} />
      </p>
      <RefusalSummary filled={filled} />
      {timers.length > 0 && (
        <section class="ds-card stack">
          <h2 class="ds-heading" data-size="sm">
            {say('incidents:timers.title')}
          </h2>
          {timers.map((timer) => (
            <TimerPart {...props} timer={timer} />
          ))}
          <p class="hint">{say('incidents:timers.rest')}</p>
        </section>
      )}
      <Facts {...props} />
      <Replacement {...props} />
      {mayStep(incident, 'closed', props.side) && <Closing {...props} />}
    </Page>
  )
}

function TimerPart(props: IncidentProps & { timer: Timer }) {
  const { place, incident, timer, side } = props
  const { say } = place
  const { step } = timer
  return (
    <article class="stack dispute">
      <h3 class="ds-heading" data-size="xs">
        {say(`incidents:timer.${step}`)}
      </h3>
      <p>
        <TimerTag {...props} />
      </p>
      <p class="hint">{say(`incidents:law.${step}`)}</p>
      {mayStep(incident, step, side) && <StepForm {...props} step={step} />}
    </article>
  )
}

function TimerTag({ place, timer: { dueAt, doneAt }, zone }: IncidentProps & { timer: Timer }) {
  const { say, language, now } = place
  const at = (value: Date) => formatInstant(value, language, zone)
  if (doneAt) return <Tag color="success">{say('incidents:timer.done', { at: at(doneAt) })}</Tag>
  return now > dueAt ? (
    <Tag color="danger">{say('incidents:timer.late', { at: at(dueAt) })}</Tag>
  ) : (
    <Tag color="warning">{say('incidents:timer.before', { at: at(dueAt) })}</Tag>
  )
}

function StepForm(props: IncidentProps & { step: TimedStep }) {
  const { place, filled, step, side } = props
  const { say } = place
  const word = side === 'company' && step === 'employer_told' ? 'known' : step
  return (
    <StepAction {...props}>
      <div class="row">
        <TextField
          {...{ filled, name: `day-${step}`, type: 'date', label: say('incidents:step.day') }}
          value={place.today}
        />
        <TextField
          {...{ filled, name: `time-${step}`, type: 'time', label: say('incidents:step.time') }}
        />
      </div>
      <Submit>{say(`incidents:step.${word}`)}</Submit>
    </StepAction>
  )
}

function StepAction({
  place,
  mission,
  incident,
  step,
  children,
}: IncidentProps & { step: string; children?: Child }) {
  const action = `${place.path}/missions/${mission.id}/incidents/${incident.id}/steps`
  return (
    <form class="stack" method="post" action={action}>
      <input type="hidden" name="step" value={step} />
      {children}
    </form>
  )
}

function Facts({ place, incident, words, zone }: IncidentProps) {
  const { say, language } = place
  const at = (value: Date) => formatInstant(value, language, zone)
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('incidents:facts.title')}
      </h2>
      <dl class="facts">
        <dt>{say('incidents:facts.happened')}</dt>
        <dd>{at(incident.happenedAt)}</dd>
        <dt>{say('incidents:facts.words')}</dt>
        <dd>{words.report}</dd>
        <dt>{say('incidents:facts.by')}</dt>
        <dd>
          {incident.byName}, {say(`incidents:side.${incident.side}`)}, {at(incident.reportedAt)}
        </dd>
        {incident.steps.map(({ step, doneAt, byName }) => (
          <>
            <dt>{say(`incidents:said.${step}`)}</dt>
            <dd>
              {at(doneAt)}, {byName}
              {words[step] && <> : {words[step]}</>}
            </dd>
          </>
        ))}
      </dl>
    </section>
  )
}

/** Who waits is on the mission's page: nobody is called from here. */
function Replacement({ place, mission, incident, side }: IncidentProps) {
  const { say, path } = place
  const isNeeded = incident.kind === 'accident' || incident.kind === 'absence'
  if (side !== 'association' || !isNeeded || incidentStateOf(incident) === 'closed') return null
  const how = mission.ending || stateOf(mission) === 'open' ? 'open' : 'bound'
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('incidents:replacement.title')}
      </h2>
      <p class="ds-paragraph">{say(`incidents:replacement.${how}`)}</p>
      <a class="ds-link" href={`${path}/missions/${mission.id}`}>
        {say('incidents:replacement.link', { count: mission.candidatesCount })}
      </a>
    </section>
  )
}

function Closing(props: IncidentProps) {
  const { place, filled } = props
  const { say } = place
  return (
    <section class="ds-card narrow">
      <h2 class="ds-heading" data-size="sm">
        {say('incidents:closing.title')}
      </h2>
      <StepAction {...props} step="closed">
        <AreaField
          {...{ filled, name: 'stepWords', label: say('incidents:closing.words'), rows: 2 }}
          hint={say('incidents:closing.hint')}
        />
        <Secondary>{say('incidents:closing.button')}</Secondary>
      </StepAction>
    </section>
  )
}
