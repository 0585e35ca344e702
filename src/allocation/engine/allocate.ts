import { isRefused, type Refused } from '#kit'
import { shareCash } from './cash.ts'
import { certificateOf } from './certificate.ts'
import { readProblem } from './check.ts'
import { sealOf } from './digest.ts'
import {
  engineName,
  type GivenHours,
  inOrder,
  type Note,
  type Result,
  type ResultLine,
  resultFormat,
  withoutNames,
} from './format.ts'
import { everyPlanIsFew, polish, tryEveryPlan } from './hours-exact.ts'
import { searchHours, useUp } from './hours-search.ts'
import { planOf, type Table, tableOf } from './hours-table.ts'
import { hoursValueOf } from './hours-value.ts'
import { type Levels, levelsOf } from './levels.ts'
import { marginsOf } from './margins.ts'
import { blockCentsOf, type Network, networkOf } from './network.ts'
import { hoursCentsOf, levelOf, type Plan } from './plan.ts'
import { ratioText } from './ratios.ts'
import { reasonsOf } from './reasons.ts'
import { shortfallOf } from './shortfall.ts'

export type AllocateOptions = {
  /** Quality mode: looks for fairer hours after the search; see `quality.ts`. */
  improve?: (network: Network, table: Table) => Promise<void>
  /** From 0 to 1, a few times. */
  onProgress?: (share: number) => void
}

/**
 * The split of euros and hours: the even target, the whole hours, then the cash to the unit. The same problem gives
 * the same result on every machine, whatever the order of its rows: no clock, and no chance but a seed from its hours.
 */
export async function allocate(
  given: unknown,
  options: AllocateOptions = {},
): Promise<Result | Refused> {
  const read = readProblem(given)
  if (isRefused(read)) return read
  const problem = inOrder(read)
  const problemSha256 = await sealOf(withoutNames(problem))
  const network = networkOf(problem)
  const levels = levelsOf(network)
  const hours = await wholeHours(network, levels, options)
  const mode = options.improve ? 'quality' : 'default'
  return resultOf({ network, levels, problemSha256, mode, ...hours })
}

type Hours = { plan: Plan; isEveryPlan: boolean }

// Counted, so that the search is the same everywhere; chosen so that a season of 600 associations takes a tenth of a second.
const STEPS_PER_POOL = { few: 8, many: 14 } as const
const FEW_POOLS = 100
const STEPS_LEAST = 200
const STEPS_MAX = 16_000
const POLISHED_MAX = 40
const TINY_MAX = 12

async function wholeHours(
  network: Network,
  levels: Levels,
  { improve, onProgress }: AllocateOptions,
): Promise<Hours> {
  const table = tableOf(network, hoursValueOf(network, levels))
  if (table.need.length === 0) return { plan: planOf(table), isEveryPlan: true }
  if (everyPlanIsFew(table)) {
    tryEveryPlan(network, table)
    return { plan: planOf(table), isEveryPlan: true }
  }
  const perPool = table.poolCount < FEW_POOLS ? STEPS_PER_POOL.few : STEPS_PER_POOL.many
  const steps = Math.min(STEPS_MAX, Math.max(STEPS_LEAST, perPool * table.poolCount))
  searchHours(table, { steps, ...(onProgress ? { onProgress } : {}) })
  polishSmall(network, table)
  if (improve) {
    await improve(network, table)
    polishSmall(network, table)
  }
  return { plan: planOf(table), isEveryPlan: false }
}

function polishSmall(network: Network, table: Table) {
  const count = network.claimants.length
  if (count > POLISHED_MAX) return useUp(table)
  polish(network, table, count <= TINY_MAX ? Math.ceil(40_000 / count) : 100)
  table.value.reprice()
  useUp(table)
}

type Found = Hours & Pick<Result, 'mode' | 'problemSha256'> & { network: Network; levels: Levels }

function resultOf({ network, levels, plan, isEveryPlan, mode, problemSha256 }: Found): Result {
  const { claimants } = network
  const hours = hoursCentsOf(network, plan)
  const cash = shareCash(network, hours)
  const reasons = reasonsOf(network, plan, cash)
  const certificate = certificateOf(network, levels)
  const groupOf = Array.from(levels.groupOf)
  const relaxed = { totals: levels.totals, groupOf, groups: certificate }
  const margins = marginsOf({ network, plan, cash, relaxed, reasons })
  const lines = claimants.map(({ row, needs }, rank): ResultLine => {
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
      relaxedCents: levels.totals[rank] ?? 0,
      relaxedCashCents: levels.cash[rank] ?? 0,
      level: groupOf[rank] ?? 0,
      reasons: reasons[rank] ?? [],
      margins: margins[rank] ?? {
        envelope: null,
        hours: [],
        isHeldByRequest: false,
        tenPoints: null,
      },
    }
  })
  return {
    format: resultFormat,
    engine: engineName,
    mode,
    problemSha256,
    lines,
    relaxedHours: levels.flows.map(({ need, pool, cents }) => ({
      needId: network.needs[need]?.row.id ?? '',
      poolId: network.pools[pool]?.row.id ?? '',
      valueCents: cents,
    })),
    levels: certificate,
    relaxedCents: lines.reduce((sum, { relaxedCents }) => sum + relaxedCents, 0),
    deliveredCents: lines.reduce((sum, { totalCents }) => sum + totalCents, 0),
    shortfall: shortfallOf(network, levels, certificate),
    notes: notesOf(network, isEveryPlan),
  }
}

function givenHours({ needs, pools }: Network, plan: Plan, rank: number): GivenHours[] {
  const given = plan[rank]
  const pool = pools[given?.pool ?? -1]
  const need = needs[rank]
  if (!given || !pool || !need) return []
  return [
    {
      needId: need.row.id,
      poolId: pool.row.id,
      minutes: given.blocks * pool.row.blockMinutes,
      valueCents: given.blocks * blockCentsOf(need, pool),
    },
  ]
}

function notesOf({ claimants, needs, problem }: Network, isEveryPlan: boolean): Note[] {
  const dropped = claimants.filter(({ isDropped }) => isDropped).length
  const hasHours = needs.some(({ arcs }) => arcs.length > 0)
  const hourly = new Map(problem.families.map((one) => [one.family, one.hourlyValueCents]))
  const isMixed = problem.pools.some(
    ({ families }) => new Set(families.map((one) => hourly.get(one))).size > 1,
  )
  return [
    ...(hasHours ? [{ code: isEveryPlan ? 'everyPlanTried' : 'hoursBySearch' }] : []),
    ...(dropped > 0 ? [{ code: 'droppedBelowUseful', values: { count: dropped } }] : []),
    ...(isMixed ? [{ code: 'poolAtHighestValue' }] : []),
  ]
}
