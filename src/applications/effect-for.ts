import { envelopesOf } from '#campaigns'
import { sumCents } from '#kit'
import type { Place } from '#people'
import { baselinesOf } from '#territory'
import { type Effect, effectOf } from './effect.ts'
import { askedMinutes } from './rules.ts'
import type { Opened } from './views.ts'

/** Undefined when the association received nothing the year before. */
export async function effectFor(
  { tx, territory }: Place,
  { application, campaign }: Pick<Opened, 'application' | 'campaign'>,
): Promise<Effect | undefined> {
  const baselines = await baselinesOf(tx, territory.id, campaign.year - 1)
  const own = baselines.find(({ organisationId }) => organisationId === application.association.id)
  if (!own) return undefined
  const envelopes = await envelopesOf(tx, campaign)
  return effectOf({
    baselineCents: own.amountCents,
    lastYearCents: sumCents(baselines.map(({ amountCents }) => amountCents)),
    envelopeCents: sumCents(envelopes.map(({ cashCents }) => cashCents)),
    askedMinutes: askedMinutes(application.needs),
    referenceHourlyCents: campaign.referenceHourlyCents,
  })
}
