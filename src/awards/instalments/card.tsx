import { type Cents, cents, formatDay, formatEuros } from '#kit'
import type { Place } from '#people'
import { Euros, type Filled, Notice, Tag, type TagColor, TextField } from '#platform'
import { plainEuros } from '../plain-euros.ts'
import type { Award } from '../store.ts'
import { rowRanks, type Split, splits, usualRows } from './form.ts'
import {
  blocksOf,
  type Instalment,
  type InstalmentState,
  instalmentStateOf,
  isWaiting,
  type PayFacts,
  payableBy,
  waitingCents,
  waits,
  warningOf,
} from './rules.ts'

export type ScheduleView = {
  place: Place
  award: Award
  instalments: Instalment[]
  payFacts: PayFacts
  split: Split
  /** Plans, orders and records payments. */
  mayAct: boolean
  filled: Filled
}

const colors: Record<InstalmentState, TagColor> = {
  planned: 'warning',
  ordered: 'info',
  paid: 'success',
  cancelled: 'neutral',
}

/** The payments of one award, one by one: what each waits for, and the form of its next step. */
export function ScheduleCard({ view }: { view: ScheduleView }) {
  const { place, award, instalments, mayAct } = view
  const { say } = place
  const left = cents(award.cashCents - award.paidCents - waitingCents(instalments))
  const mayPlan = mayAct && award.isAdopted && left > 0n
  if (instalments.length === 0 && !mayPlan) return null
  return (
    <section class="ds-card" aria-labelledby="schedule">
      <h2 class="ds-heading" data-size="sm" id="schedule">
        {say('awards:schedule.title')}
      </h2>
      {instalments.map((instalment) => (
        <InstalmentItem view={view} instalment={instalment} />
      ))}
      {mayPlan && <PlanForm view={view} left={left} />}
      {isPayer(place) && (
        <p>
          <a
            class="ds-link"
            href={`${place.path}/applications/${award.applicationId}/bank-account`}
          >
            {say('awards:schedule.account')}
          </a>
        </p>
      )}
    </section>
  )
}

function isPayer({ as }: Place): boolean {
  return as?.role === 'municipality.agent' || as?.role === 'municipality.finance'
}

function InstalmentItem({ view, instalment }: { view: ScheduleView; instalment: Instalment }) {
  const { place, payFacts, mayAct } = view
  const { say, language } = place
  const state = instalmentStateOf(instalment)
  const { rank, plannedCents, waitsFor, order, paidOn, cancelledBecause } = instalment
  const by = payableBy(instalment, payFacts)
  const warning = warningOf(instalment, payFacts)
  return (
    <section class="stack" aria-labelledby={`instalment-${instalment.id}`}>
      <h3 class="ds-heading" data-size="xs" id={`instalment-${instalment.id}`}>
        {say('awards:schedule.rank', { rank })}
        {' : '}
        <Euros value={plannedCents} language={language} />{' '}
        <Tag color={colors[state]}>{say(`awards:schedule.state.${state}`)}</Tag>
      </h3>
      <p>
        {say('awards:schedule.waitsFor', { what: say(`awards:schedule.waits.${waitsFor}`) })}
        {order &&
          ` · ${say('awards:schedule.orderedOn', { number: order.number, day: formatDay(order.on, language) })}`}
        {paidOn && ` · ${say('awards:schedule.paidOn', { day: formatDay(paidOn, language) })}`}
        {cancelledBecause && ` · ${cancelledBecause}`}
        {isWaiting(instalment) &&
          by &&
          ` · ${say('awards:schedule.by', { day: formatDay(by, language) })}`}
      </p>
      {mayAct && warning && (
        <Notice color={warning === 'late' ? 'danger' : 'warning'}>
          {say(`awards:schedule.warning.${warning}`)}
        </Notice>
      )}
      {mayAct && isWaiting(instalment) && <NextStep view={view} instalment={instalment} />}
    </section>
  )
}

