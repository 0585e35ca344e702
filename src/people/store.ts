import { type Day, isId, newId } from '#kit'
import type { Db, Language, Tx } from '#platform'
import type { Actor, Membership, OrganisationKind, Role, Territory } from './place.ts'

const MINUTE_MILLISECONDS = 60_000
const communesKnown = new WeakMap<Db, Map<string, { territory: Territory; until: number }>>()

/** A commune's name and address hardly ever change: whoever renames one waits a minute to read it. */
export async function territoryBySlug(db: Db, slug: string): Promise<Territory | undefined> {
  const known = communesKnown.get(db) ?? new Map()
  communesKnown.set(db, known)
  const last = known.get(slug)
  if (last && last.until > Date.now()) return last.territory
  const territory = await db
    .selectFrom('territories')
    .select(['id', 'slug', 'name', 'organisationId'])
    .where('slug', '=', slug)
    .executeTakeFirst()
  if (territory) known.set(slug, { territory, until: Date.now() + MINUTE_MILLISECONDS })
  return territory
}

export async function allTerritories(db: Db | Tx): Promise<Territory[]> {
  return db
    .selectFrom('territories')
    .select(['id', 'slug', 'name', 'organisationId'])
    .orderBy('name')
    .execute()
}

/** A person's memberships of that day everywhere, with the communes where each counts. */
export async function membershipsOf(db: Db, personId: string, today: Day) {
  const rows = await db
    .selectFrom('memberships as m')
    .innerJoin('organisations as o', 'o.id', 'm.organisationId')
    .leftJoin('territoryOrganisations as part', 'part.organisationId', 'o.id')
    .leftJoin('territories as t', (join) =>
      join.on((on) =>
        on.or([
          on('t.id', '=', on.ref('part.territoryId')),
          on('t.organisationId', '=', on.ref('o.id')),
        ]),
      ),
    )
    .select(['m.role', 'o.id', 'o.name', 'o.kind', 't.id as territoryId', 't.slug'])
    .select('m.mandateUntil')
    .where('m.personId', '=', personId)
    .where('m.endedAt', 'is', null)
    .where((where) =>
      where.or([
        where('m.mandateUntil', 'is', null),
        where.and([where('m.mandateFrom', '<=', today), where('m.mandateUntil', '>=', today)]),
      ]),
    )
    .orderBy('m.since')
    .execute()
  return rows.map((row) => ({
    territoryId: row.territoryId,
    slug: row.slug,
    membership: {
      role: row.role as Role,
      organisation: { id: row.id, name: row.name, kind: row.kind as OrganisationKind },
      ...(row.mandateUntil ? { mandate: { until: row.mandateUntil as Day } } : {}),
    } as Membership,
  }))
}

export type Standing = Awaited<ReturnType<typeof membershipsOf>>[number]

/** The person as seen in one commune: memberships held elsewhere do not count here. */
export function actorIn(
  territoryId: string,
  person: { id: string; name: string; email: string },
  standings: Standing[],
  isHeld: (role: Role) => boolean = () => false,
): Actor {
  const all = standings
    .filter((standing) => standing.territoryId === territoryId)
    .map((standing) => standing.membership)
  return {
    personId: person.id,
    name: person.name,
    email: person.email,
    memberships: all.filter(({ role }) => !isHeld(role)),
    heldBack: all.filter(({ role }) => isHeld(role)),
  }
}

export type NewOrganisation = {
  kind: OrganisationKind
  name: string
  siren?: string | undefined
  siret?: string | undefined
  rna?: string | undefined
  address?: string
  purpose?: string
}

/** Finds the organisation by SIRET or RNA, else writes it; answers its id. */
export async function knownOrganisation(tx: Tx | Db, asked: NewOrganisation): Promise<string> {
  const known = await tx
    .selectFrom('organisations')
    .select('id')
    .where((where) =>
      where.or([where('siret', '=', asked.siret ?? null), where('rna', '=', asked.rna ?? null)]),
    )
    .executeTakeFirst()
  if (known) return known.id
  const id = newId()
  const siren = asked.siren ?? asked.siret?.slice(0, 9) ?? null
  await tx
    .insertInto('organisations')
    .values({ ...asked, id, siren, siret: asked.siret ?? null, rna: asked.rna ?? null })
    .execute()
  return id
}

