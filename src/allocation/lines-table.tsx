import { Euros, Hours, Tag } from '#platform'
import { Chart, rowsMax } from './chart.tsx'
import { familyName } from './explanation/wording.ts'
import { minutesOf, type ProposedLine } from './lines.ts'
import { percentText } from './percent.ts'
import type { Words } from './words.ts'

export type Shown = {
  words: Words
  /** Of the campaign, where it is known: the marks of the chart are the year before. */
  year?: number
  lines: ProposedLine[]
  /** Where a line can be decided by hand, for who may. */
  lineHref?: (applicationId: string) => string
}

export function LinesChart({ words, year, lines }: Shown) {
  const { say } = words
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
          {say('scenarios:grantOf', { year: yearBefore(words, year) })}
        </li>
      </ul>
      <section class="table-scroll" tabindex={0} aria-label={say('scenarios:byAssociation')}>
        <Chart lines={lines} words={words} />
      </section>
      {lines.length > rowsMax && <p class="hint">{say('scenarios:chartLimit', { rowsMax })}</p>}
    </>
  )
}

/** Totals are indicative and say so: an act never adds cash and hours. */
export function LinesTable(shown: Shown) {
  const { words, year, lines } = shown
  const { say } = words
  const counted = ['scenarios:cash', 'scenarios:hours', 'scenarios:total', 'scenarios:rate']
  return (
    <>
      <section class="table-scroll" tabindex={0} aria-label={say('scenarios:tableLabel')}>
        <table class="ds-table" data-size="sm">
          <caption class="visually-hidden">{say('scenarios:tableLabel')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('scenarios:association')}</th>
              {[yearBefore(words, year), ...counted.map((key) => say(key))].map((name) => (
                <th scope="col" class="num">
                  {name}
                </th>
              ))}
              <th scope="col">{say('scenarios:reasons')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line {...shown} line={line} />
            ))}
          </tbody>
        </table>
      </section>
      <p class="hint">{say('scenarios:indicative')}</p>
    </>
  )
}

function Line({ line, words, lineHref }: Shown & { line: ProposedLine }) {
  const { say, language } = words
  const name = <span class="visually-hidden"> {line.associationName}</span>
  return (
    <tr>
      <th scope="row">
        {line.associationName}{' '}
        {line.pinnedBecause !== undefined && <Tag color="warning">{say('scenarios:pinned')}</Tag>}
        <small>{familiesText(words, line)}</small>
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
          {name}
        </a>
        {lineHref && (
          <small>
            <a class="ds-link" href={lineHref(line.applicationId)}>
              {say('scenarios:decideLine')}
              {name}
            </a>
          </small>
        )}
      </td>
    </tr>
  )
}

export function LinesReasons({ words, lines }: Pick<Shown, 'words' | 'lines'>) {
  const { say, language } = words
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
            {line.pinnedBecause !== undefined && (
              <li>{say('scenarios:pinnedBecause', { reason: line.pinnedBecause })}</li>
            )}
            {line.reasons[language].map((reason) => (
              <li>{reason}</li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}

function yearBefore({ say }: Words, year: number | undefined): string {
  return year === undefined ? say('scenarios:lastYear') : String(year - 1)
}

function familiesText({ say }: Words, line: ProposedLine): string {
  const families = new Set(line.hours.map(({ family }) => family))
  return [...families].map((family) => familyName(say, family)).join(', ')
}
