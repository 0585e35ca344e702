import { applicationsOf } from '#applications'
import { type Campaign, campaignById } from '#campaigns'
import { type Cents, cents } from '#kit'
import { found, type Place } from '#people'
import { lawOn, type Tx } from '#platform'
import { baselinesOf } from '#territory'
import type { Award } from './store.ts'
import { type Threshold, thresholdsPassed } from './threshold-rules.ts'

/** Cash of the commune to each association in the two years before this one, as its imports know it. */
export async function earlierCents(
  tx: Tx,
  { territoryId, year }: Campaign,
): Promise<Map<string, Cents>> {
  const lines = await baselinesOf(tx, territoryId, year - 2, year - 1)
  return new Map(lines.map(({ organisationId, amountCents }) => [organisationId, amountCents]))
}

export async function thresholdsOf(place: Place, award: Award): Promise<Threshold[]> {
  const { tx, territory, today } = place
  if (!award.isAdopted) return []
  const campaign = found(await campaignById(tx, territory.id, award.campaignId))
  const earlier = await earlierCents(tx, campaign)
  // The reasons, shown on the same page, read the whole season too.
  const files = await applicationsOf(tx, campaign)
  const file = files.find(({ id }) => id === award.applicationId)
  const facts = {
    cashCents: award.cashCents,
    projectBudgetCents: file?.budgetProductsCents ?? undefined,
    earlierCents: earlier.get(award.associationId) ?? cents(0),
  }
  return thresholdsPassed(facts, lawOn(today))
}
