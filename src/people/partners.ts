import type { Config, Db, Tx } from '#platform'
import { takeTurn } from '#platform'
import { type Invitation, invitationsOf } from './invitation-store.ts'
import { inviteIn } from './invitations.ts'
import { organisationToSeat, seatsOf } from './seat-store.ts'
import { keyRoles } from './seats.ts'
import { knownOrganisation } from './store.ts'

type Asked = { territoryId: string; siret: string }

/** The organisation of this number, by its exact SIRET, then by another establishment's. */
async function organisationOfSiret(db: Db | Tx, siret: string) {
  const rows = await db
    .selectFrom('organisations')
    .select(['id', 'kind', 'siret'])
    .where('siren', '=', siret.slice(0, 9))
    .orderBy('createdAt')
    .execute()
  return rows.find((row) => row.siret === siret) ?? rows[0]
}

/** What became of the newest invitation of this company to this commune. */
export async function partnerInvitation(
  db: Db | Tx,
  { territoryId, siret }: Asked,
  now: Date,
): Promise<Invitation | undefined> {
  const known = await organisationOfSiret(db, siret)
  const all = known ? await invitationsOf(db, known.id, now) : []
  return all.find((one) => one.territoryId === territoryId)
}

/**
 * Invites a company into the season of a commune, once as long as that invitation is open. A company
 * that somebody represents already is written to at that person's address, never at the one that was
 * typed: nobody takes a company by naming a mailbox, and nobody learns that it was known.
 */
export async function invitePartner(
  db: Db,
  config: Config,
  asked: Asked & { name: string; email: string; by: { id: string; name: string }; now: Date },
): Promise<'invited' | 'notACompany'> {
  const { territoryId, siret, name, by, now } = asked
  return db.transaction().execute(async (tx) => {
    await takeTurn(tx, territoryId)
    const known = await organisationOfSiret(tx, siret)
    if (known && known.kind !== 'company') return 'notACompany'
    const id = known?.id ?? (await knownOrganisation(tx, { kind: 'company', name, siret }))
    const organisation = await organisationToSeat(tx, id)
    const before = await partnerInvitation(tx, asked, now)
    if (before?.state === 'open') return 'invited'
    const role = keyRoles.company
    const holders = (await seatsOf(tx, id)).filter((seat) => seat.role === role && !seat.mandate)
    const [first] = holders.sort((a, b) => a.since.getTime() - b.since.getTime())
    const kind = 'partner' as const
    const to = { email: first?.email ?? asked.email, role, kind, mandate: undefined, evidence: '' }
    await inviteIn(tx, config, {
      asked: { ...to, organisation, invitedBy: by, territoryId },
      now,
    })
    return 'invited'
  })
}
