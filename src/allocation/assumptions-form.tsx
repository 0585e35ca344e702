import type { Child } from 'hono/jsx'
import type { Cents } from '#kit'
import { CheckField, type Filled, OnceKey, RefusalSummary, SelectField, TextField } from '#platform'
import { type Assumptions, bounds } from './assumptions.ts'

type FormProps = {
  action: string
  /** The scenario beside which this form stands, so that a refusal comes back to it. */
  from?: string
  envelopes: { id: string; name: string }[]
  companies: { id: string; name: string }[]
  value: Assumptions
  name: string
  filled: Filled
  /** Elected members try; only agents keep. */
  mayKeep?: boolean
}

/** What tries hypotheses elsewhere on the page finds the form by it. */
export const formId = 'hypotheses'

/** What a scenario may change. Another scenario is made; this one stays as it is. */
export function AssumptionsForm(props: FormProps) {
  const { action, from, envelopes, companies, value, name, filled, mayKeep = true } = props
  const { say } = filled
  const percents = ['floorPercent', 'weightLowPercent', 'weightHighPercent'] as const
  return (
    <form
      class="ds-card stack"
      id={formId}
      method="post"
      action={action}
      aria-labelledby="assumptions"
    >
      <h2 class="ds-heading" data-size="xs" id="assumptions">
        {say('scenarios:assumptions')}
      </h2>
      <RefusalSummary filled={filled} />
      {mayKeep && (
        <>
          <OnceKey />
          {from && <input type="hidden" name="from" value={from} />}
          <TextField filled={filled} name="name" label={say('scenarios:name')} value={name} />
        </>
      )}
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
      {percents.map((field) => (
        <PercentSlider filled={filled} name={field} value={value[field]} />
      ))}
      <Slider
        filled={filled}
        name="hourly"
        label={say('scenarios:percentOf.hourly')}
        value={euros(value.referenceHourlyCents)}
        suffix="€"
        most={100}
      />
      <PercentSlider filled={filled} name="reservePercent" value={value.reservePercent} />
      {companies.length > 0 && <WithdrawalFields {...props} />}
      {mayKeep && (
        <CheckField
          filled={filled}
          name="quality"
          label={say('scenarios:quality.ask')}
          hint={say('scenarios:quality.hint')}
        />
      )}
      {mayKeep && (
        <button class="ds-button" type="submit">
          {say(from ? 'scenarios:recompute' : 'scenarios:compute')}
        </button>
      )}
      {from && mayKeep && <p class="hint">{say('scenarios:recomputeHint')}</p>}
    </form>
  )
}

/** "If this company withdraws 30 %, who loses?" */
function WithdrawalFields({ companies, value, filled }: FormProps) {
  const { say } = filled
  return (
    <fieldset class="stack">
      <legend>{say('scenarios:withdrawal')}</legend>
      <SelectField
        filled={filled}
        name="withdrawalCompany"
        label={say('scenarios:withdrawalCompany')}
        value={value.withdrawal?.companyId}
        choices={[
          { value: '', label: say('scenarios:noCompany') },
          ...companies.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <PercentSlider
        filled={filled}
        name="withdrawalPercent"
        value={value.withdrawal?.percent ?? 30}
      />
    </fieldset>
  )
}

type PercentProps = { filled: Filled; name: keyof typeof bounds; value: number }

function PercentSlider({ filled, name, value }: PercentProps) {
  return (
    <Slider
      filled={filled}
      name={name}
      label={filled.say(`scenarios:percentOf.${name}`)}
      value={String(value)}
      suffix="%"
      {...bounds[name]}
    />
  )
}

type SliderProps = {
  filled: Filled
  name: string
  label: string
  value: string
  suffix: string
  least?: number
  most: number
}

/** A field to type in; where there is JavaScript, a slider under it moves the same figure. */
function Slider({ least = 0, most, ...field }: SliderProps) {
  return (
    <metis-slider data-least={String(least)} data-most={String(most)}>
      <TextField {...field} inputmode="decimal" />
    </metis-slider>
  )
}

/** As typed: `60300` or `38,50`. */
export function euros(value: bigint | undefined): string {
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

type ElementProps = {
  class?: string
  hidden?: boolean
  children?: Child
  [data: `data-${string}`]: string
}

declare module 'hono/jsx' {
  namespace JSX {
    interface IntrinsicElements {
      'metis-slider': ElementProps
      'metis-trial': ElementProps
      'metis-recompute': ElementProps
    }
  }
}
