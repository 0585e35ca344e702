import { randomBytes } from 'node:crypto'
import { note } from '#journal'
import { newId, type Refused } from '#kit'
import { tell, tellPerson } from '#notices'
import { actorOf, deed, found, type Place, peopleOf, personById } from '#people'
import { sha256, takeTurn } from '#platform'
import { missionToChange, seenMission } from '../access.ts'
import {
  type Answer,
  answerRefusals,
  type Entry,
  LINK_DAYS,
  linkRefusals,
  type Mission,
} from '../rules/index.ts'
import {
  entriesOf,
  insertAnswers,
  insertLink,
  type Link,
  lastLinkMadeAt,
  livingLink,
  missionById,
} from '../store/index.ts'

const SECRET_BYTES = 32
const DAY_MILLISECONDS = 24 * 3600 * 1000

/**
 * Mails each representative of the association a link of their own: with it they answer without an
 * account. The secret is in the mail alone, the house keeps its digest.
 */
export async function sendConfirmationLink(
  place: Place,
  missionId: string,
): Promise<{ id: string } | Refused> {
  await takeTurn(place.tx, place.territory.id)
  const { mission } = await seenMission(place, missionId)
  const entries = await entriesOf(place.tx, mission)
  const all = await peopleOf(place.tx, mission.associationId, 'association.representative')
  // Nobody confirms their own hours.
  const recipients = all.filter(({ id }) => id !== mission.agreement?.employeeId)
  const lastMadeAt = await lastLinkMadeAt(place.tx, mission)
  const asked = { entries, recipientsCount: recipients.length, lastMadeAt, now: place.now }
  const refusals = linkRefusals(asked)
  if (refusals.length > 0) return { refusals }
  for (const recipient of recipients) await mailLink(place, mission, recipient)
  const details = { recipientsCount: recipients.length }
  await note(place.tx, { ...deed(place), action: 'link.sent', subjectId: mission.id, details })
  return { id: mission.id }
}

async function mailLink(place: Place, mission: Mission, to: { name: string; email: string }) {
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  await insertLink(place.tx, mission, {
    id: newId(),
    secretSha256: sha256(secret),
    recipient: to.email,
    recipientName: to.name,
    madeAt: place.now,
    expiresAt: new Date(place.now.getTime() + LINK_DAYS * DAY_MILLISECONDS),
  })
  await tellPerson(place, to, 'missions:notice.confirm', {
    name: to.name,
    title: mission.title,
    company: mission.companyName,
    link: `${place.url}/confirm/${secret}`,
    days: LINK_DAYS,
  })
}

export type Opened = { link: Link; mission: Mission; entries: Entry[] }

/** What the holder of a link sees; undefined when the link is too old or was never ours. */
export async function openLink(place: Place, secret: string): Promise<Opened | undefined> {
  const { tx, territory, now } = place
  const link = await livingLink(tx, territory.id, { secretSha256: sha256(secret), now })
  if (!link) return undefined
  const mission = found(await missionById(tx, territory.id, link.missionId))
  const entries = await entriesOf(tx, mission)
  return { link, mission, entries }
}

/** Confirms or disputes by link, without an account. Undefined: the link is no longer one. */
export async function confirmEntries(
  place: Place,
  secret: string,
  answer: Answer,
): Promise<{ id: string } | Refused | undefined> {
  await takeTurn(place.tx, place.territory.id)
  const opened = await openLink(place, secret)
  if (!opened) return undefined
  const { link, mission, entries } = opened
  const by = { name: link.recipientName, linkId: link.id, personId: null }
  return keepAnswer(place, answer, { mission, entries, by })
}

/** The same answer by a representative who has signed in. */
export async function answerEntries(
  place: Place,
  missionId: string,
  answer: Answer,
): Promise<{ id: string } | Refused> {
  const { mission, own } = await missionToChange(place, missionId, {
    of: 'association',
    roles: ['association.representative'],
  })
  const { name, personId } = actorOf(own)
  const entries = await entriesOf(own.tx, mission)
  return keepAnswer(own, answer, { mission, entries, by: { name, personId, linkId: null } })
}

type By = { name: string; personId: string | null; linkId: string | null }

async function keepAnswer(
  place: Place,
  answer: Answer,
  { mission, entries, by }: { mission: Mission; entries: Entry[]; by: By },
): Promise<{ id: string } | Refused> {
  const { outcome, entryIds } = answer
  const reason = answer.outcome === 'disputed' ? answer.reason.trim() : ''
  const asked = answer.outcome === 'disputed' ? { ...answer, reason } : answer
  const refusals = answerRefusals(asked, {
    entries,
    answererId: by.personId ?? place.actor?.personId,
  })
  if (refusals.length > 0) return { refusals }
  const known = entries.filter(({ id }) => entryIds.includes(id)).map(({ id }) => id)
  await insertAnswers(place.tx, mission.territoryId, known, {
    outcome,
    reason,
    confirmedByName: by.name,
    personId: by.personId,
    linkId: by.linkId,
    confirmedAt: place.now,
  })
  await note(place.tx, {
    ...deed(place),
    action: `hours.${outcome}`,
    subjectId: mission.id,
    details: { entryIds: known, linkId: by.linkId },
  })
  await tellAnswer(place, mission, { outcome, reason })
  return { id: mission.id }
}

async function tellAnswer(
  place: Place,
  mission: Mission,
  { outcome, reason }: { outcome: Answer['outcome']; reason: string },
): Promise<void> {
  const { title, companyId, agreement } = mission
  const link = `${place.url}/missions/${mission.id}`
  if (outcome === 'confirmed') {
    const to = { organisationId: companyId, role: 'company.csr' as const }
    return tell(place, to, 'missions:notice.confirmed', { title, link })
  }
  const employee = agreement && (await personById(place.tx, agreement.employeeId))
  if (!employee) return
  const values = { title, reason, link: `${link}/hours`, name: employee.name }
  await tellPerson(place, employee, 'missions:notice.disputed', values)
}
