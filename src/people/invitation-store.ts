import { type Day, newId } from '#kit'
import { type Db, sha256, type Tx } from '#platform'
import type { OrganisationKind, Role } from './place.ts'

export type InvitationKind = 'colleague' | 'successor' | 'reopening' | 'mandate' | 'partner'
export type InvitationState = 'open' | 'expired' | 'accepted' | 'withdrawn'

export type Invitation = {
  id: string
  organisation: { id: string; name: string; kind: OrganisationKind }
  email: string
  role: Role
  kind: InvitationKind
  mandate: { from: Day; until: Day } | undefined
  evidence: string
  /** Nobody: at the terminal. */
  invitedBy: { id: string; name: string } | undefined
  /** Of a partner: the commune in whose season the organisation is asked to take part. */
  territoryId?: string | undefined
  sentAt: Date
  expiresAt: Date
  state: InvitationState
}

export type NewInvitation = Pick<
  Invitation,
  'organisation' | 'email' | 'role' | 'kind' | 'mandate' | 'evidence' | 'invitedBy' | 'territoryId'
>

export async function insertInvitation(tx: Tx, asked: NewInvitation, at: Date): Promise<string> {
  const id = newId()
  await tx
    .insertInto('invitations')
    .values({
      id,
      organisationId: asked.organisation.id,
      email: asked.email,
      role: asked.role,
      kind: asked.kind,
      mandateFrom: asked.mandate?.from ?? null,
      mandateUntil: asked.mandate?.until ?? null,
      evidence: asked.evidence,
      invitedBy: asked.invitedBy?.id ?? null,
      territoryId: asked.territoryId ?? null,
      invitedAt: at,
    })
    .execute()
  return id
}

export type NewLetter = {
  invitationId: string
  secret: string
  sentBy: string | null
  sentAt: Date
  expiresAt: Date
}

/** The letters before it open nothing any more. */
export async function insertLetter(tx: Tx, { secret, ...letter }: NewLetter): Promise<void> {
  await tx
    .insertInto('invitationLetters')
    .values(({ selectFrom, fn, val, lit }) => ({
      ...letter,
      secretSha256: sha256(secret),
      rank: selectFrom('invitationLetters')
        .select(({ eb }) => eb(fn.coalesce(fn.max('rank'), lit(0)), '+', lit(1)).as('rank'))
        .where('invitationId', '=', val(letter.invitationId)),
    }))
    .execute()
}

/** False when there is an outcome already: two clicks, one seat. */
export async function insertOutcome(
  tx: Tx,
  row: { invitationId: string; outcome: 'accepted' | 'withdrawn'; personId: string; at: Date },
): Promise<boolean> {
  const written = await tx
    .insertInto('invitationOutcomes')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('invitationId')
    .executeTakeFirst()
  return written !== undefined
}

/** The newest first. */
export async function invitationsOf(
  db: Db | Tx,
  organisationId: string,
  now: Date,
): Promise<Invitation[]> {
  const rows = await invitationRows(db)
    .where('i.organisationId', '=', organisationId)
    .orderBy('i.invitedAt', 'desc')
    .execute()
  return rows.map((row) => invitationIn(row, now))
}

/** By the secret of its newest letter. */
export async function invitationBySecret(
  db: Db | Tx,
  secret: string,
  now: Date,
): Promise<Invitation | undefined> {
  const row = await invitationRows(db)
    .where('l.secretSha256', '=', sha256(secret))
    .executeTakeFirst()
  return row && invitationIn(row, now)
}

function invitationRows(db: Db | Tx) {
  return db
    .selectFrom('invitations as i')
    .innerJoin('organisations as o', 'o.id', 'i.organisationId')
    .innerJoin('invitationLetters as l', (join) =>
      join.onRef('l.invitationId', '=', 'i.id').on(({ eb, selectFrom }) =>
        eb(
          'l.rank',
          '=',
          selectFrom('invitationLetters as newest')
            .select((of) => of.fn.max('newest.rank').as('rank'))
            .whereRef('newest.invitationId', '=', 'i.id'),
        ),
      ),
    )
    .leftJoin('people as p', 'p.id', 'i.invitedBy')
    .leftJoin('invitationOutcomes as out', 'out.invitationId', 'i.id')
    .select(['i.id', 'i.email', 'i.role', 'i.kind', 'i.evidence', 'i.mandateFrom'])
    .select([
      'i.mandateUntil',
      'i.territoryId',
      'o.id as organisationId',
      'o.name as organisationName',
    ])
    .select(['o.kind as organisationKind', 'p.id as inviterId', 'p.name as inviterName'])
    .select(['l.sentAt', 'l.expiresAt', 'out.outcome'])
}

type Row = Awaited<ReturnType<ReturnType<typeof invitationRows>['execute']>>[number]

function invitationIn(row: Row, now: Date): Invitation {
  const { id, email, evidence, sentAt, expiresAt, mandateFrom: from, mandateUntil: until } = row
  const outcome = row.outcome as 'accepted' | 'withdrawn' | null
  return {
    id,
    organisation: {
      id: row.organisationId,
      name: row.organisationName,
      kind: row.organisationKind as OrganisationKind,
    },
    email,
    role: row.role as Role,
    kind: row.kind as InvitationKind,
    mandate: from && until ? { from: from as Day, until: until as Day } : undefined,
    evidence,
    invitedBy:
      row.inviterId && row.inviterName ? { id: row.inviterId, name: row.inviterName } : undefined,
    territoryId: row.territoryId ?? undefined,
    sentAt,
    expiresAt,
    state: outcome ?? (expiresAt <= now ? 'expired' : 'open'),
  }
}
