import { randomBytes } from 'node:crypto'
import { formatDay } from '#kit'
import { type Config, type Db, type Language, sayIn, type Tx } from '#platform'
import { personByEmail } from './account-store.ts'
import {
  type Invitation,
  insertInvitation,
  insertLetter,
  insertOutcome,
  invitationBySecret,
  invitationsOf,
  type NewInvitation,
} from './invitation-store.ts'
import { writeLetter } from './letters.ts'
import { type Change, fill, vacate } from './seat-actions.ts'
import { noteAround, type OrganisationDeed, organisationToSeat, seatsOf } from './seat-store.ts'
import { addPerson, personById, takePart } from './store.ts'

/** A volunteer reads their mail on Sundays. */
export const INVITATION_DAYS = 7
const DAY_MILLISECONDS = 24 * 3600 * 1000

/**
 * Writes to an address, known or not: nothing here asks which, so that nobody can learn it. Answers
 * the link, for whoever reads the terminal.
 */
export async function invite(
  db: Db,
  config: Config,
  { asked, now }: { asked: NewInvitation; now: Date },
): Promise<{ id: string; link: string }> {
  return db.transaction().execute((tx) => inviteIn(tx, config, { asked, now }))
}

/** The last thing of its transaction, as noteAround() is. */
export async function inviteIn(
  tx: Tx,
  config: Config,
  { asked, now }: { asked: NewInvitation; now: Date },
): Promise<{ id: string; link: string }> {
  const id = await insertInvitation(tx, asked, now)
  const sending = { id, by: asked.invitedBy, now }
  const link = await sendLetter(tx, config, asked, sending)
  if (asked.kind === 'reopening') await tellMembers(tx, asked)
  await noteAround(tx, [{ ...deedOn(asked, id, sending), action: 'invitation.sent' }])
  return { id, link }
}

type Sender = { id: string; name: string } | undefined

/** A new link, and as many days again; the link before it opens nothing any more. */
export async function sendAgain(
  db: Db,
  config: Config,
  { invitation, by, now }: { invitation: Invitation; by: Sender; now: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const sending = { id: invitation.id, by, now }
    await sendLetter(tx, config, invitation, sending)
    await noteAround(tx, [
      { ...deedOn(invitation, invitation.id, sending), action: 'invitation.sentAgain' },
    ])
  })
}

export async function withdrawInvitation(
  db: Db,
  { invitation, by, now }: { invitation: Invitation; by: { id: string; name: string }; now: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const outcome = { invitationId: invitation.id, outcome: 'withdrawn' as const }
    if (!(await insertOutcome(tx, { ...outcome, personId: by.id, at: now }))) return
    await noteAround(tx, [
      {
        ...deedOn(invitation, invitation.id, { by, now }),
        action: 'invitation.withdrawn',
      },
    ])
  })
}

/**
 * One transaction: the invitation is used, the seat taken, the predecessor's given up, all of it
 * noted. `undefined` when the link is not good any more, whatever the reason.
 */
export async function acceptInvitation(
  db: Db,
  asked: { secret: string; name: string; language: Language; now: Date },
): Promise<{ personId: string; isNew: boolean; invitation: Invitation } | undefined> {
  const { secret, name, language, now } = asked
  return db.transaction().execute(async (tx) => {
    const invitation = await invitationBySecret(tx, secret, now)
    if (invitation?.state !== 'open') return undefined
    const organisation = await organisationToSeat(tx, invitation.organisation.id)
    const isNew = (await personByEmail(tx, invitation.email)) === undefined
    const personId = await addPerson(tx, { name, email: invitation.email, language })
    const used = { invitationId: invitation.id, outcome: 'accepted' as const, personId, at: now }
    if (!(await insertOutcome(tx, used))) return undefined
    const { territoryId } = invitation
    if (territoryId) await takePart(tx, { territoryId, organisationId: organisation.id })
    const change = { organisation, by: personId, now }
    const deeds = [
      await fill(tx, change, {
        personId,
        role: invitation.role,
        mandate: invitation.mandate,
        givenBy: invitation.invitedBy?.id ?? null,
        details: { invitation: invitation.id, kind: invitation.kind },
      }),
      ...(await endThoseBefore(tx, { invitation, personId, change })),
    ]
    await tellInviter(tx, invitation, personId)
    await noteAround(tx, deeds)
    return { personId, isNew, invitation }
  })
}

