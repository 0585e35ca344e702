import { type Day, parseDay, type Refused, refusal } from '#kit'
import type { Typed } from '#platform'
import {
  type Answers,
  answerChoices,
  cashBases,
  criteriaOfGeneralInterest,
  type EligibilityInput,
  hoursBases,
} from './eligibility.ts'
import type { FileView } from './file-view.ts'
import type { Criterion } from './marks.ts'

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
    const evidence = (typed.cashEvidence ?? '').slice(0, 2000)
    return basis ? { subject, basis, evidence } : refusedBasis('cashBasis')
  }
  const basis = hoursBases.find((known) => known === typed.hoursBasis)
  const evidence = (typed.hoursEvidence ?? '').slice(0, 2000)
  return basis
    ? { subject: 'hours', basis, evidence, answers: readAnswers(typed) }
    : refusedBasis('hoursBasis')
}

function refusedBasis(field: string): Refused {
  return { refusals: [refusal('review:refused.noBasis', { field })] }
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
    ...(cash && { cashBasis: cash.basis, cashEvidence: cash.evidence }),
    ...(hours && { hoursBasis: hours.basis, hoursEvidence: hours.evidence, ...hours.answers }),
    agentId: view.agentId ?? '',
  }
}
