import { type Cents, cents, type Minutes, minutes } from '#kit'
import type { Problem, Result, ResultLine } from './format.ts'
import { byLevel } from './plan.ts'
import { ratioValue } from './ratios.ts'
import { type FamilyUse, familiesOf } from './unused-hours.ts'

/** The split in a few figures, for the four boxes of a page and for the public report. */
export type Summary = {
  baselineCents: Cents
  cashCents: Cents
  envelopeCents: Cents
  /** Last year's cash less this year's: not positive when cash rises. */
  fallCents: Cents
  usedMinutes: Minutes
  pledgedMinutes: Minutes
  hoursValueCents: Cents
  /** Indicative value of hours over the fall; undefined when nothing falls (DOMAIN 8.5). */
  compensatedShare: number | undefined
  lowest: { associationId: string; ratio: number; stage: 'floor' | 'reference' } | undefined
  /** 0: all served at the same rate of their reference; 1: one has all. */
  gini: number
  /** What whole blocks and one company a mission leave of the even split, and what they cost it. */
  deliveredShare: number
  gapCents: Cents
  families: FamilyUse[]
}

export function summary(problem: Problem, result: Result): Summary {
  const baselineCents = total(problem.associations.map((row) => row.baselineCents))
  const cashCents = total(result.lines.map((line) => line.cashCents))
  const fallCents = cents(baselineCents - cashCents)
  const hoursValueCents = total(result.lines.map((line) => line.hoursValueCents))
  const families = familiesOf(problem, result)
  const order = byLevel(problem)
  const lowest = result.lines.reduce<ResultLine | undefined>(
    (least, line) => (least === undefined || order(line, least) < 0 ? line : least),
    undefined,
  )
  return {
    baselineCents,
    cashCents,
    envelopeCents: total(problem.envelopes.map((row) => row.cashCents)),
    fallCents,
    usedMinutes: minutes(families.reduce((sum, one) => sum + one.usedMinutes, 0n)),
    pledgedMinutes: minutes(families.reduce((sum, one) => sum + one.pledgedMinutes, 0n)),
    hoursValueCents,
    compensatedShare: fallCents > 0n ? Number(hoursValueCents) / Number(fallCents) : undefined,
    lowest: lowest && {
      associationId: lowest.associationId,
      ratio: ratioValue(lowest),
      stage: lowest.stage,
    },
    gini: giniOf(problem, result),
    deliveredShare: result.relaxedCents > 0 ? result.deliveredCents / result.relaxedCents : 1,
    gapCents: cents(result.relaxedCents - result.deliveredCents),
    families,
  }
}

function total(values: number[]): Cents {
  return cents(values.reduce((sum, value) => sum + BigInt(value), 0n))
}

/** Of total over reference, each association counting once. */
function giniOf(problem: Problem, { lines }: Result): number {
  const references = new Map(problem.associations.map((row) => [row.id, row.referenceCents]))
  const ratios = lines
    .map((line) => line.totalCents / (references.get(line.associationId) ?? 1))
    .sort((a, b) => a - b)
  const sum = ratios.reduce((all, ratio) => all + ratio, 0)
  if (sum === 0) return 0
  const ranked = ratios.reduce(
    (all, ratio, rank) => all + (2 * (rank + 1) - ratios.length - 1) * ratio,
    0,
  )
  return ranked / (ratios.length * sum)
}
