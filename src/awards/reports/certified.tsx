import { formatInstant } from '#kit'
import { Euros, Notice } from '#platform'
import { reportWords } from './form.ts'
import type { ReportView } from './page.tsx'
import {
  type BudgetLine,
  chargeAccounts,
  donePercent,
  inKindAccounts,
  productAccounts,
  reportRemarks,
  sumOf,
} from './rules.ts'
import type { Certified } from './store.ts'

/** The report as its representative certified it. */
export function CertifiedReport({ view, certified }: { view: ReportView; certified: Certified }) {
  const { place, award } = view
  const { say, language } = place
  const { words, lines, capacity } = certified.content
  const signed = { name: certified.byName, capacity, at: formatInstant(certified.at, language) }
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('awards:report.certified')}
      </h2>
      <p>{say('awards:report.certifiedBy', signed)}</p>
      <p class="hint">
        SHA-256 <code class="digest">{certified.sha256}</code>
      </p>
      {view.may.act &&
        reportRemarks(lines, award.cashCents).map((remark) => (
          <Notice color="warning">{say(remark)}</Notice>
        ))}
      {reportWords
        .filter((word) => words[word] !== '')
        .map((word) => (
          <>
            <h3 class="ds-heading" data-size="xs">
              {say(`awards:report.words.${word}`)}
            </h3>
            <p class="version">{words[word]}</p>
          </>
        ))}
      <Table view={view} group="charges" lines={lines} accounts={chargeAccounts} />
      <Table view={view} group="products" lines={lines} accounts={productAccounts} />
      <Table view={view} group="inKind" lines={lines} accounts={inKindAccounts} />
    </section>
  )
}

type TableProps = {
  view: ReportView
  group: 'charges' | 'products' | 'inKind'
  lines: BudgetLine[]
  accounts: readonly string[]
}

function Table({ view: { place }, group, lines, accounts }: TableProps) {
  const { say } = place
  const own = lines.filter(
    ({ account, plannedCents, doneCents }) =>
      accounts.includes(account) && plannedCents + doneCents > 0n,
  )
  if (own.length === 0) return null
  const label = say(`awards:report.group.${group}`)
  const total = {
    plannedCents: sumOf(lines, accounts, 'plannedCents'),
    doneCents: sumOf(lines, accounts, 'doneCents'),
  }
  return (
    <section class="table-scroll" tabindex={0} aria-label={label}>
      <table class="ds-table" data-size="sm">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{say('awards:report.column.account')}</th>
            <th scope="col" class="num">
              {say('awards:report.column.planned')}
            </th>
            <th scope="col" class="num">
              {say('awards:report.column.done')}
            </th>
            <th scope="col" class="num">
              %
            </th>
          </tr>
        </thead>
        <tbody>
          {own.map((line) => (
            <Row place={place} label={say(`awards:report.account.${line.account}`)} line={line} />
          ))}
        </tbody>
        {group !== 'inKind' && (
          <tfoot>
            <Row place={place} label={say('awards:report.total')} line={total} />
          </tfoot>
        )}
      </table>
    </section>
  )
}

type RowProps = {
  place: ReportView['place']
  label: string
  line: Omit<BudgetLine, 'account'>
}

function Row({ place: { language }, label, line }: RowProps) {
  const percent = donePercent(line)
  return (
    <tr>
      <th scope="row">{label}</th>
      <td class="num">
        <Euros value={line.plannedCents} language={language} />
      </td>
      <td class="num">
        <Euros value={line.doneCents} language={language} />
      </td>
      <td class="num">{percent === undefined ? '—' : `${percent} %`}</td>
    </tr>
  )
}
