import type { Model } from 'highs'
import type { Network } from '../../../src/allocation/engine/network.ts'
import { blockCentsOf } from '../../../src/allocation/engine/network.ts'
import { loadHighs } from './highs.ts'
import { type Column, dataOf } from './programme.ts'

export type Bound = {
  /** Nothing can be better than this. */
  bound: number
  isProven: boolean
  seconds: number
}

type Aim =
  /** Most euros of value in all. */
  | { of: 'value' }
  /** The highest level of those with a null here, while each other keeps so many euros. */
  | { of: 'level'; keptEuros: (number | null)[] }

const OPTIMAL = 7
const INTEGER = 1
const RELAXED_SECONDS_MOST = 1_000
const LEVEL_MOST = 2

/** A ceiling for whole hours, by a mixed-integer programme in HiGHS: one pool a mission, whole blocks, counts. */
export async function bestInWholeHours(
  network: Network,
  aim: Aim,
  secondsMost: number,
): Promise<Bound> {
  const { columns, rowUpper, integers, worth } = wholeProgrammeOf(network, aim)
  const data = dataOf(columns, Float64Array.from(rowUpper))
  const integrality = new Int32Array(columns.length)
  for (const column of integers) integrality[column] = INTEGER
  const rowLower = new Float64Array(rowUpper.length).fill(Number.NEGATIVE_INFINITY)
  const model = (await loadHighs()).createModel({ ...data, rowLower, integrality })
  model.options.set({ output_flag: false, time_limit: secondsMost, mip_rel_gap: 1e-4 })
  const startedAt = performance.now()
  try {
    model.run()
    const isProven = model.getModelStatus() === OPTIMAL
    const seconds = (performance.now() - startedAt) / 1000
    const bound = -Number(model.info.get('mip_dual_bound'))
    const best = isProven ? bound : Math.min(bound, relaxedBound(model))
    return { bound: best / worth, isProven, seconds }
  } finally {
    model.dispose()
  }
}

/** A stopped solver may not even have cut hours at will, which simplex does slowly here. */
function relaxedBound(model: Model): number {
  model.clearIntegrality()
  model.options.set({ solver: 'ipm', run_crossover: 'off', time_limit: RELAXED_SECONDS_MOST })
  model.run()
  return model.getModelStatus() === OPTIMAL ? -model.getObjectiveValue() : Number.POSITIVE_INFINITY
}

function wholeProgrammeOf({ claimants, companies, envelopes, needs, pools }: Network, aim: Aim) {
  const rowUpper: number[] = []
  const rowAt = (upper: number) => rowUpper.push(upper) - 1
  const columns: Column[] = []
  const integers: number[] = []
  const limited = (most: number) => rowAt(Number.isFinite(most) ? most : 1e9)
  const envelopeRows = envelopes.map(({ wholeCents }) => rowAt(wholeCents / 100))
  const capRows = claimants.map(({ capCents }) => rowAt(capCents / 100))
  const minuteRows = pools.map(({ blocks }) => rowAt(blocks))
  const countRows = pools.map(({ missionsMax }) => limited(missionsMax))
  const companyRows = companies.map(({ missionsMax }) => limited(missionsMax))
  const keptEuros = aim.of === 'level' ? aim.keptEuros : claimants.map(() => 0)
  const levelRows = keptEuros.map((euros) => rowAt(-(euros ?? 0)))
  const ways = (rank: number, value: number) => [
    { row: capRows[rank] ?? 0, value },
    { row: levelRows[rank] ?? 0, value: -value },
  ]
  const costOf = (euros: number) => (aim.of === 'value' ? -euros : 0)
  claimants.forEach(({ envelope, leastCents, mostCents }, rank) => {
    const rows = [{ row: envelopeRows[envelope] ?? 0, value: 1 }, ...ways(rank, 1)]
    columns.push({ cost: costOf(1), lower: leastCents / 100, upper: mostCents / 100, rows })
  })
  for (const need of needs) {
    const onePool = rowAt(1)
    for (const { pool, leastBlocks, mostBlocks } of need.arcs) {
      const from = pools[pool]
      if (!from) continue
      const [least, most] = [rowAt(0), rowAt(0)]
      const counts = [onePool, countRows[pool] ?? 0, companyRows[from.company] ?? 0]
      const opens = [
        ...counts.map((row) => ({ row, value: 1 })),
        { row: least, value: leastBlocks },
        { row: most, value: -mostBlocks },
      ]
      const euros = blockCentsOf(need, from) / 100
      const fills = [
        { row: minuteRows[pool] ?? 0, value: 1 },
        { row: least, value: -1 },
        { row: most, value: 1 },
        ...ways(need.claimant, euros),
      ]
      integers.push(columns.length, columns.length + 1)
      columns.push({ lower: 0, upper: 1, rows: opens })
      columns.push({ cost: costOf(euros), lower: 0, upper: mostBlocks, rows: fills })
    }
  }
  // As in programmeOf: counted for less, a price of one euro would be below the tolerance.
  const worth =
    aim.of === 'value' ? 1 : claimants.reduce((sum, { row }) => sum + row.referenceCents / 100, 0)
  if (aim.of === 'level') {
    const rows = claimants.flatMap(({ row }, rank) =>
      keptEuros[rank] === null
        ? [{ row: levelRows[rank] ?? 0, value: row.referenceCents / 100 }]
        : [],
    )
    columns.push({ cost: -worth, lower: 0, upper: LEVEL_MOST, rows })
  }
  return { columns, rowUpper, integers, worth }
}
