import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import {
  CheckField,
  DayText,
  Figure,
  type Filled,
  Hours,
  RefusalSummary,
  Submit,
  TableCard,
  Tag,
} from '#platform'
import { promisesIn } from '../actions.ts'
import type { Shown } from './actions.ts'
import { ColumnsApart, WrongLines } from './corrections.tsx'
import type { Around } from './judge.ts'
import type { PledgeFile } from './store.ts'
import { modalityIn } from './words.ts'

export type LinesProps = {
  place: Place
  campaign: Campaign
  file: PledgeFile
  lines: Shown[]
  around: Around
  /** By SIREN: companies that the commune does not know yet, and that it has invited. */
  invited: ReadonlyMap<string, { invitedAt: Date }>
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
      {wrong.length + right.length > 0 && (
        <form class="stack" method="post" action={`${path}/pledges/files/${file.id}`}>
          <RefusalSummary filled={filled} />
          <ColumnsApart {...props} lines={lines.filter((one) => !done.includes(one))} />
          {wrong.length > 0 && <WrongLines {...props} lines={wrong} />}
          {right.length > 0 && <RightLines {...props} lines={right} />}
        </form>
      )}
      {done.length > 0 && (
        <TableCard title={say('pledge-files:group.done')}>
          <LinesTable {...props} lines={done} />
        </TableCard>
      )}
      <p>
        <a class="ds-link" href={`${path}/${campaign.year}/pledges`}>
          {say('pledge-files:lines.back')}
        </a>
      </p>
    </>
  )
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
      <section class="table-scroll" tabindex={0} aria-label={say('pledge-files:right.title')}>
        <table class="ds-table">
          <LinesTable {...props} mayTick />
        </table>
      </section>
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

function LinesTable(props: LinesProps & { mayTick?: boolean }) {
  const { place, lines, around, mayTick } = props
  const { say } = place
  const heads = ['line', ...(around.own ? [] : ['company']), 'family', 'hours', 'period', 'where']
  return (
    <>
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
    </>
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
