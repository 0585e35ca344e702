import { type Cents, type Day, type Minutes, type Refusal, refusal, sumCents } from '#kit'

/** What the council decided on one request, as the agent records it. */
export type DecidedLine = {
  applicationId: string
  associationId: string
  associationName: string
  envelopeId: string
  proposedCents: Cents
  askedCents: Cents
  cashCents: Cents
  hours: { needId: string; pledgeId: string; minutes: Minutes }[]
  votesFor: number
  votesAgainst: number
  abstentions: number
  isAdopted: boolean
  recusedIds: string[]
}

export type Sitting = {
  number: string
  heldOn: Day
  inOfficeCount: number
  presentCount: number
}

export type Interest = { personId: string; associationId: string }

export type Vote = {
  sitting: Sitting
  lines: DecidedLine[]
  envelopes: { id: string; name: string; cashCents: Cents }[]
  /** Already granted in this campaign, by envelope. */
  spentCents: Map<string, Cents>
  /** Of the members of the council. */
  interests: Interest[]
  /** Of the agent who holds the pen. */
  recorderTies: Interest[]
  isNumberTaken: boolean
  today: Day
}

/** Every reason why this vote cannot be recorded as it was typed. */
export function voteRefusals(vote: Vote): Refusal[] {
  return [
    ...sittingRefusals(vote),
    ...vote.lines.flatMap((line) => lineRefusals(line, vote)),
    ...envelopeRefusals(vote),
  ]
}

function sittingRefusals({ sitting, lines, isNumberTaken, today }: Vote): Refusal[] {
  const { number, heldOn, inOfficeCount, presentCount } = sitting
  const refusals: Refusal[] = []
  if (number === '') refusals.push(refusal('awards:refused.numberMissing', { field: 'number' }))
  if (isNumberTaken)
    refusals.push(refusal('awards:refused.numberTaken', { field: 'number', number }))
  if (heldOn > today) refusals.push(refusal('awards:refused.heldLater', { field: 'heldOn' }))
  if (presentCount > inOfficeCount)
    refusals.push(refusal('awards:refused.morePresent', { field: 'presentCount', inOfficeCount }))
  else if (!hasQuorum({ presentCount, inOfficeCount }))
    refusals.push(refusal('awards:refused.noQuorum', { field: 'presentCount', inOfficeCount }))
  if (lines.length === 0) refusals.push(refusal('awards:refused.noLine'))
  return refusals
}

function lineRefusals(line: DecidedLine, { sitting, interests, recorderTies }: Vote): Refusal[] {
  const name = line.associationName
  const { presentCount, inOfficeCount } = sitting
  const recused = new Set(line.recusedIds)
  const voices = line.votesFor + line.votesAgainst + line.abstentions
  const field = (column: string) => `${column}-${line.applicationId}`
  const refusals: Refusal[] = []
  if (voices + recused.size > presentCount)
    refusals.push(
      refusal('awards:refused.moreVoices', { field: field('for'), name, presentCount, voices }),
    )
  // A member who leaves the room counts neither as present nor among those expected (DOMAIN 4.3).
  const isQuorate = hasQuorum({
    presentCount: presentCount - recused.size,
    inOfficeCount: inOfficeCount - recused.size,
  })
  if (recused.size > 0 && !isQuorate)
    refusals.push(refusal('awards:refused.lineQuorum', { field: field('for'), name }))
  // CGCT L.2131-11: the line is illegal if someone with an interest took part in it.
  const isInterested = interests.some(
    ({ personId, associationId }) => associationId === line.associationId && !recused.has(personId),
  )
  if (isInterested)
    refusals.push(refusal('awards:refused.interested', { field: field('for'), name }))
  // CGFP art. L.121-5: writing the vote down is part of deciding it.
  if (recorderTies.some(({ associationId }) => associationId === line.associationId))
    refusals.push(refusal('awards:refused.tiedRecorder', { field: field('for'), name }))
  // A tie is settled by whoever presides (CGCT L.2121-20), so both outcomes are possible then.
  const wins = line.votesFor - line.votesAgainst
  if ((line.isAdopted && (wins < 0 || line.votesFor === 0)) || (!line.isAdopted && wins > 0))
    refusals.push(refusal('awards:refused.outcome', { field: field('for'), name }))
  if (line.cashCents > line.askedCents)
    refusals.push(refusal('awards:refused.moreThanAsked', { field: field('cash'), name }))
  return refusals
}

function envelopeRefusals({ lines, envelopes, spentCents }: Vote): Refusal[] {
  return envelopes.flatMap((envelope) => {
    const own = lines.filter((line) => line.isAdopted && line.envelopeId === envelope.id)
    const decided = sumCents(own.map((line) => line.cashCents))
    const isOver = decided + (spentCents.get(envelope.id) ?? 0n) > envelope.cashCents
    return isOver ? [refusal('awards:refused.overEnvelope', { name: envelope.name })] : []
  })
}

