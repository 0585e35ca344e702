import { isRefused, type Refused } from '#kit'
import type { Assumptions } from './assumptions.ts'
import { type AllocateOptions, allocate, inOrder, sealOf } from './engine/index.ts'
import { problemUnder, type SeasonFacts } from './facts.ts'
import type { Split } from './lines.ts'

export type SealedSplit = Split & { resultSha256: string }

/** The split of the season under these hypotheses, with its digests: the same on the server and in a browser. */
export async function splitUnder(
  facts: SeasonFacts,
  assumptions: Assumptions,
  options: AllocateOptions = {},
): Promise<SealedSplit | Refused> {
  const problem = inOrder(problemUnder(facts, assumptions))
  const result = await allocate(problem, options)
  if (isRefused(result)) return result
  const { overrides } = assumptions
  return { problem, result, overrides, resultSha256: await sealOf(result) }
}
