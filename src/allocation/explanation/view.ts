import type { Language, Say } from '#platform'
import type { Claimant, Problem, ResultLine } from '../engine/index.ts'
import type { ResultIndex } from './result-index.ts'

/** What a sentence is drawn from: the rows of the problem and of the result, and nothing else. */
export type View = {
  problem: Problem
  index: ResultIndex
  claimant: Claimant
  line: ResultLine
  say: Say
  language: Language
  /** Associations whose names the reader may not see beside a rate: those of a declared tie. */
  unnamed: ReadonlySet<string>
  /** Associations whose score the reader may not see yet, nor what it is read from. */
  unscored: ReadonlySet<string>
}

export type Hiding = Partial<Pick<View, 'unnamed' | 'unscored'>>

/** The score weighs on this line, and the reader has not given theirs. */
export function isScoreHidden({ problem, claimant, unscored }: View): boolean {
  return unscored.has(claimant.id) && problem.scoreWeights.some(({ percent }) => percent !== 100)
}

export const NAMES_MAX = 3

/** Undefined when it has none, or not for this reader. */
export function nameOf({ index, unnamed }: View, associationId: string): string | undefined {
  return unnamed.has(associationId) ? undefined : index.associations.get(associationId)?.name
}
