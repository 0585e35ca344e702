import type { Day } from '#kit'
import type { Membership, OrganisationKind, Role } from './place.ts'

/** Who gives which roles in their own organisation. */
const givenBy: Partial<Record<Role, readonly Role[]>> = {
  'municipality.admin': [
    'municipality.admin',
    'municipality.agent',
    'municipality.elected',
    'municipality.finance',
  ],
  'company.csr': ['company.csr', 'company.manager', 'company.employee'],
  'association.representative': [
    'association.representative',
    'association.member',
    'association.reader',
  ],
  'operator.staff': ['operator.staff'],
}

/** The role that gives the others: an organisation without it could never help itself again. */
export const keyRoles: Record<OrganisationKind, Role> = {
  municipality: 'municipality.admin',
  company: 'company.csr',
  association: 'association.representative',
  operator: 'operator.staff',
}

/** What may be lent to a person of another association; never to one who only reads. */
export const mandateRoles: readonly Role[] = ['association.member', 'association.representative']

/** A mandate is to act, not to choose who else does: it gives no role. */
export function rolesToGive(memberships: Membership[], organisationId: string): readonly Role[] {
  const own = memberships.filter(
    ({ organisation, mandate }) => organisation.id === organisationId && !mandate,
  )
  return [...new Set(own.flatMap(({ role }) => givenBy[role] ?? []))]
}

export function isRoleOf(role: string, roles: readonly Role[]): role is Role {
  return roles.some((one) => one === role)
}

/** One person in one role of an organisation, from a moment on. */
export type Seat = {
  personId: string
  name: string
  email: string
  role: Role
  since: Date
  mandate: { from: Day; until: Day } | undefined
}

/** DN-5716: whoever is the last to hold the key names a successor before leaving. */
export function isLastKey(seats: Seat[], kind: OrganisationKind, leaving: Seat): boolean {
  const key = keyRoles[kind]
  const isKey = ({ role, mandate }: Seat) => role === key && !mandate
  if (!isKey(leaving)) return false
  return !seats.some((seat) => isKey(seat) && seat.personId !== leaving.personId)
}