/** More than half of the members in office (CGCT L.2121-17). */
export function hasQuorum(count: { presentCount: number; inOfficeCount: number }): boolean {
  return count.presentCount * 2 > count.inOfficeCount
}

export function executoryRefusals(
  deliberation: { heldOn: Day; executoryOn: Day | undefined },
  { executoryOn, today }: { executoryOn: Day; today: Day },
): Refusal[] {
  const refusals: Refusal[] = []
  if (deliberation.executoryOn !== undefined)
    refusals.push(refusal('awards:refused.alreadyExecutory', { field: 'executoryOn' }))
  if (executoryOn < deliberation.heldOn)
    refusals.push(refusal('awards:refused.executoryBeforeVote', { field: 'executoryOn' }))
  if (executoryOn > today)
    refusals.push(refusal('awards:refused.executoryLater', { field: 'executoryOn' }))
  return refusals
}

/**
 * Hours are the company's to give until the decision binds: what it took back meanwhile cannot be
 * allocated. The shortest missions are kept first, so that most associations still have one.
 */
export function splitByHeld<Hours extends { id: string; pledgeId: string; minutes: Minutes }>(
  hours: Hours[],
  held: Map<string, bigint>,
): { kept: Hours[]; lapsed: Hours[] } {
  const left = new Map(held)
  const kept: Hours[] = []
  const lapsed: Hours[] = []
  const shortestFirst = [...hours].sort((a, b) =>
    a.minutes === b.minutes ? (a.id < b.id ? -1 : 1) : a.minutes < b.minutes ? -1 : 1,
  )
  for (const own of shortestFirst) {
    const available = left.get(own.pledgeId) ?? 0n
    if (available < own.minutes) lapsed.push(own)
    else {
      kept.push(own)
      left.set(own.pledgeId, available - own.minutes)
    }
  }
  return { kept, lapsed }
}

/** Law 2000-321 art. 10, décret 2001-495: above this amount no payment without a signed agreement. */
export function mustHaveAgreement(cashCents: Cents, agreementAboveCents: Cents): boolean {
  return cashCents > agreementAboveCents
}

/** Recommended for every METIS award: as soon as there are hours (DOMAIN 8.3). */
export function isAgreementAdvised(award: { cashCents: Cents; hours: unknown[] }): boolean {
  return award.hours.length > 0
}

export type NewPayment = { paidCents: Cents; paidOn: Day; orderNumber: string }

export function paymentRefusals(
  payment: NewPayment,
  facts: {
    cashCents: Cents
    paidCents: Cents
    executoryOn: Day | undefined
    isNotified: boolean
    needsAgreement: boolean
    isAgreementSigned: boolean
    isOrderNumberTaken: boolean
    today: Day
  },
): Refusal[] {
  const { paidCents, paidOn, orderNumber } = payment
  const refusals: Refusal[] = []
  const refuse = (code: string, field?: string) =>
    refusals.push(refusal(code, field === undefined ? {} : { field }))
  if (facts.executoryOn === undefined || !facts.isNotified) refuse('awards:refused.notYetPayable')
  if (facts.needsAgreement && !facts.isAgreementSigned) refuse('awards:refused.agreementFirst')
  if (paidCents <= 0n) refuse('awards:refused.nothingPaid', 'paidCents')
  if (facts.paidCents + paidCents > facts.cashCents)
    refuse('awards:refused.paidTooMuch', 'paidCents')
  if (facts.executoryOn !== undefined && paidOn < facts.executoryOn)
    refuse('awards:refused.paidTooEarly', 'paidOn')
  if (paidOn > facts.today) refuse('awards:refused.paidLater', 'paidOn')
  if (orderNumber === '') refuse('awards:refused.orderMissing', 'orderNumber')
  if (facts.isOrderNumberTaken) refuse('awards:refused.orderTaken', 'orderNumber')
  return refusals
}

export type NewAnswer = { answer: 'accepted' | 'declined'; words: string }

/** A grant is offered, never imposed; once a payment or a whole agreement binds, it is ended otherwise. */
export function answerRefusals(
  { answer, words }: NewAnswer,
  facts: {
    isAdopted: boolean
    isAnswered: boolean
    decidedCents: Cents
    paidCents: Cents
    isAgreementSigned: boolean
    isOrdered: boolean
  },
): Refusal[] {
  if (!facts.isAdopted || facts.decidedCents === 0n)
    return [refusal('awards:refused.nothingToAnswer')]
  if (facts.isAnswered) return [refusal('awards:refused.alreadyAnswered')]
  if (answer === 'accepted') return []
  const refusals: Refusal[] = []
  if (words === '') refusals.push(refusal('awards:refused.declineWords', { field: 'words' }))
  if (facts.paidCents > 0n || facts.isOrdered || facts.isAgreementSigned)
    refusals.push(refusal('awards:refused.tooLateToDecline'))
  return refusals
}
