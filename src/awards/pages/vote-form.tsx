import { minutesOf, type ProposedLine } from '#allocation'
import type { Campaign } from '#campaigns'
import { formatEuros } from '#kit'
import type { Place } from '#people'
import { type Filled, Hours, OnceKey, RefusalSummary, Submit, TextField } from '#platform'
import { plainEuros } from '../plain-euros.ts'
import type { Interest } from '../rules.ts'

export type Member = { id: string; name: string }

type VoteView = {
  place: Place
  campaign: Campaign
  scenarioId: string
  lines: ProposedLine[]
  members: Member[]
  interests: Interest[]
  filled: Filled
}

/** The clerk's table: usual values are there already, so that only what differs is typed. */
export function VoteForm(view: VoteView) {
  const { place, campaign, scenarioId, lines, filled } = view
  const { say } = place
  return (
    <form
      class="ds-card stack"
      method="post"
      action={`${place.path}/${campaign.year}/decisions`}
      aria-labelledby="vote"
    >
      <h2 class="ds-heading" data-size="sm" id="vote">
        {say('awards:vote.title')}
      </h2>
      <RefusalSummary filled={filled} />
      <OnceKey />
      <input type="hidden" name="scenarioId" value={scenarioId} />
      <Sitting view={view} />
      <p class="hint">{say('awards:vote.hint')}</p>
      <section class="table-scroll" tabindex={0} aria-label={say('awards:vote.table')}>
        <table class="ds-table" data-size="sm">
          <caption class="visually-hidden">{say('awards:vote.table')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('awards:association')}</th>
              <th scope="col">{say('awards:vote.cash')}</th>
              {(['for', 'against', 'abstentions'] as const).map((column) => (
                <th scope="col">{say(`awards:vote.${column}`)}</th>
              ))}
              <th scope="col">{say('awards:vote.recused')}</th>
              <th scope="col">{say('awards:vote.adopted')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <VoteRow line={line} view={view} />
            ))}
          </tbody>
        </table>
      </section>
      <div>
        <Submit>{say('awards:vote.record')}</Submit>
      </div>
    </form>
  )
}

function Sitting({ view }: { view: VoteView }) {
  const { place, campaign, filled } = view
  const { say } = place
  return (
    <div class="row">
      <TextField filled={filled} name="number" label={say('awards:vote.number')} />
      <TextField
        filled={filled}
        name="heldOn"
        type="date"
        label={say('awards:vote.heldOn')}
        value={campaign.councilOn}
      />
      <TextField
        filled={filled}
        name="inOfficeCount"
        inputmode="numeric"
        label={say('awards:vote.inOffice')}
      />
      <TextField
        filled={filled}
        name="presentCount"
        inputmode="numeric"
        label={say('awards:vote.present')}
      />
    </div>
  )
}

function VoteRow({ line, view }: { line: ProposedLine; view: VoteView }) {
  const { place, filled } = view
  const { say, language } = place
  const id = line.applicationId
  const isFirstShown = Object.keys(filled.typed).length === 0
  return (
    <tr>
      <th scope="row">
        {line.associationName}
        <small>
          {say('awards:vote.asked', { amount: formatEuros(line.askedCents, language) })}
          {line.hours.length > 0 && (
            <>
              {' · '}
              <Hours value={minutesOf(line)} language={language} /> {say('awards:forInformation')}
            </>
          )}
        </small>
      </th>
      <Cell
        view={view}
        name={`cash-${id}`}
        label="cash"
        line={line}
        value={plainEuros(line.cashCents)}
      />
      <Cell view={view} name={`for-${id}`} label="for" line={line} />
      <Cell view={view} name={`against-${id}`} label="against" line={line} value="0" />
      <Cell view={view} name={`abstentions-${id}`} label="abstentions" line={line} value="0" />
      <td>
        <Recusals line={line} view={view} isFirstShown={isFirstShown} />
      </td>
      <td>
        <input
          class="ds-input"
          type="checkbox"
          name={`adopted-${id}`}
          value="yes"
          checked={isFirstShown || filled.typed[`adopted-${id}`] === 'yes'}
          aria-label={`${say('awards:vote.adopted')} — ${line.associationName}`}
        />
      </td>
    </tr>
  )
}

type CellProps = {
  view: VoteView
  name: string
  label: 'cash' | 'for' | 'against' | 'abstentions'
  line: ProposedLine
  value?: string
}

function Cell({ view, name, label, line, value = '' }: CellProps) {
  const { say, typed, refusals } = view.filled
  const own = refusals.filter(({ field }) => field === name)
  const described =
    own.length > 0 ? { 'aria-invalid': 'true' as const, 'aria-describedby': `${name}-reason` } : {}
  return (
    <td>
      <input
        class="ds-input vote"
        id={name}
        name={name}
        inputmode={label === 'cash' ? 'decimal' : 'numeric'}
        value={typed[name] ?? value}
        aria-label={`${say(`awards:vote.${label}`)} — ${line.associationName}`}
        {...described}
      />
      {own.length > 0 && (
        <p class="ds-validation-message" data-color="danger" id={`${name}-reason`}>
          {own.map((refusal) => say(refusal.code, refusal.values)).join(' ')}
        </p>
      )}
    </td>
  )
}

/** Declared interests are ticked beforehand; one more member may leave the room unannounced. */
function Recusals({
  line,
  view,
  isFirstShown,
}: {
  line: ProposedLine
  view: VoteView
  isFirstShown: boolean
}) {
  const { members, interests, filled } = view
  const { say, typed } = filled
  const declared = new Set(
    interests
      .filter(({ associationId }) => associationId === line.associationId)
      .map(({ personId }) => personId),
  )
  const other = `other-${line.applicationId}`
  return (
    <>
      {members
        .filter(({ id }) => declared.has(id))
        .map((member) => (
          <label class="recusal">
            <input
              class="ds-input"
              type="checkbox"
              name={`recused-${line.applicationId}-${member.id}`}
              value="yes"
              checked={
                isFirstShown || typed[`recused-${line.applicationId}-${member.id}`] === 'yes'
              }
            />
            {member.name}
          </label>
        ))}
      <select
        class="ds-input"
        name={other}
        aria-label={`${say('awards:vote.other')} — ${line.associationName}`}
      >
        <option value="">{say('awards:vote.nobodyElse')}</option>
        {members
          .filter(({ id }) => !declared.has(id))
          .map(({ id, name }) => (
            <option value={id} selected={typed[other] === id}>
              {name}
            </option>
          ))}
      </select>
    </>
  )
}
