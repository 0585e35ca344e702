import { formatEuros, formatHours } from '#kit'
import type { Place } from '#people'
import {
  Euros,
  Figure,
  type Filled,
  Hours,
  Notice,
  Page,
  RefusalSummary,
  Submit,
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
      <div class="figures">
        <Figure label={say('receipts:inKind.hours')}>{formatHours(whole.minutes, language)}</Figure>
        <Figure label={say('receipts:figure.value')}>
          {formatEuros(whole.valueCents, language)}
        </Figure>
        <Figure label={say('receipts:column.count')}>{String(whole.receiptsCount)}</Figure>
      </div>
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
  const amount = <Euros value={valueCents} language={language} />
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('receipts:inKind.accounts')}
      </h2>
      <p class="ds-paragraph">{say('receipts:inKind.accountsLead')}</p>
      <section class="table-scroll" tabindex={0} aria-label={say('receipts:inKind.accounts')}>
        <table class="ds-table">
          <thead>
            <tr>
              <th scope="col">{say('receipts:inKind.account')}</th>
              <th scope="col">{say('receipts:inKind.label')}</th>
              <th scope="col" class="num">
                {say('receipts:inKind.debit')}
              </th>
              <th scope="col" class="num">
                {say('receipts:inKind.credit')}
              </th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{accounts.used}</th>
              <td>{say('receipts:inKind.used')}</td>
              <td class="num">{amount}</td>
              <td />
            </tr>
            <tr>
              <th scope="row">{accounts.received}</th>
              <td>{say('receipts:inKind.received')}</td>
              <td />
              <td class="num">{amount}</td>
            </tr>
          </tbody>
        </table>
      </section>
    </section>
  )
}

function Lines({ place: { say, path, language }, contributions }: ContributionsProps) {
  const title = say('receipts:inKind.receipts')
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {title}
      </h2>
      <section class="table-scroll" tabindex={0} aria-label={title}>
        <table class="ds-table">
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
        </table>
      </section>
    </section>
  )
}
