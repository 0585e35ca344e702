import { numberFormat } from '#kit'
import type { Place } from '#people'
import { CheckField, type Filled, Page, RefusalSummary, SelectField, TextField } from '#platform'
import { queryOf } from './asked.ts'
import { BulkBar, UndoNotice } from './bulk-bar.tsx'
import { tableColumns } from './columns.ts'
import { shows } from './table.ts'
import { Rows } from './table-rows.tsx'
import type { TableView } from './table-view.ts'

export type TableShown = { place: Place; view: TableView; filled: Filled }

/** The agent's work: every deposited file, what its state is, what the calendar asks. */
export function TablePage(shown: TableShown) {
  const { place, view, filled } = shown
  const { say } = place
  const season = `${place.path}/${view.campaign.year}`
  return (
    <Page frame={place.frame} title={say('review:table.title')}>
      <div class="head">
        <h1 class="ds-heading" data-size="lg">
          {say('review:table.title')}
        </h1>
        <div class="actions">
          <a class="ds-button" data-variant="secondary" href={`${season}/review/panel`}>
            {say('review:table.panel')}
          </a>
          <a class="ds-button" data-variant="secondary" href={`${season}/review/grid`}>
            {say('review:grid.title')}
          </a>
          <a class="ds-button" href={`${season}/allocation`}>
            {say('review:table.toAllocation')}
          </a>
        </div>
      </div>
      <RefusalSummary filled={filled} />
      <UndoNotice {...shown} />
      <p>
        {view.counts.blocked > 0
          ? say('review:table.blocked', { count: view.counts.blocked })
          : say('review:table.ready')}
      </p>
      <Counters {...shown} />
      <Filter {...shown} />
      <Work {...shown} />
      <Exports {...shown} />
      <ColumnChooser {...shown} />
    </Page>
  )
}

/** Only whoever may act on many files is given boxes to tick and what to do with them. */
function Work(shown: TableShown) {
  const { place, view } = shown
  if (!view.isAgent || view.shown.length === 0)
    return (
      <>
        <Rows {...shown} />
        <Pages {...shown} />
      </>
    )
  return (
    <form class="stack" method="post" action={`${place.path}/${view.campaign.year}/review/bulk`}>
      <input type="hidden" name="list" value={queryOf(view.asked, { page: view.asked.page })} />
      <Rows {...shown} />
      <Pages {...shown} />
      <BulkBar {...shown} />
    </form>
  )
}

/** How many files are in each state; each figure is the way to them. */
function Counters({ place, view }: TableShown) {
  const { say } = place
  return (
    <nav aria-label={say('review:table.filter')}>
      <ul class="counters">
        {shows.map((show) => (
          <li>
            <a
              href={`${place.path}/${view.campaign.year}/review${queryOf(view.asked, { show })}`}
              aria-current={view.asked.show === show ? 'true' : undefined}
            >
              {say(`review:table.show.${show}`)} <b>{view.counts[show]}</b>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Filter({ place, view }: TableShown) {
  const { say } = place
  const { asked } = view
  const filled = {
    say,
    typed: { q: asked.q, envelope: asked.envelope, agent: asked.agent },
    refusals: [],
  }
  const open = view.rows.filter(({ isRecused }) => !isRecused)
  const envelopes = [...new Set(open.map(({ envelopeName }) => envelopeName))].sort()
  const any = { value: '', label: say('review:table.any') }
  const agents = view.agents.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <form class="row" method="get">
      {asked.show !== 'all' && <input type="hidden" name="show" value={asked.show} />}
      {asked.sort && <input type="hidden" name="sort" value={asked.sort} />}
      <TextField filled={filled} name="q" label={say('review:table.search')} type="search" />
      <SelectField
        filled={filled}
        name="envelope"
        label={say('review:table.column.envelope')}
        choices={[any, ...envelopes.map((name) => ({ value: name, label: name }))]}
      />
      <SelectField
        filled={filled}
        name="agent"
        label={say('review:table.column.agent')}
        choices={[any, ...agents]}
      />
      <button class="ds-button" data-variant="secondary" type="submit">
        {say('review:table.filterButton')}
      </button>
    </form>
  )
}

export const FILES_ON_A_PAGE = 50

function Pages({ place, view }: TableShown) {
  const { say } = place
  const last = Math.ceil(view.shown.length / FILES_ON_A_PAGE)
  const { page } = view.asked
  const to = (other: number) =>
    `${place.path}/${view.campaign.year}/review${queryOf(view.asked, { page: other })}`
  return (
    <p class="actions">
      <span>{say('review:table.count', { count: view.shown.length })}</span>
      {page > 1 && (
        <a class="ds-link" rel="prev" href={to(page - 1)}>
          {say('review:table.previous')}
        </a>
      )}
      {last > 1 && <span>{say('review:table.page', { page, last })}</span>}
      {page < last && (
        <a class="ds-link" rel="next" href={to(page + 1)}>
          {say('review:table.next')}
        </a>
      )}
    </p>
  )
}

export const exportFormats = ['csv', 'xlsx', 'ods'] as const

/** The files of this list, all its pages, in the columns and the order of the screen. */
function Exports({ place, view }: TableShown) {
  const { say } = place
  const query = queryOf(view.asked)
  const head = `${place.path}/${view.campaign.year}/review`
  return (
    <p class="actions">
      <span>{say('review:table.export')}</span>
      {exportFormats.map((format) => (
        <a class="ds-link" href={`${head}/files.${format}${query}`} download>
          {format.toUpperCase()}
        </a>
      ))}
      {view.isAgent && (
        <a class="ds-link" href={`${head}/pieces.zip${query}`} download>
          {say('review:table.pieces')}
        </a>
      )}
    </p>
  )
}

function ColumnChooser({ place, view }: TableShown) {
  const { say } = place
  const names = view.columns.map(({ name }) => name)
  const typed = Object.fromEntries(names.map((name) => [`column-${name}`, 'yes']))
  return (
    <details>
      <summary>{say('review:table.columns')}</summary>
      <form
        class="stack"
        method="post"
        action={`${place.path}/${view.campaign.year}/review/columns`}
      >
        <input type="hidden" name="list" value={queryOf(view.asked, { page: view.asked.page })} />
        <fieldset class="row">
          <legend>{say('review:table.columnsLegend')}</legend>
          {tableColumns.map(({ name }) => (
            <CheckField
              filled={{ say, typed, refusals: [] }}
              name={`column-${name}`}
              label={say(`review:table.column.${name}`)}
            />
          ))}
        </fieldset>
        <div>
          <button class="ds-button" data-variant="secondary" type="submit">
            {say('review:table.columnsSave')}
          </button>
        </div>
      </form>
    </details>
  )
}

export function scoreShown(score: number | undefined, language: string): string {
  return score === undefined
    ? '—'
    : numberFormat(language, { maximumFractionDigits: 1 }).format(score)
}
