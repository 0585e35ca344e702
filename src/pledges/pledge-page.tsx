import type { Minutes } from '#kit'
import {
  AreaField,
  CheckField,
  DayText,
  type Filled,
  Hours,
  InstantText,
  type Language,
  RefusalSummary,
  Submit,
  TextField,
} from '#platform'
import type { Pledge } from './rules.ts'
import { givenOf, StateTag } from './tables.tsx'
import type { Terms } from './terms.ts'
import { TermsFacts } from './terms-form.tsx'

export type Shown = {
  pledge: Pledge
  reductions: { takenBackMinutes: Minutes; reason: string; reducedAt: Date }[]
  terms: Terms | undefined
  path: string
  language: Language
  filled: Filled
  /** An agent confirms; the company itself reduces or withdraws. */
  mayConfirm: boolean
  mayTakeBack: boolean
}

/** One pledge: what was promised, what became of it, and the deeds still open. */
export function PledgePage(shown: Shown) {
  const { pledge, filled, path, mayConfirm, mayTakeBack } = shown
  const { say } = filled
  const address = `${path}/pledges/${pledge.id}`
  return (
    <>
      <h1 class="ds-heading" data-size="lg">
        {pledge.companyName} : {say(`campaigns:family.${pledge.family}`)}
      </h1>
      <RefusalSummary filled={filled} />
      <Facts {...shown} />
      {pledge.state === 'submitted' && (
        <p>
          <a class="ds-link" href={`${address}/letter.pdf`}>
            {say('adviser:letter.ofPledge')}
          </a>
        </p>
      )}
      {mayConfirm && pledge.state === 'submitted' && (
        <Confirmation filled={filled} address={address} />
      )}
      {mayTakeBack && (pledge.state === 'submitted' || pledge.state === 'confirmed') && (
        <div class="halves">
          <Reduction filled={filled} address={address} />
          <Withdrawal filled={filled} address={address} />
        </div>
      )}
    </>
  )
}

function Facts({ pledge, reductions, terms, language, filled: { say } }: Shown) {
  return (
    <section class="ds-card">
      <dl class="facts">
        <dt>{say('pledges:list.state')}</dt>
        <dd>
          <StateTag pledge={pledge} say={say} />
        </dd>
        <dt>{say('pledges:fact.promised')}</dt>
        <dd>
          <Hours value={pledge.pledgedMinutes} language={language} />
        </dd>
        {reductions.map(({ takenBackMinutes, reason, reducedAt }) => (
          <>
            <dt>{say('pledges:fact.takenBack')}</dt>
            <dd>
              <Hours value={takenBackMinutes} language={language} />,{' '}
              <InstantText value={reducedAt} language={language} /> : {reason}
            </dd>
          </>
        ))}
        <dt>{say('pledges:fact.given')}</dt>
        <dd>
          <Hours value={givenOf(pledge)} language={language} />
        </dd>
        <dt>{say('pledges:fact.free')}</dt>
        <dd>
          <Hours value={pledge.freeMinutes} language={language} />
        </dd>
        <dt>{say('pledges:form.block')}</dt>
        <dd>
          <Hours value={pledge.blockMinutes} language={language} />
        </dd>
        <dt>{say('pledges:fact.period')}</dt>
        <dd>
          <DayText value={pledge.startsOn} language={language} />
          {' – '}
          <DayText value={pledge.endsOn} language={language} />
        </dd>
        <dt>{say('pledges:fact.where')}</dt>
        <dd>{say(`pledges:modality.${pledge.modality}`)}</dd>
        {pledge.missionsMax && (
          <>
            <dt>{say('pledges:form.missionsMax')}</dt>
            <dd>{pledge.missionsMax}</dd>
          </>
        )}
        {terms && <TermsFacts {...{ terms, say, language }} />}
      </dl>
    </section>
  )
}

type Deed = { filled: Filled; address: string }

function Confirmation({ filled, address }: Deed) {
  const { say } = filled
  return (
    <form class="ds-card stack narrow" method="post" action={`${address}/confirmation`}>
      <h2 class="ds-heading" data-size="sm">
        {say('pledges:confirm.title')}
      </h2>
      <CheckField
        filled={filled}
        name="letter"
        label={say('pledges:confirm.letter')}
        hint={say('pledges:confirm.letterHint')}
      />
      <Submit>{say('pledges:confirm.button')}</Submit>
    </form>
  )
}

function Reduction({ filled, address }: Deed) {
  const { say } = filled
  return (
    <form class="ds-card stack" method="post" action={`${address}/reduction`}>
      <h2 class="ds-heading" data-size="sm">
        {say('pledges:reduce.title')}
      </h2>
      <p class="hint">{say('pledges:reduce.hint')}</p>
      <TextField
        filled={filled}
        name="takenBack"
        label={say('pledges:reduce.hours')}
        suffix="h"
        inputmode="decimal"
      />
      <AreaField filled={filled} name="reason" label={say('pledges:reduce.reason')} rows={2} />
      <button class="ds-button" data-variant="secondary" type="submit">
        {say('pledges:reduce.button')}
      </button>
    </form>
  )
}

function Withdrawal({ filled, address }: Deed) {
  const { say } = filled
  return (
    <form class="ds-card stack" method="post" action={`${address}/withdrawal`}>
      <h2 class="ds-heading" data-size="sm">
        {say('pledges:withdraw.title')}
      </h2>
      <p class="hint">{say('pledges:withdraw.hint')}</p>
      <AreaField
        filled={filled}
        name="withdrawalReason"
        label={say('pledges:withdraw.reason')}
        rows={2}
      />
      <button class="ds-button" data-variant="secondary" data-color="danger" type="submit">
        {say('pledges:withdraw.button')}
      </button>
    </form>
  )
}
