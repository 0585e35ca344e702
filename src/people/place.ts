import type { Day } from '#kit'
import type { Frame, Language, Say, Tx } from '#platform'

export const roles = [
  'municipality.agent',
  'municipality.elected',
  'company.csr',
  'company.manager',
  'company.employee',
  'association.representative',
  'association.member',
  'operator.staff',
] as const
export type Role = (typeof roles)[number]

export type Membership = {
  role: Role
  organisation: { id: string; name: string; kind: OrganisationKind }
}
export type OrganisationKind = 'municipality' | 'company' | 'association' | 'operator'

export type Actor = { personId: string; name: string; email: string; memberships: Membership[] }

export type Territory = { id: string; slug: string; name: string; organisationId: string }

/** Where a request stands: in one commune, in one transaction, at one moment, for one person or none. */
export type Place = {
  territory: Territory
  /** `/valmont`: the head of every address in this commune. */
  path: string
  /** `https://metis.example.org/valmont`: the same for a mail or a printed page, from the settings. */
  url: string
  tx: Tx
  /**
   * Reads once this request's transaction is over, in one of its own: for answers that are written
   * while they are read. Never awaited by the handler itself, which would wait for its own end.
   */
  later: <Result>(read: (tx: Tx) => Promise<Result>) => Promise<Result>
  now: Date
  today: Day
  language: Language
  say: Say
  frame: Frame
  /** Whoever is signed in; their memberships are those that count in this commune. */
  actor?: Actor
  /** The membership in whose name this request acts: set by allow(). */
  as?: Membership
}

export type PlaceEnv = { Variables: { place: Place } }

/** The signed-in person; throws where allow() let nobody else in, so that it is a bug. */
export function actorOf(place: Place): Actor {
  if (!place.actor) throw new Error('this route lets strangers in')
  return place.actor
}

/** The organisation that the person acts for here; same condition as actorOf(). */
export function organisationOf(place: Place): Membership['organisation'] {
  if (!place.as) throw new Error('this route lets strangers in')
  return place.as.organisation
}

/** The same place, standing for that organisation in one of these roles; undefined for anyone else. */
export function inNameOf(
  place: Place,
  organisationId: string,
  roles: readonly Role[],
): Place | undefined {
  const as = actorOf(place).memberships.find(
    ({ role, organisation }) => organisation.id === organisationId && roles.includes(role),
  )
  return as && { ...place, as }
}

/** Who, when and where, as the journal wants it. */
export function deed(place: Place) {
  return { territoryId: place.territory.id, at: place.now, personId: place.actor?.personId }
}
