import { numberFormat } from '#kit'
import { type Language, sayIn } from '#platform'
import {
  type Problem,
  type Reason,
  type Result,
  ratioValue,
  resultFormat,
  type ScoreWeight,
} from './engine/index.ts'
import { cashChanges, hoursChanges } from './explanation/changes.ts'
import { aboutNeed } from './explanation/needs.ts'
import { indexOf } from './explanation/result-index.ts'
import { type Hiding, isScoreHidden, NAMES_MAX, nameOf, type View } from './explanation/view.ts'
import { euros, hours, listed, percent } from './explanation/wording.ts'

/** Why this association gets this split, in sentences that can be checked on the file of the problem. */
export function explain(
  problem: Problem,
  result: Result,
  associationId: string,
  language: Language,
  hiding: Hiding = {},
): string[] {
  const view = viewOf(problem, result, associationId, language, hiding)
  return view
    ? [received(view), measured(view), ...cashSide(view), ...hoursChanges(view), ...needsSide(view)]
    : []
}

/** The causes alone, for a letter: no sentence in it brings euros and hours together (DOMAIN 0.1, rule 2). */
export function causes(
  problem: Problem,
  result: Result,
  associationId: string,
  language: Language,
): string[] {
  const view = viewOf(problem, result, associationId, language, {})
  return view ? [...cashSide(view), ...needsSide(view)] : []
}

function viewOf(
  problem: Problem,
  result: Result,
  associationId: string,
  language: Language,
  { unnamed = new Set(), unscored = new Set() }: Hiding,
): View | undefined {
  // A season kept in an older format has no margins to tell.
  if (result.format !== resultFormat) return undefined
  const index = indexOf(problem, result)
  const claimant = index.associations.get(associationId)
  const line = index.lines.get(associationId)
  if (!claimant || !line) return undefined
  return { problem, index, claimant, line, say: sayIn(language), language, unnamed, unscored }
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

/** Its reference or its floor, and how much of it the split covers. */
function measured(view: View): string {
  const { problem, claimant, line, say, language } = view
  const { basisCents, baselineCents, referenceCents, score } = claimant
  const values = {
    reference: euros(referenceCents, language),
    floor: euros(claimant.floorCents, language),
    total: euros(line.totalCents, language),
    percent: percent(ratioValue(line), language),
    basis: euros(basisCents ?? baselineCents, language),
    weight: percentFormat(language).format(weightAt(score, problem.scoreWeights)),
    score,
  }
  if (isScoreHidden(view)) return say('allocation:measured.unscored')
  const isNew = baselineCents === 0
  const start = isNew ? 'newcomer' : 'past'
  const isWeighed = basisCents !== undefined && basisCents !== referenceCents
  const given = referenceCents === baselineCents ? 'plain' : 'given'
  const kind = isWeighed ? `${start}Weighed` : isNew ? start : given
  const measure = say(`allocation:measured.${kind}`, values)
  if (line.totalCents === 0 && line.stage === 'reference') return measure
  const part = line.stage === 'floor' ? 'allocation:covered.floor' : 'allocation:covered.rate'
  return `${measure} ${say(part, values)}`
}

function percentFormat(language: Language) {
  return numberFormat(language, { style: 'percent', maximumFractionDigits: 2 })
}

/** κ as a share: 1.04 for 104 %. Linear between two points, constant beyond. */
function weightAt(score: number, weights: ScoreWeight[]): number {
  const after = weights.findIndex((point) => point.score >= score)
  const high = weights.at(after)
  const low = weights[after - 1]
  if (!high) return 1
  if (!low || after < 0) return high.percent / 100
  const part = (score - low.score) / (high.score - low.score)
  return (low.percent + part * (high.percent - low.percent)) / 100
}

function cashSide(view: View): string[] {
  const { line, say } = view
  const [reason] = line.reasons
  if (!reason) return []
  const values = cashValues(view, reason)
  const cause = cashCause(view, reason)
  const why = say(`allocation:cash.${cause}`, values)
  const sharing = line.margins.envelope ? [say('allocation:sharing', values)] : []
  return [why, ...sharing, ...cashChanges(view, reason)]
}

/** The cause told: of two that share a code, the one that this line's own numbers show. */
function cashCause({ line }: View, { code, amountCents }: Reason): string {
  if (code === 'CASH_LEVEL' && line.cashCents === 0) return 'NO_CASH_LEFT'
  if (code !== 'OWN_REQUEST_CAP') return code
  if (amountCents === 0) return 'NOT_CASH_ELIGIBLE'
  return line.cashCents === amountCents ? code : 'ROUNDED_REQUEST'
}

function cashValues(view: View, { amountCents = 0 }: Reason) {
  const { problem, index, claimant, language } = view
  const ids = index.sharings.get(claimant.envelopeId)?.ids ?? []
  return {
    envelope: envelopeName(view),
    amount: euros(amountCents, language),
    unit: euros(problem.cashUnitCents, language),
    count: ids.length - 1,
    who: sharersNamed(view, ids),
  }
}

/** `: A et B`, or `, dont A, B et C` when they are more; nothing when the file has no names. */
function sharersNamed(view: View, ids: string[]): string {
  const { claimant, say, language } = view
  const others = ids.slice(0, NAMES_MAX + 1).filter((id) => id !== claimant.id)
  const names = others.slice(0, NAMES_MAX).flatMap((id) => nameOf(view, id) ?? [])
  if (names.length === 0) return ''
  const kind = names.length === ids.length - 1 ? 'all' : 'some'
  return say(`allocation:sharers.${kind}`, { names: listed(names, language) })
}

function envelopeName({ index, claimant }: View): string {
  return index.envelopes.get(claimant.envelopeId)?.name ?? claimant.envelopeId
}

function needsSide(view: View): string[] {
  return view.line.reasons.flatMap((reason) =>
    reason.needId === undefined ? [] : [aboutNeed(view, reason)],
  )
}
