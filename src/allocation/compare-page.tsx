import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { Euros, Hours, Page } from '#platform'
import type { Told } from './assumptions-list.tsx'
import { type Change, changesBetween, givenIn } from './changes.ts'
import { ChangesList, Difference } from './changes-list.tsx'
import { minutesOf, type ProposedLine } from './lines.ts'
import { percentText } from './percent.ts'
import type { Scenario } from './scenario.ts'

type Side = { scenario: Scenario; lines: ProposedLine[]; told: Told[] }
type CompareView = { place: Place; campaign: Campaign; a: Side; b: Side }

/** Two scenarios side by side: what was supposed otherwise, then who gains and who loses, in words too. */
export function ComparePage({ place, campaign, a, b }: CompareView) {
  const { say } = place
  const season = `${place.path}/${campaign.year}/allocation`
  const changes = changesBetween(givenIn(a.lines), givenIn(b.lines))
  const differing = b.told.filter(({ value }, rank) => value !== a.told[rank]?.value)
  return (
    <Page frame={place.frame} title={say('scenarios:compareTitle')}>
      <h1 class="ds-heading" data-size="lg">
        {say('scenarios:compareTitle')}
      </h1>
      <p class="lead">
        {[a, b].map(({ scenario }, rank) => (
          <>
            {rank > 0 && ' → '}
            <a class="ds-link" href={`${season}/${scenario.id}`}>
              {scenario.name}
            </a>
          </>
        ))}
      </p>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="xs">
          {say('scenarios:differing')}
        </h2>
        {differing.length === 0 ? (
          <p class="ds-paragraph">{say('scenarios:noDiffering')}</p>
        ) : (
          <dl class="facts">
            {differing.map(({ label, value }) => (
              <>
                <dt>{label}</dt>
                <dd>
                  {a.told.find((told) => told.label === label)?.value} → {value}
                </dd>
              </>
            ))}
          </dl>
        )}
      </section>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="xs">
          {say('scenarios:changesTitle')}
        </h2>
        <ChangesList changes={changes} words={place} />
      </section>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="xs">
          {say('scenarios:byAssociation')}
        </h2>
        <CompareTable a={a} b={b} changes={changes} place={place} />
        <p class="hint">{say('scenarios:indicative')}</p>
      </section>
    </Page>
  )
}

type TableView = { a: Side; b: Side; changes: Change[]; place: Place }

function CompareTable({ a, b, changes, place }: TableView) {
  const { say } = place
  const lineOf = new Map([a, b].map((side) => [side, byAssociation(side.lines)]))
  const changed = new Map(changes.map((one) => [one.associationId, one]))
  const names = new Map(
    [...a.lines, ...b.lines].map((line) => [line.associationId, line.associationName]),
  )
  const sorted = [...names].sort(([, one], [, other]) => one.localeCompare(other, 'fr'))
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('scenarios:tableLabel')}>
      <table class="ds-table" data-size="sm">
        <caption class="visually-hidden">{say('scenarios:compareTitle')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('scenarios:association')}</th>
            {[a, b].map(({ scenario }) => (
              <th scope="col" class="num">
                {scenario.name}
              </th>
            ))}
            <th scope="col">{say('scenarios:difference')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(([id, name]) => (
            <tr>
              <th scope="row">{name}</th>
              {[a, b].map((side) => (
                <GivenCell line={lineOf.get(side)?.get(id)} place={place} />
              ))}
              <td>
                <Difference change={changed.get(id)} words={place} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say('scenarios:sum')}</th>
            {[a, b].map(({ scenario: { figures } }) => (
              <td class="num">
                <Euros value={figures.cashCents} language={place.language} />
                <small>
                  <Hours value={figures.usedMinutes} language={place.language} />
                </small>
              </td>
            ))}
            <td />
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

function GivenCell({ line, place }: { line: ProposedLine | undefined; place: Place }) {
  const { language } = place
  if (!line) return <td class="num">—</td>
  return (
    <td class="num">
      <Euros value={line.cashCents} language={language} />
      <small>
        <Hours value={minutesOf(line)} language={language} /> · {percentText(line.ratio, language)}
      </small>
    </td>
  )
}

function byAssociation(lines: ProposedLine[]): Map<string, ProposedLine> {
  return new Map(lines.map((line) => [line.associationId, line]))
}
