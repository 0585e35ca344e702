import { note } from '#journal'
import type { Refused } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, type Place } from '#people'
import { takeTurn } from '#platform'
import { companyRoles, missionToChange } from '../access.ts'
import { absenceRefusals, type Mission, partsOf } from '../rules/index.ts'
import { setApproved, setWithdrawn } from '../store/index.ts'
import { isStillAsked, openAbsence } from './absence-links.ts'
import { keyOf, representativeOf, tellEmployee, valuesOf } from './told.ts'
import { proposeNext } from './waiting-list.ts'

type Done = { id: string }

/** The company lets the person go on paid time; nobody approves their own absence. */
export async function approveAbsence(place: Place, missionId: string): Promise<Done | Refused> {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'company',
    roles: companyRoles,
  })
  const { personId } = actorOf(own)
  const refusals = absenceRefusals(mission, personId)
  if (refusals.length > 0 || !mission.chosen) return { refusals }
  const { employeeId } = mission.chosen
  await grantAbsence(own, mission, { employeeId, by: { ...deed(own), personId } })
  return { id: mission.id }
}

/** The same by the link of a mail; undefined when the link no longer opens. */
export async function answerAbsence(
  place: Place,
  secret: string,
  answer: 'granted' | 'notNow',
): Promise<{ id: string } | Refused | undefined> {
  await takeTurn(place.tx, place.territory.id)
  const opened = await openAbsence(place, secret)
  if (!opened) return undefined
  const { link, mission } = opened
  const refusals = isStillAsked(opened)
    ? absenceRefusals(mission, link.managerId)
    : absenceRefusals({ ...mission, chosen: undefined }, link.managerId)
  if (refusals.length > 0) return { refusals }
  const by = { personId: link.managerId }
  const entry = { territoryId: mission.territoryId, at: place.now, ...by }
  await note(place.tx, { ...entry, action: 'absence.answered', subjectId: link.id })
  if (answer === 'granted') await grantAbsence(place, mission, { ...link, by })
  else await refuseAbsence(place, mission, { ...link, by })
  return { id: mission.id }
}

/** Whose absence, and by whom: in person, or through the link that a manager received. */
type Granting = { employeeId: string; by: Partial<ReturnType<typeof deed>> & { personId: string } }

/** Once nothing speaks against it: written, noted and told to both. */
async function grantAbsence(
  place: Place,
  mission: Mission,
  { employeeId, by }: Granting,
): Promise<void> {
  const { territoryId, id: subjectId } = mission
  await setApproved(place.tx, keyOf(mission, employeeId), { personId: by.personId, at: place.now })
  await note(place.tx, {
    territoryId,
    at: place.now,
    ...by,
    action: 'absence.approved',
    subjectId,
    details: { employeeId },
  })
  await tellEmployee(place, employeeId, 'missions:notice.approved', mission)
  for (const one of partsOf(mission))
    await tell(place, representativeOf(one), 'missions:notice.approved', valuesOf(place, one))
}

/** « Not this time »: the person is free for another mission, and the next one waiting is proposed. */
async function refuseAbsence(
  place: Place,
  mission: Mission,
  { employeeId, by }: Granting,
): Promise<void> {
  const { territoryId, id: subjectId } = mission
  await setWithdrawn(place.tx, keyOf(mission, employeeId), place.now)
  const entry = { territoryId, at: place.now, ...by }
  await note(place.tx, { ...entry, action: 'candidacy.withdrawn', subjectId })
  await tellEmployee(place, employeeId, 'matching:notice.notFreed', mission)
  await proposeNext(place, mission)
}
