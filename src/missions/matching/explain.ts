import { formatHours } from '#kit'
import type { Say } from '#platform'
import type { Gate } from './gates.ts'
import { kmBetween, type PreparedOpening, type PreparedSeeker } from './prepared.ts'
import { causeWord, isSamePostCode, rhythmWord, scoreOf, skillWord } from './scores.ts'
import { type Criterion, criteria, type MatchRules, turns } from './weights.ts'

export type Line = { criterion: Criterion; weight: number; points: number; sentences: string[] }

type Shown = { say: Say; language: string }

/** Each criterion with its points and, where there is something to say, its sentences. */
export function linesOf(
  seeker: PreparedSeeker,
  opening: PreparedOpening,
  rules: MatchRules,
  { say }: Shown,
): Line[] {
  return criteria.map((criterion) => ({
    criterion,
    weight: rules.weights[criterion],
    points: scoreOf(criterion, seeker, opening, rules),
    sentences: keysOf[criterion](seeker, opening).map(([key, values]) => say(key, values)),
  }))
}

type Sentence = [key: string, values?: Record<string, unknown>]

type Told = (seeker: PreparedSeeker, opening: PreparedOpening) => Sentence[]

const keysOf: Record<Criterion, Told> = {
  skill: (...pair) => {
    const word = skillWord(...pair)
    return [[`matching:skill.${word}`]]
  },
  fairness: (seeker, opening) => {
    const own: Sentence = [`matching:turn.${seeker.turn}`]
    const theirs: Sentence = [`matching:associationTurn.${opening.turn}`]
    return turns.indexOf(seeker.turn) <= turns.indexOf(opening.turn) ? [own, theirs] : [theirs, own]
  },
  distance: (...pair) => [distanceSentence(...pair)],
  cause: (...pair) => {
    const word = causeWord(...pair)
    return [[`matching:causeWord.${word}`]]
  },
  rhythm: (...pair) => {
    const word = rhythmWord(...pair)
    return [[`matching:rhythmWord.${word}`]]
  },
}

function distanceSentence(seeker: PreparedSeeker, opening: PreparedOpening): Sentence {
  if (opening.modality === 'remote') return ['matching:distance.remote']
  const km = kmBetween(seeker, opening)
  if (km === 0) return ['matching:distance.near']
  if (km !== undefined) return ['matching:distance.km', { km }]
  return isSamePostCode(seeker, opening)
    ? ['matching:distance.samePostCode']
    : ['matching:distance.unknown']
}

/** What is worth a first look: the sentences that speak for the mission, the heaviest first. */
export function reasonsOf(lines: Line[]): string[] {
  return lines
    .filter(({ points }) => points >= WORTH_SAYING)
    .sort((a, b) => b.points * b.weight - a.points * a.weight)
    .flatMap(({ sentences }) => sentences.slice(0, 1))
    .slice(0, 3)
}

const WORTH_SAYING = 60

/** Why a mission is not proposed, with what would open it again. */
export function gateSentence(
  gate: Gate,
  seeker: PreparedSeeker,
  opening: PreparedOpening,
  { say, language }: Shown,
): string {
  const most = opening.policy.yearMinutesMax
  return say(`matching:gate.${gate}`, {
    reach: seeker.reachKm,
    km: kmBetween(seeker, opening),
    most: most === undefined ? '' : formatHours(most, language),
    hours: formatHours(opening.agreedMinutes, language),
  })
}
