import { depositedApplications } from '#applications'
import { type Campaign, campaignById } from '#campaigns'
import { grantAgreementPdf, makeDocument, sign } from '#documents'
import { note } from '#journal'
import { isRefused, type Refused, refusal } from '#kit'
import { tell } from '#notices'
import { deed, found, organisationOf, type Place } from '#people'
import { type Deliberation, deliberationById } from '../deliberations-store.ts'
import { agreementFrom, type NoticeFacts } from '../papers.ts'
import { type Award, awardById, insertAgreement } from '../store.ts'

/** Draws the agreement of one award; the commune and the association then sign the same bytes. */
export async function prepareAgreement(
  place: Place,
  awardId: string,
): Promise<{ id: string } | Refused> {
  const { tx, territory } = place
  const award = found(await awardById(tx, territory.id, awardId))
  const refusals = []
  if (!award.isAdopted) refusals.push(refusal('awards:refused.notAdopted'))
  if (award.notifiedAt === undefined) refusals.push(refusal('awards:refused.notNotified'))
  if (award.answer?.answer === 'declined') refusals.push(refusal('awards:refused.wasDeclined'))
  if (award.agreementDocumentId) refusals.push(refusal('awards:refused.alreadyPrepared'))
  if (refusals.length > 0) return { refusals }
  const campaign = found(await campaignById(tx, territory.id, award.campaignId))
  const deliberation = found(await deliberationById(tx, territory.id, award.deliberationId))
  const deposited = await depositedApplications(tx, campaign)
  const request = found(deposited.find(({ id }) => id === award.applicationId))
  await writeAgreement(place, campaign, deliberation, { award, request, reasons: [] })
  return { id: awardId }
}

/** Called with the notice of an award too, when an agreement is due or advised. */
export async function writeAgreement(
  place: Place,
  campaign: Campaign,
  deliberation: Deliberation,
  { award, request }: NoticeFacts,
): Promise<void> {
  const { tx, territory, now } = place
  const content = await agreementFrom(place, campaign, deliberation, { award, request })
  const document = await makeDocument(
    tx,
    {
      territoryId: territory.id,
      at: now,
      kind: 'grant_agreement',
      subjectId: award.id,
      title: place.say('awards:paper.agreement', { name: award.associationName }),
      content,
    },
    ({ number }) => grantAgreementPdf({ ...content, reference: number }),
  )
  const key = { territoryId: territory.id, awardId: award.id }
  await insertAgreement(tx, { ...key, documentId: document.id, preparedAt: now })
  const details = { number: document.number }
  await note(tx, { ...deed(place), action: 'agreement.prepared', subjectId: award.id, details })
}

/** For the commune or for the association, as the person who signs belongs to one or the other. */
export async function signAgreement(
  place: Place,
  awardId: string,
  { capacity }: { capacity: string },
): Promise<{ id: string } | Refused> {
  const award = found(await awardById(place.tx, place.territory.id, awardId))
  const party = partyOf(place, award)
  if (!award.agreementDocumentId) return { refusals: [refusal('awards:refused.noAgreement')] }
  if (award.answer?.answer === 'declined')
    return { refusals: [refusal('awards:refused.wasDeclined')] }
  const signed = await sign(place, { documentId: award.agreementDocumentId, party, capacity })
  if (isRefused(signed)) return signed
  const isComplete = ['municipality', 'association'].every((one) =>
    signed.signedBy.some((by) => by === one),
  )
  if (isComplete) await tellSigned(place, award)
  return { id: awardId }
}

/** 404 for an association that is not the one of this award. */
export function partyOf(place: Place, award: Award): 'municipality' | 'association' {
  const organisation = organisationOf(place)
  if (organisation.id === place.territory.organisationId) return 'municipality'
  return found(organisation.id === award.associationId ? 'association' : undefined)
}

async function tellSigned(place: Place, award: Award): Promise<void> {
  const link = `${place.url}/decisions/${award.id}`
  const values = { association: award.associationName, link }
  const to = { organisationId: award.associationId, role: 'association.representative' as const }
  await tell(place, to, 'awards:mail.signed', values)
  const agents = {
    organisationId: place.territory.organisationId,
    role: 'municipality.agent' as const,
  }
  await tell(place, agents, 'awards:mail.signed', values)
}
