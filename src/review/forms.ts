import { type Day, parseDay, type Refusal, type Refused, refusal } from '#kit'
import type { Typed } from '#platform'
import {
  type Answers,
  answerChoices,
  cashBases,
  criteriaOfGeneralInterest,
  type EligibilityCheck,
  type EligibilityInput,
  hoursBases,
  type Subject,
} from './eligibility.ts'
import type { FileView } from './file-view.ts'
import type { Criterion } from './marks.ts'
import { waitingList } from './rules.ts'

/** The only door through which a reviewer's typed words become decisions. */
export function readMissing(
  typed: Typed,
): { missing: string; answerBy?: Day | undefined } | Refused {
  const missing = (typed.missing ?? '').trim().slice(0, 4000)
  const isAsking = typed.asks === 'yes'
  if (isAsking && !missing)
    return { refusals: [refusal('review:refused.nothingMissing', { field: 'missing' })] }
  return isAsking ? { missing, answerBy: parseDay(typed.answerBy ?? '') } : { missing: '' }
}

export function readEligibility(typed: Typed, subject: string): EligibilityInput | Refused {
  if (subject === 'cash') {
    const basis = cashBases.find((known) => known === typed.cashBasis)
    const refusals = refusalsForTyped(typed, { subject, basis })
    return basis && refusals.length === 0
      ? { subject, basis, ...readEvidence(typed, subject) }
      : { refusals }
  }
  const basis = hoursBases.find((known) => known === typed.hoursBasis)
  const refusals = refusalsForTyped(typed, { subject: 'hours', basis })
  return basis && refusals.length === 0
    ? { subject: 'hours', basis, ...readEvidence(typed, 'hours'), answers: readAnswers(typed) }
    : { refusals }
}

function readEvidence(typed: Typed, subject: Subject) {
  return {
    evidence: (typed[`${subject}Evidence`] ?? '').slice(0, 2000),
    pieceId: typed[`${subject}Piece`] || undefined,
    expiresOn: parseDay(typed[`${subject}ExpiresOn`] ?? ''),
  }
}

function refusalsForTyped(
  typed: Typed,
  { subject, basis }: { subject: Subject; basis: string | undefined },
): Refusal[] {
  const refusals: Refusal[] = []
  if (!basis) refusals.push(refusal('review:refused.noBasis', { field: `${subject}Basis` }))
  const until = (typed[`${subject}ExpiresOn`] ?? '').trim()
  if (until && !parseDay(until))
    refusals.push(refusal('review:refused.notADay', { field: `${subject}ExpiresOn` }))
  return refusals
}

export function readAnswers(typed: Typed): Answers {
  const pairs = criteriaOfGeneralInterest.flatMap((criterion) => {
    const answer = answerChoices.find((known) => known === typed[criterion])
    return answer ? [[criterion, answer] as const] : []
  })
  return Object.fromEntries(pairs)
}

export function readMarks(typed: Typed, criteria: Criterion[]) {
  const pairs = criteria.flatMap(({ id }) => {
    const text = typed[`mark-${id}`] ?? ''
    return /^\d$/.test(text) ? [[id, Number(text)] as const] : []
  })
  return {
    marks: Object.fromEntries(pairs),
    comment: (typed.comment ?? '').slice(0, 4000),
    reason: (typed.markReason ?? '').slice(0, 500),
  }
}

export function readMessage(typed: Typed): { words: string; onceKey: string } {
  return { words: (typed.message ?? '').trim().slice(0, 4000), onceKey: typed.once ?? '' }
}

/** A reviewer's own words and marks, and the last checks, as they would be typed. */
export function typedOfView(view: FileView): Typed {
  const { eligibilities } = view
  const { ownMarks, ownOpinion } = view.marking
  const { cash, hours } = eligibilities
  return {
    ...Object.fromEntries(
      ownMarks.map(({ criterionId, mark }) => [`mark-${criterionId}`, String(mark)]),
    ),
    comment: ownOpinion?.comment ?? '',
    ...(cash && typedOfCheck(cash)),
    ...(hours && { ...typedOfCheck(hours), ...hours.answers }),
    // Asked again: the list that waits, to be completed, and not another one.
    missing: waitingList(view.checks),
    agentId: view.agentId ?? '',
  }
}

function typedOfCheck({
  subject,
  basis,
  evidence,
  evidencePieceId,
  outcome,
  expiresOn,
}: EligibilityCheck): Typed {
  return {
    [`${subject}Basis`]: basis,
    [`${subject}Evidence`]: evidence,
    [`${subject}Piece`]: evidencePieceId ?? '',
    // The year of a declaration is counted anew, not typed.
    [`${subject}ExpiresOn`]: outcome === 'declared' ? '' : (expiresOn ?? ''),
  }
}
