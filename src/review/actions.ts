import {
  type Application,
  actsFor,
  addAskedPiece,
  ownApplication,
  type PieceInput,
  piecesOf,
  receivedApplication,
} from '#applications'
import { type Campaign, campaignById } from '#campaigns'
import { note } from '#journal'
import { type Day, formatDay, type Refused, refusal } from '#kit'
import { type Reader, tell } from '#notices'
import { actorOf, deed, Forbidden, found, type Place } from '#people'
import { takeTurn } from '#platform'
import { isAgent, usualAnswerBy } from './bulk.ts'
import { insertAssignments } from './bulk-store.ts'
import {
  type Answers,
  type EligibilityInput,
  expiryOf,
  outcomeOf,
  refusalsForAnswers,
  refusalsForEligibility,
} from './eligibility.ts'
import { completenessOf, type Interest, isRecused, refusalsForCheck } from './rules.ts'
import {
  completenessChecksOf,
  insertCompletenessAnswer,
  insertCompletenessChecks,
  insertEligibility,
  insertNote,
  interestsOf,
} from './store.ts'

type Done = { id: string }

/** Says that the file is complete (nothing missing), or asks for all that is missing at once. */
export async function checkCompleteness(
  place: Place,
  id: string,
  { missing, answerBy }: { missing: string; answerBy?: Day | undefined },
): Promise<Done | Refused> {
  const { application, campaign } = await fileToReview(place, id)
  const refusals = refusalsForCheck(campaign.state)
  if (answerBy && answerBy <= place.today)
    refusals.push(refusal('review:refused.answerByPast', { field: 'answerBy' }))
  if (refusals.length > 0) return { refusals }
  await takeTurn(place.tx, place.territory.id)
  const asked = missing.trim()
  const check = {
    applicationId: id,
    missing: asked,
    answerBy: asked ? (answerBy ?? usualAnswerBy(place.today)) : null,
    bulkId: null,
  }
  await insertCompletenessChecks(place.tx, place.territory.id, [check], by(place))
  const details = { isComplete: asked === '' }
  await note(place.tx, { ...deed(place), action: 'completeness.checked', subjectId: id, details })
  await tellAssociation(place, application, check)
  return { id }
}

async function tellAssociation(
  place: Place,
  { association, deposit }: Application,
  { missing, answerBy }: { missing: string; answerBy: Day | null },
): Promise<void> {
  const to = { organisationId: association.id, role: 'association.representative' } as const
  const values = { number: deposit?.number ?? '' }
  if (!answerBy) return tell(place, to, 'review:mail.complete', values)
  const until = ({ language }: Reader) => formatDay(answerBy, language)
  await tell(place, to, 'review:mail.missing', { ...values, missing, answerBy: until })
}

/** Who follows this file from now on; nobody when the agent is empty. */
export async function assignFile(
  place: Place,
  id: string,
  { agentId }: { agentId: string },
): Promise<Done | Refused> {
  const { application, interests } = await fileToReview(place, id)
  if (agentId !== '' && !(await isAgent(place, agentId)))
    return { refusals: [refusal('review:refused.noAgent', { field: 'agentId' })] }
  if (isRecused(interests, agentId, application.association.id))
    return { refusals: [refusal('review:refused.agentRecused', { field: 'agentId' })] }
  await takeTurn(place.tx, place.territory.id)
  const { at, personId } = by(place)
  const territoryId = place.territory.id
  const assigned = { territoryId, applicationIds: [id], agentId: agentId || null, bulkId: null }
  await insertAssignments(place.tx, assigned, { at, personId })
  const details = { agentId }
  await note(place.tx, { ...deed(place), action: 'file.assigned', subjectId: id, details })
  return { id }
}

/** A word between reviewers: the association reads it on no page. */
export async function writeNote(
  place: Place,
  id: string,
  { words }: { words: string },
): Promise<Done | Refused> {
  await fileToReview(place, id)
  if (!words) return { refusals: [refusal('review:refused.noWords', { field: 'words' })] }
  const key = { territoryId: place.territory.id, applicationId: id }
  const authorId = actorOf(place).personId
  await insertNote(place.tx, { ...key, authorId, words, writtenAt: place.now })
  await note(place.tx, { ...deed(place), action: 'file.noted', subjectId: id })
  return { id }
}

