import { isId } from '#kit'
import { actorOf, Forbidden, found, Missing, type Place, type Role, standFor } from '#people'
import type { Application } from './rules.ts'
import { applicationById, lockApplication, tiedAssociations } from './store.ts'

export const associationRoles = ['association.representative', 'association.member'] as const
/** Those who may read what the association wrote. */
export const associationReaders = [...associationRoles, 'association.reader'] as const

/** Whether the person of this request holds one of these roles in that organisation. */
export function actsFor(place: Place, organisationId: string, roles: readonly Role[]): boolean {
  return actorOf(place).memberships.some(
    ({ role, organisation }) => organisation.id === organisationId && roles.includes(role),
  )
}

/** The file, for those of its own association; another association's file does not exist here. */
export async function ownApplication(
  place: Place,
  id: string,
  roles: readonly Role[] = associationRoles,
): Promise<Application> {
  const application = await anyApplication(place, id)
  // Whoever acts for several associations does it here for this one.
  if (!standFor(place, application.association.id, roles)) throw new Missing()
  return application
}

/** The same, while nobody else can write it; its representative alone where the law wants them. */
export async function ownApplicationToWrite(
  place: Place,
  id: string,
  roles: readonly Role[] = associationRoles,
): Promise<Application> {
  if (!isId(id)) throw new Missing()
  await lockApplication(place.tx, { territoryId: place.territory.id, id })
  const application = await ownApplication(place, id)
  if (!actsFor(place, application.association.id, roles)) throw new Forbidden()
  return application
}

/** CGCT art. L.2131-11: this person has declared an interest, and takes no part in this file. */
export class Recused extends Forbidden {}

/**
 * The file as the commune reads it: only once deposited, a draft is the association's own; never for
 * whoever has declared an interest in the association.
 */
export async function receivedApplication(place: Place, id: string): Promise<Application> {
  const application = await anyApplication(place, id)
  if (!application.deposit) throw new Missing()
  const tied = await tiedAssociations(place.tx, place.territory.id, actorOf(place).personId)
  if (tied.has(application.association.id)) throw new Recused()
  return application
}

async function anyApplication(place: Place, id: string): Promise<Application> {
  if (!isId(id)) throw new Missing()
  return found(await applicationById(place.tx, place.territory.id, id))
}
