import { addDays, type Cents, cents, type Day, type Refusal, refusal, sumCents } from '#kit'
import { plainEuros } from '../plain-euros.ts'

/** What a payment waits for: the letter alone, the signed agreement, or the accepted report. */
export const waits = ['notice', 'agreement', 'report'] as const
export type WaitsFor = (typeof waits)[number]

export type Instalment = {
  id: string
  awardId: string
  rank: number
  plannedCents: Cents
  waitsFor: WaitsFor
  /** A day that the agreement fixes; without it, sixty days run from what it waits for. */
  plannedOn: Day | undefined
  order: { number: string; on: Day } | undefined
  paidOn: Day | undefined
  cancelledBecause: string | undefined
}

export type InstalmentState = 'planned' | 'ordered' | 'paid' | 'cancelled'

export function instalmentStateOf({
  order,
  paidOn,
  cancelledBecause,
}: Pick<Instalment, 'order' | 'paidOn' | 'cancelledBecause'>): InstalmentState {
  if (cancelledBecause !== undefined) return 'cancelled'
  if (paidOn) return 'paid'
  return order ? 'ordered' : 'planned'
}

/** Still to be paid. */
export function waitingCents(instalments: Instalment[]): Cents {
  return sumCents(instalments.filter(isWaiting).map(({ plannedCents }) => plannedCents))
}

export function isWaiting(instalment: Instalment): boolean {
  return ['planned', 'ordered'].includes(instalmentStateOf(instalment))
}

export type PlannedRow = { plannedCents: Cents; waitsFor: WaitsFor; plannedOn: Day | undefined }

export function scheduleRefusals(
  rows: PlannedRow[],
  facts: { isAdopted: boolean; cashCents: Cents; paidCents: Cents; waitingCents: Cents },
): Refusal[] {
  const { isAdopted, cashCents, paidCents } = facts
  if (!isAdopted || cashCents === 0n) return [refusal('awards:refused.nothingToPlan')]
  const refusals: Refusal[] = []
  rows.forEach(({ plannedCents }, rank) => {
    if (plannedCents <= 0n)
      refusals.push(refusal('awards:refused.amount', { field: `amount-${rank + 1}` }))
  })
  const planned = sumCents(rows.map(({ plannedCents }) => plannedCents))
  const left = cents(cashCents - paidCents - facts.waitingCents)
  if (left === 0n) refusals.push(refusal('awards:refused.allPlanned'))
  else if (planned !== left) {
    const sums = { planned: plainEuros(planned), left: plainEuros(left) }
    refusals.push(refusal('awards:refused.scheduleSum', { field: 'amount-1', ...sums }))
  }
  return refusals
}

/** All that decides whether an instalment may be ordered, and since when it is owed. */
export type PayFacts = {
  notifiedOn: Day | undefined
  executoryOn: Day | undefined
  needsAgreement: boolean
  signedOn: Day | undefined
  acceptedOn: Day | undefined
  paymentDays: number
  today: Day
}

/** Every condition that is not met, as keys of sentences: the same on the page and in the finance file. */
export function blocksOf({ waitsFor }: Pick<Instalment, 'waitsFor'>, facts: PayFacts): string[] {
  const blocks: string[] = []
  if (!facts.executoryOn || !facts.notifiedOn) blocks.push('notice')
  const waitsForAgreement = waitsFor === 'agreement' || facts.needsAgreement
  if (waitsForAgreement && !facts.signedOn) blocks.push('agreement')
  if (waitsFor === 'report' && !facts.acceptedOn) blocks.push('report')
  return blocks
}

/**
 * Law 2000-321 art. 10: sixty days from the notification, unless the agreement fixes other dates.
 * Undefined as long as what the payment waits for has not come.
 */
export function payableBy(
  instalment: Pick<Instalment, 'waitsFor' | 'plannedOn'>,
  facts: PayFacts,
): Day | undefined {
  if (blocksOf(instalment, facts).length > 0) return undefined
  if (instalment.plannedOn) return instalment.plannedOn
  const since = [facts.notifiedOn, facts.needsAgreement ? facts.signedOn : undefined]
  if (instalment.waitsFor === 'agreement') since.push(facts.signedOn)
  if (instalment.waitsFor === 'report') since.push(facts.acceptedOn)
  const last = since
    .filter((day) => day !== undefined)
    .sort()
    .at(-1)
  return last && addDays(last, facts.paymentDays)
}

/** Days before the end of the delay at which the agent is warned. */
const WARNED_DAYS = 15

export function warningOf(instalment: Instalment, facts: PayFacts): 'late' | 'soon' | undefined {
  if (!isWaiting(instalment)) return undefined
  const by = payableBy(instalment, facts)
  if (!by) return undefined
  if (facts.today > by) return 'late'
  return facts.today > addDays(by, -WARNED_DAYS) ? 'soon' : undefined
}

export function orderRefusals(
  instalment: Instalment,
  { orderNumber, orderedOn }: { orderNumber: string; orderedOn: Day | undefined },
  facts: PayFacts & { isNumberTaken: boolean },
): Refusal[] {
  const field = (name: string) => `${name}-${instalment.id}`
  const refusals = blocksOf(instalment, facts).map((block) =>
    refusal(`awards:refused.blockedBy.${block}`),
  )
  if (instalmentStateOf(instalment) !== 'planned')
    refusals.push(refusal('awards:refused.notPlanned'))
  if (orderNumber === '')
    refusals.push(refusal('awards:refused.orderMissing', { field: field('number') }))
  if (facts.isNumberTaken)
    refusals.push(refusal('awards:refused.orderTaken', { field: field('number') }))
  if (!orderedOn) refusals.push(refusal('awards:refused.day', { field: field('on') }))
  else if (orderedOn > facts.today)
    refusals.push(refusal('awards:refused.paidLater', { field: field('on') }))
  else if (facts.executoryOn && orderedOn < facts.executoryOn)
    refusals.push(refusal('awards:refused.paidTooEarly', { field: field('on') }))
  return refusals
}

export function payRefusals(
  instalment: Instalment,
  { paidOn }: { paidOn: Day | undefined },
  today: Day,
): Refusal[] {
  const field = `paid-${instalment.id}`
  if (instalmentStateOf(instalment) !== 'ordered') return [refusal('awards:refused.notOrdered')]
  if (!paidOn) return [refusal('awards:refused.day', { field })]
  if (instalment.order && paidOn < instalment.order.on)
    return [refusal('awards:refused.paidBeforeOrder', { field })]
  return paidOn > today ? [refusal('awards:refused.paidLater', { field })] : []
}
