import { parseEuros, parseHours, type Refusal, refusal } from '#kit'
import type { Typed } from '#platform'
import type { Assumptions, Override } from './assumptions.ts'
import type { HoursPin, Pool } from './engine/index.ts'
import type { SeasonRequest } from './facts.ts'

const REASON_MAX = 500

/** The form of one line: what is left to the computation, and what is decided by hand. */
export function readOverride(
  typed: Typed,
  { associationId, needs, isHoursEligible }: SeasonRequest,
): Override | { refusals: Refusal[] } {
  const refusals: Refusal[] = []
  const refuse = (code: string, field: string) =>
    refusals.push(refusal(`scenarios:refused.${code}`, { field, most: REASON_MAX }))
  const cashText = (typed.cash ?? '').trim()
  const cashCents = parseEuros(cashText)
  if (cashText !== '' && (cashCents === undefined || cashCents < 0n)) refuse('amount', 'cash')
  const hours = (isHoursEligible ? needs : []).flatMap(({ id: needId }): HoursPin[] => {
    const poolId = typed[`pool-${needId}`] ?? ''
    if (poolId === '') return []
    if (poolId === 'none') return [{ needId, poolId: null, minutes: 0 }]
    const minutes = Number(parseHours(typed[`hours-${needId}`] ?? '') ?? 0)
    if (minutes <= 0 || minutes % 30 !== 0) refuse('hours', `hours-${needId}`)
    return [{ needId, poolId, minutes }]
  })
  const cash = cashCents === undefined ? [] : [{ associationId, cashCents: Number(cashCents) }]
  if (cashText === '' && hours.length === 0) refuse('noPin', 'cash')
  const reason = (typed.reason ?? '').trim()
  if (reason === '' || reason.length > REASON_MAX) refuse('reason', 'reason')
  return refusals.length > 0 ? { refusals } : { associationId, reason, pins: { cash, hours } }
}

/** The line as it is decided already, to be typed over. */
export function typedFrom({ pins, reason }: Override, words: { euros: Say; hours: Say }): Typed {
  const [cash] = pins.cash
  return {
    reason,
    ...(cash ? { cash: words.euros(cash.cashCents) } : {}),
    ...Object.fromEntries(
      pins.hours.flatMap(({ needId, poolId, minutes }) => [
        [`pool-${needId}`, poolId ?? 'none'],
        [`hours-${needId}`, minutes === 0 ? '' : words.hours(minutes)],
      ]),
    ),
  }
}
type Say = (amount: number) => string

/** The other lines decided by hand stay so. */
export function withoutOverride(assumptions: Assumptions, associationId: string): Assumptions {
  const { overrides } = assumptions
  return {
    ...assumptions,
    overrides: overrides.filter((one) => one.associationId !== associationId),
  }
}

/** Which pools could serve the need, whatever else they serve. */
export function poolsFor(family: string, pools: Pool[]): Pool[] {
  return pools.filter(({ families }) => families.includes(family))
}

/** The engine speaks of lists and fields; the form says the same of a line and of its boxes. */
export function refusalsOfForm(refusals: Refusal[], { pins }: Override): Refusal[] {
  const needs = new Set(pins.hours.map(({ needId }) => needId))
  return refusals.map((one) => {
    const code = one.code.split('.').at(-1) ?? ''
    if (!code.startsWith('pin')) return one
    const id = String(one.values?.id ?? '')
    const field = needs.has(id) ? `hours-${id}` : 'cash'
    return refusal(`scenarios:refused.${code}`, { field })
  })
}
