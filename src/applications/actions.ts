import { type Campaign, campaignById, envelopesOf, familiesOf } from '#campaigns'
import { makeDocument } from '#documents'
import { note } from '#journal'
import { type Refusal, type Refused, refusal } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, found, type Place } from '#people'
import { ownApplicationToWrite } from './access.ts'
import { refusalsForDraftNeeds } from './draft.ts'
import { handedOver } from './handed-over.ts'
import { refusalsForInfected } from './pieces.ts'
import { piecesOf } from './pieces-store.ts'
import { depositReceiptOf, drawDepositReceipt } from './receipt.ts'
import { type Answers, type Application, type NewNeed, refusalsForDeposit } from './rules.ts'
import { insertCommitment, insertDeposit, replaceNeeds, updateAnswers } from './store.ts'

type Done = { id: string }

/** Any part of the file; a row of needs left blank is `undefined`. */
export type DraftInput = Partial<Answers> & { needs?: (NewNeed | undefined)[] }

/** Keeps what was typed; demands nothing (USERS 3.2). */
export async function saveDraft(
  place: Place,
  id: string,
  input: DraftInput,
): Promise<Done | Refused> {
  const application = await ownApplicationToWrite(place, id)
  const refusals = [...refusalsForChange(application), ...refusalsForDraftNeeds(input.needs ?? [])]
  if (refusals.length > 0) return { refusals }
  await keepDraft(place, application, input)
  return { id }
}

/** Writes answers that nothing speaks against any more. */
export async function keepDraft(
  place: Place,
  application: Application,
  { needs, ...answers }: DraftInput,
): Promise<void> {
  if (answers.envelopeId)
    await checkEnvelope(place, await campaignOf(place, application), answers.envelopeId)
  const key = { territoryId: place.territory.id, id: application.id }
  const saved = { at: place.now, personId: actorOf(place).personId }
  await updateAnswers(place.tx, key, answers, saved)
  if (needs)
    await replaceNeeds(
      place.tx,
      key,
      needs.flatMap((need) => need ?? []),
    )
}

/** The contrat d'engagement républicain, by the representative in person. */
export async function signCommitment(place: Place, id: string): Promise<Done | Refused> {
  const application = await ownApplicationToWrite(place, id, ['association.representative'])
  const refusals = refusalsForChange(application)
  if (refusals.length > 0) return { refusals }
  if (application.commitmentSignedAt) return { id }
  const signed = { at: place.now, personId: actorOf(place).personId, text: COMMITMENT_TEXT }
  await insertCommitment(place.tx, { territoryId: place.territory.id, id }, signed)
  const details = { text: COMMITMENT_TEXT }
  await note(place.tx, {
    ...deed(place),
    action: 'application.commitmentSigned',
    subjectId: id,
    details,
  })
  return { id }
}

/** The version of the seven commitments that was shown (décret 2021-1947, annexe). */
const COMMITMENT_TEXT = 'décret 2021-1947'

/** Hands the file to the commune: from here on it is read only, and its receipt is drawn. */
export async function depositApplication(place: Place, id: string): Promise<Done | Refused> {
  const application = await ownApplicationToWrite(place, id, ['association.representative'])
  if (application.deposit) return { id }
  const campaign = await campaignOf(place, application)
  const families = await familiesOf(place.tx, campaign)
  const pieces = await piecesOf(place.tx, { territoryId: place.territory.id, id })
  const refusals = [
    ...refusalsForDeposit(application, { campaign, families, today: place.today }),
    ...refusalsForInfected(pieces),
  ]
  if (refusals.length > 0) return { refusals }
  const content = await depositReceiptOf(place, { application, campaign, pieces })
  const document = await makeDocument(
    place.tx,
    {
      territoryId: place.territory.id,
      at: place.now,
      kind: 'deposit',
      subjectId: id,
      title: `${application.association.name} — ${campaign.title}`,
      content,
    },
    ({ number, verificationCode }) => {
      const verification = { address: `${place.url}/verify`, code: verificationCode }
      return drawDepositReceipt({ ...content, reference: number, verification })
    },
  )
  await keepDeposit(place, application, document)
  return { id }
}

async function keepDeposit(
  place: Place,
  application: Application,
  { id: documentId, number }: { id: string; number: string },
): Promise<void> {
  const { id, association } = application
  const deposit = { number, documentId, at: place.now, personId: actorOf(place).personId }
  await insertDeposit(place.tx, { territoryId: place.territory.id, id }, deposit)
  const details = { number, before: null, after: handedOver(application) }
  await note(place.tx, { ...deed(place), action: 'application.deposited', subjectId: id, details })
  const to = { organisationId: association.id, role: 'association.representative' } as const
  const values = { number, association: association.name }
  await tell(place, to, 'applications:mail.deposited', values)
}

export function refusalsForChange({ deposit }: Application): Refusal[] {
  return deposit ? [refusal('applications:refused.alreadyDeposited')] : []
}

export async function campaignOf(place: Place, { campaignId }: Application): Promise<Campaign> {
  return found(await campaignById(place.tx, place.territory.id, campaignId))
}

async function checkEnvelope(place: Place, campaign: Campaign, envelopeId: string): Promise<void> {
  const envelopes = await envelopesOf(place.tx, campaign)
  found(envelopes.find(({ id }) => id === envelopeId))
}
