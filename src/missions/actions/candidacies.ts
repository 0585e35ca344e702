import { note } from '#journal'
import type { Refused } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, inNameOf, type Place } from '#people'
import { companyRoles, missionToChange } from '../access.ts'
import {
  acceptanceRefusals,
  candidacyRefusals,
  leadOf,
  type Mission,
  withdrawalRefusals,
} from '../rules/index.ts'
import {
  candidacyOf,
  insertCandidacy,
  missionsSharedWith,
  setAccepted,
  setWithdrawn,
} from '../store/index.ts'
import { askManagers } from './absence-links.ts'
import { part } from './sharing.ts'
import { keyOf, representativeOf, tellEmployee, valuesOf } from './told.ts'
import { proposeNext } from './waiting-list.ts'

type Done = { id: string }

/** An employee offers their help, in one step: only for a mission of their own company. */
export async function applyToMission(
  place: Place,
  missionId: string,
  input: { qualification: string },
): Promise<Done | Refused> {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'company',
    roles: ['company.employee'],
  })
  const key = keyOf(mission, actorOf(own).personId)
  const qualification = input.qualification.trim()
  const refusals = candidacyRefusals(mission, {
    qualification,
    own: await candidacyOf(own.tx, key),
    today: own.today,
  })
  if (refusals.length > 0) return { refusals }
  await insertCandidacy(own.tx, key, { qualification, at: own.now })
  await note(own.tx, { ...deed(own), action: 'candidacy.made', subjectId: mission.id })
  const lead = leadOf(mission)
  await tell(own, representativeOf(lead), 'missions:notice.candidacy', valuesOf(own, lead))
  return { id: mission.id }
}

/** The association says yes to one person; the company then knows, and not before. */
export async function acceptCandidacy(
  place: Place,
  missionId: string,
  input: { employeeId: string },
): Promise<Done | Refused> {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'association',
    roles: ['association.representative'],
  })
  const key = keyOf(mission, input.employeeId)
  const refusals = acceptanceRefusals(mission, await candidacyOf(own.tx, key))
  if (refusals.length > 0) return { refusals }
  await setAccepted(own.tx, key, { personId: actorOf(own).personId, at: own.now })
  await note(own.tx, {
    ...deed(own),
    action: 'candidacy.accepted',
    subjectId: mission.id,
    details: { employeeId: input.employeeId },
  })
  await tellEmployee(own, input.employeeId, 'missions:notice.accepted', mission)
  const { employeeId } = input
  await askManagers(own, mission, { employeeId, key: 'missions:notice.absence' })
  return { id: mission.id }
}

/**
 * The employee steps back, or the company cannot free them: the mission is open again. No reason is
 * asked and none is kept, so that saying no costs nothing (C. trav. art. L.8241-3: no sanction).
 */
export async function withdrawCandidacy(place: Place, missionId: string): Promise<Done | Refused> {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'company',
    roles: ['company.employee', ...companyRoles],
  })
  const { personId } = actorOf(own)
  const ofOwn = await candidacyOf(own.tx, keyOf(mission, personId))
  const isForCompany = inNameOf(own, mission.companyId, companyRoles) !== undefined
  const employeeId =
    ofOwn && !ofOwn.withdrawnAt ? personId : isForCompany ? mission.chosen?.employeeId : undefined
  const key = keyOf(mission, employeeId ?? personId)
  const all = await missionsSharedWith(own.tx, mission)
  const refusals = withdrawalRefusals(all, await candidacyOf(own.tx, key))
  if (refusals.length > 0) return { refusals }
  await setWithdrawn(own.tx, key, own.now)
  await note(own.tx, { ...deed(own), action: 'candidacy.withdrawn', subjectId: mission.id })
  await tellOthers(own, mission, key.employeeId)
  // Nobody is left who could choose the next person for all.
  const lead = all.find(({ id }) => id === key.missionId)
  if (lead?.ending) await part(own, lead)
  return { id: mission.id }
}

async function tellOthers(place: Place, mission: Mission, employeeId: string): Promise<void> {
  const isSaidByCompany = actorOf(place).personId !== employeeId
  if (isSaidByCompany) await tellEmployee(place, employeeId, 'matching:notice.notFreed', mission)
  // Before the association's yes, the offer was nobody else's business.
  if (mission.chosen?.employeeId !== employeeId) return
  await proposeNext(place, mission)
}
