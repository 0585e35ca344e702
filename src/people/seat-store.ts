import { note } from '#journal'
import type { Day } from '#kit'
import { type Db, enterTerritory, type Tx } from '#platform'
import type { OrganisationKind, Role } from './place.ts'
import type { Seat } from './seats.ts'

/** Whoever changes the seats of an organisation waits here for whoever does so already. */
export async function organisationToSeat(tx: Tx, id: string) {
  const row = await tx
    .selectFrom('organisations')
    .select(['id', 'name', 'kind'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { ...row, kind: row.kind as OrganisationKind }
}

/** The seats held now; a mandate shows until someone ends it, so that one sees that it is over. */
export async function seatsOf(db: Db | Tx, organisationId: string): Promise<Seat[]> {
  const rows = await db
    .selectFrom('memberships as m')
    .innerJoin('people as p', 'p.id', 'm.personId')
    .select(['p.id', 'p.name', 'p.email', 'm.role', 'm.since', 'm.mandateFrom', 'm.mandateUntil'])
    .where('m.organisationId', '=', organisationId)
    .where('m.endedAt', 'is', null)
    .orderBy('p.name')
    .orderBy('m.role')
    .execute()
  return rows.map(({ id, role, mandateFrom, mandateUntil, ...row }) => ({
    ...row,
    personId: id,
    role: role as Role,
    mandate:
      mandateFrom && mandateUntil
        ? { from: mandateFrom as Day, until: mandateUntil as Day }
        : undefined,
  }))
}

export type SeatKey = { organisationId: string; personId: string; role: Role }

export async function insertSeat(
  tx: Tx,
  seat: SeatKey & {
    at: Date
    givenBy: string | null
    mandate: { from: Day; until: Day } | undefined
  },
): Promise<void> {
  const { at, mandate, ...row } = seat
  await tx
    .insertInto('memberships')
    .values({
      ...row,
      since: at,
      mandateFrom: mandate?.from ?? null,
      mandateUntil: mandate?.until ?? null,
    })
    .execute()
}

export async function closeSeat(
  tx: Tx,
  { organisationId, personId, role }: SeatKey,
  ended: { at: Date; by: string | null },
): Promise<void> {
  await tx
    .updateTable('memberships')
    .set({ endedAt: ended.at, endedBy: ended.by })
    .where('organisationId', '=', organisationId)
    .where('personId', '=', personId)
    .where('role', '=', role)
    .where('endedAt', 'is', null)
    .execute()
}

/** Every commune that must know what happens in this organisation. */
export async function communesAround(
  db: Db | Tx,
  organisationId: string,
  territoryId?: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('territories as t')
    .leftJoin('territoryOrganisations as part', (join) =>
      join.onRef('part.territoryId', '=', 't.id').on('part.organisationId', '=', organisationId),
    )
    .select('t.id')
    .where((where) =>
      where.or([
        where('t.organisationId', '=', organisationId),
        where('part.organisationId', '=', organisationId),
        ...(territoryId ? [where('t.id', '=', territoryId)] : []),
      ]),
    )
    .orderBy('t.id')
    .execute()
  return rows.map(({ id }) => id)
}

export type OrganisationDeed = {
  organisationId: string
  /** A commune in which the organisation does not take part yet. */
  territoryId?: string
  /** Undefined: at the terminal. */
  by: string | undefined
  subjectId: string
  action: string
  details: Record<string, unknown>
  at: Date
}

/**
 * The last thing of its transaction, which from here on is a page's: notes each deed in the journal
 * of every commune of the organisation.
 */
export async function noteAround(tx: Tx, deeds: OrganisationDeed[]): Promise<void> {
  const [first] = deeds
  if (!first) return
  for (const territoryId of await communesAround(tx, first.organisationId, first.territoryId)) {
    await enterTerritory(tx, territoryId)
    for (const { organisationId, territoryId: _, by, details, ...deed } of deeds)
      await note(tx, {
        ...deed,
        territoryId,
        personId: by,
        details: { ...details, organisationId },
      })
  }
}

/** The associations of the communes whose town hall this is, and how many hold the key of each. */
export async function associationsAround(db: Db, townHallId: string) {
  return db
    .selectFrom('territories as t')
    .innerJoin('territoryOrganisations as part', 'part.territoryId', 't.id')
    .innerJoin('organisations as o', 'o.id', 'part.organisationId')
    .select(['o.id', 'o.name'])
    .where('t.organisationId', '=', townHallId)
    .where('o.kind', '=', 'association')
    .orderBy('o.name')
    .execute()
}
