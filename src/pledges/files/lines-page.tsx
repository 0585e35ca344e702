import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import {
  CheckField,
  type Choice,
  DayText,
  Figure,
  type Filled,
  Hours,
  Notice,
  RefusalSummary,
  SelectField,
  Submit,
  Tag,
  TextField,
} from '#platform'
import { promisesIn } from '../actions.ts'
import { modalities } from '../rules.ts'
import type { Shown } from './actions.ts'
import type { LineField } from './columns.ts'
import type { Around } from './judge.ts'
import type { PledgeFile } from './store.ts'
import { modalityIn } from './words.ts'

export type LinesProps = {
  place: Place
  campaign: Campaign
  file: PledgeFile
  lines: Shown[]
  around: Around
  filled: Filled
}

/** Everything that was read, before anything is written: what is wrong first, each with its remedy. */
export function LinesPage(props: LinesProps) {
  const { place, campaign, file, lines, filled } = props
  const { say, path } = place
  const inState = (state: Shown['state']) => lines.filter((line) => line.state === state)
  const [wrong, right] = [inState('wrong'), inState('right')]
  const done = [...inState('taken'), ...inState('known')].sort((a, b) => a.line - b.line)
  return (
    <>
      <h1 class="ds-heading" data-size="lg">
        {say('pledge-files:lines.title')}
      </h1>
      <p class="lead">{say('pledge-files:lines.lead', { fileName: file.fileName })}</p>
      <div class="figures">
        {(['right', 'wrong', 'done'] as const).map((group) => (
          <Figure
            label={say(`pledge-files:group.${group}`)}
            note={say(`pledge-files:note.${group}`)}
          >
            <span class="num">{{ right, wrong, done }[group].length}</span>
          </Figure>
        ))}
      </div>
      {file.unreadColumns.length > 0 && (
        <Notice color="warning">
          {say('pledge-files:lines.unread', { columns: file.unreadColumns.join(', ') })}
        </Notice>
      )}
      {wrong.length + right.length > 0 && (
        <form class="stack" method="post" action={`${path}/pledges/files/${file.id}`}>
          <RefusalSummary filled={filled} />
          {wrong.length > 0 && <WrongLines {...props} lines={wrong} />}
          {right.length > 0 && <RightLines {...props} lines={right} />}
        </form>
      )}
      {done.length > 0 && (
        <section class="ds-card">
          <h2 class="ds-heading" data-size="sm">
            {say('pledge-files:group.done')}
          </h2>
          <LinesTable {...props} lines={done} title={say('pledge-files:group.done')} />
        </section>
      )}
      <p>
        <a class="ds-link" href={`${path}/${campaign.year}/pledges`}>
          {say('pledge-files:lines.back')}
        </a>
      </p>
    </>
  )
}

function WrongLines(props: LinesProps) {
  const { say } = props.place
  return (
    <section class="ds-card stack">
      <h2 class="ds-heading" data-size="sm">
        {say('pledge-files:wrong.title')}
      </h2>
      <p class="hint">{say('pledge-files:wrong.lead')}</p>
      {props.lines.map((line) => (
        <WrongLine {...props} line={line} />
      ))}
      <button class="ds-button" data-variant="secondary" type="submit" name="deed" value="check">
        {say('pledge-files:wrong.check')}
      </button>
    </section>
  )
}

/** Only what is wrong is asked again; the rest of the line is recalled in one sentence. */
function WrongLine({ place, line, around, filled }: LinesProps & { line: Shown }) {
  const { say } = place
  const { refusals, said } = line
  const fields = [...new Set(refusals.flatMap(({ field }) => (field ? [field as LineField] : [])))]
  const shown: Filled = {
    say,
    typed: filled.typed,
    refusals: refusals.map((one) => ({ ...one, field: `${one.field}-${line.line}` })),
  }
  const rest = [said.company ?? line.company?.name, said.family, said.hours, said.siret]
  return (
    <fieldset class="stack">
      <legend>{say('pledge-files:wrong.line', { line: line.line })}</legend>
      <p class="hint">{rest.filter((text) => text).join(' · ')}</p>
      {refusals
        .filter(({ field }) => !field)
        .map(({ code, values }) => (
          <p class="ds-validation-message" data-color="danger">
            {say(code, values)}
          </p>
        ))}
      <div class="row">
        {fields.map((field) => {
          const control = {
            filled: shown,
            name: `${field}-${line.line}`,
            label: say(`pledge-files:field.${field}`),
            value: said[field] ?? '',
          }
          const choices = choicesOf(field, { place, around })
          return choices.length > 0 ? (
            <SelectField {...control} choices={[asSaid(control.value, place), ...choices]} />
          ) : (
            <TextField {...control} />
          )
        })}
      </div>
    </fieldset>
  )
}

