import {
  type Application,
  actsFor,
  addAskedPiece,
  ownApplication,
  type PieceInput,
  receivedApplication,
} from '#applications'
import { type Campaign, campaignById, criteriaOf } from '#campaigns'
import { note } from '#journal'
import { type Refused, refusal } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, Forbidden, found, type Place } from '#people'
import { takeTurn } from '#platform'
import {
  type Answers,
  type EligibilityInput,
  expiryOf,
  outcomeOf,
  refusalsForAnswers,
  refusalsForEligibility,
} from './eligibility.ts'
import { refusalsForMarks } from './marks.ts'
import {
  completenessOf,
  type Interest,
  isRecused,
  refusalsForCheck,
  refusalsForMarking,
} from './rules.ts'
import {
  completenessChecksOf,
  insertCompletenessAnswer,
  insertCompletenessCheck,
  insertEligibility,
  interestsOf,
  saveMarks,
  saveOpinion,
} from './store.ts'

type Done = { id: string }

/** Says that the file is complete (nothing missing), or asks for all that is missing at once. */
export async function checkCompleteness(
  place: Place,
  id: string,
  { missing }: { missing: string },
): Promise<Done | Refused> {
  const { application, campaign } = await fileToReview(place, id)
  const refusals = refusalsForCheck(campaign.state)
  if (refusals.length > 0) return { refusals }
  const checks = await checksInTurn(place, id)
  const asked = missing.trim()
  const key = { territoryId: place.territory.id, applicationId: id }
  await insertCompletenessCheck(
    place.tx,
    { ...key, rank: checks.length + 1, missing: asked },
    by(place),
  )
  const details = { isComplete: asked === '' }
  await note(place.tx, { ...deed(place), action: 'completeness.checked', subjectId: id, details })
  await tellAssociation(place, application, asked)
  return { id }
}

async function tellAssociation(
  place: Place,
  { association }: Application,
  missing: string,
): Promise<void> {
  const to = { organisationId: association.id, role: 'association.representative' } as const
  if (missing) await tell(place, to, 'review:mail.missing', { missing })
  else await tell(place, to, 'review:mail.complete')
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
  const refusals = [...refusalsForCheck(campaign.state), ...refusalsForEligibility(input)]
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

async function keepEligibility(place: Place, id: string, input: EligibilityInput): Promise<void> {
  await takeTurn(place.tx, place.territory.id)
  const outcome = outcomeOf(input)
  const { subject, basis } = input
  const check = {
    subject,
    basis,
    outcome,
    evidence: input.evidence.trim(),
    answers: input.subject === 'hours' ? (input.answers ?? {}) : {},
    expiresOn: expiryOf(outcome, place.today),
  }
  const key = { territoryId: place.territory.id, applicationId: id }
  await insertEligibility(place.tx, key, check, by(place))
  const details = { subject, basis, outcome }
  await note(place.tx, { ...deed(place), action: 'eligibility.checked', subjectId: id, details })
}

/** One reviewer's marks on every criterion, with a word on the whole. */
export async function giveMarks(
  place: Place,
  id: string,
  { marks, comment }: { marks: Record<string, number>; comment: string },
): Promise<Done | Refused> {
  const { campaign } = await fileToReview(place, id)
  const criteria = await criteriaOf(place.tx, campaign)
  const refusals = [...refusalsForMarking(campaign.state), ...refusalsForMarks(criteria, marks)]
  if (refusals.length > 0) return { refusals }
  const reviewerId = actorOf(place).personId
  const key = { territoryId: place.territory.id, applicationId: id, reviewerId }
  const given = criteria.map(({ id: criterionId }) => ({
    criterionId,
    mark: marks[criterionId] ?? 0,
  }))
  await saveMarks(place.tx, key, given, place.now)
  await saveOpinion(place.tx, { ...key, comment: comment.trim() }, place.now)
  const details = { marks: given.map(({ mark }) => mark) }
  await note(place.tx, { ...deed(place), action: 'application.marked', subjectId: id, details })
  return { id }
}

/** CGCT art. L.2131-11: this person takes no part in this file. */
export class Recused extends Forbidden {}

/** The deposited file and its season; nobody who is recused gets further. */
export async function fileToReview(
  place: Place,
  id: string,
): Promise<{ application: Application; campaign: Campaign; interests: Interest[] }> {
  const application = await receivedApplication(place, id)
  const interests = await interestsOf(place.tx, place.territory.id)
  if (isRecused(interests, actorOf(place).personId, application.association.id)) throw new Recused()
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
