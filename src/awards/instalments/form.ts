import { cents, parseDay, parseEuros, type Refusal, type Refused, refusal, splitCents } from '#kit'
import type { Typed } from '#platform'
import { type PlannedRow, waits } from './rules.ts'

/** An agreement seldom has more; a third line left empty is no line. */
export const rowRanks = [1, 2, 3] as const

export function readSchedule(typed: Typed): PlannedRow[] | Refused {
  const refusals: Refusal[] = []
  const rows = rowRanks.flatMap((rank): PlannedRow[] => {
    const amount = typed[`amount-${rank}`]?.trim() ?? ''
    if (amount === '') return []
    const plannedCents = parseEuros(amount)
    if (plannedCents === undefined)
      refusals.push(refusal('awards:refused.amount', { field: `amount-${rank}` }))
    const day = typed[`on-${rank}`]?.trim() ?? ''
    const plannedOn = day === '' ? undefined : parseDay(day)
    if (day !== '' && !plannedOn)
      refusals.push(refusal('awards:refused.day', { field: `on-${rank}` }))
    const waitsFor = waits.find((one) => one === typed[`waits-${rank}`]) ?? 'notice'
    return [{ plannedCents: plannedCents ?? cents(0), waitsFor, plannedOn }]
  })
  if (rows.length === 0)
    refusals.push(refusal('awards:refused.noInstalment', { field: 'amount-1' }))
  return refusals.length > 0 ? { refusals } : rows
}

/** The usual splits, offered in the address: everything at once, or a part kept for the report. */
export const splits = ['once', '50', '80'] as const
export type Split = (typeof splits)[number]

export function usualRows(
  left: bigint,
  { split, needsAgreement }: { split: Split; needsAgreement: boolean },
): PlannedRow[] {
  const first = { waitsFor: needsAgreement ? ('agreement' as const) : ('notice' as const) }
  if (split === 'once') return [{ plannedCents: cents(left), ...first, plannedOn: undefined }]
  const [half = cents(0)] = splitCents(cents(left), 2)
  const firstCents = split === '50' ? half : cents((left * 80n) / 100n)
  return [
    { plannedCents: firstCents, ...first, plannedOn: undefined },
    { plannedCents: cents(left - firstCents), waitsFor: 'report', plannedOn: undefined },
  ]
}
