import type { Network } from '../../../src/allocation/engine/network.ts'

export type Column = {
  cost?: number
  lower: number
  upper: number
  rows: { row: number; value: number }[]
}

/** A linear programme by columns, as solvers read it. Column 0 is the level. */
export type Programme = {
  numCols: number
  numRows: number
  colCost: Float64Array
  colLower: number[]
  colUpper: number[]
  rowLower: Float64Array
  rowUpper: Float64Array
  matrix: {
    format: 'csc'
    numRows: number
    numCols: number
    starts: number[]
    indices: number[]
    values: number[]
  }
}

export type Rows = {
  data: Programme
  ratioRow(rank: number): number
  rangeRow(rank: number): number
  /** The most that an association's own request and needs let it have, whatever the others get. */
  reachEuros: number[]
  capEuros: number[]
  /** What the level counts for: with less, a price of one euro is below the tolerance of solvers, and they stop too early. */
  worth: number
}

/**
 * The even target as a linear programme, in euros: column 0 is the level; then cash of each association, then
 * hours of each pool on each need. Two rows an association: its total against the level, and its total
 * between what it is sure of and its cap.
 */
export function programmeOf(network: Network): Rows {
  const { claimants, envelopes, pools, needs } = network
  const count = claimants.length
  const ratioRow = (rank: number) => rank
  const rangeRow = (rank: number) => count + rank
  const envelopeRow = (rank: number) => 2 * count + rank
  const poolRow = (rank: number) => envelopeRow(envelopes.length) + rank
  const needRow = (rank: number) => poolRow(pools.length) + rank
  const toTotal = (rank: number) => [
    { row: ratioRow(rank), value: 1 },
    { row: rangeRow(rank), value: 1 },
  ]
  const reachEuros = claimants.map(({ requestCents }) => requestCents / 100)
  const capEuros = claimants.map(({ capCents }) => capCents / 100)
  const worth = claimants.reduce((sum, { row }) => sum + row.referenceCents / 100, 0)
  const level = claimants.map((_, rank) => ({ row: ratioRow(rank), value: -1 }))
  const columns: Column[] = [{ cost: -worth, lower: 0, upper: 1, rows: level }]
  claimants.forEach(({ envelope, leastCents, requestCents }, rank) => {
    if (requestCents === 0) return
    const rows = [...toTotal(rank), { row: envelopeRow(envelope), value: 1 }]
    columns.push({ lower: leastCents / 100, upper: requestCents / 100, rows })
  })
  needs.forEach((need, rank) => {
    const upper = need.valueCents / 100
    if (need.pools.length > 0) reachEuros[need.claimant] = (reachEuros[need.claimant] ?? 0) + upper
    for (const pool of need.pools) {
      const ends = [
        { row: poolRow(pool), value: 1 },
        { row: needRow(rank), value: 1 },
      ]
      columns.push({ lower: 0, upper, rows: [...toTotal(need.claimant), ...ends] })
    }
  })
  const rowUpper = Float64Array.from([
    ...claimants.map(() => Number.POSITIVE_INFINITY),
    ...capEuros,
    ...envelopes.map(({ cents }) => cents / 100),
    ...pools.map(({ valueCents }) => valueCents / 100),
    ...needs.map(({ valueCents }) => valueCents / 100),
  ])
  return { data: dataOf(columns, rowUpper), worth, ratioRow, rangeRow, reachEuros, capEuros }
}

export function dataOf(columns: Column[], rowUpper: Float64Array): Programme {
  const starts = [0]
  for (const { rows } of columns) starts.push((starts.at(-1) ?? 0) + rows.length)
  const entries = columns.flatMap(({ rows }) => rows)
  return {
    numCols: columns.length,
    numRows: rowUpper.length,
    colCost: Float64Array.from(columns, ({ cost = 0 }) => cost),
    colLower: columns.map(({ lower }) => lower),
    colUpper: columns.map(({ upper }) => upper),
    rowLower: new Float64Array(rowUpper.length),
    rowUpper,
    matrix: {
      format: 'csc',
      numRows: rowUpper.length,
      numCols: columns.length,
      starts,
      indices: entries.map(({ row }) => row),
      values: entries.map(({ value }) => value),
    },
  }
}