/** DN-5716: the one who handed over, or all whom a door reopened by the commune replaces. */
async function endThoseBefore(
  tx: Tx,
  taken: { invitation: Invitation; personId: string; change: Change },
): Promise<OrganisationDeed[]> {
  const { invitation, personId, change } = taken
  const { kind, role, invitedBy, organisation } = invitation
  if (kind !== 'successor' && kind !== 'reopening') return []
  const before = (await seatsOf(tx, organisation.id)).filter(
    (seat) =>
      seat.role === role &&
      !seat.mandate &&
      seat.personId !== personId &&
      (kind === 'reopening' || seat.personId === invitedBy?.id),
  )
  const deeds: OrganisationDeed[] = []
  for (const seat of before) {
    deeds.push(await vacate(tx, change, { seat, details: { because: kind } }))
    await writeLetter(tx, seat.email, 'people:replaced', { organisation: organisation.name })
  }
  return deeds
}

export async function invitationIn(
  db: Db,
  asked: { organisationId: string; id: string; now: Date },
): Promise<Invitation | undefined> {
  const all = await invitationsOf(db, asked.organisationId, asked.now)
  return all.find(({ id }) => id === asked.id)
}

/** The journal is for ever: it names the invitation, never the address of someone who may say no. */
function deedOn(asked: NewInvitation, id: string, { by, now }: { by: Sender; now: Date }) {
  const { organisation, role, kind, mandate, evidence, territoryId } = asked
  return {
    organisationId: organisation.id,
    ...(territoryId && { territoryId }),
    by: by?.id,
    subjectId: id,
    details: { role, kind, ...(mandate && { mandate }), ...(evidence && { evidence }) },
    at: now,
  }
}

async function sendLetter(
  tx: Tx,
  config: Config,
  asked: NewInvitation,
  { id, by, now }: { id: string; by: Sender; now: Date },
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  const expiresAt = new Date(now.getTime() + INVITATION_DAYS * DAY_MILLISECONDS)
  const letter = { invitationId: id, secret, sentBy: by?.id ?? null, sentAt: now, expiresAt }
  await insertLetter(tx, letter)
  const link = `${config.url}/invitations/${secret}`
  await writeLetter(tx, asked.email, `people:invited.${asked.kind}`, {
    link,
    by: by?.name ?? 'METIS',
    organisation: asked.organisation.name,
    seat: sayIn('fr')(`people:seat.${asked.role}`),
    days: INVITATION_DAYS,
    until: asked.mandate ? formatDay(asked.mandate.until) : '',
  })
  return link
}

/** Whoever is still there must be able to say that it is not so. */
async function tellMembers(tx: Tx, asked: NewInvitation): Promise<void> {
  const seats = await seatsOf(tx, asked.organisation.id)
  for (const email of new Set(seats.map((seat) => seat.email)))
    await writeLetter(tx, email, 'people:reopened', {
      organisation: asked.organisation.name,
      by: asked.invitedBy?.name ?? 'METIS',
      evidence: asked.evidence,
      days: INVITATION_DAYS,
    })
}

async function tellInviter(tx: Tx, invitation: Invitation, personId: string): Promise<void> {
  if (!invitation.invitedBy) return
  const inviter = await personById(tx, invitation.invitedBy.id)
  const accepter = await personById(tx, personId)
  if (!inviter || !accepter) return
  await writeLetter(tx, inviter.email, 'people:accepted', {
    name: accepter.name,
    organisation: invitation.organisation.name,
  })
}