/** A piece that the commune asked for: the only way into a deposited file. */
export async function addMissingPiece(
  place: Place,
  id: string,
  piece: PieceInput,
): Promise<Done | Refused> {
  await ownApplication(place, id)
  const isAsked = completenessOf(await checksOf(place, id)) === 'incomplete'
  if (!isAsked) return { refusals: [refusal('review:refused.nothingAsked', { field: 'file' })] }
  return addAskedPiece(place, id, piece)
}

/** Tells the commune that what was missing is there: its clock starts again. */
export async function answerCompleteness(
  place: Place,
  id: string,
  { note: words }: { note: string },
): Promise<Done | Refused> {
  await ownApplication(place, id)
  const checks = await checksInTurn(place, id)
  const last = checks.at(-1)
  if (!last || completenessOf(checks) !== 'incomplete')
    return { refusals: [refusal('review:refused.nothingAsked')] }
  const key = { territoryId: place.territory.id, applicationId: id, rank: last.rank }
  await insertCompletenessAnswer(place.tx, { ...key, note: words.trim() }, by(place))
  await note(place.tx, { ...deed(place), action: 'completeness.answered', subjectId: id })
  return { id }
}

export async function checkEligibility(
  place: Place,
  id: string,
  input: EligibilityInput,
): Promise<Done | Refused> {
  const { campaign } = await fileToReview(place, id)
  const refusals = [
    ...refusalsForCheck(campaign.state, input.subject),
    ...refusalsForEligibility(input, place.today),
  ]
  if (input.pieceId && !(await isPieceOf(place, id, input.pieceId)))
    refusals.push(refusal('review:refused.noPiece', { field: `${input.subject}Piece` }))
  if (refusals.length > 0) return { refusals }
  await keepEligibility(place, id, input)
  return { id }
}

/** The association's own declaration of general interest, by its representative (DOMAIN 3.3). */
export async function declareGeneralInterest(
  place: Place,
  id: string,
  { answers }: { answers: Answers },
): Promise<Done | Refused> {
  const { association } = await ownApplication(place, id)
  if (!actsFor(place, association.id, ['association.representative'])) throw new Forbidden()
  const refusals = refusalsForAnswers(answers)
  if (refusals.length > 0) return { refusals }
  const evidence = actorOf(place).name
  await keepEligibility(place, id, {
    subject: 'hours',
    basis: 'self_declaration',
    evidence,
    answers,
  })
  return { id }
}

async function isPieceOf({ tx, territory }: Place, id: string, pieceId: string) {
  const pieces = await piecesOf(tx, { territoryId: territory.id, id })
  return pieces.some((piece) => piece.id === pieceId)
}

async function keepEligibility(place: Place, id: string, input: EligibilityInput): Promise<void> {
  await takeTurn(place.tx, place.territory.id)
  const outcome = outcomeOf(input)
  const { subject, basis } = input
  const check = {
    subject,
    basis,
    outcome,
    evidence: input.evidence.trim(),
    evidencePieceId: input.pieceId ?? null,
    answers: input.subject === 'hours' ? (input.answers ?? {}) : {},
    expiresOn: expiryOf(outcome, place.today, input.expiresOn),
  }
  const key = { territoryId: place.territory.id, applicationId: id }
  await insertEligibility(place.tx, key, check, by(place))
  const details = { subject, basis, outcome }
  await note(place.tx, { ...deed(place), action: 'eligibility.checked', subjectId: id, details })
}

/** The deposited file and its season; nobody who is recused gets further. */
export async function fileToReview(
  place: Place,
  id: string,
): Promise<{ application: Application; campaign: Campaign; interests: Interest[] }> {
  const application = await receivedApplication(place, id)
  const interests = await interestsOf(place.tx, place.territory.id)
  const campaign = found(await campaignById(place.tx, place.territory.id, application.campaignId))
  return { application, campaign, interests }
}

/** Ranks are counted, then written: one writer at a time. */
async function checksInTurn(place: Place, id: string) {
  await takeTurn(place.tx, place.territory.id)
  return checksOf(place, id)
}

async function checksOf(place: Place, id: string) {
  const checks = await completenessChecksOf(place.tx, place.territory.id, [id])
  return checks.get(id) ?? []
}

function by(place: Place) {
  return { at: place.now, personId: actorOf(place).personId }
}
