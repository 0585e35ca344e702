import { tellPerson } from '#notices'
import { found, type Place, personById } from '#people'
import { leadOf, type Mission } from '../rules/index.ts'

export async function tellEmployee(
  place: Place,
  employeeId: string,
  key: string,
  mission: Mission,
): Promise<void> {
  const person = found(await personById(place.tx, employeeId))
  await tellPerson(place, person, key, { ...valuesOf(place, mission), name: person.name })
}

export function valuesOf(
  place: Pick<Place, 'url'>,
  { id, title, associationName }: Pick<Mission, 'id' | 'title' | 'associationName'>,
) {
  return { title, association: associationName, link: `${place.url}/missions/${id}` }
}

/** Of an offer of help: made on the mission that leads, when several are shared. */
export function keyOf(mission: Mission, employeeId: string) {
  return { territoryId: mission.territoryId, missionId: leadOf(mission).id, employeeId }
}

/** Who speaks for the association of a mission. */
export function representativeOf({ associationId }: Pick<Mission, 'associationId'>) {
  return { organisationId: associationId, role: 'association.representative' as const }
}
