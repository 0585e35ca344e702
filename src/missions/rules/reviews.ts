import { type Day, type Refusal, refusal } from '#kit'
import { type Mission, stateOf } from './states.ts'

/** The two who met: the employer of the one who helped is not asked, and reads nothing. */
export const reviewSides = ['employee', 'association'] as const
export type ReviewSide = (typeof reviewSides)[number]

export const goals = ['yes', 'partly', 'no'] as const
export type Goal = (typeof goals)[number]

export type Review = {
  side: ReviewSide
  goal: Goal
  wouldAgain: boolean
  words: string
}

const WORDS_MAX = 200

/** A mission that somebody worked on and that is over: its hours done, ended early, or its last day past. */
export function isToReview(mission: Mission, today: Day): boolean {
  const { agreement } = mission
  // What is lent at cost is the parties' own affair.
  if (!agreement?.effectiveAt || agreement.route === 'loan') return false
  const state = stateOf(mission)
  return state === 'complete' || state === 'ended' || agreement.endsOn < today
}

export type Answered = { goal: string; wouldAgain: string; words: string }

export function reviewRefusals(
  mission: Mission,
  asked: Answered,
  known: { today: Day; isSaid: boolean },
): Refusal[] {
  if (!isToReview(mission, known.today)) return [refusal('reviews:refused.notOver')]
  if (known.isSaid) return [refusal('reviews:refused.saidAlready')]
  const refusals: Refusal[] = []
  if (!goals.some((goal) => goal === asked.goal))
    refusals.push(refusal('reviews:refused.goal', { field: 'goal' }))
  if (asked.wouldAgain !== 'yes' && asked.wouldAgain !== 'no')
    refusals.push(refusal('reviews:refused.again', { field: 'wouldAgain' }))
  if (asked.words.length > WORDS_MAX)
    refusals.push(refusal('reviews:refused.words', { field: 'words', most: WORDS_MAX }))
  return refusals
}

/** Fewer would let somebody recognise an answer (DOMAIN 9: minAggregate). */
export const REVIEWS_MIN = 5

export type ReviewTotals = {
  side: ReviewSide
  count: number
  /** Undefined where there are too few answers to show. */
  shown: { goals: Record<Goal, number>; again: number } | undefined
}

export function totalsOf(reviews: Pick<Review, 'side' | 'goal' | 'wouldAgain'>[]): ReviewTotals[] {
  return reviewSides.map((side) => {
    const own = reviews.filter((review) => review.side === side)
    const ofGoal = (goal: Goal) => own.filter((review) => review.goal === goal).length
    const again = own.filter(({ wouldAgain }) => wouldAgain).length
    const counted = { yes: ofGoal('yes'), partly: ofGoal('partly'), no: ofGoal('no') }
    const isShown = own.length >= REVIEWS_MIN
    return { side, count: own.length, shown: isShown ? { goals: counted, again } : undefined }
  })
}
