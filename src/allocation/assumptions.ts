import type { Campaign } from '#campaigns'
import { type Cents, cents, isId, parseEuros, type Refusal, refusal } from '#kit'
import type { Typed } from '#platform'
import type { Pins } from './engine/index.ts'

/** What a scenario changes of the campaign: everything else is taken from it. */
export type Assumptions = {
  envelopeCents: Record<string, Cents>
  floorPercent: number
  /** κ: what a reference weighs at no point, and at every point. */
  weightLowPercent: number
  weightHighPercent: number
  referenceHourlyCents: Cents
  reservePercent: number
  withdrawal?: Withdrawal
  overrides: Override[]
}

/** "If this company gave so much less, who would lose?" */
export type Withdrawal = { companyId: string; percent: number }

/** One line decided by hand, with its reason: the split is computed around it. */
export type Override = { associationId: string; reason: string; pins: Pins }

export type NamedAssumptions = { name: string; assumptions: Assumptions }

/** To be made beside another scenario, or alone. */
export type Variant = NamedAssumptions & { variantOf?: string | undefined }

type EnvelopeRow = { id: string; name: string; cashCents: Cents }

export function assumptionsOf(campaign: Campaign, envelopes: EnvelopeRow[]): Assumptions {
  const { floorPercent, weightLowPercent, weightHighPercent } = campaign
  const { referenceHourlyCents, reservePercent } = campaign
  return {
    envelopeCents: Object.fromEntries(envelopes.map(({ id, cashCents }) => [id, cashCents])),
    floorPercent,
    weightLowPercent,
    weightHighPercent,
    referenceHourlyCents,
    reservePercent,
    overrides: [],
  }
}

type Kept = Omit<Assumptions, 'envelopeCents' | 'referenceHourlyCents'> & {
  envelopeCents: Record<string, string>
  referenceHourlyCents: string
}

/** As sealed with a scenario; what could not be changed then was as `usual`. */
export function readAssumptions(sealed: object, usual: Assumptions): Assumptions {
  const kept = sealed as Kept
  const envelopes = Object.entries(kept.envelopeCents)
  return {
    ...usual,
    ...kept,
    envelopeCents: Object.fromEntries(envelopes.map(([id, text]) => [id, cents(text)])),
    referenceHourlyCents: cents(kept.referenceHourlyCents),
  }
}

/** No longer than a name may be. */
export function nameOfVariant(name: string): string {
  return name.length > NAME_MAX ? `${name.slice(0, NAME_MAX - 1).trimEnd()}…` : name
}

const ENVELOPE_MAX = cents(100_000_000_000n)
const HOUR_MAX = cents(1_000_00n)
const NAME_MAX = 80
/** As far as a campaign's own settings go. */
export const bounds = {
  floorPercent: { least: 0, most: 100 },
  weightLowPercent: { least: 10, most: 100 },
  weightHighPercent: { least: 100, most: 300 },
  reservePercent: { least: 0, most: 50 },
  withdrawalPercent: { least: 0, most: 100 },
} as const

/** The form beside the chart; a field left out keeps the usual figure. Runs in the browser as on the server. */
export function readForm(
  typed: Typed,
  envelopes: EnvelopeRow[],
  usual: Assumptions,
): NamedAssumptions | { refusals: Refusal[] } {
  const refusals: Refusal[] = []
  const amount = (field: string, otherwise: Cents, { most }: { most: Cents }) => {
    if (typed[field] === undefined) return otherwise
    const read = parseEuros(typed[field])
    if (read !== undefined && read >= 0n && read <= most) return read
    refusals.push(refusal('scenarios:refused.amount', { field }))
    return otherwise
  }
  const percent = (field: keyof typeof bounds, otherwise: number) => {
    const text = typed[field]?.trim()
    if (text === undefined) return otherwise
    const { least, most } = bounds[field]
    if (/^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text)
    refusals.push(refusal('scenarios:refused.percent', { field, least, most }))
    return otherwise
  }
  const name = (typed.name ?? '').trim()
  if (name === '' || name.length > NAME_MAX)
    refusals.push(refusal('scenarios:refused.name', { field: 'name', most: NAME_MAX }))
  const envelopeCents = Object.fromEntries(
    envelopes.map(({ id, cashCents }) => {
      const otherwise = usual.envelopeCents[id] ?? cashCents
      return [id, amount(`envelope-${id}`, otherwise, { most: ENVELOPE_MAX })]
    }),
  )
  const { withdrawal, ...rest } = usual
  const companyId = typed.withdrawalCompany ?? withdrawal?.companyId ?? ''
  const withdrawalPercent = percent('withdrawalPercent', withdrawal?.percent ?? 0)
  const assumptions = {
    ...rest,
    envelopeCents,
    floorPercent: percent('floorPercent', usual.floorPercent),
    weightLowPercent: percent('weightLowPercent', usual.weightLowPercent),
    weightHighPercent: percent('weightHighPercent', usual.weightHighPercent),
    referenceHourlyCents: amount('hourly', usual.referenceHourlyCents, { most: HOUR_MAX }),
    reservePercent: percent('reservePercent', usual.reservePercent),
    ...(companyId !== '' && withdrawalPercent > 0
      ? { withdrawal: { companyId, percent: withdrawalPercent } }
      : {}),
  }
  if (companyId !== '' && !isId(companyId))
    refusals.push(refusal('scenarios:refused.company', { field: 'withdrawalCompany' }))
  // Hours are shared by halves: half an hour is worth whole cents.
  if (assumptions.referenceHourlyCents === 0n || assumptions.referenceHourlyCents % 2n !== 0n)
    refusals.push(refusal('scenarios:refused.hourly', { field: 'hourly' }))
  return refusals.length > 0 ? { refusals } : { name, assumptions }
}
