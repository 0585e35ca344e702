import { type Cents, type Day, formatEuros, formatHours } from '#kit'
import { Euros, Figure, type Filled, Hours, type Language, lawOn, Notice } from '#platform'
import type { Advice, Effort, TaxSide } from './advice.ts'
import type { Told } from './adviser-form.ts'

type Shown = { advice: Advice; told: Told; filled: Filled; language: Language; today: Day }

/** What METIS answers: hours, euros, tax, risks. Every amount is an estimate for the accountant. */
export function AdvicePage(shown: Shown) {
  const { advice, told, filled, language, today } = shown
  const { say } = filled
  const { proposed, tax } = advice
  return (
    <div class="stack" id="advice">
      <h2 class="ds-heading" data-size="md">
        {say('adviser:advice.title', {
          hours: formatHours(proposed.offeredMinutes, language),
          count: proposed.volunteers,
        })}
      </h2>
      <Warnings told={told} filled={filled} today={today} language={language} />
      <Efforts {...shown} />
      {tax && <Tax tax={tax} {...shown} />}
      <ul class="ds-list">
        <li>{say('adviser:advice.partial')}</li>
        <li>{say('adviser:advice.consent')}</li>
        <li>{say('adviser:advice.receipt')}</li>
      </ul>
    </div>
  )
}

type Warned = Pick<Shown, 'told' | 'filled' | 'today' | 'language'>

/** What the company said that would undo the gift, with the article; the two laws in words otherwise. */
function Warnings({ told, filled: { say }, today, language }: Warned) {
  const { illicitLendingPrisonYears: years, illicitLendingFineCents: fine } = lawOn(today)
  const lending = say(told.isInvoiced ? 'adviser:risk.invoiced' : 'adviser:risk.lending', {
    years,
    fine: formatEuros(fine, language),
  })
  return (
    <>
      {told.isInvoiced ? (
        <Notice color="danger">{lending}</Notice>
      ) : (
        <p class="ds-paragraph">{lending}</p>
      )}
      {told.hasTender ? (
        <Notice color="danger">{say('adviser:risk.tender')}</Notice>
      ) : (
        <p class="ds-paragraph">{say('adviser:risk.counterpart')}</p>
      )}
    </>
  )
}

function Efforts({ advice, filled: { say }, language }: Shown) {
  const hasCost = advice.tax !== undefined
  return (
    <section class="table-scroll" tabindex={0} aria-label={say('adviser:efforts.caption')}>
      <table class="ds-table">
        <caption>{say('adviser:efforts.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('adviser:efforts.volunteers')}</th>
            <th scope="col" class="num">
              {say('adviser:efforts.hours')}
            </th>
            {hasCost && (
              <th scope="col" class="num">
                {say('adviser:efforts.cost')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {advice.efforts.map((effort) => (
            <EffortLine
              effort={effort}
              isProposed={effort.volunteers === advice.proposed.volunteers}
              {...{ say, language }}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Line = { effort: Effort; isProposed: boolean; say: Filled['say']; language: Language }

function EffortLine({ effort, isProposed, say, language }: Line) {
  const { volunteers, offeredMinutes, costCents } = effort
  const who = say('adviser:efforts.people', { count: volunteers })
  return (
    <tr>
      <th scope="row">{isProposed ? say('adviser:efforts.proposed', { who }) : who}</th>
      <td class="num">
        <Hours value={offeredMinutes} language={language} />
      </td>
      {costCents !== undefined && (
        <td class="num">
          <Euros value={costCents} language={language} />
        </td>
      )}
    </tr>
  )
}

function Tax({ tax, filled: { say }, language }: Shown & { tax: TaxSide }) {
  const euros = (value: Cents) => formatEuros(value, language)
  return (
    <>
      <div class="figures">
        <Figure label={say('adviser:tax.cost')} note={say('adviser:tax.costNote')}>
          <Euros value={tax.costCents} language={language} />
        </Figure>
        <Figure label={say('adviser:tax.reduction')} note={say('adviser:tax.reductionNote')}>
          <Euros value={tax.reductionCents} language={language} />
        </Figure>
        <Figure
          label={say('adviser:tax.left')}
          note={say('adviser:tax.leftNote', {
            used: euros(tax.usedCents),
            ceiling: euros(tax.ceilingCents),
          })}
        >
          <Euros value={tax.leftCents} language={language} />
        </Figure>
      </div>
      {tax.isCapped && (
        <p class="ds-paragraph">{say('adviser:tax.capped', { gift: euros(tax.giftCents) })}</p>
      )}
      {tax.carried && (
        <p class="ds-paragraph">
          {say('adviser:tax.carried', {
            amount: euros(tax.carried.amountCents),
            year: tax.carried.lastYear,
          })}
        </p>
      )}
      <p class="hint">{say('adviser:tax.estimate')}</p>
    </>
  )
}
