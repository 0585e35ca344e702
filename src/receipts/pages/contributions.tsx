import type { Place } from '#people'
import {
  Euros,
  type Filled,
  Hours,
  Notice,
  Page,
  RefusalSummary,
  Submit,
  TableCard,
  TextField,
} from '#platform'
import { accounts, type FiscalYear, type InKindContribution } from '../contributions.ts'
import { receiptNumber } from '../issue.ts'
import { totalOf, totalsBy } from '../totals.ts'
import { annexOf } from './contributions-files.ts'
import { Totals } from './totals.tsx'

export type ContributionsProps = {
  place: Place
  /** Of the address. */
  year: string
  fiscalYear: FiscalYear
  filled: Filled
  contributions: InKindContribution[]
}

export function ContributionsPage(props: ContributionsProps) {
  const { place, contributions, filled } = props
  const { say } = place
  const isRefused = filled.refusals.length > 0
  return (
    <Page frame={place.frame} title={say('receipts:inKind.title')}>
      <h1 class="ds-heading" data-size="lg">
        {say('receipts:inKind.title')}
      </h1>
      <p class="lead">{say('receipts:inKind.lead')}</p>
      <RefusalSummary filled={filled} />
      <FiscalYearForm {...props} />
      {!isRefused && contributions.length === 0 && <Notice>{say('receipts:inKind.none')}</Notice>}
      {!isRefused && contributions.length > 0 && <Note {...props} />}
    </Page>
  )
}

function FiscalYearForm({ place: { say, path }, year, filled }: ContributionsProps) {
  return (
    <form class="ds-card row" method="get" action={`${path}/${year}/contributions`}>
      <TextField filled={filled} name="from" type="date" label={say('receipts:inKind.from')} />
      <TextField filled={filled} name="to" type="date" label={say('receipts:inKind.to')} />
      <Submit>{say('receipts:inKind.show')}</Submit>
    </form>
  )
}

function Note(props: ContributionsProps) {
  const { place, contributions } = props
  const { say, language } = place
  const whole = totalOf(say('receipts:column.total'), contributions)
  return (
    <>
      <Files {...props} />
      <Accounts {...props} />
      <Totals
        place={place}
        title={say('receipts:inKind.byCompany')}
        lead={say('receipts:inKind.byCompanyLead')}
        totals={totalsBy(contributions, 'companyName')}
        whole={whole}
      />
      <Lines {...props} />
      <section class="ds-card">
        <h2 class="ds-heading" data-size="sm">
          {say('receipts:inKind.annex')}
        </h2>
        <p class="ds-paragraph">{say('receipts:inKind.annexLead')}</p>
        <blockquote class="quote">
          {annexOf(props, say, language).map((paragraph) => (
            <p class="ds-paragraph">{paragraph}</p>
          ))}
        </blockquote>
      </section>
    </>
  )
}

function Files({ place: { say, path }, year, fiscalYear }: ContributionsProps) {
  const base = `${path}/${year}/contributions`
  const files = ['note.pdf', 'contributions.csv', 'contributions.xlsx', 'contributions.ods']
  return (
    <p class="actions">
      {files.map((file, rank) => (
        <a
          class="ds-button"
          data-variant={rank === 0 ? undefined : 'secondary'}
          href={`${base}/${file}?${new URLSearchParams(fiscalYear)}`}
        >
          {say('receipts:inKind.file', { format: file.split('.')[1]?.toUpperCase() })}
        </a>
      ))}
    </p>
  )
}

/** Both sides of the foot of the income statement: the same amount, without effect on the result. */
function Accounts({ place: { say, language }, contributions }: ContributionsProps) {
  const { valueCents } = totalOf('', contributions)
  const sides = ['debit', 'credit'] as const
  return (
    <TableCard title={say('receipts:inKind.accounts')} lead={say('receipts:inKind.accountsLead')}>
      <thead>
        <tr>
          <th scope="col">{say('receipts:inKind.account')}</th>
          <th scope="col">{say('receipts:inKind.label')}</th>
          {sides.map((side) => (
            <th scope="col" class="num">
              {say(`receipts:inKind.${side}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr>
            <th scope="row">{account.number}</th>
            <td>{say(`receipts:inKind.${account.kind}`)}</td>
            {sides.map((side) => (
              <td class="num">
                {side === account.side && <Euros value={valueCents} language={language} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </TableCard>
  )
}

function Lines({ place: { say, path, language }, contributions }: ContributionsProps) {
  return (
    <TableCard title={say('receipts:inKind.receipts')}>
      <thead>
        <tr>
          <th scope="col">{say('receipts:column.number')}</th>
          <th scope="col">{say('receipts:column.other.association')}</th>
          <th scope="col">{say('receipts:inKind.mission')}</th>
          <th scope="col" class="num">
            {say('receipts:column.hours')}
          </th>
          <th scope="col" class="num">
            {say('receipts:column.value')}
          </th>
        </tr>
      </thead>
      <tbody>
        {contributions.map((line) => (
          <tr>
            <th scope="row">
              <a class="ds-link" href={`${path}/receipts/${line.id}.pdf`}>
                {receiptNumber(line)}
              </a>
            </th>
            <td>{line.companyName}</td>
            <td>
              {line.missionTitle}
              {line.isPart && <small> {say('receipts:inKind.part')}</small>}
            </td>
            <td class="num">
              <Hours value={line.receiptedMinutes} language={language} />
            </td>
            <td class="num">
              <Euros value={line.valueCents} language={language} />
            </td>
          </tr>
        ))}
      </tbody>
    </TableCard>
  )
}
