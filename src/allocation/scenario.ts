import { depositedApplications } from '#applications'
import { type Campaign, envelopesOf } from '#campaigns'
import { isId, sumMinutes } from '#kit'
import { digestOf, sha256, type Tx } from '#platform'
import { type Assumptions, assumptionsOf, readAssumptions } from './assumptions.ts'
import { type Problem, type Result, readProblem, withoutNames } from './engine/index.ts'
import type { Hiding } from './explanation/view.ts'
import {
  type Asked,
  type Figures,
  figuresOf,
  linesOf,
  type ProposedLine,
  supplyIn,
} from './lines.ts'
import { proposedScenario, type ScenarioHead, type StoredScenario, scenarioById } from './store.ts'
import { verify } from './verifier/index.ts'

/** A sealed scenario opened: its lines, its figures, and whether its seal still holds. */
export type Scenario = ScenarioHead & {
  assumptions: Assumptions
  problem: Problem
  result: Result
  lines: ProposedLine[]
  figures: Figures
  /** These very bytes were recounted: digests agree and the verifier finds nothing. */
  isSound: boolean
}

/** Reasons name nobody with whom the reader declared a tie, and tell no score that is not theirs to see yet. */
export async function scenarioOf(
  tx: Tx,
  campaign: Campaign,
  id: string,
  hiding: Hiding = {},
): Promise<Scenario | undefined> {
  const stored = isId(id) ? await scenarioById(tx, campaign, id) : undefined
  return stored && opened(tx, campaign, stored, hiding)
}

async function opened(
  tx: Tx,
  campaign: Campaign,
  stored: StoredScenario,
  hiding: Hiding = {},
): Promise<Scenario> {
  // Sealed by keepScenario: the digests below say whether it is still what was written.
  const problem = stored.problem as Problem
  const result = stored.result as Result
  const usual = assumptionsOf(campaign, await envelopesOf(tx, campaign))
  const assumptions = readAssumptions(stored.assumptions, usual)
  const { overrides } = assumptions
  const lines = linesOf({ problem, result, overrides }, await askedOf(tx, campaign), hiding)
  return {
    ...stored,
    assumptions,
    problem,
    result,
    lines,
    figures: figuresOf(lines, supplyIn(problem)),
    isSound: isSound(stored, problem, result),
  }
}

async function askedOf(tx: Tx, campaign: Campaign): Promise<Asked[]> {
  const deposited = await depositedApplications(tx, campaign)
  return deposited.map(({ id, associationId, associationName, projectTitle, ...one }) => ({
    applicationId: id,
    associationId,
    associationName,
    projectTitle,
    askedCents: one.askedCents,
    askedMinutes: sumMinutes(one.needs.map(({ maxMinutes }) => maxMinutes)),
  }))
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
  const stored = await proposedScenario(tx, campaign)
  if (!stored) return undefined
  const { id, name, lines, figures, problemSha256, resultSha256 } = await opened(
    tx,
    campaign,
    stored,
  )
  return { scenarioId: id, name, lines, figures, problemSha256, resultSha256 }
}

/** What the council was last proposed, as anyone may recompute it: the digest is the same without names. */
export async function decidedSplit(tx: Tx, campaign: Campaign) {
  const stored = await proposedScenario(tx, campaign)
  if (!stored) return undefined
  const { problemSha256, resultSha256, result } = stored
  const problem = stored.problem as Problem
  return { problem, unnamed: withoutNames(problem), result, problemSha256, resultSha256 }
}

const RECOUNTS_REMEMBERED = 100
/** Digests of what this process has recounted and found exact: the same bytes give the same verdict. */
const recounted = new Set<string>()

function isSound(stored: ScenarioHead, problem: Problem, result: Result): boolean {
  const { problemSha256, resultSha256 } = stored
  const seen = sha256(JSON.stringify([problemSha256, resultSha256, problem, result]))
  if (recounted.has(seen)) return true
  const isExact = holds(stored, problem, result)
  if (recounted.size >= RECOUNTS_REMEMBERED) recounted.clear()
  if (isExact) recounted.add(seen)
  return isExact
}

function holds(stored: ScenarioHead, problem: Problem, result: Result): boolean {
  return (
    !('refusals' in readProblem(problem)) &&
    digestOf(withoutNames(problem)) === stored.problemSha256 &&
    result.problemSha256 === stored.problemSha256 &&
    digestOf(result) === stored.resultSha256 &&
    verify(problem, result) === undefined
  )
}
