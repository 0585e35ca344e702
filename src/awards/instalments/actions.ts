import { partiesOf } from '#documents'
import { note } from '#journal'
import { type Day, dayOf, isRefused, type Refused, refusal } from '#kit'
import { actorOf, deed, type Place } from '#people'
import { lawOn, takeTurn } from '#platform'
import { recordPayment } from '../actions/payment.ts'
import { instalmentsOf, stepsOf } from '../course-store.ts'
import { isOrderNumberTaken } from '../payments-store.ts'

import { mustHaveAgreement } from '../rules.ts'
import type { Award } from '../store.ts'
import {
  type Instalment,
  instalmentStateOf,
  orderRefusals,
  type PayFacts,
  type PlannedRow,
  payRefusals,
  scheduleRefusals,
  waitingCents,
} from './rules.ts'
import {
  insertCancellation,
  insertInstalmentPayment,
  insertInstalments,
  insertOrder,
  isOrdered,
} from './store.ts'

type Outcome = { id: string } | Refused

/** Written when the award is notified or its agreement drawn: the whole of what is left, no cent aside. */
export async function planPayments(
  place: Place,
  award: Award,
  rows: PlannedRow[],
): Promise<Outcome> {
  const { tx, territory, now } = place
  await takeTurn(tx, territory.id)
  const known = await instalmentsOf(tx, territory.id, [award.id])
  const refusals = scheduleRefusals(rows, { ...award, waitingCents: waitingCents(known) })
  if (refusals.length > 0) return { refusals }
  const key = { territoryId: territory.id, awardId: award.id }
  const plannedBy = actorOf(place).personId
  await insertInstalments(tx, { ...key, after: known.length, rows, plannedBy, plannedAt: now })
  const details = { rows }
  await note(tx, { ...deed(place), action: 'payments.planned', subjectId: award.id, details })
  return { id: award.id }
}

/** The payment order that the finance department issued, with its number. */
export async function orderInstalment(
  place: Place,
  award: Award,
  instalment: Instalment,
  { orderNumber, orderedOn }: { orderNumber: string; orderedOn: Day | undefined },
): Promise<Outcome> {
  const { tx, territory, now } = place
  await takeTurn(tx, territory.id)
  const isNumberTaken =
    (await isOrdered(tx, territory.id, orderNumber)) ||
    (await isOrderNumberTaken(tx, territory.id, orderNumber))
  const facts = (await payFactsOf(place, [award])).get(award.id)
  if (!facts) throw new Error(`no facts of award ${award.id}`)
  const asked = { orderNumber, orderedOn }
  const refusals = orderRefusals(instalment, asked, { ...facts, isNumberTaken })
  if (refusals.length > 0 || !orderedOn) return { refusals }
  const act = { orderedBy: actorOf(place).personId, orderedAt: now }
  const key = { territoryId: territory.id, instalmentId: instalment.id }
  await insertOrder(tx, { ...key, orderNumber, orderedOn, ...act })
  const details = { instalmentId: instalment.id, orderNumber, orderedOn }
  await note(tx, { ...deed(place), action: 'instalment.ordered', subjectId: award.id, details })
  return { id: award.id }
}

/** Paid by the public accountant: from here on it is a payment like another, in the ledger. */
export async function payInstalment(
  place: Place,
  award: Award,
  instalment: Instalment,
  { paidOn }: { paidOn: Day | undefined },
): Promise<Outcome> {
  const { tx, territory, today } = place
  await takeTurn(tx, territory.id)
  const refusals = payRefusals(instalment, { paidOn }, today)
  if (refusals.length > 0 || !paidOn) return { refusals }
  const orderNumber = instalment.order?.number ?? ''
  const payment = { paidCents: instalment.plannedCents, paidOn, orderNumber }
  const recorded = await recordPayment(place, award.id, payment, { isPlanned: true })
  if (isRefused(recorded)) return recorded
  const key = { territoryId: territory.id, instalmentId: instalment.id }
  await insertInstalmentPayment(tx, { ...key, paymentId: recorded.id })
  return { id: award.id }
}

/** Never paid: its amount may be planned again, or be left unpaid. */
export async function cancelInstalment(
  place: Place,
  award: Award,
  instalment: Instalment,
  { reason }: { reason: string },
): Promise<Outcome> {
  const { tx, territory, now } = place
  const refusals = []
  if (!['planned', 'ordered'].includes(instalmentStateOf(instalment)))
    refusals.push(refusal('awards:refused.notPlanned'))
  if (reason === '')
    refusals.push(refusal('awards:refused.sayWhyCancel', { field: `reason-${instalment.id}` }))
  if (refusals.length > 0) return { refusals }
  const act = { cancelledBy: actorOf(place).personId, cancelledAt: now }
  const key = { territoryId: territory.id, instalmentId: instalment.id }
  await insertCancellation(tx, { ...key, reason, ...act })
  const details = { instalmentId: instalment.id, reason }
  await note(tx, { ...deed(place), action: 'instalment.cancelled', subjectId: award.id, details })
  return { id: award.id }
}

/** For each award, what its payments wait for: two questions, however many awards. */
export async function payFactsOf(
  { tx, territory, today }: Place,
  awards: Award[],
): Promise<Map<string, PayFacts>> {
  const law = lawOn(today)
  const ids = awards.map(({ id }) => id)
  const steps = await stepsOf(tx, territory.id, ids)
  const documents = awards.flatMap(({ agreementDocumentId }) => agreementDocumentId ?? [])
  const signed = await partiesOf(tx, territory.id, documents)
  const facts = new Map<string, PayFacts>()
  for (const award of awards) {
    const last = steps.get(award.id)?.findLast(({ kind }) => kind !== 'observed')
    facts.set(award.id, {
      notifiedOn: award.notifiedAt && dayOf(award.notifiedAt),
      executoryOn: award.executoryOn,
      needsAgreement: mustHaveAgreement(award.cashCents, law.agreementAboveCents),
      signedOn: wholeOn(signed.get(award.agreementDocumentId ?? '') ?? []),
      acceptedOn: last?.kind === 'accepted' ? dayOf(last.doneAt) : undefined,
      paymentDays: law.paymentDays,
      today,
    })
  }
  return facts
}

/** When both had signed: one signature alone binds nobody. */
function wholeOn(signatures: { party: string; signedAt: Date }[]): Day | undefined {
  const both = ['municipality', 'association'].map((party) =>
    signatures.find((signature) => signature.party === party),
  )
  const days = both.flatMap((signature) => (signature ? [dayOf(signature.signedAt)] : []))
  return days.length === 2 ? days.sort().at(-1) : undefined
}
