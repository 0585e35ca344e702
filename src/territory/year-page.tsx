import type { Cents } from '#kit'
import { Euros, type Filled, type Language, RefusalSummary, Submit, TextField } from '#platform'
import type { KnownAssociation } from './rules.ts'

export type YearShown = {
  filled: Filled
  year: number
  path: string
  language: Language
  /** From a file, or typed by hand and then still to be corrected. */
  associations: (KnownAssociation & { amountCents: Cents | undefined; isFromFile: boolean })[]
  unmatched: { beneficiaryName: string; amountCents: Cents }[]
}

/** One year: what each association received, and the names of files that mean nobody yet. */
export function YearPage(shown: YearShown) {
  const { filled, year, unmatched } = shown
  const { say } = filled
  return (
    <>
      <h1 class="ds-heading" data-size="lg">
        {say('territory:year.title', { year })}
      </h1>
      <p class="lead">{say('territory:year.lead')}</p>
      <RefusalSummary filled={filled} />
      {unmatched.length > 0 && <Matches {...shown} />}
      <Amounts {...shown} />
    </>
  )
}

function Matches({ filled: { say }, year, path, language, associations, unmatched }: YearShown) {
  return (
    <form class="ds-card stack" method="post" action={`${path}/baselines/${year}/matches`}>
      <h2 class="ds-heading" data-size="sm">
        {say('territory:year.unmatched')}
      </h2>
      <p class="hint">{say('territory:year.unmatchedHint')}</p>
      {unmatched.map(({ beneficiaryName, amountCents }, rank) => (
        <div class="ds-field">
          <input type="hidden" name={`name-${rank}`} value={beneficiaryName} />
          <label class="ds-label" for={`match-${rank}`}>
            {beneficiaryName}, <Euros value={amountCents} language={language} />
          </label>
          <select class="ds-input" id={`match-${rank}`} name={`match-${rank}`}>
            <option value="">{say('territory:year.nobody')}</option>
            {associations.map(({ id, name }) => (
              <option value={id}>{name}</option>
            ))}
          </select>
        </div>
      ))}
      <button class="ds-button" data-variant="secondary" type="submit">
        {say('territory:year.match')}
      </button>
    </form>
  )
}

function Amounts({ filled, year, path, language, associations }: YearShown) {
  const { say } = filled
  const known = associations.filter(({ isFromFile }) => isFromFile)
  const typed = associations.filter(({ isFromFile }) => !isFromFile)
  return (
    <section class="ds-card stack">
      <h2 class="ds-heading" data-size="sm">
        {say('territory:year.amounts')}
      </h2>
      {known.length > 0 && (
        <dl class="facts">
          {known.map(({ name, amountCents }) => (
            <>
              <dt>{name}</dt>
              <dd>
                {amountCents !== undefined && <Euros value={amountCents} language={language} />}
              </dd>
            </>
          ))}
        </dl>
      )}
      {typed.length > 0 && (
        <form class="stack" method="post" action={`${path}/baselines/${year}/amounts`}>
          <p class="hint">{say('territory:year.typedHint')}</p>
          {typed.map(({ id, name, amountCents }) => (
            <TextField
              filled={filled}
              name={`amount-${id}`}
              label={name}
              value={amountCents === undefined ? '' : eurosTyped(amountCents)}
              inputmode="decimal"
              suffix="€"
            />
          ))}
          <Submit>{say('territory:year.save')}</Submit>
        </form>
      )}
    </section>
  )
}

function eurosTyped(value: Cents): string {
  const past = value % 100n
  return past === 0n ? `${value / 100n}` : `${value / 100n},${String(past).padStart(2, '0')}`
}
