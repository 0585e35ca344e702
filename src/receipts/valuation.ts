import {
  type Cents,
  type Day,
  type Minutes,
  type Refusal,
  refusal,
  sumCents,
  sumMinutes,
  yearOf,
} from '#kit'
import { costPriceCents, retainedCents } from '#platform'

export type LockedEntry = { id: string; day: Day; workedMinutes: Minutes }

export type Valuation = {
  id: string
  missionId: string
  version: number
  companyId: string
  associationId: string
  valuedMinutes: Minutes
  valueCents: Cents
  isCapped: boolean
  legalForm: string
  declaredAt: Date
}

/** Which hours a valuation is about: approved by the company, and on no living receipt. */
export function freeEntries(locked: LockedEntry[], receiptedIds: Set<string>): LockedEntry[] {
  return locked.filter(({ id }) => !receiptedIds.has(id))
}

/** Cost price within the cap of the law of each year of work; an estimate until the company's accountant agrees. */
export function valueWithinCap(
  entries: LockedEntry[],
  hourlyCostCents: Cents,
): { valuedMinutes: Minutes; valueCents: Cents; isCapped: boolean } {
  const years = Map.groupBy(entries, ({ day }) => yearOf(day))
  const gifts = [...years.values()].map((worked) => ({
    hourlyCostCents,
    workedMinutes: minutesOf(worked),
    workedOn: lastDay(worked),
  }))
  const valueCents = sumCents(gifts.map((gift) => retainedCents(gift)))
  return {
    valuedMinutes: minutesOf(entries),
    valueCents,
    isCapped: valueCents < sumCents(gifts.map((gift) => costPriceCents(gift))),
  }
}

export function valuationRefusals(asked: {
  hourlyCostCents: Cents | undefined
  legalForm: string
  entries: LockedEntry[]
}): Refusal[] {
  const refusals: Refusal[] = []
  if (asked.entries.length === 0) refusals.push(refusal('receipts:refused.nothingToValue'))
  if (asked.hourlyCostCents === undefined || asked.hourlyCostCents <= 0n)
    refusals.push(refusal('receipts:refused.noCost', { field: 'hourlyCost' }))
  if (asked.legalForm === '')
    refusals.push(refusal('receipts:refused.noLegalForm', { field: 'legalForm' }))
  return refusals
}

export function minutesOf(entries: LockedEntry[]): Minutes {
  return sumMinutes(entries.map(({ workedMinutes }) => workedMinutes))
}

/** The law of the latest day worked that year is the one that the year's gift obeys. */
function lastDay(entries: LockedEntry[]): Day {
  const [last] = entries
    .map((entry) => entry.day)
    .sort()
    .reverse()
  if (!last) throw new Error('a year of work has a day')
  return last
}
