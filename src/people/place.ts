import type { Day } from '#kit'
import type { Antivirus, Frame, Language, Say, Seal, Tx, Vault } from '#platform'

export const roles = [
  'municipality.admin',
  'municipality.agent',
  'municipality.elected',
  'municipality.finance',
  'company.csr',
  'company.manager',
  'company.employee',
  'association.representative',
  'association.member',
  'association.reader',
  'operator.staff',
] as const
export type Role = (typeof roles)[number]

/** They act for many, or with money: a stolen mailbox must not be enough (DOMAIN 6.4). */
export const secondFactorRoles: readonly Role[] = [
  'municipality.admin',
  'municipality.agent',
  'municipality.finance',
  'company.csr',
  'operator.staff',
]

export type Membership = {
  role: Role
  organisation: { id: string; name: string; kind: OrganisationKind }
  /** The organisation is not the person's own: they act in its name, until that day. */
  mandate?: { until: Day }
}
export type OrganisationKind = 'municipality' | 'company' | 'association' | 'operator'

export type Actor = {
  personId: string
  name: string
  email: string
  memberships: Membership[]
  /** Held, but without effect until this session proves a second factor. */
  heldBack?: Membership[]
  /** This session has shown a second factor: said in the evidence of a signature. */
  isProven?: boolean
}

/** Whoever came through a first door, outside any commune. */
export type Person = {
  id: string
  name: string
  email: string
  sessionId: string
  awaitsCode: boolean
  isProven: boolean
}

/** True when whoever was let in by a first door alone may not act in this role yet. */
export function isHeldBack(
  session: Pick<Person, 'awaitsCode' | 'isProven'>,
  role: Role,
  secondFactor: 'required' | 'offered',
): boolean {
  if (session.isProven) return false
  return session.awaitsCode || (secondFactor === 'required' && secondFactorRoles.includes(role))
}

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
  /** Seals the files and the account numbers that people entrust, and opens them. */
  vault: Vault
  /** Put on the PDFs that leave METIS complete. */
  seal: Seal
  /** Where the settings name one. */
  antivirus?: Antivirus
  /** The provider that signs agreements in the place of METIS, where the settings name one. */
  signedElsewhere?: { name: string }
  /** Files that this answer shows, beside the one of its address: noted in the journal once it has left. */
  filesSeen: Set<string>
  now: Date
  today: Day
  language: Language
  say: Say
  frame: Frame
  /** Whoever is signed in; their memberships are those that count in this commune. */
  actor?: Actor
  /** Where the request came from: only a signature keeps something of it, shortened. */
  device?: { network: string | undefined; userAgent: string | undefined }
  /** The membership in whose name this request acts: set by allow(). */
  as?: Membership
}

export type PlaceEnv = { Variables: { place: Place } }
export type PersonEnv = { Variables: { person: Person } }

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

/**
 * From here on this request acts for that organisation, when the person holds one of these roles
 * there: whoever acts for several, one of them by mandate, does each deed in the right name.
 */
export function standFor(place: Place, organisationId: string, roles: readonly Role[]): boolean {
  const own = inNameOf(place, organisationId, roles)
  if (own?.as) place.as = own.as
  return own !== undefined
}

/** Who, when, where and by which mandate, as the journal wants it. */
export function deed(place: Place) {
  return {
    territoryId: place.territory.id,
    at: place.now,
    personId: place.actor?.personId,
    ...(place.as?.mandate ? { byMandateOf: place.as.organisation } : {}),
  }
}
