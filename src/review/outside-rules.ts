import { type Day, type Refusal, refusal } from '#kit'

export const verdicts = ['favourable', 'reserved', 'unfavourable'] as const
export type Verdict = (typeof verdicts)[number]

/** What the agent lets an outside person see: never a piece. */
export type Shows = { showsProject: boolean; showsNeeds: boolean; showsAmounts: boolean }

export type OutsideRequest = Shows & {
  id: string
  applicationId: string
  recipient: string
  recipientName: string
  capacity: string
  question: string
  answerBy: Day
  askedBy: string
  askedByName: string
  askedAt: Date
  withdrawnAt: Date | undefined
  /** The person behind this mailbox has declared an interest, here or in the answer. */
  isRecused: boolean
  answer: OutsideAnswer | undefined
  answersCount: number
}

export type OutsideAnswer = {
  verdict: Verdict | undefined
  words: string
  hasInterest: boolean
  givenAt: Date
}

export type OutsideInput = Shows & {
  recipient: string
  recipientName: string
  capacity: string
  question: string
  answerBy: Day | undefined
}

export type AnswerInput = { verdict: Verdict | undefined; words: string; hasInterest: boolean }

export type OutsideState = 'waiting' | 'given' | 'setAside' | 'withdrawn' | 'expired'

export function outsideStateOf(request: OutsideRequest, today: Day): OutsideState {
  if (request.withdrawnAt) return 'withdrawn'
  if (request.isRecused) return 'setAside'
  if (request.answer) return 'given'
  return request.answerBy < today ? 'expired' : 'waiting'
}

/** Answered or revised until the end of its last day; never once withdrawn or set aside. */
export function isLinkOpen(request: OutsideRequest, today: Day): boolean {
  return !request.withdrawnAt && !request.isRecused && request.answerBy >= today
}

/** More is no longer somebody changing their mind. */
const ANSWERS_MAX = 20

export function refusalsForRequest(input: OutsideInput, today: Day): Refusal[] {
  const refusals: Refusal[] = []
  const miss = (field: keyof OutsideInput) =>
    refusals.push(refusal(`review:refused.outside.${field}`, { field }))
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(input.recipient)) miss('recipient')
  if (!input.recipientName) miss('recipientName')
  if (!input.capacity) miss('capacity')
  if (!input.question) miss('question')
  if (!input.answerBy || input.answerBy <= today) miss('answerBy')
  return refusals
}

export function refusalsForAnswer(
  { verdict, words, hasInterest }: AnswerInput,
  answersCount: number,
): Refusal[] {
  if (answersCount >= ANSWERS_MAX) return [refusal('review:refused.outside.tooMany')]
  if (hasInterest) return []
  const refusals: Refusal[] = []
  if (!verdict) refusals.push(refusal('review:refused.outside.verdict', { field: 'verdict' }))
  if (!words) refusals.push(refusal('review:refused.outside.words', { field: 'words' }))
  return refusals
}
