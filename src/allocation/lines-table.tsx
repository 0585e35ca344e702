import { raw } from 'hono/html'
import type { Campaign } from '#campaigns'
import type { Place } from '#people'
import { Euros, Hours } from '#platform'
import { chartOf, rowsMax } from './chart.ts'
import { minutesOf, type ProposedLine } from './lines.ts'
import { percentText } from './percent.ts'

type Shown = { place: Place; campaign: Campaign; lines: ProposedLine[] }

export function ScenarioChart({ place, campaign, lines }: Shown) {
  const { say, language } = place
  if (lines.length === 0) return null
  return (
    <>
      <ul class="legend">
        <li>
          <i class="cash" aria-hidden="true" />
          {say('scenarios:cash')}
        </li>
        <li>
          <i class="hours" aria-hidden="true" />
          {say('scenarios:valuedHours')}
        </li>
        <li>
          <i class="before" aria-hidden="true" />
          {say('scenarios:grantOf', { year: campaign.year - 1 })}
        </li>
      </ul>
      <section class="table-scroll" tabindex={0} aria-label={say('scenarios:byAssociation')}>
        {raw(
          chartOf(lines, {
            title: say('scenarios:byAssociation'),
            description: say('scenarios:chartDescription'),
            language,
          }),
        )}
      </section>
      {lines.length > rowsMax && <p class="hint">{say('scenarios:chartLimit', { rowsMax })}</p>}
    </>
  )
}

/** Totals are indicative and say so: an act never adds cash and hours. */
export function ScenarioTable({ place, campaign, lines }: Shown) {
  const { say } = place
  return (
    <>
      <section class="table-scroll" tabindex={0} aria-label={say('scenarios:tableLabel')}>
        <table class="ds-table" data-size="sm">
          <caption class="visually-hidden">{say('scenarios:tableLabel')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('scenarios:association')}</th>
              <th scope="col" class="num">
                {campaign.year - 1}
              </th>
              <th scope="col" class="num">
                {say('scenarios:cash')}
              </th>
              <th scope="col" class="num">
                {say('scenarios:hours')}
              </th>
              <th scope="col" class="num">
                {say('scenarios:total')}
              </th>
              <th scope="col" class="num">
                {say('scenarios:rate')}
              </th>
              <th scope="col">{say('scenarios:reasons')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line line={line} place={place} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">{say('scenarios:indicative')}</p>
    </>
  )
}

function Line({ line, place }: { line: ProposedLine; place: Place }) {
  const { say, language } = place
  return (
    <tr>
      <th scope="row">
        {line.associationName}
        <small>{familiesText(place, line)}</small>
      </th>
      <td class="num">
        <Euros value={line.baselineCents} language={language} />
      </td>
      <td class="num">
        <Euros value={line.cashCents} language={language} />
      </td>
      <td class="num">
        <Hours value={minutesOf(line)} language={language} />
      </td>
      <td class="num">
        <Euros value={line.totalCents} language={language} />
      </td>
      <td class="num">{percentText(line.ratio, language)}</td>
      <td>
        <a class="ds-link" href={`#why-${line.associationId}`}>
          {say('scenarios:why')}
          <span class="visually-hidden"> {line.associationName}</span>
        </a>
      </td>
    </tr>
  )
}

export function ScenarioReasons({ place, lines }: { place: Place; lines: ProposedLine[] }) {
  const { say, language } = place
  if (lines.length === 0) return null
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="xs">
        {say('scenarios:reasonsTitle')}
      </h2>
      {lines.map((line) => (
        <details>
          <summary>{line.associationName}</summary>
          {/* Inside, so that following the link opens it. */}
          <ul class="ds-list" id={`why-${line.associationId}`} tabindex={-1}>
            {line.reasons[language].map((reason) => (
              <li>{reason}</li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}

export function familiesText({ say }: Place, line: ProposedLine): string {
  const families = new Set(line.hours.map(({ family }) => family))
  return [...families].map((family) => say(`campaigns:family.${family}`)).join(', ')
}
