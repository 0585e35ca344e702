import { type Cents, formatEuros } from '#kit'
import type { Place } from '#people'
import { asset, type Filled, type Language, type Say } from '#platform'
import { SectionPage } from '../section-page.tsx'
import { type Answers, canonicalWords, readAnswers } from './answers.ts'
import { accountTotal, type Balance, balanceOf } from './balance.ts'
import { type Account, accountsOf, type BudgetOf, lineField, type Side } from './budget.ts'
import { fieldNamed, fields } from './fields.ts'
import { type CerfaPage, Fields } from './form-page.tsx'
import { accountLabel, isSingle } from './words.ts'

/** A budget as the form prints it: charges, products, and their totals; live where scripts run. */
export function BudgetPage({
  share,
  ...page
}: CerfaPage & { share: { asked: Cents; percent: number } | undefined }) {
  const { place, section, shown, filled } = page
  const { say } = place
  const budget = section === 'budget' ? 'association' : 'project'
  const others = fields[section].filter(({ kind }) => kind !== 'cents')
  const before = others.filter(({ kind }) => kind === 'day')
  const after = others.filter(({ kind }) => kind !== 'day')
  const table = { budget, filled, place, answers: answersIn(page) } as const
  return (
    <SectionPage
      place={place}
      shown={shown}
      filled={filled}
      title={say(`applications:task.${section}`)}
      lead={say(`cerfa:lead.${section}`)}
    >
      <Fields page={page} fields={before} />
      <metis-budget data-language={place.language} data-words={JSON.stringify(balanceWords(say))}>
        <Column {...table} side="charges" />
        <Column {...table} side="products" />
        <Totals place={place} balance={balanceOf(budget, table.answers)} />
      </metis-budget>
      {share && (
        <p>
          {say('cerfa:budget.share', {
            asked: formatEuros(share.asked, place.language),
            percent: share.percent.toLocaleString(place.language),
          })}
        </p>
      )}
      <Fields page={page} fields={after} />
      <script type="module" src={asset('budget.js')} />
    </SectionPage>
  )
}

/** What was typed, as far as it can be read: a line that cannot counts for nothing until it is mended. */
function answersIn({ section, filled }: CerfaPage): Answers {
  const readable = fields[section].map(({ name }) => {
    const text = filled.typed[name] ?? ''
    const field = fieldNamed(name)?.field
    const isRefused = filled.refusals.some((refusal) => refusal.field === name)
    return [name, field && !isRefused ? canonicalWords(field, text) : ''] as const
  })
  const answers = readAnswers(section, Object.fromEntries(readable))
  return 'refusals' in answers ? {} : (answers as Answers)
}

type Table = { budget: BudgetOf; filled: Filled; place: Place; answers: Answers }

function Column({ side, ...table }: Table & { side: Side }) {
  const { say } = table.place
  const known = accountsOf(table.budget, side)
  const paid = known.filter(({ isInKind }) => !isInKind)
  const given = known.filter(({ isInKind }) => isInKind)
  const balance = balanceOf(table.budget, table.answers)?.[side]
  return (
    <table class="ds-table budget">
      <caption>{say(`cerfa:budget.${side}`)}</caption>
      <thead>
        <tr>
          <th scope="col">{say('cerfa:budget.line')}</th>
          <th scope="col" class="num">
            {say('cerfa:budget.amount')}
          </th>
        </tr>
      </thead>
      {paid.map((account) => (
        <AccountRows {...table} account={account} />
      ))}
      <TotalRow table={table} sum={`${side}-total`} label="total" value={balance?.total} />
      {given.map((account) => (
        <AccountRows {...table} account={account} />
      ))}
      <TotalRow table={table} sum={`${side}-general`} label="general" value={balance?.general} />
    </table>
  )
}

