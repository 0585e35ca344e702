import { isRefused, type Refused } from '#kit'
import { shareCash } from './cash.ts'
import { readProblem } from './check.ts'
import { sealOf } from './digest.ts'
import {
  engineName,
  type GivenHours,
  inOrder,
  type Note,
  type Problem,
  type Result,
  type ResultLine,
  resultFormat,
} from './format.ts'
import { bestOfEveryPlan, everyPlanIsFew } from './hours-every-plan.ts'
import { searchedPlan } from './hours-search.ts'
import { levelsOf } from './levels.ts'
import { type Network, networkOf } from './network.ts'
import { hoursCentsOf, levelOf, type Plan } from './plan.ts'
import { assertKeepsPromises, ratioText } from './promises.ts'
import { reasonsOf } from './reasons.ts'

/**
 * The split of euros and hours: the even target, the whole hours, then the cash to the unit. Recounted before
 * anyone sees it. The same problem gives the same result, whatever the order of its rows.
 */
export async function allocate(given: Problem): Promise<Result | Refused> {
  const read = readProblem(given)
  if (isRefused(read)) return read
  const problem = inOrder(read)
  const network = networkOf(problem)
  const { totals, notes, rounds } = await levelsOf(network)
  const hasHours = network.needs.some(({ arcs }) => arcs.length > 0)
  const isEveryPlan = everyPlanIsFew(network)
  const plan = isEveryPlan ? bestOfEveryPlan(network) : searchedPlan(network)
  const result = resultOf({ network, plan, totals, problemSha256: await sealOf(problem) })
  result.notes = [
    { code: 'levelsByLinearProgrammes', values: { rounds } },
    ...notes,
    ...(hasHours ? [{ code: isEveryPlan ? 'everyPlanTried' : 'hoursBySearch' }] : []),
    ...droppedNote(network),
  ]
  assertKeepsPromises(problem, result)
  return result
}

type Found = { network: Network; plan: Plan; totals: number[]; problemSha256: string }

function resultOf({ network, plan, totals, problemSha256 }: Found): Result {
  const hours = hoursCentsOf(network, plan)
  const cash = shareCash(network, hours)
  const reasons = reasonsOf(network, plan, cash)
  const lines = network.claimants.map(({ row, needs }, rank): ResultLine => {
    const cashCents = cash[rank] ?? 0
    const hoursValueCents = hours[rank] ?? 0
    const totalCents = cashCents + hoursValueCents
    const { stage, held, weight } = levelOf(totalCents, row)
    return {
      associationId: row.id,
      cashCents,
      hours: needs.flatMap((need) => givenHours(network, plan, need)),
      hoursValueCents,
      totalCents,
      stage,
      ratio: ratioText(held, weight),
      relaxedCents: wholeCents(totals[rank] ?? 0),
      reasons: reasons[rank] ?? [],
    }
  })
  const deliveredCents = lines.reduce((sum, { totalCents }) => sum + totalCents, 0)
  const relaxedCents = wholeCents(totals.reduce((sum, total) => sum + total, 0))
  return {
    format: resultFormat,
    engine: engineName,
    problemSha256,
    lines,
    // The solver's rounding may leave its ceiling some cents short of what was really delivered.
    relaxedCents: Math.max(relaxedCents, deliveredCents),
    deliveredCents,
    notes: [],
  }
}

function givenHours({ needs, pools }: Network, plan: Plan, need: number): GivenHours[] {
  const given = plan[need]
  const pool = pools[given?.pool ?? -1]
  const row = needs[need]?.row
  if (!given || !pool || !row) return []
  return [
    {
      needId: row.id,
      poolId: pool.row.id,
      minutes: given.blocks * pool.row.blockMinutes,
      valueCents: given.blocks * pool.blockCents,
    },
  ]
}

/** Halves go up, even when the solver's noise left them a hair below. */
function wholeCents(value: number): number {
  return Math.floor(value + 0.5 + 1e-3)
}

function droppedNote({ claimants }: Network): Note[] {
  const count = claimants.filter(({ isDropped }) => isDropped).length
  return count > 0 ? [{ code: 'droppedBelowUseful', values: { count } }] : []
}
