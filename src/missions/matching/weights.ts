import { type Day, day } from '#kit'

export const criteria = ['skill', 'fairness', 'distance', 'cause', 'rhythm'] as const
export type Criterion = (typeof criteria)[number]

/** How missions are put in order, from a day on: what the published page shows is read from here. */
export type MatchRules = {
  version: number
  from: Day
  /** Of a hundred. */
  weights: Record<Criterion, number>
  points: {
    skill: Record<SkillWord, number>
    cause: Record<CauseWord, number>
    rhythm: Record<RhythmWord, number>
    /** Of the person's turn and of the association's: the score is the mean of both. */
    turn: Record<Turn, number>
    distance: { unknown: number; samePostCode: number; lostPerKm: number }
  }
}

/** `trade`: the very trade asked; `field`: a trade of that family; `knowHow`: a family one ticked. */
export type SkillWord = 'anyone' | 'trade' | 'field' | 'knowHow' | 'none'
export type CauseWord = 'mine' | 'ofCompany' | 'unsaid' | 'other'
export type RhythmWord = 'same' | 'unsaid' | 'near' | 'far'
/** From whoever waits the most to whoever waits the least. */
export const turns = ['never', 'notThisYear', 'onceThisYear', 'more'] as const
export type Turn = (typeof turns)[number]

/** Never edited: another way of ordering is another version, from another day on. */
export const versions: readonly MatchRules[] = [
  {
    version: 1,
    from: day('2026-01-01'),
    weights: { skill: 40, fairness: 20, distance: 15, cause: 15, rhythm: 10 },
    points: {
      skill: { anyone: 100, trade: 100, field: 85, knowHow: 70, none: 0 },
      cause: { mine: 100, ofCompany: 80, unsaid: 50, other: 20 },
      rhythm: { same: 100, unsaid: 50, near: 40, far: 0 },
      turn: { never: 100, notThisYear: 70, onceThisYear: 30, more: 0 },
      distance: { unknown: 50, samePostCode: 90, lostPerKm: 4 },
    },
  },
]

/** The version that orders missions on that day. */
export function matchRulesOn(on: Day): MatchRules {
  const known = versions.findLast(({ from }) => from <= on) ?? versions[0]
  if (!known) throw new Error('matching has no version')
  return known
}
