import { tellPerson } from '#notices'
import { found, type Place, personById } from '#people'
import type { Mission } from '../rules/index.ts'

export async function tellEmployee(
  place: Place,
  employeeId: string,
  key: string,
  mission: Mission,
): Promise<void> {
  const person = found(await personById(place.tx, employeeId))
  await tellPerson(place, person, key, { ...valuesOf(place, mission), name: person.name })
}

export function valuesOf(place: Place, { id, title, associationName }: Mission) {
  return { title, association: associationName, link: `${place.url}/missions/${id}` }
}

export function keyOf({ territoryId, id }: Mission, employeeId: string) {
  return { territoryId, missionId: id, employeeId }
}
