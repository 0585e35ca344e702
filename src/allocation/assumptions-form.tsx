import type { Child } from 'hono/jsx'
import type { Cents } from '#kit'
import { type Filled, OnceKey, RefusalSummary, TextField } from '#platform'
import type { Assumptions } from './assumptions.ts'

type FormProps = {
  action: string
  /** The scenario beside which this form stands, so that a refusal comes back to it. */
  from?: string
  envelopes: { id: string; name: string }[]
  value: Assumptions
  name: string
  filled: Filled
}

/** What a scenario may change. Another scenario is made; this one stays as it is. */
export function AssumptionsForm({ action, from, envelopes, value, name, filled }: FormProps) {
  const { say } = filled
  return (
    <form class="ds-card stack" method="post" action={action} aria-labelledby="assumptions">
      <h2 class="ds-heading" data-size="xs" id="assumptions">
        {say('scenarios:assumptions')}
      </h2>
      <RefusalSummary filled={filled} />
      <OnceKey />
      {from && <input type="hidden" name="from" value={from} />}
      <TextField filled={filled} name="name" label={say('scenarios:name')} value={name} />
      {envelopes.map((envelope) => (
        <Slider
          filled={filled}
          name={`envelope-${envelope.id}`}
          label={say('scenarios:envelopeOf', { name: envelope.name })}
          value={euros(value.envelopeCents[envelope.id])}
          suffix="€"
          most={sliderTop(value.envelopeCents[envelope.id])}
        />
      ))}
      <Slider
        filled={filled}
        name="floorPercent"
        label={say('scenarios:floor')}
        value={String(value.floorPercent)}
        suffix="%"
        most={100}
      />
      <Slider
        filled={filled}
        name="hourly"
        label={say('scenarios:hourly')}
        value={euros(value.referenceHourlyCents)}
        suffix="€"
        most={100}
      />
      <Slider
        filled={filled}
        name="reservePercent"
        label={say('scenarios:reserve')}
        value={String(value.reservePercent)}
        suffix="%"
        most={50}
      />
      <button class="ds-button" type="submit">
        {say(from ? 'scenarios:recompute' : 'scenarios:compute')}
      </button>
      {from && <p class="hint">{say('scenarios:recomputeHint')}</p>}
    </form>
  )
}

type SliderProps = {
  filled: Filled
  name: string
  label: string
  value: string
  suffix: string
  most: number
  children?: Child
}

/** A field to type in; where there is JavaScript, a slider under it moves the same figure. */
function Slider({ most, ...field }: SliderProps) {
  return (
    <metis-slider data-most={String(most)}>
      <TextField {...field} inputmode="decimal" />
    </metis-slider>
  )
}

/** As typed: `60300` or `38,50`. */
function euros(value: Cents | undefined): string {
  const amount = value ?? 0n
  const whole = amount / 100n
  const past = amount % 100n
  return past === 0n ? String(whole) : `${whole},${String(past).padStart(2, '0')}`
}

/** Half as much again, in round thousands: room to try more as well as less. */
function sliderTop(value: Cents | undefined): number {
  const thousands = Math.ceil(Number(value ?? 0n) / 100 / 1000)
  return Math.max(10, Math.ceil(thousands * 1.5)) * 1000
}

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'metis-slider': { 'data-most': string; children?: Child }
    }
  }
}
