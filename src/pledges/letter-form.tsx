import { type Filled, RefusalSummary, TextField } from '#platform'
import { hoursTyped, shareEach } from './advice.ts'

type Asked = {
  filled: Filled
  families: string[]
  action: string
  /** Known of a company with an account; a stranger types them. */
  company?: { name: string; identifier: string; address: string }
  /** Shared out over the skills that were ticked, to start from. */
  offeredMinutes: bigint
}

/** Who signs, and how many hours of each skill: the letter is drawn from it, and nothing is kept. */
export function LetterForm({ filled, families, action, company, offeredMinutes }: Asked) {
  const { say } = filled
  const each = shareEach(offeredMinutes, families.length)
  return (
    <form class="ds-card stack" method="post" action={action}>
      <h2 class="ds-heading" data-size="sm">
        {say('adviser:letter.title')}
      </h2>
      <p class="hint">{say('adviser:letter.hint')}</p>
      <RefusalSummary filled={filled} />
      <div class="row">
        <TextField
          {...{ filled, name: 'company', label: say('adviser:letter.company') }}
          value={company?.name}
          required
        />
        <TextField
          {...{ filled, name: 'identifier', label: say('adviser:letter.identifier') }}
          value={company?.identifier}
          required
        />
      </div>
      <TextField
        {...{ filled, name: 'address', label: say('adviser:letter.address') }}
        value={company?.address}
        required
      />
      <div class="row">
        <TextField
          {...{ filled, name: 'signatory', label: say('adviser:letter.signatory') }}
          required
        />
        <TextField
          {...{ filled, name: 'role', label: say('adviser:letter.role') }}
          hint={say('adviser:letter.roleHint')}
          required
        />
      </div>
      <fieldset class="stack">
        <legend>{say('pledges:form.hours')}</legend>
        <div class="row">
          {families.map((family) => (
            <TextField
              {...{ filled, name: `hours-${family}`, label: say(`campaigns:family.${family}`) }}
              value={each > 0n ? hoursTyped(each) : ''}
              inputmode="decimal"
            />
          ))}
        </div>
      </fieldset>
      <button class="ds-button" type="submit">
        {say('adviser:letter.draw')}
      </button>
    </form>
  )
}
