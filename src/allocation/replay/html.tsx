import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { cents, formatEuros, formatHours, minutes } from '#kit'
import { sayIn } from '#platform'
import { pageCss } from './page-css.ts'
import { percentIn, type ReplayReport } from './report.ts'
import { associationsChart, bandsChart, familiesChart } from './report-charts.ts'

/** The replay as one file that needs nothing else: styles inside, drawings as SVG, each with its figures in a table. */
export function inHtml(report: ReplayReport): string {
  return `<!doctype html>\n${String(<Page report={report} />)}\n`
}

type Shown = { report: ReplayReport }

function Page({ report }: Shown) {
  const say = sayIn(report.language)
  return (
    <html lang={report.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{report.title}</title>
        <style>{raw(pageCss)}</style>
      </head>
      <body>
        <div class="thread"></div>
        <main>
          <h1>{report.title}</h1>
          <p class="lead">{say('replay:lead')}</p>
          <Facts report={report} />
          <Section id="associations" title={say('replay:chart.associations')}>
            {raw(associationsChart(report))}
            <AssociationsTable report={report} />
          </Section>
          <Section id="bands" title={say('replay:chart.bands')}>
            {raw(bandsChart(report))}
            <BandsTable report={report} />
          </Section>
          <Section id="families" title={say('replay:familiesTitle')}>
            {report.families.length > 0 && raw(familiesChart(report))}
            <FamiliesTable report={report} />
          </Section>
          <Section id="notes" title={say('replay:notesTitle')}>
            <ul>
              {report.notes.map((note) => (
                <li>{note}</li>
              ))}
              {report.setAside.map(({ label, count }) => (
                <li>
                  {label} : {count}
                </li>
              ))}
            </ul>
          </Section>
          {report.refusals.length > 0 && <Refusals report={report} />}
          <footer>
            <p>{say('allocation:command.problemDigest', { sha256: report.problemSha256 })}</p>
            <p>{say('allocation:command.resultDigest', { sha256: report.resultSha256 })}</p>
          </footer>
        </main>
      </body>
    </html>
  )
}

function Section({ id, title, children }: { id: string; title: string; children?: Child }) {
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  )
}

function Facts({ report }: Shown) {
  const say = sayIn(report.language)
  return (
    <dl class="facts">
      {report.facts.map(({ label, text, origin }) => (
        <div class={origin}>
          <dt>{label}</dt>
          <dd>{text}</dd>
          <dd class="origin">{say(`replay:origin.${origin}`)}</dd>
        </div>
      ))}
    </dl>
  )
}

type Column<Row> = { title: string; cell: (row: Row) => Child; isNumber?: boolean }

function Table<Row>({
  caption,
  columns,
  rows,
}: {
  caption: string
  columns: Column<Row>[]
  rows: Row[]
}) {
  return (
    <section class="scroll" tabindex={0} aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, isNumber }) => (
              <th scope="col" class={isNumber ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map(({ cell, isNumber }) => (
                <td class={isNumber ? 'number' : undefined}>{cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function AssociationsTable({ report }: Shown) {
  const { say, euros, hours, percent } = words(report)
  const column = (name: string) => say(`replay:column.${name}`)
  return (
    <Table
      caption={say('replay:table.associations')}
      rows={report.lines}
      columns={[
        {
          title: column('association'),
          cell: (line) => (
            <details>
              <summary>{line.name}</summary>
              {line.reasons.map((reason) => (
                <p>{reason}</p>
              ))}
            </details>
          ),
        },
        { title: column('before'), isNumber: true, cell: (line) => euros(line.baselineCents) },
        { title: column('cash'), isNumber: true, cell: (line) => euros(line.cashCents) },
        {
          title: column('hours'),
          isNumber: true,
          cell: (line) => (line.minutes > 0 ? hours(line.minutes) : '—'),
        },
        {
          title: column('hoursValue'),
          isNumber: true,
          cell: (line) => euros(line.hoursValueCents),
        },
        { title: column('share'), isNumber: true, cell: (line) => percent(line.ratio) },
      ]}
    />
  )
}

function BandsTable({ report }: Shown) {
  const { say } = words(report)
  return (
    <Table
      caption={say('replay:table.bands')}
      rows={report.bands}
      columns={[
        { title: say('replay:column.band'), cell: ({ label }) => label },
        {
          title: say('replay:column.cashAlone'),
          isNumber: true,
          cell: ({ withoutHours }) => withoutHours,
        },
        {
          title: say('replay:column.withHours'),
          isNumber: true,
          cell: ({ withHours }) => withHours,
        },
      ]}
    />
  )
}

function FamiliesTable({ report }: Shown) {
  const { say, hours } = words(report)
  const column = (name: string) => say(`replay:column.${name}`)
  return (
    <Table
      caption={say('replay:table.families')}
      rows={report.families}
      columns={[
        { title: column('family'), cell: ({ family }) => family },
        { title: column('pledged'), isNumber: true, cell: (one) => hours(one.pledgedMinutes) },
        { title: column('used'), isNumber: true, cell: (one) => hours(one.usedMinutes) },
        {
          title: column('unused'),
          cell: ({ unused }) =>
            unused.map((one) => `${hours(one.minutes)} ${one.reason}`).join(', ') || '—',
        },
      ]}
    />
  )
}

function Refusals({ report }: Shown) {
  const { say } = words(report)
  const column = (name: string) => say(`replay:column.${name}`)
  const title = say('replay:refusedTitle', { count: report.refusals.length })
  return (
    <Section id="refusals" title={title}>
      <Table
        caption={title}
        rows={report.refusals}
        columns={[
          { title: column('file'), cell: ({ file }) => file },
          { title: column('line'), isNumber: true, cell: ({ line }) => line },
          { title: column('header'), cell: (one) => one.column },
          { title: column('reason'), cell: ({ reason }) => reason },
          { title: column('remedy'), cell: ({ remedy }) => remedy },
        ]}
      />
    </Section>
  )
}

function words({ language }: ReplayReport) {
  return {
    say: sayIn(language),
    euros: (amount: number) => formatEuros(cents(amount), language),
    hours: (count: number) => formatHours(minutes(count), language),
    percent: percentIn(language),
  }
}
