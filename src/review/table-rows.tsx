import type { Cents, Minutes } from '#kit'
import type { Place } from '#people'
import { DayText, Tag } from '#platform'
import { queryOf } from './asked.ts'
import { gapSeen, scoreSeen, type TableColumn } from './columns.ts'
import type { Subject } from './eligibility.ts'
import type { TableRow } from './table.ts'
import { FILES_ON_A_PAGE, scoreShown, type TableShown } from './table-page.tsx'
import { CompletenessTag, EurosOrNone, HoursOrNone, OutcomeTag } from './tags.tsx'

/** One page of the table. `metis-rows` adds the arrow keys; boxes and links do without it. */
export function Rows(shown: TableShown) {
  const { place, view } = shown
  const { say } = place
  const { shown: all, columns, asked, isAgent } = view
  if (all.length === 0) return <p>{say('review:table.none')}</p>
  const from = (asked.page - 1) * FILES_ON_A_PAGE
  return (
    <metis-rows data-chosen={say('review:bulk.chosen')} data-all={say('review:bulk.all')}>
      <section class="table-scroll" tabindex={0} aria-label={say('review:table.title')}>
        <table class="ds-table work" data-zebra>
          <thead>
            <tr>
              {isAgent && (
                <th scope="col">
                  <span class="visually-hidden">{say('review:bulk.choose')}</span>
                </th>
              )}
              <Head {...shown} name="association" isNumber={false} />
              {columns.map(({ name, isNumber }) => (
                <Head {...shown} name={name} isNumber={isNumber} />
              ))}
            </tr>
          </thead>
          <tbody>
            {all.slice(from, from + FILES_ON_A_PAGE).map((row) => (
              <Line place={place} row={row} columns={columns} isAgent={isAgent} />
            ))}
          </tbody>
        </table>
      </section>
    </metis-rows>
  )
}

/** A head is a link: pressed again, it turns the order round. */
function Head({ place, view, name, isNumber }: TableShown & { name: string; isNumber: boolean }) {
  const { asked, campaign } = view
  const isDown = asked.sort === `-${name}`
  const isUp = asked.sort === name
  const sort = isUp ? `-${name}` : name
  const order = isUp ? 'ascending' : isDown ? 'descending' : undefined
  return (
    <th scope="col" class={isNumber ? 'num' : undefined} aria-sort={order}>
      <a href={`${place.path}/${campaign.year}/review${queryOf(asked, { sort })}`}>
        {place.say(`review:table.column.${name}`)}
        {order && <span aria-hidden="true">{isUp ? ' ▲' : ' ▼'}</span>}
      </a>
    </th>
  )
}

type LineProps = { place: Place; row: TableRow; columns: TableColumn[]; isAgent: boolean }

function Line({ place, row, columns, isAgent }: LineProps) {
  const { say } = place
  if (row.isRecused)
    return (
      <tr>
        {isAgent && <td />}
        <th scope="row">{row.associationName}</th>
        <td colspan={Math.max(1, columns.length)}>{say('review:recused.row')}</td>
      </tr>
    )
  return (
    <tr>
      {isAgent && (
        <td>
          <input
            class="ds-input"
            type="checkbox"
            name="file"
            value={row.id}
            aria-label={say('review:bulk.chooseOne', { name: row.associationName })}
          />
        </td>
      )}
      <th scope="row">
        <a class="ds-link" href={`${place.path}/applications/${row.id}/review`}>
          {row.associationName}
        </a>
        <small>{row.projectTitle}</small>
      </th>
      {columns.map((column) => (
        <td class={column.isNumber ? 'num' : column.name}>{cellOf(place, column, row)}</td>
      ))}
    </tr>
  )
}

type Shower = (row: TableRow, place: Place) => unknown

const euros =
  (of: (row: TableRow) => Cents | undefined): Shower =>
  (row, { language }) => <EurosOrNone value={of(row)} language={language} />
const hours =
  (of: (row: TableRow) => Minutes | undefined): Shower =>
  (row, { language }) => <HoursOrNone value={of(row)} language={language} />

const outcome =
  (subject: Subject): Shower =>
  ({ standing, expiring }, { say }) =>
    expiring.includes(subject) ? (
      <Tag color="warning">{say('review:outcome.expires')}</Tag>
    ) : (
      <OutcomeTag say={say} outcome={standing[subject]} />
    )

/** How a column is drawn, where its plain words are not enough. */
const shower: Record<string, Shower> = {
  completeness: ({ completeness }, { say }) => <CompletenessTag say={say} state={completeness} />,
  cash: outcome('cash'),
  hours: outcome('hours'),
  askedCents: euros(({ askedCents }) => askedCents),
  proposedCents: euros(({ proposed }) => proposed?.cents),
  decidedCents: euros(({ decided }) => decided?.cents),
  askedMinutes: hours(({ askedMinutes }) => askedMinutes),
  proposedMinutes: hours(({ proposed }) => proposed?.minutes),
  decidedMinutes: hours(({ decided }) => decided?.minutes),
  acknowledgeBy: (row, place) => <AcknowledgeBy row={row} place={place} />,
  decideBy: (row, place) => <DecideBy row={row} place={place} />,
  score: (row, { language }) => scoreShown(scoreSeen(row), language),
  gap: (row, { language }) => scoreShown(gapSeen(row), language),
}

function cellOf(place: Place, column: TableColumn, row: TableRow) {
  const show = shower[column.name]
  if (show) return show(row, place)
  const written = column.written(row, place.say)
  if (written.kind === 'text') return written.text
  return written.kind === 'number' ? written.number : '—'
}

function AcknowledgeBy({ row, place }: { row: TableRow; place: Place }) {
  const { clocks, warnings } = row
  if (clocks.isAcknowledged) return place.say('review:clock.acknowledged')
  return (
    <>
      <DayText value={clocks.acknowledgeBy} language={place.language} />
      <Warned place={place} warning={warnings.find((known) => known.startsWith('acknowledge'))} />
    </>
  )
}

function DecideBy({ row, place }: { row: TableRow; place: Place }) {
  const { say, language } = place
  const { clocks, warnings, decided } = row
  if (decided) return say('review:clock.over')
  if (!clocks.decideBy)
    return (
      <>
        {say('review:clock.stopped')}
        {clocks.stoppedUntil && (
          <small>
            {say('review:clock.until')} <DayText value={clocks.stoppedUntil} language={language} />
          </small>
        )}
      </>
    )
  return (
    <>
      <DayText value={clocks.decideBy} language={language} />
      <Warned place={place} warning={warnings.find((known) => known.startsWith('silence'))} />
    </>
  )
}

function Warned({ place, warning }: { place: Place; warning: string | undefined }) {
  if (!warning) return null
  const color = warning.endsWith('Soon') ? 'warning' : 'danger'
  return (
    <>
      {' '}
      <Tag color={color}>{place.say(`review:warning.${warning}`)}</Tag>
    </>
  )
}
