import { note } from '#journal'
import { formatEuros, type Refused } from '#kit'
import { post } from '#ledger'
import { type Reader, tell } from '#notices'
import { actorOf, deed, found, type Place } from '#people'
import { takeTurn } from '#platform'
import { envelopeAccount, votedAccount } from '../accounts.ts'
import { insertAnswer, insertOpening } from '../answers-store.ts'
import { instalmentsOf } from '../course-store.ts'
import { isWaiting } from '../instalments/rules.ts'

import { answerRefusals, type NewAnswer } from '../rules.ts'
import { type Award, awardById } from '../store.ts'
import { partyOf } from './agreement.ts'
import { isAgreementSigned } from './payment.ts'

/**
 * The association says that it has read its letter. Only the first time counts; looking at a page
 * proves nothing and writes nothing.
 */
export async function openNotice(place: Place, awardId: string): Promise<{ id: string }> {
  const { tx, territory, now } = place
  await takeTurn(tx, territory.id)
  const award = await ownAward(place, awardId)
  if (award.openedAt) return { id: awardId }
  const openedBy = actorOf(place).personId
  await insertOpening(tx, { territoryId: territory.id, awardId, openedBy, openedAt: now })
  await note(tx, { ...deed(place), action: 'notice.opened', subjectId: awardId })
  return { id: awardId }
}

/** About the euros alone: nobody is bound to hours before a mission agreement. */
export async function answerAward(
  place: Place,
  awardId: string,
  { answer, words }: NewAnswer,
): Promise<{ id: string } | Refused> {
  const { tx, territory, now } = place
  await takeTurn(tx, territory.id)
  const award = await ownAward(place, awardId)
  const planned = await instalmentsOf(tx, territory.id, [awardId])
  const refusals = answerRefusals(
    { answer, words },
    {
      ...award,
      isAnswered: award.answer !== undefined,
      isAgreementSigned: await isAgreementSigned(place, award),
      isOrdered: planned.some((one) => isWaiting(one) && one.order !== undefined),
    },
  )
  if (refusals.length > 0) return { refusals }
  const answeredBy = actorOf(place).personId
  const key = { territoryId: territory.id, awardId }
  await insertAnswer(tx, { ...key, answer, words, answeredBy, answeredAt: now })
  if (answer === 'declined') await giveBack(place, award)
  await note(tx, { ...deed(place), action: `award.${answer}`, subjectId: awardId })
  await tellAnswer(place, award, answer)
  return { id: awardId }
}

async function ownAward(place: Place, awardId: string): Promise<Award> {
  const award = found(await awardById(place.tx, place.territory.id, awardId))
  const isOwn = partyOf(place, award) === 'association' && award.notifiedAt !== undefined
  return found(isOwn ? award : undefined)
}

/** What was voted goes back where it came from: the envelope may grant it again. */
async function giveBack({ tx, territory, now, today, actor }: Place, award: Award): Promise<void> {
  await post(tx, {
    territoryId: territory.id,
    book: 'cash',
    day: today,
    at: now,
    personId: actor?.personId,
    reason: 'award.declined',
    subjectId: award.id,
    moves: [{ from: votedAccount(award), to: envelopeAccount(award), amount: award.decidedCents }],
  })
}

async function tellAnswer(place: Place, award: Award, answer: NewAnswer['answer']): Promise<void> {
  const to = {
    organisationId: place.territory.organisationId,
    role: 'municipality.agent' as const,
  }
  const amount = ({ language }: Reader) => formatEuros(award.decidedCents, language)
  const link = `${place.url}/decisions/${award.id}`
  const values = { association: award.associationName, amount, link }
  await tell(place, to, `awards:mail.${answer}`, values)
}
