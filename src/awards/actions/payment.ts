import { signaturesOf } from '#documents'
import { note } from '#journal'
import { type Refused, refusal } from '#kit'
import { post } from '#ledger'
import { actorOf, deed, found, type Place } from '#people'
import { lawOn } from '#platform'
import { votedAccount } from '../accounts.ts'
import { instalmentsOf } from '../course-store.ts'
import { isWaiting } from '../instalments/rules.ts'

import { insertPayment, isOrderNumberTaken } from '../payments-store.ts'
import { mustHaveAgreement, type NewPayment, paymentRefusals } from '../rules.ts'
import { type Award, awardById } from '../store.ts'

/** Records a payment order already issued: METIS pays nobody. */
export async function recordPayment(
  place: Place,
  awardId: string,
  payment: NewPayment,
  { isPlanned = false } = {},
): Promise<{ id: string } | Refused> {
  const { tx, territory, now, today } = place
  const award = found(await awardById(tx, territory.id, awardId))
  const refusals = paymentRefusals(payment, {
    ...award,
    isNotified: award.isAdopted && award.notifiedAt !== undefined,
    needsAgreement: mustHaveAgreement(award.cashCents, lawOn(today).agreementAboveCents),
    isAgreementSigned: await isAgreementSigned(place, award),
    isOrderNumberTaken: await isOrderNumberTaken(tx, territory.id, payment.orderNumber),
    today,
  })
  // Two ways of paying one award would pay it twice: a schedule, once there is one, is the way.
  if (!isPlanned && (await instalmentsOf(tx, territory.id, [awardId])).some(isWaiting))
    refusals.push(refusal('awards:refused.paidBySchedule'))
  if (refusals.length > 0) return { refusals }
  const recordedBy = actorOf(place).personId
  const key = { territoryId: territory.id, awardId }
  const id = await insertPayment(tx, { ...key, ...payment, recordedBy, recordedAt: now })
  const from = votedAccount(award)
  await post(tx, {
    territoryId: territory.id,
    book: 'cash',
    day: payment.paidOn,
    at: now,
    personId: recordedBy,
    reason: 'payment.recorded',
    subjectId: id,
    moves: [{ from, to: { ...from, kind: 'PAID' }, amount: payment.paidCents }],
  })
  const details = { paidCents: payment.paidCents, orderNumber: payment.orderNumber }
  await note(tx, { ...deed(place), action: 'payment.recorded', subjectId: awardId, details })
  return { id }
}

export async function isAgreementSigned(place: Place, award: Award): Promise<boolean> {
  if (!award.agreementDocumentId) return false
  const { tx, territory } = place
  const signatures = await signaturesOf(tx, territory.id, award.agreementDocumentId)
  const signedBy = new Set(signatures.map(({ party }) => party))
  return signedBy.has('municipality') && signedBy.has('association')
}
