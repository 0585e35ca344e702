import type { Campaign } from '#campaigns'
import { note } from '#journal'
import { type Refused, refusal } from '#kit'
import { actorOf, deed, type Place } from '#people'
import { takeTurn } from '#platform'
import { type GridCriterion, gridOf, insertGrid } from './grid-store.ts'
import { refusalsForMarking } from './rules.ts'

export type GridInput = { reason: string; criteria: GridCriterion[] }

/** A new version of the grid. Marks given on the one before wait for their reviewer to look again. */
export async function changeGrid(
  place: Place,
  campaign: Campaign,
  { reason, criteria }: GridInput,
): Promise<{ version: number } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const current = await gridOf(place.tx, campaign)
  const refusals = refusalsForMarking(campaign.state)
  if (!reason) refusals.push(refusal('review:refused.noReason', { field: 'reason' }))
  for (const { id, weight, label } of criteria)
    if (!Number.isInteger(weight) || weight < 1 || weight > 100)
      refusals.push(refusal('review:refused.weight', { field: `weight-${id}`, criterion: label }))
  if (JSON.stringify(criteria) === JSON.stringify(current.criteria))
    refusals.push(refusal('review:refused.sameGrid', { field: 'reason' }))
  if (refusals.length > 0) return { refusals }
  const version = current.version + 1
  const by = { madeBy: actorOf(place).personId, madeAt: place.now }
  await insertGrid(place.tx, campaign, { version, reason, criteria, ...by })
  const details = { version, reason, before: current.criteria, after: criteria }
  await note(place.tx, { ...deed(place), action: 'grid.changed', subjectId: campaign.id, details })
  return { version }
}