function asSaid(value: string, { say }: Place): Choice {
  return { value, label: value ? say('pledge-files:wrong.asSaid', { value }) : '—' }
}

type Offered = { place: Place; around: Around }

function choicesOf(field: LineField, { place: { say }, around }: Offered): Choice[] {
  if (field === 'family')
    return around.openFamilies.map((value) => ({ value, label: say(`campaigns:family.${value}`) }))
  if (field === 'modality')
    return modalities.map((value) => ({
      value: say(`pledges:modality.${value}`),
      label: say(`pledges:modality.${value}`),
    }))
  if (field !== 'siret') return []
  const companies = around.own ? [around.own] : around.companies
  return companies.flatMap(({ siret, name }) => (siret ? [{ value: siret, label: name }] : []))
}

function RightLines(props: LinesProps) {
  const { place, around, filled, lines } = props
  const { say } = place
  return (
    <section class="ds-card stack">
      <h2 class="ds-heading" data-size="sm">
        {say('pledge-files:right.title')}
      </h2>
      <p class="hint">
        {say(around.own ? 'pledge-files:right.leadOwn' : 'pledge-files:right.lead')}
      </p>
      <LinesTable {...props} title={say('pledge-files:right.title')} mayTick />
      {around.own && (
        <CheckField
          filled={filled}
          name="noCounterpart"
          label={say('pledges:form.noCounterpart')}
          hint={say('pledges:form.noCounterpartHint')}
        />
      )}
      <Submit>
        {say(around.own ? 'pledge-files:right.takeOwn' : 'pledge-files:right.take', {
          count: lines.length,
        })}
      </Submit>
    </section>
  )
}

function LinesTable(props: LinesProps & { title: string; mayTick?: boolean }) {
  const { place, lines, around, mayTick, title } = props
  const { say } = place
  const heads = ['line', ...(around.own ? [] : ['company']), 'family', 'hours', 'period', 'where']
  return (
    <section class="table-scroll" tabindex={0} aria-label={title}>
      <table class="ds-table">
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col" class={head === 'hours' ? 'num' : undefined}>
                {say(`pledge-files:table.${head}`)}
              </th>
            ))}
            {!mayTick && <th scope="col">{say('pledge-files:table.state')}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <LineRow {...props} line={line} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function LineRow({
  place,
  line,
  around,
  filled,
  mayTick,
}: LinesProps & { line: Shown; mayTick?: boolean }) {
  const { say, language } = place
  const [promised] = line.promising ? promisesIn(line.promising) : []
  const isAnswered = Object.keys(filled.typed).length > 0
  const isTicked = isAnswered ? filled.typed[`take-${line.line}`] === 'yes' : true
  return (
    <tr>
      <th scope="row">
        {mayTick ? (
          <label class="tick">
            <input
              class="ds-input"
              type="checkbox"
              name={`take-${line.line}`}
              value="yes"
              checked={isTicked}
              aria-label={say('pledge-files:table.take', { line: line.line })}
            />{' '}
            {line.line}
          </label>
        ) : (
          line.line
        )}
      </th>
      {!around.own && <td>{line.company?.name ?? line.said.company}</td>}
      <td>{promised ? say(`campaigns:family.${promised.family}`) : line.said.family}</td>
      <td class="num">
        {promised ? <Hours value={promised.pledgedMinutes} language={language} /> : line.said.hours}
      </td>
      <td>
        {promised && (
          <>
            <DayText value={promised.startsOn} language={language} /> –{' '}
            <DayText value={promised.endsOn} language={language} />
          </>
        )}
      </td>
      <td>{whereOf(line, place)}</td>
      {!mayTick && (
        <td>
          <Tag color="success">{say(`pledge-files:state.${line.state}`)}</Tag>
        </td>
      )}
    </tr>
  )
}

function whereOf({ said }: Shown, { say }: Place): string {
  const modality = modalityIn(said.modality ?? '')
  const words = [modality ? say(`pledges:modality.${modality}`) : said.modality, said.sites]
  return words.filter((text) => text).join(' · ')
}
