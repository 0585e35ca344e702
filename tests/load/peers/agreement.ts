import { inOrder } from '../../../src/allocation/engine/format.ts'
import { madeUpProblem } from '../../../src/allocation/engine/generator.ts'
import { levelsOf } from '../../../src/allocation/engine/levels.ts'
import { networkOf } from '../../../src/allocation/engine/network.ts'
import { successiveLevels } from './successive.ts'

/** How far the even target is from the one of successive linear programmes: the widest, in cents. */
export type Agreement = { apart: number; isComplete: boolean }

export async function agreementOn(seed: number, associations: number): Promise<Agreement> {
  const network = networkOf(inOrder(madeUpProblem({ seed, associations })))
  const { totals, isComplete } = await successiveLevels(network)
  return { apart: Math.max(...centsApart(levelsOf(network).totals, totals)), isComplete }
}

export function centsApart(totals: number[], others: number[]): number[] {
  return totals.map((cents, rank) => Math.abs(cents - (others[rank] ?? 0)))
}
