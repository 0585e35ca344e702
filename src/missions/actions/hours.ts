import { note } from '#journal'
import { dayOf, newId, type Refused } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, found, type Place } from '#people'
import { companyRoles, missionToChange } from '../access.ts'
import { moveMinutes } from '../moves.ts'
import {
  approvalRefusals,
  entryRefusals,
  leftMinutes,
  type Mission,
  type NewEntry,
  stateOf,
  weekOf,
} from '../rules/index.ts'
import { entriesOf, insertApproval, insertEntry, workedBetween } from '../store/index.ts'

/** The employee of the agreement enters what they did, a day at a time. */
export async function enterHours(
  place: Place,
  missionId: string,
  entry: NewEntry,
): Promise<{ id: string } | Refused> {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'company',
    roles: ['company.employee'],
  })
  const employeeId = found(ofAgreement(mission, actorOf(own).personId))
  const { from, to } = weekOf(entry.day)
  const { territoryId } = mission
  const refusals = entryRefusals(entry, {
    agreement: agreementInForce(mission),
    leftMinutes: leftMinutes(mission),
    sameWeek: await workedBetween(own.tx, { territoryId, employeeId, from, to }),
    today: own.today,
  })
  if (refusals.length > 0) return { refusals }
  const id = newId()
  const kept = { ...entry, note: entry.note.trim() }
  await insertEntry(own.tx, territoryId, {
    ...kept,
    id,
    missionId: mission.id,
    employeeId,
    enteredAt: own.now,
  })
  await note(own.tx, {
    ...deed(own),
    action: 'hours.entered',
    subjectId: mission.id,
    details: { entryId: id, day: entry.day, workedMinutes: entry.workedMinutes },
  })
  return { id }
}

function ofAgreement({ agreement }: Mission, personId: string): string | undefined {
  return agreement?.employeeId === personId ? personId : undefined
}

function agreementInForce(mission: Mission) {
  const { agreement } = mission
  if (stateOf(mission) === 'ended' || !agreement?.effectiveAt) return undefined
  const { startsOn, endsOn, effectiveAt } = agreement
  return { startsOn, endsOn, effectiveOn: dayOf(effectiveAt) }
}

/** The company approves what the association confirmed: locked, and posted as done in the ledger. */
export async function approveEntries(
  place: Place,
  missionId: string,
  { entryIds }: { entryIds: string[] },
): Promise<{ id: string } | Refused> {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'company',
    roles: companyRoles,
  })
  const { personId } = actorOf(own)
  const entries = await entriesOf(own.tx, mission)
  const refusals = approvalRefusals(entryIds, { entries, approverId: personId })
  if (refusals.length > 0) return { refusals }
  for (const entry of entries.filter(({ id }) => entryIds.includes(id))) {
    const posted = await moveMinutes(own, mission, {
      from: 'COMMITTED',
      to: 'DONE',
      minutes: entry.workedMinutes,
      reason: 'hours.approved',
    })
    await insertApproval(own.tx, {
      territoryId: mission.territoryId,
      entryId: entry.id,
      approvedBy: personId,
      approvedAt: own.now,
      ledgerEntryId: posted.id,
    })
  }
  await note(own.tx, {
    ...deed(own),
    action: 'hours.approved',
    subjectId: mission.id,
    details: { entryIds },
  })
  const to = { organisationId: mission.associationId, role: 'association.representative' as const }
  const link = `${own.url}/missions/${mission.id}`
  await tell(own, to, 'missions:notice.hoursApproved', { title: mission.title, link })
  return { id: mission.id }
}
