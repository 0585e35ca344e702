import { formatDay, formatEuros, parseDay } from '#kit'
import type { Language, Say } from '#platform'
import type { ReadFile } from '../facts.tsx'
import { accountTotal, type Balance, balanceOf } from './balance.ts'
import { accountsOf, type BudgetOf, type Side } from './budget.ts'
import { balanceSentence } from './budget-page.tsx'
import { type CerfaSection, cerfaSections, type Field, fields } from './fields.ts'
import { typedAnswer } from './file.ts'
import { knownWords } from './form-page.tsx'
import { accountLabel, cerfaWords, fieldLabel, groupLabel, isSingle } from './words.ts'

/** The rest of the form to read, part by part: closed until somebody wants it, and silent about what is blank. */
export function CerfaFacts({ file }: { file: ReadFile }) {
  const parts = cerfaSections.filter((section) => answered(file, section).length > 0)
  if (parts.length === 0) return null
  const { say } = file
  return (
    <section class="ds-card">
      <h2 class="ds-heading" data-size="sm">
        {say('cerfa:facts.title')}
      </h2>
      {parts.map((section) => (
        <details>
          <summary>{say(`applications:task.${section}`)}</summary>
          <Part file={file} section={section} />
        </details>
      ))}
    </section>
  )
}

/** Numbers and mailboxes of people are nobody else's business. */
export const contactField = /^(?:representative|contact)(?:Phone|Email)$/

function answered({ cerfa, showsContacts }: ReadFile, section: CerfaSection): Field[] {
  return fields[section].filter(
    (field) =>
      typedAnswer(cerfa, field) !== '' && (showsContacts || !contactField.test(field.name)),
  )
}

function Part({ file, section }: { file: ReadFile; section: CerfaSection }) {
  const { say, language, cerfa } = file
  const budget = section === 'budget' ? 'association' : 'project'
  const isBudget = section === 'budget' || section === 'project-budget'
  const balance = isBudget ? balanceOf(budget, cerfa.form[section]) : undefined
  return (
    <>
      <dl class="facts">
        {answered(file, section)
          .filter(({ kind }) => kind !== 'cents')
          .map((field) => (
            <>
              <dt>
                {field.group && section !== 'identity' && `${groupLabel(say, field.group)} — `}
                {fieldLabel(say, field.name)}
              </dt>
              <dd class="version">
                {answerWords(file, field)}
                <Otherwise file={file} field={field} />
              </dd>
            </>
          ))}
      </dl>
      {balance && (
        <>
          <BudgetFacts file={file} section={section} budget={budget} balance={balance} />
          <p>{balanceSentence(say, language, balance)}</p>
        </>
      )}
    </>
  )
}

/** A register that says otherwise is read beside the answer: both are kept. */
function Otherwise({ file, field }: { file: ReadFile; field: Field }) {
  const typed = typedAnswer(file.cerfa, field)
  const others = (file.cerfa.known[field.name] ?? []).filter(
    ({ value, source }) => source !== 'metis' && value !== typed,
  )
  return (
    <>
      {others.map((known) => (
        <p class="hint">{knownWords(file, field.name, { known, typed })}</p>
      ))}
    </>
  )
}

function answerWords({ say, language, cerfa }: ReadFile, field: Field): string {
  const typed = typedAnswer(cerfa, field)
  const day = field.kind === 'day' ? parseDay(typed) : undefined
  return day ? formatDay(day, language) : cerfaWords(say, field.name, typed)
}

function BudgetFacts({
  file: { say, language, cerfa },
  section,
  budget,
  balance,
}: {
  file: ReadFile
  section: CerfaSection
  budget: BudgetOf
  balance: Balance
}) {
  const answers = cerfa.form[section]
  const rowsOf = (side: Side) =>
    accountsOf(budget, side).map((account) => ({
      label: isSingle(account.code)
        ? say(`cerfa:line.${account.code}`)
        : accountLabel(say, account.code),
      cents: accountTotal(budget, account, answers),
    }))
  return (
    <div class="halves">
      {(['charges', 'products'] as const).map((side) => (
        <FactColumn
          say={say}
          language={language}
          side={side}
          rows={rowsOf(side).filter(({ cents }) => cents !== 0n)}
          general={formatEuros(balance[side].general, language)}
        />
      ))}
    </div>
  )
}

function FactColumn({
  say,
  language,
  side,
  rows,
  general,
}: {
  say: Say
  language: Language
  side: Side
  rows: { label: string; cents: ReturnType<typeof accountTotal> }[]
  general: string
}) {
  return (
    <table class="ds-table budget">
      <caption>{say(`cerfa:budget.${side}`)}</caption>
      <tbody>
        {rows.map(({ label, cents }) => (
          <tr>
            <th scope="row">{label}</th>
            <td class="num">{formatEuros(cents, language)}</td>
          </tr>
        ))}
        <tr class="total">
          <th scope="row">{say(`cerfa:budget.general.${side}`)}</th>
          <td class="num">{general}</td>
        </tr>
      </tbody>
    </table>
  )
}
