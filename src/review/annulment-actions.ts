import { filePathOf } from '#applications'
import { note } from '#journal'
import type { Refused } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, found, type Place } from '#people'
import { takeTurn } from '#platform'
import { fileToReview } from './actions.ts'
import { type Finding, refusalsToAnswer, refusalsToAsk } from './annulment.ts'
import { findingsOf, insertAnnulmentAnswer, insertAnnulmentRequest } from './annulment-store.ts'

type Done = { id: string }
export type FindingKey = { id: string; subject: string; rank: number }

export async function askAnnulment(
  place: Place,
  key: FindingKey,
  { reason, field }: { reason: string; field: string },
): Promise<Done | Refused> {
  const finding = await findingInTurn(place, key)
  const refusals = refusalsToAsk(finding, reason, field)
  if (refusals.length > 0) return { refusals }
  const { tx, territory, now, url } = place
  const row = { territoryId: territory.id, applicationId: key.id, subject: key.subject }
  const asked = { reason, askedBy: actorOf(place).personId, askedAt: now }
  await insertAnnulmentRequest(tx, { ...row, rank: key.rank }, asked)
  await noteOn(place, key, 'eligibility.annulmentAsked', { reason })
  const to = { organisationId: territory.organisationId, role: 'municipality.admin' as const }
  await tell(place, to, 'review:notice.annulment', {
    link: `${filePathOf(url, key.id)}/eligibility`,
  })
  return { id: key.id }
}

/** The second look: the finding counts no more for anybody, or it stands. */
export async function answerAnnulment(
  place: Place,
  key: FindingKey,
  { isAnnulled }: { isAnnulled: boolean },
): Promise<Done | Refused> {
  const finding = await findingInTurn(place, key)
  const { personId } = actorOf(place)
  const last = finding.annulment
  // Pressed twice: the first time did it.
  if (last?.answer?.isAnnulled === isAnnulled) return { id: key.id }
  const refusals = refusalsToAnswer(finding, personId)
  if (refusals.length > 0 || !last) return { refusals }
  await insertAnnulmentAnswer(place.tx, {
    territoryId: place.territory.id,
    requestId: last.id,
    isAnnulled,
    answeredBy: personId,
    answeredAt: place.now,
  })
  const action = isAnnulled ? 'eligibility.annulled' : 'eligibility.annulmentRefused'
  await noteOn(place, key, action, { reason: last.reason, outcome: finding.outcome })
  return { id: key.id }
}

/** One at a time; nobody who is recused gets further. */
async function findingInTurn(place: Place, { id, subject, rank }: FindingKey): Promise<Finding> {
  await takeTurn(place.tx, place.territory.id)
  await fileToReview(place, id)
  const key = { territoryId: place.territory.id, applicationId: id }
  const findings = await findingsOf(place.tx, key)
  return found(findings.find((one) => one.subject === subject && one.rank === rank))
}

async function noteOn(
  place: Place,
  { id, subject, rank }: FindingKey,
  action: string,
  said: Record<string, unknown>,
) {
  await note(place.tx, {
    ...deed(place),
    action,
    subjectId: id,
    details: { subject, rank, ...said },
  })
}
