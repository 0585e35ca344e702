import { depositedApplications } from '#applications'
import type { Campaign } from '#campaigns'
import { cents, isId, minutes } from '#kit'
import { digestOf, type Tx } from '#platform'
import { type Assumptions, readAssumptions } from './assumptions.ts'
import { brokenPromises, inOrder, type Problem, type Result, readProblem } from './engine/index.ts'
import { explain } from './explain.ts'
import { type Figures, figuresOf, type ProposedLine } from './lines.ts'
import { linesOf } from './rules.ts'
import { proposedScenarioId, type ScenarioHead, scenarioById } from './store.ts'

/** A sealed scenario opened: its lines, its figures, and whether its seal still holds. */
export type Scenario = ScenarioHead & {
  assumptions: Assumptions
  problem: Problem
  result: Result
  lines: ProposedLine[]
  figures: Figures
  /** Recounted just now: digests agree and no promise, envelope or cap is broken. */
  isSound: boolean
}

export async function scenarioOf(
  tx: Tx,
  campaign: Campaign,
  id: string,
): Promise<Scenario | undefined> {
  const stored = isId(id) ? await scenarioById(tx, campaign, id) : undefined
  if (!stored) return undefined
  const deposited = await depositedApplications(tx, campaign)
  // Sealed by computeScenario: the digests below say whether it is still what was written.
  const problem = stored.problem as Problem
  const result = stored.result as Result
  // Put in words only where somebody reads them.
  const lines = linesOf({ problem, result }, deposited, (associationId) => ({
    get fr() {
      return explain(problem, result, associationId, 'fr')
    },
    get en() {
      return explain(problem, result, associationId, 'en')
    },
  }))
  return {
    ...stored,
    assumptions: readAssumptions(stored.assumptions),
    problem,
    result,
    lines,
    figures: figuresOf(lines, supplyOf(problem)),
    isSound: isSound(stored, problem, result),
  }
}

export type Proposal = {
  scenarioId: string
  name: string
  lines: ProposedLine[]
  figures: Figures
  problemSha256: string
  resultSha256: string
}

/** What stands before the council now, if anything does. */
export async function currentProposal(tx: Tx, campaign: Campaign): Promise<Proposal | undefined> {
  const scenarioId = await proposedScenarioId(tx, campaign)
  const scenario = scenarioId === undefined ? undefined : await scenarioOf(tx, campaign, scenarioId)
  if (!scenario) return undefined
  const { name, lines, figures, problemSha256, resultSha256 } = scenario
  return { scenarioId: scenario.id, name, lines, figures, problemSha256, resultSha256 }
}

function supplyOf(problem: Problem) {
  return {
    envelopeCents: cents(problem.envelopes.reduce((sum, { cashCents }) => sum + cashCents, 0)),
    minutes: minutes(problem.pools.reduce((sum, pool) => sum + pool.minutes, 0)),
    companyCount: new Set(problem.pools.map(({ companyId }) => companyId)).size,
  }
}

function isSound(stored: ScenarioHead, problem: Problem, result: Result): boolean {
  return (
    !('refusals' in readProblem(problem)) &&
    digestOf(inOrder(problem)) === stored.problemSha256 &&
    result.problemSha256 === stored.problemSha256 &&
    digestOf(result) === stored.resultSha256 &&
    brokenPromises(problem, result).length === 0
  )
}
