import type { Child } from 'hono/jsx'
import { formatHours } from '#kit'
import type { Place } from '#people'
import { AreaField, DayText, type Filled, Hours, InstantText, SelectField, Submit } from '#platform'
import {
  type Entry,
  entryStateOf,
  type Mission,
  mayMediate,
  type Speaker,
  turnIn,
} from '../rules/index.ts'
import { durations, Secondary } from './parts.tsx'

type Props = {
  place: Place
  mission: Mission
  entries: Entry[]
  filled: Filled
  /** Whose page it is; nobody's turn shows nothing to press. */
  as: Speaker
  /** Where the association answers, by its link or signed in. */
  action?: string
}

/** Lines in dispute: what was said so far, whose turn it is, and one's own answer. */
export function Disputes(props: Props) {
  const { place, mission, entries } = props
  const open = entries.filter((entry) => entryStateOf(entry) === 'disputed' && turnIn(entry))
  if (open.length === 0 || mission.ending) return null
  return (
    <section class="ds-card" id="disputes">
      <h2 class="ds-heading" data-size="sm">
        {place.say('missions:dispute.title')}
      </h2>
      {open.map((entry) => (
        <Dispute {...props} entry={entry} />
      ))}
    </section>
  )
}

function Dispute(props: Props & { entry: Entry }) {
  const { place, entry, as } = props
  const { say, language } = place
  const turn = turnIn(entry)
  const isOwnTurn = turn === as || (as === 'mediator' && mayMediate(entry, place.now))
  return (
    <article class="stack dispute">
      <h3 class="ds-heading" data-size="xs">
        <DayText value={entry.day} language={language} /> ·{' '}
        <Hours value={entry.workedMinutes} language={language} />
      </h3>
      <History place={place} entry={entry} as={as} />
      {isOwnTurn ? (
        <Answer {...props} />
      ) : (
        <p class="hint">{say(`missions:dispute.turn.${turn}`)}</p>
      )}
    </article>
  )
}

/** Who said what and when. Whoever mediates for the commune reads the words, not the names. */
function History({ place, entry, as }: { place: Place; entry: Entry; as: Speaker }) {
  const { say, language } = place
  const { answer } = entry
  const proposed = answer?.proposedMinutes
  const name = (byName: string) => (as === 'mediator' ? '' : ` — ${byName}`)
  return (
    <ol class="ds-list">
      {answer && (
        <li>
          {say('missions:dispute.said.disputed')} <q>{answer.reason}</q>
          {proposed !== undefined && (
            <>
              {' '}
              {say('missions:dispute.proposes')} <Hours value={proposed} language={language} />
            </>
          )}
          <small class="hint">
            {' '}
            <InstantText value={answer.at} language={language} />
            {name(answer.byName)}
          </small>
        </li>
      )}
      {entry.steps.map((step) => (
        <li>
          {say(`missions:dispute.said.${step.kind}`)} {step.words && <q>{step.words}</q>}
          <small class="hint">
            {' '}
            <InstantText value={step.at} language={language} />
            {name(step.byName)}
          </small>
        </li>
      ))}
    </ol>
  )
}

function Answer(props: Props & { entry: Entry }) {
  const { as } = props
  if (as === 'employee') return <EmployeeAnswer {...props} />
  if (as === 'association') return <AssociationAnswer {...props} />
  return <Mediation {...props} />
}

function EmployeeAnswer(props: Props & { entry: Entry }) {
  const { place, entry } = props
  const { say, language } = place
  const proposed = entry.answer?.proposedMinutes
  return (
    <>
      {proposed !== undefined && (
        <StepForm {...props} kind="accepted">
          <Submit>
            {say('missions:dispute.accept', { hours: formatHours(proposed, language) })}
          </Submit>
        </StepForm>
      )}
      <StepForm {...props} kind="answered">
        <Words {...props} label={say('missions:dispute.answer')} />
        <Secondary>{say('missions:dispute.sendAnswer')}</Secondary>
      </StepForm>
      <StepForm {...props} kind="closed">
        <input type="hidden" name={`words-${entry.id}`} value={say('missions:dispute.dropped')} />
        <Secondary>{say('missions:dispute.drop')}</Secondary>
      </StepForm>
    </>
  )
}

function AssociationAnswer(props: Props & { entry: Entry }) {
  const { place, entry } = props
  const { say, language } = place
  return (
    <>
      <StepForm {...props} kind="agreed">
        <Submit>
          {say('missions:dispute.confirm', { hours: formatHours(entry.workedMinutes, language) })}
        </Submit>
      </StepForm>
      <StepForm {...props} kind="maintained">
        <Words {...props} label={say('missions:dispute.why')} />
        <Secondary>{say('missions:dispute.maintain')}</Secondary>
      </StepForm>
    </>
  )
}

/** The association still confirms what is agreed here: nobody speaks in its place. */
function Mediation(props: Props & { entry: Entry }) {
  const { place, entry, filled } = props
  const { say } = place
  return (
    <>
      <StepForm {...props} kind="agreed">
        <SelectField
          filled={filled}
          name={`agreed-${entry.id}`}
          label={say('missions:dispute.agreed')}
          hint={say('missions:dispute.agreedHint')}
          value={String(entry.answer?.proposedMinutes ?? entry.workedMinutes)}
          choices={durations(place)}
        />
        <Secondary>{say('missions:dispute.agree')}</Secondary>
      </StepForm>
      <StepForm {...props} kind="closed">
        <Words {...props} label={say('missions:dispute.whyNone')} />
        <Secondary>{say('missions:dispute.close')}</Secondary>
      </StepForm>
    </>
  )
}

const steps: Record<Speaker, string> = {
  employee: 'dispute-answers',
  association: 'dispute-decisions',
  mediator: 'dispute-mediations',
}

function StepForm({
  place,
  mission,
  entry,
  as,
  action = `${place.path}/missions/${mission.id}`,
  kind,
  children,
}: Props & { entry: Entry; kind: string; children?: Child }) {
  return (
    <form class="stack" method="post" action={`${action}/${steps[as]}`}>
      <input type="hidden" name="entry" value={entry.id} />
      <input type="hidden" name="kind" value={kind} />
      {children}
    </form>
  )
}

/** Several lines may be in dispute on one page: each field carries the id of its own. */
function Words({ place, filled, entry, label }: Props & { entry: Entry; label: string }) {
  const hint = place.say('missions:dispute.readBy')
  return <AreaField filled={filled} name={`words-${entry.id}`} label={label} hint={hint} rows={2} />
}
