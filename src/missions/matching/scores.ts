import { kmBetween, type PreparedOpening, type PreparedSeeker } from './prepared.ts'
import { rhythms } from './sides.ts'
import type { CauseWord, Criterion, MatchRules, RhythmWord, SkillWord } from './weights.ts'

type Pair = [PreparedSeeker, PreparedOpening, MatchRules]

const scored: Record<Criterion, (...pair: Pair) => number> = {
  skill: (seeker, opening, { points }) => points.skill[skillWord(seeker, opening)],
  fairness: fairnessPoints,
  distance: distancePoints,
  cause: (seeker, opening, { points }) => points.cause[causeWord(seeker, opening)],
  rhythm: (seeker, opening, { points }) => points.rhythm[rhythmWord(seeker, opening)],
}

/** From 0 to 100 by criterion, in whole points. */
export function scoreOf(criterion: Criterion, ...pair: Pair): number {
  return scored[criterion](...pair)
}

/** In hundredths of a point, from 0 to 10,000: whole numbers, so that every machine orders alike. */
export function totalOf(
  seeker: PreparedSeeker,
  opening: PreparedOpening,
  rules: MatchRules,
): number {
  const { weights, points } = rules
  return (
    weights.skill * points.skill[skillWord(seeker, opening)] +
    weights.fairness * fairnessPoints(seeker, opening, rules) +
    weights.distance * distancePoints(seeker, opening, rules) +
    weights.cause * points.cause[causeWord(seeker, opening)] +
    weights.rhythm * points.rhythm[rhythmWord(seeker, opening)]
  )
}

function fairnessPoints(
  seeker: PreparedSeeker,
  opening: PreparedOpening,
  { points }: MatchRules,
): number {
  return Math.floor((points.turn[seeker.turn] + points.turn[opening.turn]) / 2)
}

/** The best that the person says of it: saying more can only help. */
export function skillWord(
  seeker: PreparedSeeker,
  { family, occupation }: PreparedOpening,
): SkillWord {
  if (family === 'SOLIDARITY_DAY') return 'anyone'
  if (occupation !== undefined && seeker.occupation === occupation) return 'trade'
  if (seeker.fields.includes(family)) return 'field'
  return seeker.families.includes(family) ? 'knowHow' : 'none'
}

export function causeWord(
  seeker: PreparedSeeker,
  { cause, isPreferred }: PreparedOpening,
): CauseWord {
  if (cause === undefined) return 'unsaid'
  if (seeker.causes.includes(cause)) return 'mine'
  if (isPreferred) return 'ofCompany'
  return seeker.causes.length === 0 ? 'unsaid' : 'other'
}

export function rhythmWord(seeker: PreparedSeeker, opening: PreparedOpening): RhythmWord {
  if (seeker.rhythm === undefined) return 'unsaid'
  const steps = Math.abs(rhythms.indexOf(seeker.rhythm) - rhythms.indexOf(opening.rhythm))
  return steps === 0 ? 'same' : steps === 1 ? 'near' : 'far'
}

function distancePoints(
  seeker: PreparedSeeker,
  opening: PreparedOpening,
  { points }: MatchRules,
): number {
  if (opening.modality === 'remote') return 100
  const km = kmBetween(seeker, opening)
  if (km !== undefined) return Math.max(0, 100 - points.distance.lostPerKm * km)
  return isSamePostCode(seeker, opening) ? points.distance.samePostCode : points.distance.unknown
}

export function isSamePostCode(seeker: PreparedSeeker, opening: PreparedOpening): boolean {
  return seeker.postCode !== undefined && seeker.postCode === opening.postCode
}
