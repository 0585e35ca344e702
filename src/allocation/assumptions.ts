import { z } from 'zod'
import type { Campaign } from '#campaigns'
import { type Cents, cents, parseEuros, type Refusal, refusal } from '#kit'
import type { Typed } from '#platform'

/** What a scenario changes of the campaign: everything else is taken from it. */
export type Assumptions = {
  envelopeCents: Record<string, Cents>
  floorPercent: number
  referenceHourlyCents: Cents
  reservePercent: number
}

export type NamedAssumptions = { name: string; assumptions: Assumptions }

type EnvelopeRow = { id: string; name: string; cashCents: Cents }

export function assumptionsOf(campaign: Campaign, envelopes: EnvelopeRow[]): Assumptions {
  return {
    envelopeCents: Object.fromEntries(envelopes.map(({ id, cashCents }) => [id, cashCents])),
    floorPercent: campaign.floorPercent,
    referenceHourlyCents: campaign.referenceHourlyCents,
    reservePercent: campaign.reservePercent,
  }
}

const centsText = z.string().transform((text) => cents(text))
const stored = z.object({
  envelopeCents: z.record(z.string(), centsText),
  floorPercent: z.number(),
  referenceHourlyCents: centsText,
  reservePercent: z.number(),
})

/** A sealed scenario's assumptions as kept in the database. */
export function readAssumptions(kept: object): Assumptions {
  return stored.parse(kept)
}

const ENVELOPE_MAX = cents(100_000_000_000n)
const HOUR_MAX = cents(1_000_00n)

/** The form beside the chart; a field left out keeps the campaign's figure. */
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
  const percent = (field: string, otherwise: number, { most }: { most: number }) => {
    const text = typed[field]?.trim()
    if (text === undefined) return otherwise
    if (/^\d{1,3}$/.test(text) && Number(text) <= most) return Number(text)
    refusals.push(refusal('scenarios:refused.percent', { field, most }))
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
  const assumptions = {
    envelopeCents,
    floorPercent: percent('floorPercent', usual.floorPercent, { most: 100 }),
    referenceHourlyCents: amount('hourly', usual.referenceHourlyCents, { most: HOUR_MAX }),
    reservePercent: percent('reservePercent', usual.reservePercent, { most: 50 }),
  }
  if (assumptions.referenceHourlyCents === 0n)
    refusals.push(refusal('scenarios:refused.hourly', { field: 'hourly' }))
  return refusals.length > 0 ? { refusals } : { name, assumptions }
}

const NAME_MAX = 80
