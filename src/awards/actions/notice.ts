import { depositedApplications } from '#applications'
import { type Campaign, campaignById } from '#campaigns'
import { awardNoticePdf, makeDocument } from '#documents'
import { note } from '#journal'
import { type Refused, refusal } from '#kit'
import { tell } from '#notices'
import { actorOf, deed, found, type Place } from '#people'
import { lawOn } from '#platform'
import { deliberationById } from '../deliberations-store.ts'
import { type NoticeFacts, noticeFrom, reasonsOf } from '../papers.ts'
import { isAgreementAdvised, mustHaveAgreement } from '../rules.ts'
import { type Award, awardById, awardsOf, insertNotice } from '../store.ts'
import { writeAgreement } from './agreement.ts'

/** The letter to one association: decision, reasons, remedies; its agreement is prepared with it. */
export async function notifyAward(
  place: Place,
  awardId: string,
): Promise<{ id: string } | Refused> {
  const award = found(await awardById(place.tx, place.territory.id, awardId))
  const refusals = refusalsToNotify(award)
  if (refusals.length > 0) return { refusals }
  await notifyEach(place, [award])
  return { id: awardId }
}

/** Every letter of a deliberation that has not left yet. */
export async function notifyAll(
  place: Place,
  deliberationId: string,
): Promise<{ id: string; count: number } | Refused> {
  const { tx, territory } = place
  const deliberation = found(await deliberationById(tx, territory.id, deliberationId))
  const campaign = found(await campaignById(tx, territory.id, deliberation.campaignId))
  const waiting = (await awardsOf(tx, campaign)).filter(
    (award) => award.deliberationId === deliberationId && award.notifiedAt === undefined,
  )
  if (deliberation.executoryOn === undefined)
    return { refusals: [refusal('awards:refused.notExecutory')] }
  if (waiting.length === 0) return { refusals: [refusal('awards:refused.nothingToNotify')] }
  await notifyEach(place, waiting)
  return { id: deliberationId, count: waiting.length }
}

function refusalsToNotify(award: Award) {
  if (award.executoryOn === undefined) return [refusal('awards:refused.notExecutory')]
  return award.notifiedAt === undefined ? [] : [refusal('awards:refused.alreadyNotified')]
}

async function notifyEach(place: Place, awards: Award[]): Promise<void> {
  const { tx, territory } = place
  const [first] = awards
  const campaign = found(await campaignById(tx, territory.id, first?.campaignId ?? ''))
  const deposited = await depositedApplications(tx, campaign)
  const reasons = await reasonsOf(place, campaign, awards)
  for (const award of awards) {
    const request = found(deposited.find(({ id }) => id === award.applicationId))
    const facts = { award, request, reasons: reasons.get(award.id) ?? [] }
    await notify(place, campaign, facts)
  }
}

async function notify(place: Place, campaign: Campaign, facts: NoticeFacts): Promise<void> {
  const { tx, territory, now, today } = place
  const { award } = facts
  const deliberation = found(await deliberationById(tx, territory.id, award.deliberationId))
  const content = await noticeFrom(place, campaign, deliberation, facts)
  const document = await makeDocument(
    tx,
    {
      territoryId: territory.id,
      at: now,
      kind: 'notice',
      subjectId: award.id,
      title: place.say('awards:paper.notice', { name: award.associationName }),
      content,
    },
    ({ number }) => awardNoticePdf({ ...content, reference: number }),
  )
  const notifiedBy = actorOf(place).personId
  const key = { territoryId: territory.id, awardId: award.id }
  await insertNotice(tx, { ...key, documentId: document.id, notifiedBy, notifiedAt: now })
  const isNeeded = mustHaveAgreement(award.cashCents, lawOn(today).agreementAboveCents)
  if (award.isAdopted && (isNeeded || isAgreementAdvised(award)))
    await writeAgreement(place, campaign, deliberation, facts)
  const details = { number: document.number }
  await note(tx, { ...deed(place), action: 'award.notified', subjectId: award.id, details })
  const link = `${place.url}/decisions/${award.id}`
  const to = { organisationId: award.associationId, role: 'association.representative' as const }
  await tell(place, to, 'awards:mail.notice', { association: award.associationName, link })
}
