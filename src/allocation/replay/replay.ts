import { isRefused, type Refusal, type Refused, refusal } from '#kit'
import { allocate, inOrder, type Problem, type Result, sealOf } from '../engine/index.ts'
import { type GrantsRead, readGrants } from './grants.ts'
import { problemOf } from './problem.ts'
import type { ReplayNeed, ReplayPledge } from './season.ts'
import { simulatedEligibility, simulatedNeeds, simulatedPledges } from './simulate.ts'
import { type RefusedCell, readNeeds, readPledges, type Supplied } from './supplied.ts'

export type ReplayOptions = {
  grantsFile: string
  /** `12%` of the baselines, or cents. */
  cut: { percent: number } | { cents: bigint }
  year?: number
  grantor?: string
  pledgesFile?: string
  needsFile?: string
  floorPercent: number
  hourlyCents: number
  cashUnitCents: number
  seed: number
}

/** A season that might have been: real baselines, and hours that are supplied or made up, said figure by figure. */
export type Replayed = {
  options: ReplayOptions
  grants: GrantsRead
  cutCents: bigint
  pledges: Supplied<ReplayPledge> & { isSimulated: boolean }
  needs: Supplied<ReplayNeed> & { isSimulated: boolean }
  refusedCells: RefusedCell[]
  problem: Problem
  result: Result
  resultSha256: string
}

export async function replay(options: ReplayOptions): Promise<Replayed | Refused> {
  const grants = await readGrants(options.grantsFile, options)
  if (isRefused(grants)) return grants
  const { beneficiaries } = grants
  if (beneficiaries.length === 0) return refused('noBaseline')
  const baselineCents = beneficiaries.reduce((sum, one) => sum + one.baselineCents, 0n)
  const cutCents =
    'cents' in options.cut
      ? options.cut.cents
      : (baselineCents * BigInt(Math.round(options.cut.percent * 100))) / 10_000n
  if (cutCents < 0n || cutCents > baselineCents) return refused('cut')
  const { seed, hourlyCents } = options
  // Without a year in the file, the made-up hours have no dates: they are open all season.
  const year = grants.year === undefined ? undefined : grants.year + 1
  const simulation = { seed, beneficiaries, hourlyCents, cutCents, year }
  const needs = options.needsFile
    ? await readNeeds(options.needsFile, beneficiaries)
    : { rows: simulatedNeeds(simulation), refused: [] }
  if (!needs) return refused('needsFile', options.needsFile)
  const pledges = options.pledgesFile
    ? await readPledges(options.pledgesFile)
    : { rows: simulatedPledges(simulation, needs.rows), refused: [] }
  if (!pledges) return refused('pledgesFile', options.pledgesFile)
  const problem = inOrder(
    problemOf({
      options,
      grants,
      envelopeCents: baselineCents - cutCents,
      needs: needs.rows,
      pledges: pledges.rows,
      // A needs file says who may be helped: whoever is in it is taken to be eligible.
      hoursEligible: options.needsFile
        ? new Set(needs.rows.map(({ beneficiaryId }) => beneficiaryId))
        : simulatedEligibility(seed, beneficiaries),
    }),
  )
  const result = await allocate(problem)
  if (isRefused(result)) return result
  return {
    options,
    grants,
    cutCents,
    pledges: { ...pledges, isSimulated: !options.pledgesFile },
    needs: { ...needs, isSimulated: !options.needsFile },
    refusedCells: [...pledges.refused, ...needs.refused],
    problem,
    result,
    resultSha256: await sealOf(result),
  }
}

function refused(code: string, file?: string): Refused {
  const one: Refusal = refusal(`replay:refused.${code}`, file === undefined ? {} : { file })
  return { refusals: [one] }
}
