import type { Campaign } from '#campaigns'
import { formatDay } from '#kit'
import type { Place } from '#people'
import { Euros, Notice, Page, Tag } from '#platform'
import type { Award } from '../store.ts'
import { type ReportFacts, type ReportState, reportStateOf, reportStates } from './rules.ts'
import { stateColor } from './state-color.ts'

export type ListedReport = { award: Award; facts: ReportFacts }

type ListView = {
  place: Place
  campaign: Campaign
  reports: ListedReport[]
  /** The state asked in the address, if any. */
  shown: ReportState | undefined
}

/** Every report of a season, filtered by its state in the address. */
export function ReportListPage(view: ListView) {
  const { place, campaign, reports, shown } = view
  const { say } = place
  const listed = reports.filter(({ facts }) => !shown || reportStateOf(facts) === shown)
  const title = say('awards:reports.title', { year: campaign.year })
  return (
    <Page frame={place.frame} title={title}>
      <h1 class="ds-heading" data-size="lg">
        {title}
      </h1>
      <p class="lead">{say('awards:reports.lead')}</p>
      <Filters view={view} />
      {listed.length === 0 ? (
        <Notice>{say('awards:reports.none')}</Notice>
      ) : (
        <ReportTable place={place} listed={listed} />
      )}
    </Page>
  )
}

function Filters({ view: { place, campaign, reports, shown } }: { view: ListView }) {
  const { say } = place
  const here = `${place.path}/${campaign.year}/decisions/reports`
  const counts = Map.groupBy(reports, ({ facts }) => reportStateOf(facts))
  const present = reportStates.filter((state) => counts.has(state))
  const link = (state: ReportState | undefined, label: string) => (
    <li>
      <a
        href={state ? `${here}?state=${state}` : here}
        {...(shown === state ? { 'aria-current': 'page' as const } : {})}
      >
        {label}
      </a>
    </li>
  )
  return (
    <nav aria-label={say('awards:reports.filters')}>
      <ul class="counters">
        {link(undefined, say('awards:reports.all', { count: reports.length }))}
        {present.map((state) =>
          link(state, `${say(`awards:report.state.${state}`)} (${counts.get(state)?.length ?? 0})`),
        )}
      </ul>
    </nav>
  )
}

function ReportTable({ place, listed }: { place: Place; listed: ListedReport[] }) {
  const { say } = place
  const label = say('awards:reports.table')
  return (
    <section class="table-scroll" tabindex={0} aria-label={label}>
      <table class="ds-table" data-size="sm">
        <caption class="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{say('awards:association')}</th>
            <th scope="col" class="num">
              {say('awards:decided')}
            </th>
            <th scope="col" class="num">
              {say('awards:paid')}
            </th>
            <th scope="col">{say('awards:reports.due')}</th>
            <th scope="col">{say('awards:reports.state')}</th>
          </tr>
        </thead>
        <tbody>
          {listed.map((report) => (
            <ReportRow place={place} report={report} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ReportRow({ place, report: { award, facts } }: { place: Place; report: ListedReport }) {
  const { say, language } = place
  const state = reportStateOf(facts)
  const asked = facts.steps.at(-1)?.answerBy
  return (
    <tr>
      <th scope="row">
        <a class="ds-link" href={`${place.path}/decisions/${award.id}/report`}>
          {award.associationName}
        </a>
      </th>
      <td class="num">
        <Euros value={award.cashCents} language={language} />
      </td>
      <td class="num">
        <Euros value={award.paidCents} language={language} />
      </td>
      <td>{formatDay(facts.dueOn, language)}</td>
      <td>
        <Tag color={stateColor[state]}>{say(`awards:report.state.${state}`)}</Tag>
        {asked && (
          <small>{say('awards:reports.answerBy', { day: formatDay(asked, language) })}</small>
        )}
      </td>
    </tr>
  )
}
