import type {
  Claimant,
  Company,
  Envelope,
  Need,
  Pool,
  Problem,
  Result,
  ResultLine,
} from '../engine/index.ts'
import { compareLevels, type Level, levelOf } from '../engine/plan.ts'

/** One envelope: who shares what comes next, where the last unit given started, and what is left. */
export type Sharing = {
  ids: string[]
  lastStart: Level | undefined
  leftCents: number
  /** What keeps the useful minima, and who comes back first when all of them fit again. */
  keptCents: number
  firstBack: Claimant | undefined
}

export type ResultIndex = {
  associations: Map<string, Claimant>
  lines: Map<string, ResultLine>
  envelopes: Map<string, Envelope>
  companies: Map<string, Company>
  pools: Map<string, Pool>
  needs: Map<string, Need>
  sharings: Map<string, Sharing>
  /** Who has hours of a pool, and the pools of a company. */
  helpedBy: Map<string, string[]>
  poolsOf: Map<string, Pool[]>
  /** Value of the hours of each need in the even target. */
  evenHours: Map<string, number>
  levels: Result['levels']
}

// Thousands of associations ask the same questions of the same result: counted once for all.
const known = new WeakMap<Result, ResultIndex>()

export function indexOf(problem: Problem, result: Result): ResultIndex {
  const index = known.get(result) ?? indexed(problem, result)
  known.set(result, index)
  return index
}

function indexed(problem: Problem, result: Result): ResultIndex {
  const byId = <Row extends { id: string }>(rows: Row[]) =>
    new Map(rows.map((row) => [row.id, row]))
  const index: ResultIndex = {
    associations: byId(problem.associations),
    lines: new Map(result.lines.map((line) => [line.associationId, line])),
    envelopes: byId(problem.envelopes),
    companies: byId(problem.companies),
    pools: byId(problem.pools),
    needs: byId(problem.needs),
    sharings: new Map(problem.envelopes.map(({ id, cashCents }) => [id, newSharing(cashCents)])),
    helpedBy: new Map(),
    evenHours: new Map(),
    levels: result.levels,
    poolsOf: Map.groupBy(problem.pools, ({ companyId }) => companyId),
  }
  for (const { needId, valueCents } of result.relaxedHours)
    index.evenHours.set(needId, (index.evenHours.get(needId) ?? 0) + valueCents)
  for (const line of result.lines) addLine(index, line, problem.cashUnitCents)
  return index
}

function addLine(index: ResultIndex, line: ResultLine, unitCents: number) {
  for (const { poolId } of line.hours) {
    const helped = index.helpedBy.get(poolId)
    if (helped) helped.push(line.associationId)
    else index.helpedBy.set(poolId, [line.associationId])
  }
  const row = index.associations.get(line.associationId)
  const sharing = index.sharings.get(row?.envelopeId ?? '')
  if (!row || !sharing) return
  sharing.leftCents -= line.cashCents
  const code = line.reasons[0]?.code
  if (code === 'DROPPED_BELOW_MIN') {
    if (!sharing.firstBack || row.score > sharing.firstBack.score) sharing.firstBack = row
    return
  }
  const leastCents = code === 'PINNED' ? line.cashCents : leastOf(row, unitCents)
  sharing.keptCents += leastCents
  if (line.margins.envelope) sharing.ids.push(line.associationId)
  // Whoever its own request stops has had units of the sharing too.
  if (line.cashCents <= leastCents) return
  const start = levelOf(line.totalCents - unitCents, row)
  if (!sharing.lastStart || compareLevels(start, sharing.lastStart) > 0) sharing.lastStart = start
}

function newSharing(leftCents: number): Sharing {
  return { ids: [], lastStart: undefined, leftCents, keptCents: 0, firstBack: undefined }
}

/** The useful minimum, in whole units of cash. */
export function leastOf(row: Claimant, unitCents: number): number {
  const mostCents = row.isCashEligible ? Math.min(row.requestCents, row.totalCapCents) : 0
  const usefulCents = Math.ceil(row.usefulCents / unitCents) * unitCents
  return Math.min(usefulCents, mostCents - (mostCents % unitCents))
}

/** How much larger the envelope would be when the first of those set aside comes back, and all shares change. */
export function returnOf(
  { sharings, envelopes }: ResultIndex,
  envelopeId: string,
  unitCents: number,
) {
  const { firstBack, keptCents = 0 } = sharings.get(envelopeId) ?? {}
  if (!firstBack) return undefined
  const cashCents = envelopes.get(envelopeId)?.cashCents ?? 0
  return { claimant: firstBack, cents: keptCents + leastOf(firstBack, unitCents) - cashCents }
}

/** A higher request would bring cash: some is left, its useful minimum was cut by it, or its next unit would start before the last one given. */
export function wouldTakeMore(
  { sharings }: ResultIndex,
  row: Claimant,
  line: ResultLine,
  unitCents: number,
): boolean {
  const sharing = sharings.get(row.envelopeId)
  if (!sharing || line.totalCents + unitCents > row.totalCapCents) return false
  if (sharing.leftCents >= unitCents || row.usefulCents > line.cashCents) return true
  return (
    sharing.lastStart !== undefined &&
    compareLevels(levelOf(line.totalCents, row), sharing.lastStart) < 0
  )
}
