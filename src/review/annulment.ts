import { type Refusal, refusal } from '#kit'
import type { EligibilityCheck } from './eligibility.ts'

/** An agent's word that a finding was recorded by mistake, and the second look at it. */
export type Annulment = {
  id: string
  reason: string
  askedBy: string
  askedAt: Date
  answer: { isAnnulled: boolean; at: Date } | undefined
}

/** A finding in its history, with the last word on its annulment. */
export type Finding = EligibilityCheck & { rank: number; annulment: Annulment | undefined }

export type FindingState = 'standing' | 'asked' | 'annulled'

export function findingState({ annulment }: Pick<Finding, 'annulment'>): FindingState {
  if (!annulment) return 'standing'
  if (!annulment.answer) return 'asked'
  return annulment.answer.isAnnulled ? 'annulled' : 'standing'
}

export const REASON_CHARACTERS_MAX = 500

export function refusalsToAsk(finding: Finding, reason: string, field: string): Refusal[] {
  const refusals: Refusal[] = []
  const state = findingState(finding)
  if (state !== 'standing') refusals.push(refusal(`review:refused.annulment.${state}`))
  if (reason === '' || reason.length > REASON_CHARACTERS_MAX)
    refusals.push(
      refusal('review:refused.annulment.reason', { field, most: REASON_CHARACTERS_MAX }),
    )
  return refusals
}

/** A second look is somebody else's: whoever asked does not answer, whatever roles they hold. */
export function refusalsToAnswer(finding: Finding, personId: string): Refusal[] {
  if (findingState(finding) !== 'asked') return [refusal('review:refused.annulment.notAsked')]
  return finding.annulment?.askedBy === personId
    ? [refusal('review:refused.annulment.samePerson')]
    : []
}
