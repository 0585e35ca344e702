import type { Campaign } from '#campaigns'
import { numberFormat } from '#kit'
import type { Place } from '#people'
import { Euros, Figure, Hours, Page, type Say, SelectField } from '#platform'
import { isEligible } from './eligibility.ts'
import type { TableRow } from './table.ts'
import { CompletenessTag, OutcomeTag } from './tags.tsx'

/** Every deposited file: complete, eligible to euros, eligible to hours, marked; and what blocks. */
export function TablePage({
  place,
  campaign,
  rows,
  shown,
  filter,
}: {
  place: Place
  campaign: Campaign
  rows: TableRow[]
  shown: TableRow[]
  filter: string
}) {
  const { say } = place
  const open = rows.filter(({ isRecused }) => !isRecused)
  const blocked = open.filter(({ blockers }) => blockers.length > 0)
  return (
    <Page frame={place.frame} title={say('review:table.title')}>
      <div class="head">
        <h1 class="ds-heading" data-size="lg">
          {say('review:table.title')}
        </h1>
        <a class="ds-button" href={`${place.path}/${campaign.year}/allocation`}>
          {say('review:table.toAllocation')}
        </a>
      </div>
      <Figures say={say} rows={open} />
      <p>
        {blocked.length > 0
          ? say('review:table.blocked', { count: blocked.length })
          : say('review:table.ready')}
      </p>
      <Filter say={say} filter={filter} />
      <Rows place={place} rows={shown} />
    </Page>
  )
}

function Figures({ say, rows }: { say: Say; rows: TableRow[] }) {
  const counted = (keep: (row: TableRow) => boolean) => rows.filter(keep).length
  const figures: [string, number][] = [
    ['complete', counted(({ standing }) => standing.isComplete)],
    ['cash', counted(({ standing }) => isEligible(standing.cash))],
    ['hours', counted(({ standing }) => isEligible(standing.hours))],
    ['marked', counted(({ standing }) => standing.score !== undefined)],
  ]
  return (
    <div class="figures">
      {figures.map(([name, count]) => (
        <Figure label={say(`review:table.figure.${name}`)}>
          {say('review:table.outOf', { count, total: rows.length })}
        </Figure>
      ))}
    </div>
  )
}

function Filter({ say, filter }: { say: Say; filter: string }) {
  const choices = ['all', 'blocked', 'ready', 'disputed'].map((value) => ({
    value,
    label: say(`review:table.show.${value}`),
  }))
  return (
    <form class="row" method="get">
      <SelectField
        filled={{ say, typed: { show: filter }, refusals: [] }}
        name="show"
        label={say('review:table.filter')}
        choices={choices}
      />
      <button class="ds-button" data-variant="secondary" type="submit">
        {say('review:table.filterButton')}
      </button>
    </form>
  )
}

const columns = ['association', 'completeness', 'cash', 'hours', 'score', 'gap', 'blockers']

function Rows({ place, rows }: { place: Place; rows: TableRow[] }) {
  const { say } = place
  if (rows.length === 0) return <p>{say('review:table.none')}</p>
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('review:table.title')}>
      <table class="ds-table" data-zebra>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{say(`review:table.column.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) =>
            row.isRecused ? (
              <RecusedRow say={say} name={row.application.associationName} />
            ) : (
              <Row place={place} row={row} />
            ),
          )}
        </tbody>
      </table>
    </section>
  )
}

function Row({ place, row }: { place: Place; row: TableRow }) {
  const { say, language } = place
  const { application, standing, completeness, gap, blockers, askedMinutes } = row
  return (
    <tr>
      <th scope="row">
        <a class="ds-link" href={`${place.path}/applications/${application.id}/review`}>
          {application.associationName}
        </a>
        <small>{application.projectTitle}</small>
      </th>
      <td>
        <CompletenessTag say={say} state={completeness} />
      </td>
      <td>
        <OutcomeTag say={say} outcome={standing.cash} />
        <small>
          <Euros value={application.askedCents} language={language} />
        </small>
      </td>
      <td>
        <OutcomeTag say={say} outcome={standing.hours} />
        <small>
          <Hours value={askedMinutes} language={language} />
        </small>
      </td>
      <td class="num">{scoreShown(standing.score, language)}</td>
      <td class="num">{row.reviewersCount > 1 ? scoreShown(gap, language) : '—'}</td>
      <td>{blockers.map((blocker) => say(`review:blocker.${blocker}`)).join(', ') || '—'}</td>
    </tr>
  )
}

function RecusedRow({ say, name }: { say: Say; name: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td colspan={columns.length - 1}>{say('review:recused.row')}</td>
    </tr>
  )
}

export function scoreShown(score: number | undefined, language: string): string {
  return score === undefined
    ? '—'
    : numberFormat(language, { maximumFractionDigits: 1 }).format(score)
}
