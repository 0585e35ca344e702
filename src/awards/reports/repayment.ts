import { note } from '#journal'
import { type Cents, formatEuros, type Refused } from '#kit'
import { post } from '#ledger'
import { actorOf, deed, type Place } from '#people'
import { takeTurn } from '#platform'
import { envelopeAccount, votedAccount } from '../accounts.ts'
import type { Award } from '../store.ts'
import { closedTo, step, tellAssociation } from './actions.ts'
import { reportFacts } from './facts.ts'
import { writeLetter } from './letters.ts'
import { type NewRepayment, repaymentRefusals, repaymentRequestRefusals } from './rules.ts'
import { insertRepayment, isReceiptNumberTaken } from './store.ts'

type Outcome = { id: string } | Refused

/** A decision that is motivated (CRPA art. L.211-2) and comes after the association was heard. */
export async function askRepayment(
  place: Place,
  award: Award,
  { words, askedCents }: { words: string; askedCents: Cents | undefined },
): Promise<Outcome> {
  const facts = await reportFacts(place, award)
  const refusals = [
    ...(await closedTo(place, award, 'ask')),
    ...repaymentRequestRefusals({ words, askedCents }, facts),
  ]
  if (refusals.length > 0 || askedCents === undefined) return { refusals }
  const documentId = await writeLetter(place, award, { kind: 'repayment', words, askedCents })
  await step(place, award, 'repayment_asked', { words, askedCents, documentId })
  const amount = formatEuros(askedCents)
  await tellAssociation(place, award, 'awards:mail.repaymentAsked', { amount })
  return { id: award.id }
}

/** Money that came back to the commune: it leaves PAID in the book of cash. */
export async function recordRepayment(
  place: Place,
  award: Award,
  repayment: NewRepayment,
): Promise<Outcome> {
  const { tx, territory, now } = place
  await takeTurn(tx, territory.id)
  const facts = await reportFacts(place, award)
  const isNumberTaken = await isReceiptNumberTaken(tx, territory.id, repayment.receiptNumber)
  const refusals = [
    ...(await closedTo(place, award, 'repay')),
    ...repaymentRefusals(repayment, { ...facts, isNumberTaken }),
  ]
  if (refusals.length > 0) return { refusals }
  const recordedBy = actorOf(place).personId
  const key = { territoryId: territory.id, awardId: award.id }
  const id = await insertRepayment(tx, { ...key, ...repayment, recordedBy, recordedAt: now })
  await post(tx, {
    territoryId: territory.id,
    book: 'cash',
    day: repayment.repaidOn,
    at: now,
    personId: recordedBy,
    reason: 'repayment.recorded',
    subjectId: id,
    moves: [
      {
        from: { ...votedAccount(award), kind: 'PAID' },
        to: envelopeAccount(award),
        amount: repayment.repaidCents,
      },
    ],
  })
  const { repaidCents, receiptNumber } = repayment
  const details = { repaidCents, receiptNumber }
  await note(tx, { ...deed(place), action: 'repayment.recorded', subjectId: award.id, details })
  return { id }
}
