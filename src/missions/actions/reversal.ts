import { note } from '#journal'
import { type Refused, refusal } from '#kit'
import { reverse } from '#ledger'
import { tell, tellPerson } from '#notices'
import { actorOf, deed, found, type Place, personById } from '#people'
import { companyRoles, missionToChange } from '../access.ts'
import { type Entry, type Mission, reversalRefusals, stateOf } from '../rules/index.ts'
import { entriesOf, insertReversal, takeApproval } from '../store/index.ts'
import { representativeOf } from './told.ts'

/**
 * The company takes back an approval given by mistake: the ledger answers its entry by the contrary,
 * and the hours may be entered anew. Hours on a living receipt wait for its cancellation.
 */
export async function reverseApproval(
  place: Place,
  missionId: string,
  input: { entryId: string; reason: string },
): Promise<{ id: string } | Refused> {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'company',
    roles: companyRoles,
  })
  const { personId } = actorOf(own)
  const reason = input.reason.trim()
  const entries = await entriesOf(own.tx, mission)
  const entry = entries.find(({ id }) => id === input.entryId)
  const isEnded = stateOf(mission) === 'ended'
  const refusals = reversalRefusals({ entry, isEnded, reason, personId })
  if (refusals.length > 0) return { refusals }
  const reversed = found(entry)
  const { territoryId } = mission
  const approval = await takeApproval(own.tx, territoryId, reversed.id)
  if (approval === 'on-a-receipt') return { refusals: [refusal('missions:refused.onReceipt')] }
  const answer = await reverse(own.tx, {
    territoryId,
    entryId: approval.ledgerEntryId,
    day: own.today,
    at: own.now,
    personId,
    reason: 'hours.reversed',
  })
  const act = { reason, reversedBy: personId, reversedAt: own.now, ledgerEntryId: answer.id }
  await insertReversal(own.tx, territoryId, { entryId: reversed.id, ...act }, approval)
  const details = { entryId: reversed.id, ledgerEntryId: answer.id }
  await note(own.tx, { ...deed(own), action: 'hours.reversed', subjectId: mission.id, details })
  await tellReversed(own, mission, { entry: reversed, reason })
  return { id: mission.id }
}

async function tellReversed(
  place: Place,
  mission: Mission,
  { entry, reason }: { entry: Entry; reason: string },
): Promise<void> {
  const { id, title } = mission
  const link = `${place.url}/missions/${id}`
  await tell(place, representativeOf(mission), 'missions:notice.reversed', { title, reason, link })
  const employee = await personById(place.tx, entry.employeeId)
  if (!employee) return
  const values = { title, reason, link: `${link}/hours`, name: employee.name }
  await tellPerson(place, employee, 'missions:notice.reversed', values)
}
