import { randomBytes } from 'node:crypto'
import { type Application, applicationById } from '#applications'
import { type Campaign, campaignById } from '#campaigns'
import { note } from '#journal'
import { formatDay, type Refused, refusal } from '#kit'
import { type Reader, tellPerson } from '#notices'
import { actorOf, deed, found, type Place, personById } from '#people'
import { sha256, takeTurn } from '#platform'
import { fileToReview } from './actions.ts'
import {
  type AnswerInput,
  isLinkOpen,
  type OutsideInput,
  type OutsideRequest,
  refusalsForAnswer,
  refusalsForRequest,
} from './outside-rules.ts'
import {
  insertOutsideAnswer,
  insertRequest,
  insertWithdrawal,
  isTiedMailbox,
  requestOfSecret,
  requestsOf,
} from './outside-store.ts'
import { isRecused, refusalsForCheck } from './rules.ts'
import { interestsOf } from './store.ts'

const SECRET_BYTES = 32

/** Asks somebody outside the town hall: they answer by link, without an account. */
export async function askOutside(
  place: Place,
  id: string,
  input: OutsideInput,
): Promise<{ id: string } | Refused> {
  const { application, campaign } = await fileToReview(place, id)
  const { tx, territory } = place
  const { answerBy } = input
  const refusals = [...refusalsForCheck(campaign.state), ...refusalsForRequest(input, place.today)]
  const key = { territoryId: territory.id, associationId: application.association.id }
  if (await isTiedMailbox(tx, key, input.recipient))
    refusals.push(refusal('review:refused.outside.tied', { field: 'recipient' }))
  if (refusals.length > 0 || !answerBy) return { refusals }
  const secret = randomBytes(SECRET_BYTES).toString('base64url')
  const asked = { ...input, answerBy, secretSha256: sha256(secret) }
  const by = { askedBy: actorOf(place).personId, askedAt: place.now }
  const file = { territoryId: territory.id, applicationId: id }
  const requestId = await insertRequest(tx, file, { ...asked, ...by })
  const details = { requestId, capacity: input.capacity, answerBy }
  await note(tx, { ...deed(place), action: 'opinion.asked', subjectId: id, details })
  await tellPerson(place, { email: input.recipient }, 'review:mail.outside', {
    name: input.recipientName,
    capacity: input.capacity,
    association: application.association.name,
    question: input.question,
    until: ({ language }: Reader) => formatDay(answerBy, language),
    // The secret is in the mail alone; the house keeps its digest.
    link: `${place.url}/opinions/${secret}`,
  })
  return { id: requestId }
}

/** The link stops opening; what had been answered stays on the file, marked as withdrawn. */
export async function withdrawRequest(
  place: Place,
  id: string,
  requestId: string,
): Promise<{ id: string } | Refused> {
  await fileToReview(place, id)
  await takeTurn(place.tx, place.territory.id)
  const all = await requestsOf(place.tx, { territoryId: place.territory.id, applicationId: id })
  const request = found(all.find((known) => known.id === requestId))
  if (request.withdrawnAt) return { id: requestId }
  await insertWithdrawal(place.tx, {
    territoryId: place.territory.id,
    requestId,
    withdrawnBy: actorOf(place).personId,
    withdrawnAt: place.now,
  })
  const details = { requestId }
  await note(place.tx, { ...deed(place), action: 'opinion.withdrawn', subjectId: id, details })
  return { id: requestId }
}

export type OpenedRequest = {
  request: OutsideRequest
  application: Application
  campaign: Campaign
}

/**
 * What the holder of a link sees; undefined for a link too old, withdrawn, set aside or never ours:
 * all look the same from outside.
 */
export async function openRequest(
  place: Place,
  secret: string,
): Promise<OpenedRequest | undefined> {
  const { tx, territory, today, actor } = place
  const request = await requestOfSecret(tx, territory.id, sha256(secret))
  if (!request || !isLinkOpen(request, today)) return undefined
  const application = found(await applicationById(tx, territory.id, request.applicationId))
  if (application.withdrawnAt) return undefined
  const interests = await interestsOf(tx, territory.id)
  // Whoever is signed in and recused reads nothing through somebody else's mail either.
  if (actor && isRecused(interests, actor.personId, application.association.id)) return undefined
  const campaign = found(await campaignById(tx, territory.id, application.campaignId))
  return { request, application, campaign }
}

/** Undefined: the link is no longer one. */
export async function answerRequest(
  place: Place,
  secret: string,
  input: AnswerInput,
): Promise<{ id: string } | Refused | undefined> {
  await takeTurn(place.tx, place.territory.id)
  const opened = await openRequest(place, secret)
  if (!opened) return undefined
  const { request, application } = opened
  const refusals = refusalsForAnswer(input, request.answersCount)
  if (refusals.length > 0) return { refusals }
  // CGCT art. L.2131-11: with an interest there is no opinion, not even one kept aside.
  const kept = input.hasInterest ? { verdict: undefined, words: '', hasInterest: true } : input
  if (isSameAnswer(request.answer, kept)) return { id: request.id }
  const { territory, now } = place
  const key = { territoryId: territory.id, requestId: request.id, rank: request.answersCount + 1 }
  await insertOutsideAnswer(place.tx, key, kept, now)
  const details = { requestId: request.id, hasInterest: kept.hasInterest }
  const entry = { territoryId: territory.id, at: now, personId: undefined, details }
  await note(place.tx, { ...entry, action: 'opinion.given', subjectId: application.id })
  await tellAsker(place, opened)
  return { id: request.id }
}

/** Sent twice: nothing to write again, nobody to tell again. */
function isSameAnswer(before: OutsideRequest['answer'], after: AnswerInput): boolean {
  return before?.verdict === after.verdict && before?.words === after.words
}

async function tellAsker(place: Place, { request, application }: OpenedRequest): Promise<void> {
  const interests = await interestsOf(place.tx, place.territory.id)
  if (isRecused(interests, request.askedBy, application.association.id)) return
  const asker = await personById(place.tx, request.askedBy)
  if (!asker) return
  await tellPerson(place, asker, 'review:mail.outsideGiven', {
    name: asker.name,
    from: request.recipientName,
    capacity: request.capacity,
    number: application.deposit?.number ?? '',
    link: `${place.url}/applications/${application.id}/review`,
  })
}
