import { note } from '#journal'
import { type Cents, newId, type Refused } from '#kit'
import { companyRoles, missionById } from '#missions'
import { tell } from '#notices'
import { actorOf, deed, found, inNameOf, type Place } from '#people'
import { takeTurn } from '#platform'
import { hoursToReceipt, valuationOf } from '../hours.ts'
import { insertCostPrice, insertValuation } from '../store.ts'
import { valuationRefusals, valueWithinCap } from '../valuation.ts'

/**
 * The company says what an hour costs it; what leaves it is the total alone, within the cap. Declared
 * anew, it is a new version: the older one stays.
 */
export async function declareValuation(
  place: Place,
  missionId: string,
  input: { hourlyCostCents: Cents | undefined; legalForm: string },
): Promise<{ id: string } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const mission = found(await missionById(place.tx, place.territory.id, missionId))
  const own = found(inNameOf(place, mission.companyId, companyRoles))
  const { entries } = await hoursToReceipt(own, mission)
  const { hourlyCostCents } = input
  const legalForm = input.legalForm.trim()
  const refusals = valuationRefusals({ hourlyCostCents, legalForm, entries })
  if (refusals.length > 0 || hourlyCostCents === undefined) return { refusals }
  const before = await valuationOf(own, mission.id)
  const { companyId, associationId, territoryId } = mission
  const version = (before?.version ?? 0) + 1
  const by = { declaredBy: actorOf(own).personId, declaredAt: own.now }
  const shared = { missionId: mission.id, version, companyId }
  await insertCostPrice(own.tx, { territoryId, ...shared, hourlyCostCents, ...by })
  const id = newId()
  const value = valueWithinCap(entries, hourlyCostCents)
  await insertValuation(own.tx, territoryId, {
    id,
    ...shared,
    associationId,
    ...value,
    legalForm,
    ...by,
  })
  // Neither the cost nor the total: one over the minutes gives the other.
  const details = { version, valuedMinutes: value.valuedMinutes }
  await note(own.tx, { ...deed(own), action: 'valuation.declared', subjectId: mission.id, details })
  await tell(
    own,
    { organisationId: associationId, role: 'association.representative' },
    'receipts:notice.toIssue',
    { company: mission.companyName, link: `${own.url}/missions/${mission.id}/receipt` },
  )
  return { id }
}
