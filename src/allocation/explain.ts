import { cents, formatEuros, formatHours, minutes, numberFormat } from '#kit'
import { type Language, type Say, sayIn } from '#platform'
import type { Claimant, Problem, Reason, Result, ResultLine } from './engine/index.ts'
import { ratioValue } from './engine/index.ts'

/** Why this association gets this split, in sentences that can be checked on the file of the problem. */
export function explain(
  problem: Problem,
  result: Result,
  associationId: string,
  language: Language,
): string[] {
  const view = viewOf(problem, result, associationId, language)
  return view ? [received(view), measured(view), ...causesIn(view)] : []
}

/** The causes alone, for a letter: no sentence in it brings euros and hours together (DOMAIN 0.1, rule 2). */
export function causes(
  problem: Problem,
  result: Result,
  associationId: string,
  language: Language,
): string[] {
  const view = viewOf(problem, result, associationId, language)
  return view ? causesIn(view) : []
}

function viewOf(
  problem: Problem,
  result: Result,
  associationId: string,
  language: Language,
): View | undefined {
  const claimant = problem.associations.find(({ id }) => id === associationId)
  const line = result.lines.find((one) => one.associationId === associationId)
  if (!claimant || !line) return undefined
  return { problem, result, claimant, line, say: sayIn(language), language }
}

function causesIn(view: View): string[] {
  return view.line.reasons.flatMap((one) => because(view, one))
}

type View = {
  problem: Problem
  result: Result
  claimant: Claimant
  line: ResultLine
  say: Say
  language: Language
}

export function euros(amountCents: number, language: Language): string {
  return formatEuros(cents(amountCents), language)
}

export function hours(count: number, language: Language): string {
  return formatHours(minutes(count), language)
}

/** `88 %`, `88.5%`: one decimal at most, never rounded up to a hundred. */
export function percent(ratio: number, language: Language): string {
  const floored = Math.floor(ratio * 1000 + 1e-9) / 1000
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(floored)
}

function received({ claimant, line, say, language }: View): string {
  const given = line.hours.reduce((sum, one) => sum + one.minutes, 0)
  const kind = line.cashCents > 0 ? (given > 0 ? 'both' : 'cash') : given > 0 ? 'hours' : 'nothing'
  return say(`allocation:received.${kind}`, {
    name: claimant.name ?? claimant.id,
    cash: euros(line.cashCents, language),
    hours: hours(given, language),
    value: euros(line.hoursValueCents, language),
  })
}

function measured({ claimant, line, say, language }: View): string {
  const values = {
    reference: euros(claimant.referenceCents, language),
    floor: euros(claimant.floorCents, language),
    total: euros(line.totalCents, language),
    percent: percent(ratioValue(line), language),
    baseline: euros(claimant.baselineCents, language),
    score: claimant.score,
  }
  if (line.stage === 'floor') return say('allocation:measured.floor', values)
  if (claimant.referenceCents === claimant.baselineCents)
    return say('allocation:measured.plain', values)
  return claimant.baselineCents > 0
    ? say('allocation:measured.reference', values)
    : say('allocation:measured.newcomer', values)
}

function because(view: View, reason: Reason): string[] {
  if (reason.needId !== undefined) return [aboutNeed(view, reason)]
  const { problem, claimant, say, language } = view
  const envelope = problem.envelopes.find(({ id }) => id === claimant.envelopeId)
  const sharing = sharersOf(view, reason.code)
  const values = {
    envelope: envelope?.name ?? claimant.envelopeId,
    amount: euros(reason.amountCents ?? 0, language),
    unit: euros(problem.cashUnitCents, language),
    count: sharing.count,
  }
  const why = say(`allocation:cash.${reason.code}`, values)
  if (reason.code !== 'CASH_LEVEL') return [why]
  // First order: what a thousand euros more would add while the same associations share the level.
  const more = Math.floor((100_000 * claimant.referenceCents) / sharing.referenceCents)
  return [
    why,
    say('allocation:sharing', values),
    say('allocation:oneThousandMore', {
      ...values,
      thousand: euros(100_000, language),
      more: euros(more - (more % 100), language),
    }),
  ]
}

type Sharing = { count: number; referenceCents: number }

/** Those of the envelope that the same reason holds at the same level, this one left out of the count. */
function sharersOf({ problem, result, claimant, line }: View, code: Reason['code']): Sharing {
  const all = sharedLevels(problem, result).get(levelKey(claimant.envelopeId, code))
  const { count = 0, referenceCents = 0 } = all ?? {}
  return line.reasons[0]?.code === code
    ? { count: count - 1, referenceCents }
    : { count, referenceCents: referenceCents + claimant.referenceCents }
}

// Three hundred associations ask the same question of the same result: counted once for all.
const countedLevels = new WeakMap<Result, Map<string, Sharing>>()

function sharedLevels(problem: Problem, result: Result): Map<string, Sharing> {
  const known = countedLevels.get(result)
  if (known) return known
  const claimants = new Map(problem.associations.map((one) => [one.id, one]))
  const levels = new Map<string, Sharing>()
  for (const { associationId, reasons } of result.lines) {
    const claimant = claimants.get(associationId)
    const code = reasons[0]?.code
    if (!claimant || !code) continue
    const key = levelKey(claimant.envelopeId, code)
    const { count, referenceCents } = levels.get(key) ?? { count: 0, referenceCents: 0 }
    levels.set(key, {
      count: count + 1,
      referenceCents: referenceCents + claimant.referenceCents,
    })
  }
  countedLevels.set(result, levels)
  return levels
}

function levelKey(envelopeId: string, code: Reason['code']): string {
  return `${code} ${envelopeId}`
}

function aboutNeed({ problem, line, say, language }: View, reason: Reason): string {
  const need = problem.needs.find(({ id }) => id === reason.needId)
  const given = line.hours.find(({ needId }) => needId === reason.needId)
  const pool = problem.pools.find(({ id }) => id === given?.poolId)
  const values = {
    family: familyName(say, need?.family ?? ''),
    asked: hours(need?.maxMinutes ?? 0, language),
    least: hours(need?.minMinutes ?? 0, language),
    given: hours(given?.minutes ?? 0, language),
    company: pool?.companyName ?? pool?.companyId ?? '',
  }
  const why = say(`allocation:hours.${reason.code}`, values)
  return given
    ? `${say('allocation:need.served', values)} ${why}`
    : `${say('allocation:need.unserved', values)} ${why}`
}

/** The family's name in words; its code when it is not one of the shipped families. */
export function familyName(say: Say, family: string): string {
  const name = say(`campaigns:family.${family}`)
  return name.endsWith(`family.${family}`) ? family : name
}
