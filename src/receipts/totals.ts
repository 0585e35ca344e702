import { type Cents, type Minutes, sumCents, sumMinutes } from '#kit'
import type { Receipt } from './issue.ts'

export type Total = { name: string; receiptsCount: number; minutes: Minutes; valueCents: Cents }

/** Receipts that count: CGI art. 222 bis asks for the total shown on those issued, cancelled ones apart. */
export function livingOf<Known extends Receipt>(receipts: Known[]): Known[] {
  return receipts.filter(({ cancellation }) => cancellation === undefined)
}

/** One total an organisation, by name: `associationName` for a company, `companyName` for an association. */
export function totalsBy(receipts: Receipt[], party: 'associationName' | 'companyName'): Total[] {
  const groups = Map.groupBy(livingOf(receipts), (receipt) => receipt[party])
  return [...groups].map(([name, group]) => totalOf(name, group))
}

export function totalOf(name: string, receipts: Receipt[]): Total {
  return {
    name,
    receiptsCount: receipts.length,
    minutes: sumMinutes(receipts.map(({ receiptedMinutes }) => receiptedMinutes)),
    valueCents: sumCents(receipts.map(({ valueCents }) => valueCents)),
  }
}

/**
 * The value shown to the commune, who must not read one person's pay in it: only over enough
 * missions (one mission, one person).
 */
export function aggregateCents(receipts: Receipt[], personsMin: number): Cents | undefined {
  const living = livingOf(receipts)
  const missions = new Set(living.map(({ missionId }) => missionId))
  return missions.size >= personsMin ? totalOf('', living).valueCents : undefined
}
