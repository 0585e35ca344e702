import { randomBytes } from 'node:crypto'
import { addDays, newId } from '#kit'
import { tellPerson } from '#notices'
import { type Place, type Role, recipientsOf } from '#people'
import { sha256 } from '#platform'
import { companyRoles } from '../access.ts'
import type { Mission } from '../rules/index.ts'
import {
  type AbsenceLink,
  insertAbsenceLink,
  livingAbsenceLink,
  missionById,
} from '../store/index.ts'

const LINK_DAYS = 14
const SECRET_BYTES = 32

type Desk = Pick<Place, 'tx' | 'territory' | 'url' | 'now' | 'today'>

/** Asks each manager but the person themself, with a link of their own that opens without an account. */
export async function askManagers(
  desk: Desk,
  mission: Pick<Mission, 'id' | 'companyId' | 'title' | 'associationName'>,
  { employeeId, key }: { employeeId: string; key: string },
): Promise<void> {
  for (const manager of await managersOf(desk, mission.companyId)) {
    if (manager.id === employeeId) continue
    const secret = randomBytes(SECRET_BYTES).toString('base64url')
    await insertAbsenceLink(desk.tx, {
      territoryId: desk.territory.id,
      id: newId(),
      missionId: mission.id,
      employeeId,
      managerId: manager.id,
      secretSha256: sha256(secret),
      madeAt: desk.now,
      expiresAt: new Date(`${addDays(desk.today, LINK_DAYS)}T22:00:00Z`),
    })
    await tellPerson(desk, manager, key, {
      name: manager.name,
      title: mission.title,
      association: mission.associationName,
      days: LINK_DAYS,
      // The secret is in the mail alone; the house keeps its digest.
      link: `${desk.url}/absences/${secret}`,
    })
  }
}

/** Whoever manages people and signs for the company is asked once. */
export async function managersOf(desk: Desk, organisationId: string) {
  const managers = new Map<string, Awaited<ReturnType<typeof recipientsOf>>[number]>()
  for (const role of companyRoles satisfies readonly Role[])
    for (const person of await recipientsOf(desk.tx, { organisationId, role, today: desk.today }))
      managers.set(person.id, person)
  return managers.values()
}

export type OpenedAbsence = { link: AbsenceLink; mission: Mission }

/** Undefined for a link too old, never ours, or whose manager no longer is one. */
export async function openAbsence(
  place: Place,
  secret: string,
): Promise<OpenedAbsence | undefined> {
  const known = { secretSha256: sha256(secret), now: place.now }
  const link = await livingAbsenceLink(place.tx, place.territory.id, known)
  const mission = link && (await missionById(place.tx, place.territory.id, link.missionId))
  if (!mission) return undefined
  for (const manager of await managersOf(place, mission.companyId))
    if (manager.id === link.managerId) return { link, mission }
  return undefined
}

/** Whether the person of the link is still the one whose absence is awaited. */
export function isStillAsked({ link, mission }: OpenedAbsence): boolean {
  return mission.chosen?.employeeId === link.employeeId
}
