import type { ModelData } from 'highs'
import { type Network, roomOf } from './network.ts'

type Column = { upper: number; lower: number; rows: { row: number; value: number }[] }

/**
 * The relaxed split as a linear programme, in euros: column 0 is the level; then cash of each association, then
 * hours of each company on each need. Two rows an association: its total against the level, and its total
 * between what it is sure of and its cap.
 */
export function programmeOf(network: Network) {
  const { claimants, envelopeCents, pools, needs } = network
  const count = claimants.length
  const ratioRow = (rank: number) => rank
  const rangeRow = (rank: number) => count + rank
  const envelopeRow = (rank: number) => 2 * count + rank
  const poolRow = (rank: number) => 2 * count + envelopeCents.length + rank
  const needRow = (rank: number) => 2 * count + envelopeCents.length + pools.length + rank
  const rowCount = needRow(needs.length)

  const reachEuros = claimants.map(({ mostCents }) => mostCents / 100)
  const capEuros = claimants.map(({ row }) => row.totalCapCents / 100)
  const columns: Column[] = [
    {
      lower: 0,
      upper: 1,
      rows: claimants.map((_, rank) => ({ row: ratioRow(rank), value: -1 })),
    },
  ]
  const toTotal = (rank: number) => [
    { row: ratioRow(rank), value: 1 },
    { row: rangeRow(rank), value: 1 },
  ]
  claimants.forEach((one, rank) => {
    if (one.mostCents === 0) return
    const rows = [...toTotal(rank), { row: envelopeRow(one.envelope), value: 1 }]
    columns.push({ lower: one.leastCents / 100, upper: one.mostCents / 100, rows })
  })
  const needCents = needs.map(({ row, claimant, arcs }) => {
    const minuteValue = pools[arcs[0]?.pool ?? -1]?.minuteValue ?? 0
    const owner = claimants[claimant]
    return Math.min(row.maxMinutes * minuteValue, owner ? roomOf(owner) : 0)
  })
  needs.forEach(({ claimant, arcs }, rank) => {
    const upper = (needCents[rank] ?? 0) / 100
    reachEuros[claimant] = (reachEuros[claimant] ?? 0) + upper
    for (const { pool } of arcs) {
      const rows = [
        ...toTotal(claimant),
        { row: poolRow(pool), value: 1 },
        { row: needRow(rank), value: 1 },
      ]
      columns.push({ lower: 0, upper, rows })
    }
  })
  const rowUpper = new Float64Array(rowCount).fill(Number.POSITIVE_INFINITY)
  capEuros.forEach((cap, rank) => {
    rowUpper[rangeRow(rank)] = cap
  })
  envelopeCents.forEach((cents, rank) => {
    rowUpper[envelopeRow(rank)] = cents / 100
  })
  pools.forEach(({ row, minuteValue }, rank) => {
    rowUpper[poolRow(rank)] = (row.minutes * minuteValue) / 100
  })
  needCents.forEach((cents, rank) => {
    rowUpper[needRow(rank)] = cents / 100
  })
  return { data: dataOf(columns, rowUpper), ratioRow, rangeRow, reachEuros, capEuros }
}

function dataOf(columns: Column[], rowUpper: Float64Array): ModelData {
  const starts = [0]
  for (const { rows } of columns) starts.push((starts.at(-1) ?? 0) + rows.length)
  const entries = columns.flatMap(({ rows }) => rows)
  const colCost = new Float64Array(columns.length)
  // The solver minimises.
  colCost[0] = -1
  return {
    numCols: columns.length,
    numRows: rowUpper.length,
    colCost,
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
