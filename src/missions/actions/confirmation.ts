import { note } from '#journal'
import { formatHours, type Refused, refusal } from '#kit'
import { type Reader, tell, tellPerson } from '#notices'
import { actorOf, deed, found, type Place, peopleOf, personById } from '#people'
import { sha256, takeTurn } from '#platform'
import { missionToChange, seenMission } from '../access.ts'
import {
  type Answer,
  answerRefusals,
  type Entry,
  entryStateOf,
  type GivenAnswer,
  LINK_DAYS,
  linkRefusals,
  type Mission,
  turnIn,
} from '../rules/index.ts'
import {
  entriesOf,
  insertAnswers,
  type Link,
  lastLinkMadeAt,
  livingLink,
  missionById,
  workedMissionIds,
} from '../store/index.ts'
import { type SpokenBy, sayInDispute, type Word } from './disputes.ts'
import { makeLink } from './links.ts'

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
  const lastMadeAt = await lastLinkMadeAt(place.tx, place.territory.id, { missionId: mission.id })
  const asked = { entries, recipientsCount: recipients.length, lastMadeAt, now: place.now }
  const refusals = linkRefusals(asked)
  if (refusals.length > 0) return { refusals }
  for (const to of recipients) {
    const link = await makeLink(place, { missionId: mission.id, associationId: null, to })
    await tellPerson(place, to, 'missions:notice.confirm', {
      name: to.name,
      title: mission.title,
      company: mission.companyName,
      link: `${place.url}/confirm/${link}`,
      days: LINK_DAYS,
    })
  }
  const details = { recipientsCount: recipients.length }
  await note(place.tx, { ...deed(place), action: 'link.sent', subjectId: mission.id, details })
  return { id: mission.id }
}

export type Opened = { link: Link; missions: { mission: Mission; entries: Entry[] }[] }

/** What the holder of a link sees; undefined when the link is too old or was never ours. */
export async function openLink(place: Place, secret: string): Promise<Opened | undefined> {
  const { tx, territory, now } = place
  const link = await livingLink(tx, territory.id, { secretSha256: sha256(secret), now })
  if (!link) return undefined
  const { missionId, associationId, recipientId } = link
  const ids = missionId
    ? [missionId]
    : await workedMissionIds(tx, territory.id, associationId ?? '')
  const missions: Opened['missions'] = []
  for (const id of ids) {
    const mission = found(await missionById(tx, territory.id, id))
    const all = await entriesOf(tx, mission)
    // Nobody confirms their own hours.
    const others = all.filter(({ employeeId }) => employeeId !== recipientId)
    const entries = missionId ? others : others.filter((entry) => concerns(link, entry))
    if (entries.length > 0) missions.push({ mission, entries })
  }
  return { link, missions }
}

/** A link of the month shows what waits for a word, and what was answered since it was made. */
function concerns({ madeAt }: Link, entry: Entry): boolean {
  if (entryStateOf(entry) === 'waiting' || turnIn(entry) === 'association') return true
  return entry.answer !== undefined && entry.answer.at >= madeAt
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
  const { link, missions } = opened
  const entries = missions.flatMap((one) => one.entries)
  const refusals = answerRefusals(trimmed(answer), { entries, answererId: place.actor?.personId })
  if (refusals.length > 0) return { refusals }
  const by = { name: link.recipientName, linkId: link.id, personId: null }
  for (const { mission, entries: own } of missions) {
    const entryIds = own.map(({ id }) => id).filter((id) => answer.entryIds.includes(id))
    if (entryIds.length > 0)
      await keepAnswer(place, { ...trimmed(answer), entryIds }, { mission, by })
  }
  return { id: link.id }
}

/** The association's word on a contested entry, by link. */
export async function decideByLink(
  place: Place,
  secret: string,
  word: Word,
): Promise<{ id: string } | Refused | undefined> {
  await takeTurn(place.tx, place.territory.id)
  const opened = await openLink(place, secret)
  if (!opened) return undefined
  const { link, missions } = opened
  const of = missions.find(({ entries }) => entries.some(({ id }) => id === word.entryId))
  if (!of) return { refusals: [refusal('missions:refused.noEntry')] }
  const by = { name: link.recipientName, linkId: link.id, personId: null }
  return sayInDispute(place, of.mission, { word, speaker: 'association', by })
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
  const refusals = answerRefusals(trimmed(answer), { entries, answererId: personId })
  if (refusals.length > 0) return { refusals }
  const entryIds = entries.map(({ id }) => id).filter((id) => answer.entryIds.includes(id))
  await keepAnswer(
    own,
    { ...trimmed(answer), entryIds },
    { mission, by: { name, personId, linkId: null } },
  )
  return { id: mission.id }
}

function trimmed(answer: Answer): Answer {
  return answer.outcome === 'disputed' ? { ...answer, reason: answer.reason.trim() } : answer
}

async function keepAnswer(
  place: Place,
  answer: Answer,
  { mission, by }: { mission: Mission; by: SpokenBy },
): Promise<void> {
  const { outcome, entryIds } = answer
  const reason = answer.outcome === 'disputed' ? answer.reason : ''
  const proposedMinutes = answer.outcome === 'disputed' ? answer.proposedMinutes : undefined
  await insertAnswers(place.tx, mission.territoryId, entryIds, {
    outcome,
    reason,
    proposedMinutes,
    confirmedByName: by.name,
    personId: by.personId,
    linkId: by.linkId,
    confirmedAt: place.now,
  })
  await note(place.tx, {
    ...deed(place),
    action: `hours.${outcome}`,
    subjectId: mission.id,
    details: { entryIds, linkId: by.linkId },
  })
  await tellAnswer(place, mission, { outcome, reason, proposedMinutes })
}

async function tellAnswer(
  place: Place,
  mission: Mission,
  answer: Pick<GivenAnswer, 'outcome' | 'reason' | 'proposedMinutes'>,
): Promise<void> {
  const { title, companyId, agreement } = mission
  const { outcome, reason, proposedMinutes } = answer
  const link = `${place.url}/missions/${mission.id}`
  if (outcome === 'confirmed') {
    const to = { organisationId: companyId, role: 'company.csr' as const }
    return tell(place, to, 'missions:notice.confirmed', { title, link })
  }
  const employee = agreement && (await personById(place.tx, agreement.employeeId))
  if (!employee) return
  const values = { title, reason, link: `${link}/hours`, name: employee.name }
  if (proposedMinutes === undefined)
    return tellPerson(place, employee, 'missions:notice.disputed', values)
  const proposed = ({ language }: Reader) => formatHours(proposedMinutes, language)
  await tellPerson(place, employee, 'missions:notice.amended', { ...values, proposed })
}
