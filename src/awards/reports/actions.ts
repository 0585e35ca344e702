import { note } from '#journal'
import {
  type Cents,
  canonicalJson,
  type Day,
  isRefused,
  type Refusal,
  type Refused,
  refusal,
} from '#kit'
import { tell } from '#notices'
import { actorOf, deed, type Place } from '#people'
import { sha256, type Typed, takeTurn } from '#platform'
import { stepsOf } from '../course-store.ts'
import type { Award } from '../store.ts'
import { reportFacts } from './facts.ts'
import { draftOf, readReport } from './form.ts'
import { writeLetter } from './letters.ts'
import { deedsOpen, type ReportDeed, requestRefusals, type StepKind } from './rules.ts'
import { draftFor, insertCertified, insertStep, keepDraft } from './store.ts'

type Outcome = { id: string } | Refused

/** Kept whatever is missing; refused only over words that somebody else wrote meanwhile. */
export async function saveReport(place: Place, award: Award, typed: Typed): Promise<Outcome> {
  const { tx, territory, now } = place
  await takeTurn(tx, territory.id)
  const refusals = await closedTo(place, award, 'submit')
  const key = { territoryId: territory.id, awardId: award.id }
  const draft = await draftFor(tx, key)
  if (draft && typed.savedAt !== undefined && typed.savedAt !== draft.savedAt.toISOString())
    refusals.push(refusal('awards:refused.draftChanged', { name: draft.savedByName }))
  if (refusals.length > 0) return { refusals }
  await keepDraft(tx, key, {
    typed: draftOf(typed),
    savedBy: actorOf(place).personId,
    savedAt: now,
  })
  return { id: award.id }
}

/** Certified by the representative: sealed by its digest, with what the ledger says of the hours. */
export async function submitReport(
  place: Place,
  award: Award,
  { typed, hours }: { typed: Typed; hours: object },
): Promise<Outcome> {
  await takeTurn(place.tx, place.territory.id)
  const closed = await closedTo(place, award, 'submit')
  const report = readReport(typed)
  if (closed.length > 0 || isRefused(report))
    return { refusals: [...closed, ...(isRefused(report) ? report.refusals : [])] }
  const saved = await saveReport(place, award, typed)
  if (isRefused(saved)) return saved
  const content = canonicalJson({ ...report, hours })
  const rank = await step(place, award, 'submitted', {})
  const key = { territoryId: place.territory.id, awardId: award.id }
  await insertCertified(place.tx, { ...key, rank, content, contentSha256: sha256(content) })
  await tellAgents(place, award, 'awards:mail.reportSubmitted')
  return { id: award.id }
}

/** One list of what is missing, one delay to answer. */
export async function returnReport(
  place: Place,
  award: Award,
  { words, answerBy }: { words: string; answerBy: Day | undefined },
): Promise<Outcome> {
  const { today } = place
  const refusals = [
    ...(await closedTo(place, award, 'return')),
    ...requestRefusals('returned', { words, answerBy, today }),
  ]
  if (refusals.length > 0 || !answerBy) return { refusals }
  await step(place, award, 'returned', { words, answerBy })
  await tellAssociation(place, award, 'awards:mail.reportReturned', { list: words })
  return { id: award.id }
}

export async function acceptReport(place: Place, award: Award): Promise<Outcome> {
  const refusals = await closedTo(place, award, 'accept')
  if (refusals.length > 0) return { refusals }
  await step(place, award, 'accepted', {})
  await tellAssociation(place, award, 'awards:mail.reportAccepted')
  return { id: award.id }
}

/** The formal notice opens the contradictory procedure: the association is asked what it has to say. */
export async function sendFormalNotice(
  place: Place,
  award: Award,
  { words, answerBy }: { words: string; answerBy: Day | undefined },
): Promise<Outcome> {
  const { today } = place
  const refusals = [
    ...(await closedTo(place, award, 'notice')),
    ...requestRefusals('noticed', { words, answerBy, today }),
  ]
  if (refusals.length > 0 || !answerBy) return { refusals }
  const documentId = await writeLetter(place, award, { kind: 'formalNotice', words, answerBy })
  await step(place, award, 'noticed', { words, answerBy, documentId })
  await tellAssociation(place, award, 'awards:mail.reportNoticed')
  return { id: award.id }
}

/** What the association says before anything is asked back (CRPA art. L.121-1). */
export async function observe(
  place: Place,
  award: Award,
  { words }: { words: string },
): Promise<Outcome> {
  const refusals = await closedTo(place, award, 'observe')
  if (words === '') refusals.push(refusal('awards:refused.sayWhat', { field: 'observed-words' }))
  if (refusals.length > 0) return { refusals }
  await step(place, award, 'observed', { words })
  await tellAgents(place, award, 'awards:mail.reportObserved')
  return { id: award.id }
}

export async function closedTo(place: Place, award: Award, deed: ReportDeed): Promise<Refusal[]> {
  const facts = await reportFacts(place, award)
  return deedsOpen(facts).has(deed) ? [] : [refusal('awards:refused.reportNotNow')]
}

export async function step(
  place: Place,
  award: Award,
  kind: StepKind,
  said: { words?: string; answerBy?: Day; askedCents?: Cents; documentId?: string },
): Promise<number> {
  const { tx, territory, now } = place
  const steps = (await stepsOf(tx, territory.id, [award.id])).get(award.id) ?? []
  const rank = steps.length + 1
  const key = { territoryId: territory.id, awardId: award.id }
  const doneBy = actorOf(place).personId
  await insertStep(tx, { ...key, rank, kind, ...said, doneBy, doneAt: now })
  const { answerBy, askedCents } = said
  const details = { rank, answerBy, askedCents }
  await note(tx, { ...deed(place), action: `report.${kind}`, subjectId: award.id, details })
  return rank
}

export async function tellAssociation(
  place: Place,
  award: Award,
  key: string,
  values: Record<string, string> = {},
): Promise<void> {
  const to = { organisationId: award.associationId, role: 'association.representative' as const }
  await tell(place, to, key, { ...valuesOf(place, award), ...values })
}

async function tellAgents(place: Place, award: Award, key: string): Promise<void> {
  const { organisationId } = place.territory
  const to = { organisationId, role: 'municipality.agent' as const }
  await tell(place, to, key, valuesOf(place, award))
}

function valuesOf({ url }: Place, { id, associationName }: Award) {
  return { association: associationName, link: `${url}/decisions/${id}/report` }
}
