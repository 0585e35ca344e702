import { actorOf, found, inNameOf, Missing, type Place, type Role } from '#people'
import { takeTurn } from '#platform'
import type { Mission, Side } from './rules/index.ts'
import { missionById } from './store/index.ts'

export const companyRoles = ['company.csr', 'company.manager'] as const
export const communeRoles = [
  'municipality.agent',
  'municipality.elected',
  'operator.staff',
] as const
export const associationRoles = ['association.representative', 'association.member'] as const

/** Everybody with a part in missions but the employees themselves. */
export const otherRoles = [...communeRoles, ...companyRoles, ...associationRoles] as const

/** The ways in which a person may look at a mission; each shows no more than its part needs. */
export type View = 'commune' | 'company' | 'employee' | 'association'

/** 404 for a mission of other people, so that nobody learns that it exists. */
export async function seenMission(
  place: Place,
  id: string,
): Promise<{ mission: Mission; views: View[] }> {
  const mission = found(await missionById(place.tx, place.territory.id, id))
  const views = viewsOf(place, mission)
  if (views.length === 0) throw new Missing()
  return { mission, views }
}

export function viewsOf(place: Place, mission: Mission): View[] {
  const views: View[] = []
  if (holds(place, communeRoles)) views.push('commune')
  if (inNameOf(place, mission.companyId, companyRoles)) views.push('company')
  if (inNameOf(place, mission.companyId, ['company.employee'])) views.push('employee')
  if (inNameOf(place, mission.associationId, associationRoles)) views.push('association')
  return views
}

/**
 * The mission, kept from other writers until the end of the transaction, and the place of the
 * person as one of `roles` of the organisation that `of` names.
 */
export async function missionToChange(
  place: Place,
  id: string,
  { of, roles }: { of: 'association' | 'company'; roles: readonly Role[] },
): Promise<{ mission: Mission; own: Place }> {
  await takeTurn(place.tx, place.territory.id)
  const mission = found(await missionById(place.tx, place.territory.id, id))
  const organisationId = of === 'company' ? mission.companyId : mission.associationId
  return { mission, own: found(inNameOf(place, organisationId, roles)) }
}

export function holds(place: Place, roles: readonly Role[]): boolean {
  return actorOf(place).memberships.some(({ role }) => roles.includes(role))
}

/** Which of the three a person is on a mission; nobody's when only the commune or a colleague looks. */
export function sideIn(place: Place, mission: Mission, views: View[]): Side | undefined {
  const isOneself = mission.agreement?.employeeId === actorOf(place).personId
  if (isOneself && views.includes('employee')) return 'employee'
  if (views.includes('association')) return 'association'
  return views.includes('company') ? 'company' : undefined
}

/** The mission as one of the three, kept from other writers; to anybody else it does not exist. */
export async function ownSide(place: Place, id: string): Promise<{ mission: Mission; side: Side }> {
  await takeTurn(place.tx, place.territory.id)
  const { mission, views } = await seenMission(place, id)
  return { mission, side: found(sideIn(place, mission, views)) }
}