function NextStep({ view, instalment }: { view: ScheduleView; instalment: Instalment }) {
  const { place, payFacts, filled } = view
  const { say, today } = place
  const here = `${place.path}/instalments/${instalment.id}`
  const blocks = blocksOf(instalment, payFacts)
  return (
    <>
      {!instalment.order && blocks.length > 0 && (
        <ul class="ds-list">
          {blocks.map((block) => (
            <li>{say(`awards:schedule.block.${block}`)}</li>
          ))}
        </ul>
      )}
      {!instalment.order && blocks.length === 0 && (
        <form class="row" method="post" action={`${here}/order`}>
          <TextField
            filled={filled}
            name={`number-${instalment.id}`}
            label={say('awards:payment.orderNumber')}
          />
          <TextField
            filled={filled}
            name={`on-${instalment.id}`}
            type="date"
            label={say('awards:payment.on')}
            value={today}
          />
          <button class="ds-button" type="submit">
            {say('awards:schedule.order')}
          </button>
        </form>
      )}
      {instalment.order && (
        <form class="row" method="post" action={`${here}/payment`}>
          <TextField
            filled={filled}
            name={`paid-${instalment.id}`}
            type="date"
            label={say('awards:schedule.paidDay')}
            value={today}
          />
          <button class="ds-button" type="submit">
            {say('awards:schedule.pay')}
          </button>
        </form>
      )}
      <details>
        <summary>{say('awards:schedule.cancelThis', { rank: instalment.rank })}</summary>
        <form class="row" method="post" action={`${here}/cancellation`}>
          <TextField
            filled={filled}
            name={`reason-${instalment.id}`}
            label={say('awards:schedule.reason')}
          />
          <button class="ds-button" data-variant="secondary" type="submit">
            {say('awards:schedule.cancel')}
          </button>
        </form>
      </details>
    </>
  )
}

function PlanForm({ view, left }: { view: ScheduleView; left: Cents }) {
  const { place, award, split, payFacts, filled } = view
  const { say, language } = place
  const here = `${place.path}/decisions/${award.id}`
  const { needsAgreement } = payFacts
  const rows = usualRows(left, { split, needsAgreement })
  return (
    <form class="stack" method="post" action={`${here}/schedule`} aria-labelledby="plan">
      <h3 class="ds-heading" data-size="xs" id="plan">
        {say('awards:schedule.plan', { left: formatEuros(left, language) })}
      </h3>
      <p class="hint">
        {say('awards:schedule.usual')}{' '}
        {splits.map((one) => (
          <>
            <a
              class="ds-link"
              href={`${here}?split=${one}#plan`}
              {...(one === split ? { 'aria-current': 'true' as const } : {})}
            >
              {say(`awards:schedule.split.${one}`)}
            </a>{' '}
          </>
        ))}
      </p>
      {rowRanks.map((rank) => (
        <PlanRow filled={filled} rank={rank} row={rows[rank - 1]} />
      ))}
      <div>
        <button class="ds-button" data-variant="secondary" type="submit">
          {say('awards:schedule.write')}
        </button>
      </div>
    </form>
  )
}

type PlanRowProps = {
  filled: Filled
  rank: number
  row: ReturnType<typeof usualRows>[number] | undefined
}

function PlanRow({ filled, rank, row }: PlanRowProps) {
  const { say, typed } = filled
  const chosen = typed[`waits-${rank}`] ?? row?.waitsFor ?? 'notice'
  const amount = row ? plainEuros(row.plannedCents) : ''
  return (
    <fieldset class="row">
      <legend>{say('awards:schedule.rank', { rank })}</legend>
      <TextField
        filled={filled}
        name={`amount-${rank}`}
        inputmode="decimal"
        suffix="€"
        label={say('awards:schedule.amount')}
        value={amount}
      />
      <div class="ds-field">
        <label class="ds-label" for={`waits-${rank}`}>
          {say('awards:schedule.when')}
        </label>
        <select class="ds-input" id={`waits-${rank}`} name={`waits-${rank}`}>
          {waits.map((one) => (
            <option value={one} selected={one === chosen}>
              {say(`awards:schedule.waits.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <TextField
        filled={filled}
        name={`on-${rank}`}
        type="date"
        label={say('awards:schedule.fixedDay')}
      />
    </fieldset>
  )
}
