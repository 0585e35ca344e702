import type { Address, ReceiptCategory } from '#documents'
import {
  type Cents,
  type Day,
  type Minutes,
  parseSiren,
  type Refusal,
  refusal,
  type Siren,
} from '#kit'
import { type LockedEntry, minutesOf, type Valuation } from './valuation.ts'

export type Receipt = {
  id: string
  associationId: string
  associationName: string
  companyId: string
  companyName: string
  missionId: string
  valuationId: string
  year: number
  number: number
  cerfaVersion: string
  valueCents: Cents
  receiptedMinutes: Minutes
  fromDay: Day
  toDay: Day
  documentId: string
  ledgerEntryId: string
  issuedAt: Date
  replacesId: string | undefined
  cancellation: { reason: string; cancelledAt: Date } | undefined
}

/** The categories of the model that ask for no further date; `other` carries its own label. */
export const categories = [
  'association1901',
  'freeAid',
  'education',
  'performance',
  'museum',
  'endowmentFund',
  'worship',
  'other',
] as const satisfies ReceiptCategory['kind'][]
export type CategoryKind = (typeof categories)[number]

export type Signing = { capacity: string; category: CategoryKind; categoryLabel: string }

export function categoryOf({ category, categoryLabel }: Signing): ReceiptCategory {
  return category === 'other' ? { kind: 'other', label: categoryLabel } : { kind: category }
}

export type IdentityParts = { siren: string | null; rna: string | null; address: string }

/** Every reason why the receipt cannot be issued now: CGI art. 238 bis and 1740 A, Cerfa 16216. */
export function issueRefusals(asked: {
  valuation: Valuation | undefined
  entries: LockedEntry[]
  /** False when the association was eligible on none of the days that wait for a receipt. */
  mayReceiveHours: boolean
  association: IdentityParts
  company: IdentityParts
  signing: Signing
}): Refusal[] {
  return [
    ...(asked.mayReceiveHours
      ? hoursRefusals(asked.valuation, asked.entries)
      : [refusal('receipts:refused.notEligible')]),
    ...identityRefusals(asked.association, asked.company),
    ...signingRefusals(asked.signing),
  ]
}

function hoursRefusals(valuation: Valuation | undefined, entries: LockedEntry[]): Refusal[] {
  // An hour stands on one receipt at most: those already there are not in `entries`.
  if (entries.length === 0) return [refusal('receipts:refused.noFreeHour')]
  if (!valuation) return [refusal('receipts:refused.notValued')]
  return valuation.valuedMinutes === minutesOf(entries)
    ? []
    : [refusal('receipts:refused.valuedOtherwise')]
}

function identityRefusals(association: IdentityParts, company: IdentityParts): Refusal[] {
  const refusals: Refusal[] = []
  if (!identifierOf(association)) refusals.push(refusal('receipts:refused.associationUnknown'))
  if (!parseAddress(association.address))
    refusals.push(refusal('receipts:refused.associationAddress'))
  if (!sirenOf(company)) refusals.push(refusal('receipts:refused.companyUnknown'))
  if (!parseAddress(company.address)) refusals.push(refusal('receipts:refused.companyAddress'))
  return refusals
}

const CAPACITY_CHARACTERS_MAX = 200

function signingRefusals({ capacity, category, categoryLabel }: Signing): Refusal[] {
  const refusals: Refusal[] = []
  if (capacity === '' || capacity.length > CAPACITY_CHARACTERS_MAX)
    refusals.push(refusal('receipts:refused.noCapacity', { field: 'capacity' }))
  if (category === 'other' && categoryLabel === '')
    refusals.push(refusal('receipts:refused.noCategory', { field: 'categoryLabel' }))
  return refusals
}

/** `SIREN` or `RNA`, as the model asks. */
export function identifierOf({ siren, rna }: IdentityParts): string | undefined {
  if (siren) return `SIREN ${siren}`
  return rna ? `RNA ${rna}` : undefined
}

export function sirenOf({ siren }: IdentityParts): Siren | undefined {
  return parseSiren(siren ?? '')
}

/** `12 rue du Four, 76999 Valmont` in the parts that the model prints. */
export function parseAddress(text: string): Address | undefined {
  const [, street, postcode, town] = /^(.+?)[,\n]\s*(\d{5})\s+(\S.*)$/s.exec(text.trim()) ?? []
  if (!street || !postcode || !town) return undefined
  return { street, postcode, town }
}

/** `2027-001`: the association's own series, without a gap. */
export function receiptNumber({ year, number }: { year: number; number: number }): string {
  return `${year}-${String(number).padStart(3, '0')}`
}

/** What the two parties have to do about a mission's approved hours. */
export type Step = 'none' | 'toValue' | 'toIssue'

export function stepOf(
  approvedMinutes: Minutes,
  receipts: Receipt[],
  valuation: Valuation | undefined,
): Step {
  const living = receipts.filter(({ cancellation }) => cancellation === undefined)
  const onReceipts = living.reduce((sum, receipt) => sum + receipt.receiptedMinutes, 0n)
  const free = approvedMinutes - onReceipts
  if (free <= 0n) return 'none'
  const isUsed = living.some(({ valuationId }) => valuationId === valuation?.id)
  return valuation && !isUsed && valuation.valuedMinutes === free ? 'toIssue' : 'toValue'
}
