import { formatIban, type Iban } from '#kit'
import type { Place } from '#people'
import { type Filled, InstantText, Page, RefusalSummary, Submit, TextField } from '#platform'
import type { BankAccount } from './bank-store.ts'
import { BackToFile } from './section-page.tsx'

type View = {
  place: Place
  filePath: string | undefined
  accounts: BankAccount[]
  /** For those who pay. */
  iban: Iban | undefined
  filled: Filled
  mayGive: boolean
  associationName: string
}

/** The account where a grant would be paid: masked for its association, whole for whoever pays. */
export function BankPage(view: View) {
  const { place, filePath, accounts, iban, mayGive } = view
  const { say } = place
  const title = say('pieces:bank.title')
  const [account, ...earlier] = accounts
  return (
    <Page frame={place.frame} title={title}>
      {filePath && <BackToFile say={say} filePath={filePath} />}
      <div class="narrow ds-card">
        <h1 class="ds-heading" data-size="lg">
          {title}
        </h1>
        <RefusalSummary filled={view.filled} />
        <p>{say(iban ? 'pieces:bank.forPaying' : 'pieces:bank.lead')}</p>
        {account ? (
          <AccountFacts view={view} account={account} />
        ) : (
          <p>{say('pieces:bank.none')}</p>
        )}
        {earlier.length > 0 && (
          <details>
            <summary>{say('pieces:bank.earlier', { count: earlier.length })}</summary>
            <ul class="todo">
              {earlier.map(({ holder, maskedIban, givenAt, givenBy }) => (
                <li>
                  <div>
                    {holder} — {maskedIban}
                    <p class="hint">
                      <InstantText value={givenAt} language={place.language} />{' '}
                      {say('pieces:line.by', { name: givenBy })}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          </details>
        )}
        {mayGive && <BankForm view={view} isChange={account !== undefined} />}
      </div>
    </Page>
  )
}

function AccountFacts({ view, account }: { view: View; account: BankAccount }) {
  const { place, iban } = view
  const { say, language } = place
  return (
    <dl class="facts">
      <dt>{say('pieces:bank.holder')}</dt>
      <dd>{account.holder}</dd>
      <dt>IBAN</dt>
      <dd>{iban ? formatIban(iban) : account.maskedIban}</dd>
      <dt>{say('pieces:bank.given')}</dt>
      <dd>
        <InstantText value={account.givenAt} language={language} />{' '}
        {say('pieces:line.by', { name: account.givenBy })}
      </dd>
    </dl>
  )
}

function BankForm({ view, isChange }: { view: View; isChange: boolean }) {
  const { filled, associationName } = view
  const { say } = filled
  return (
    <form class="stack" method="post">
      <TextField
        filled={filled}
        name="holder"
        label={say('pieces:bank.holder')}
        hint={say('pieces:bank.holderHint')}
        value={associationName}
      />
      <TextField
        filled={filled}
        name="iban"
        label="IBAN"
        hint={say('pieces:bank.ibanHint')}
        autocomplete="off"
      />
      <Submit>{say(isChange ? 'pieces:bank.change' : 'pieces:bank.give')}</Submit>
    </form>
  )
}