function AccountRows({ account, ...table }: Table & { account: Account }) {
  const { budget, place, answers } = table
  const { code, side, isInKind } = account
  const belongs = isInKind ? `${side}-kind` : `${side}-paid`
  if (isSingle(code))
    return (
      <tbody>
        <LineRow {...table} account={account} line={code} belongs={belongs} />
      </tbody>
    )
  return (
    <tbody>
      <tr class="account">
        <th scope="row">{accountLabel(place.say, code)}</th>
        <td class="num">
          <Sum
            name={`account-${code}`}
            language={place.language}
            value={accountTotal(budget, account, answers)}
          />
        </td>
      </tr>
      {account.lines.map((line) => (
        <LineRow {...table} account={account} line={line} belongs={belongs} />
      ))}
    </tbody>
  )
}

function LineRow({
  budget,
  filled,
  place: { say },
  account,
  line,
  belongs,
}: Table & { account: Account; line: string; belongs: string }) {
  const name = lineField(budget, line)
  const reasons = filled.refusals.filter(({ field }) => field === name)
  const described = reasons.length > 0 ? `${name}-reason` : undefined
  return (
    <tr class={isSingle(account.code) ? 'account' : ''}>
      <th scope="row">
        <label for={name}>{say(`cerfa:line.${line}`)}</label>
      </th>
      <td class="num">
        <input
          class="ds-input"
          id={name}
          name={name}
          inputmode="decimal"
          autocomplete="off"
          value={filled.typed[name] ?? ''}
          data-account={account.code}
          data-column={belongs}
          aria-describedby={described}
          aria-invalid={described ? 'true' : undefined}
        />
        {described && (
          <p class="ds-validation-message" data-color="danger" id={described}>
            {reasons.map(({ code, values }) => say(code, values)).join(' ')}
          </p>
        )}
      </td>
    </tr>
  )
}

function TotalRow({
  table: { place },
  sum,
  label,
  value,
}: {
  table: Table
  sum: string
  label: 'total' | 'general'
  value: Cents | undefined
}) {
  const side = sum.replace(/-\w+$/, '')
  return (
    <tbody>
      <tr class="total">
        <th scope="row">{place.say(`cerfa:budget.${label}.${side}`)}</th>
        <td class="num">
          <Sum name={sum} language={place.language} value={value} />
        </td>
      </tr>
    </tbody>
  )
}

function Sum({
  name,
  language,
  value,
}: {
  name: string
  language: Language
  value: Cents | undefined
}) {
  return (
    <span class="num" data-sum={name}>
      {value === undefined ? '—' : formatEuros(value, language)}
    </span>
  )
}

/** Whether the columns agree, in words: also where the refusals of a deposit lead. */
function Totals({
  place: { say, language },
  balance,
}: {
  place: Place
  balance: Balance | undefined
}) {
  return (
    <p class="ds-alert" data-color="info" id="totals" tabindex={-1}>
      {balance ? balanceSentence(say, language, balance) : say('cerfa:balance.none')}
    </p>
  )
}

export function balanceSentence(say: Say, language: Language, balance: Balance): string {
  const { charges, products } = balance
  const gap = charges.total - products.total
  const paid = (by: bigint) => formatEuros((by < 0n ? -by : by) as Cents, language)
  const first =
    gap === 0n
      ? say('cerfa:balance.even')
      : say(gap > 0n ? 'cerfa:balance.lessProducts' : 'cerfa:balance.lessCharges', {
          gap: paid(gap),
        })
  const isEven = charges.inKind === products.inKind
  return isEven ? first : `${first} ${say('cerfa:balance.inKind')}`
}

/** For the script: the same sentences, with a place for the gap. */
function balanceWords(say: Say) {
  return {
    none: say('cerfa:balance.none'),
    even: say('cerfa:balance.even'),
    lessProducts: say('cerfa:balance.lessProducts'),
    lessCharges: say('cerfa:balance.lessCharges'),
    inKind: say('cerfa:balance.inKind'),
  }
}