export async function organisationById(tx: Tx | Db, id: string) {
  return tx.selectFrom('organisations').selectAll().where('id', '=', id).executeTakeFirst()
}

/** By its SIRET, its RNA number or its id; a town hall too. */
export async function organisationByIdentifier(db: Db, identifier: string) {
  const row = await db
    .selectFrom('organisations')
    .select(['id', 'name', 'kind'])
    .where((where) =>
      where.or([
        where('siret', '=', identifier),
        where('rna', '=', identifier),
        ...(isId(identifier) ? [where('id', '=', identifier)] : []),
      ]),
    )
    .executeTakeFirst()
  return row && { ...row, kind: row.kind as OrganisationKind }
}

/** The associations or companies that take part in this commune's season, by name. */
export async function organisationsOf(tx: Tx, territoryId: string, kind: OrganisationKind) {
  return tx
    .selectFrom('organisations as o')
    .innerJoin('territoryOrganisations as part', 'part.organisationId', 'o.id')
    .selectAll('o')
    .where('part.territoryId', '=', territoryId)
    .where('o.kind', '=', kind)
    .orderBy('o.name')
    .execute()
}

export async function takePart(
  tx: Tx | Db,
  part: { territoryId: string; organisationId: string },
): Promise<void> {
  await tx
    .insertInto('territoryOrganisations')
    .values(part)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function addPerson(
  db: Tx | Db,
  person: { name: string; email: string; language?: Language },
): Promise<string> {
  const email = person.email.toLowerCase()
  const known = await db
    .selectFrom('people')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirst()
  if (known) return known.id
  const id = newId()
  await db
    .insertInto('people')
    .values({ ...person, id, email, emailVerified: true })
    .execute()
  return id
}

/** In which language METIS writes to this person from now on. */
export async function setLanguage(db: Db, id: string, language: Language): Promise<void> {
  await db.updateTable('people').set({ language }).where('id', '=', id).execute()
}

export async function addMembership(
  db: Tx | Db,
  membership: { personId: string; organisationId: string; role: Role },
): Promise<void> {
  await db
    .insertInto('memberships')
    .values(membership)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function addTerritory(
  db: Tx | Db,
  territory: { slug: string; name: string; inseeCode: string; organisationId: string },
): Promise<string> {
  const id = newId()
  await db
    .insertInto('territories')
    .values({ id, ...territory })
    .execute()
  return id
}

/** Its own people in that role, for papers and signatures: whoever acts by mandate is not one of them. */
export async function peopleOf(tx: Tx | Db, organisationId: string, role: Role) {
  return selectPeople(tx, organisationId, role).execute()
}

export function selectPeople(tx: Tx | Db, organisationId: string, role: Role) {
  return tx
    .selectFrom('people as p')
    .innerJoin('memberships as m', 'm.personId', 'p.id')
    .select(['p.id', 'p.name', 'p.email', 'p.language'])
    .where('m.organisationId', '=', organisationId)
    .where('m.role', '=', role)
    .where('m.endedAt', 'is', null)
    .where('m.mandateUntil', 'is', null)
    .orderBy('p.name')
}

/** Those whom news for that role concerns: its own people, and whoever acts by mandate that day. */
export async function recipientsOf(tx: Tx, to: { organisationId: string; role: Role; today: Day }) {
  return tx
    .selectFrom('people as p')
    .innerJoin('memberships as m', 'm.personId', 'p.id')
    .select(['p.id', 'p.name', 'p.email', 'p.language'])
    .where('m.organisationId', '=', to.organisationId)
    .where('m.role', '=', to.role)
    .where('m.endedAt', 'is', null)
    .where((where) =>
      where.or([
        where('m.mandateUntil', 'is', null),
        where.and([
          where('m.mandateFrom', '<=', to.today),
          where('m.mandateUntil', '>=', to.today),
        ]),
      ]),
    )
    .orderBy('p.name')
    .execute()
}

export async function personById(tx: Tx | Db, id: string) {
  return tx
    .selectFrom('people')
    .select(['id', 'name', 'email', 'language'])
    .where('id', '=', id)
    .executeTakeFirst()
}
