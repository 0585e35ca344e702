import type { Day, Refused } from '#kit'
import { refusal } from '#kit'
import { type Db, sayIn, type Tx } from '#platform'
import { writeLetter } from './letters.ts'
import type { OrganisationKind, Role } from './place.ts'
import {
  closeSeat,
  insertSeat,
  noteAround,
  type OrganisationDeed,
  organisationToSeat,
  seatsOf,
} from './seat-store.ts'
import { isLastKey, type Seat } from './seats.ts'

/** What changes the seats of one organisation, which waits in organisationToSeat(). */
export type Change = {
  organisation: { id: string; name: string; kind: OrganisationKind }
  by: string
  now: Date
}

/** The person's seat; one held already in their own right stays as it is. */
export async function fill(
  tx: Tx,
  { organisation, by, now }: Change,
  taken: {
    personId: string
    role: Role
    mandate: { from: Day; until: Day } | undefined
    givenBy: string | null
    details: Record<string, unknown>
  },
): Promise<OrganisationDeed> {
  const { personId, role, mandate, details, ...given } = taken
  const key = { organisationId: organisation.id, personId, role }
  const before = (await seatsOf(tx, organisation.id)).filter((seat) => seat.personId === personId)
  const held = before.find((seat) => seat.role === role)
  const isNew = !held || held.mandate !== undefined
  if (held?.mandate) await closeSeat(tx, key, { at: now, by })
  if (isNew) await insertSeat(tx, { ...key, ...given, mandate, at: now })
  const roles = before.map((seat) => seat.role)
  return {
    organisationId: organisation.id,
    by,
    subjectId: personId,
    action: 'role.given',
    details: {
      ...details,
      role,
      before: roles,
      after: [...new Set([...roles, role])],
      ...(mandate && { mandate }),
    },
    at: now,
  }
}

/** What they wrote stays theirs: the seat ends, the person does not. */
export async function vacate(
  tx: Tx,
  { organisation, by, now }: Change,
  { seat, details }: { seat: Seat; details: Record<string, unknown> },
): Promise<OrganisationDeed> {
  const { personId, role } = seat
  const all = await seatsOf(tx, organisation.id)
  const before = all.filter((one) => one.personId === personId).map((one) => one.role)
  await closeSeat(tx, { organisationId: organisation.id, personId, role }, { at: now, by })
  return {
    organisationId: organisation.id,
    by,
    subjectId: personId,
    action: 'role.ended',
    details: { ...details, role, before, after: before.filter((one) => one !== role) },
    at: now,
  }
}

/** Ends a seat: a colleague who left, one's own, a mandate taken back. */
export async function removeSeat(
  db: Db,
  asked: {
    organisationId: string
    personId: string
    role: Role
    by: { id: string; name: string }
    now: Date
  },
): Promise<{ id: string } | Refused | undefined> {
  const { by, now } = asked
  return db.transaction().execute(async (tx) => {
    const organisation = await organisationToSeat(tx, asked.organisationId)
    const seats = await seatsOf(tx, organisation.id)
    const seat = seats.find(
      ({ personId, role }) => personId === asked.personId && role === asked.role,
    )
    if (!seat) return undefined
    if (isLastKey(seats, organisation.kind, seat))
      return { refusals: [refusal(`people:lastKey.${organisation.kind}`, { field: 'role' })] }
    const change = { organisation, by: by.id, now }
    const details = { because: seat.personId === by.id ? 'left' : 'removed' }
    const deed = await vacate(tx, change, { seat, details })
    if (seat.personId !== by.id)
      await writeLetter(tx, seat.email, 'people:removed', {
        organisation: organisation.name,
        by: by.name,
        seat: sayIn('fr')(`people:seat.${seat.role}`),
      })
    await noteAround(tx, [deed])
    return { id: seat.personId }
  })
}
