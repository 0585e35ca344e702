import { formatEuros, formatInstant } from '#kit'
import { AreaField, CheckField, type Filled, Notice, TextField } from '#platform'
import { beside, linesOf, reportWords } from './form.ts'
import type { ReportView } from './page.tsx'
import type { Planned } from './planned.ts'
import { chargeAccounts, donePercent, inKindAccounts, productAccounts } from './rules.ts'

const before = reportWords.slice(0, 4)
const after = reportWords.slice(5)

/** One form, two buttons: saving asks for nothing, certifying asks for everything. */
export function ReportForm({ view }: { view: ReportView }) {
  const { place, award, draft, may, hours, planned } = view
  const { say, language } = place
  const here = `${place.path}/decisions/${award.id}/report`
  const isCrossed = view.filled.refusals.some(({ code }) => code === 'awards:refused.draftChanged')
  const crossed = isCrossed ? beside(view.filled.typed, draft?.typed ?? {}) : undefined
  // What was just typed comes before what was saved, so that a refusal loses nothing.
  const typed = crossed?.shown ?? { ...planned?.typed, ...draft?.typed, ...view.filled.typed }
  const filled = { ...view.filled, typed }
  return (
    <form class="ds-card stack" method="post" action={here} aria-labelledby="report-form">
      <h2 class="ds-heading" data-size="sm" id="report-form">
        {say('awards:report.form')}
      </h2>
      <p class="hint">
        {draft
          ? say('awards:report.saved', {
              at: formatInstant(draft.savedAt, language),
              name: draft.savedByName,
            })
          : say('awards:report.notSaved')}
      </p>
      {crossed && <SetAside filled={filled} setAside={crossed.setAside} />}
      {draft && <input type="hidden" name="savedAt" value={draft.savedAt.toISOString()} />}
      <h3 class="ds-heading" data-size="xs">
        {say('awards:report.part.words')}
      </h3>
      {before.map((word) => (
        <Words filled={filled} word={word} />
      ))}
      {hours.length > 0 && <Words filled={filled} word="hoursWords" />}
      <h3 class="ds-heading" data-size="xs">
        {say('awards:report.part.table')}
      </h3>
      {planned && <FromRequest view={view} planned={planned} />}
      <Lines filled={filled} group="charges" accounts={chargeAccounts} />
      <Lines filled={filled} group="products" accounts={productAccounts} />
      <Lines filled={filled} group="inKind" accounts={inKindAccounts} />
      <h3 class="ds-heading" data-size="xs">
        {say('awards:report.part.annex')}
      </h3>
      {after.map((word) => (
        <Words filled={filled} word={word} />
      ))}
      {may.certify && <Certification filled={filled} />}
      <div class="row">
        <button class="ds-button" data-variant="secondary" type="submit">
          {say('awards:report.save')}
        </button>
        {may.certify && (
          <button class="ds-button" type="submit" formaction={`${here}/submission`}>
            {say('awards:report.submit')}
          </button>
        )}
      </div>
      {!may.certify && <p class="hint">{say('awards:report.onlyRepresentative')}</p>}
    </form>
  )
}

function FromRequest({ view, planned }: { view: ReportView; planned: Planned }) {
  const { say, language } = view.place
  const { indirectCents } = planned
  const amount = formatEuros(indirectCents, language)
  return (
    <Notice>
      {say('awards:report.planned')}{' '}
      {indirectCents > 0n && say('awards:report.plannedIndirect', { amount })}
    </Notice>
  )
}

function SetAside({ filled, setAside }: { filled: Filled; setAside: [string, string][] }) {
  const { say } = filled
  if (setAside.length === 0) return null
  return (
    <section>
      <h3 class="ds-heading" data-size="xs">
        {say('awards:report.setAside')}
      </h3>
      <ul class="ds-list">
        {setAside.map(([field, theirs]) => (
          <li>
            <a class="ds-link" href={`#${field}`}>
              {labelOf(field, say)}
            </a>
            <p class="version">{theirs}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function labelOf(field: string, say: Filled['say']): string {
  const [column, account] = field.split('-')
  if (account)
    return `${say(`awards:report.column.${column}`)}, ${say(`awards:report.account.${account}`)}`
  return field === 'capacity'
    ? say('awards:agreement.capacity')
    : say(`awards:report.words.${field}`)
}

function Certification({ filled }: { filled: Filled }) {
  const { say } = filled
  return (
    <>
      <h3 class="ds-heading" data-size="xs">
        {say('awards:report.part.certification')}
      </h3>
      <TextField filled={filled} name="capacity" label={say('awards:agreement.capacity')} />
      <CheckField
        filled={filled}
        name="certified"
        label={say('awards:report.certify')}
        hint={say('awards:report.certifyHint')}
      />
    </>
  )
}

function Words({ filled, word }: { filled: Filled; word: string }) {
  return (
    <AreaField
      filled={filled}
      name={word}
      label={filled.say(`awards:report.words.${word}`)}
      hint={filled.say(`awards:report.hint.${word}`)}
    />
  )
}

type LinesProps = { filled: Filled; group: string; accounts: readonly string[] }

function Lines({ filled, group, accounts }: LinesProps) {
  const { say, typed } = filled
  const lines = new Map(linesOf(typed).map((line) => [line.account, line]))
  const label = say(`awards:report.group.${group}`)
  return (
    <section class="table-scroll" tabindex={0} aria-label={label}>
      <table class="ds-table" data-size="sm">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{say('awards:report.column.account')}</th>
            <th scope="col">{say('awards:report.column.planned')}</th>
            <th scope="col">{say('awards:report.column.done')}</th>
            <th scope="col" class="num">
              %
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => {
            const line = lines.get(account)
            const percent = line && donePercent(line)
            return (
              <tr>
                <th scope="row">{say(`awards:report.account.${account}`)}</th>
                <Amount filled={filled} column="planned" account={account} />
                <Amount filled={filled} column="done" account={account} />
                <td class="num">{percent === undefined ? '—' : `${percent} %`}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

function Amount({ filled, column, account }: { filled: Filled; column: string; account: string }) {
  const { say, typed, refusals } = filled
  const name = `${column}-${account}`
  const own = refusals.filter(({ field }) => field === name)
  const described =
    own.length > 0 ? { 'aria-invalid': 'true' as const, 'aria-describedby': `${name}-reason` } : {}
  return (
    <td>
      <input
        class="ds-input vote"
        id={name}
        name={name}
        inputmode="decimal"
        value={typed[name] ?? ''}
        aria-label={`${say(`awards:report.column.${column}`)} — ${say(`awards:report.account.${account}`)}`}
        {...described}
      />
      {own.length > 0 && (
        <p class="ds-validation-message" data-color="danger" id={`${name}-reason`}>
          {own.map((refusal) => say(refusal.code, refusal.values)).join(' ')}
        </p>
      )}
    </td>
  )
}
