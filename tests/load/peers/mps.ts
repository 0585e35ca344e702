import type { Programme } from './programme.ts'

/**
 * A programme as a fixed-column MPS file: CLP and CBC refuse the free form, say so, and exit 0. Every row is
 * between a lower bound that is finite and an upper one.
 */
export function mpsOf({
  colCost,
  colLower,
  colUpper,
  rowLower,
  rowUpper,
  matrix,
}: Programme): string {
  const rows = [...rowUpper.keys()]
  const typeOf = (row: number) => (Number.isFinite(rowUpper[row]) ? 'L' : 'G')
  const lines = ['NAME          METIS', 'ROWS', ' N  COST']
  for (const row of rows) lines.push(` ${typeOf(row)}  ${name('R', row)}`)
  lines.push('COLUMNS')
  for (let column = 0; column < colCost.length; column++) {
    const cost = colCost[column] ?? 0
    if (cost !== 0) lines.push(entry('', name('C', column), 'COST', cost))
    const end = matrix.starts[column + 1] ?? 0
    for (let at = matrix.starts[column] ?? 0; at < end; at++) {
      const value = matrix.values[at] ?? 0
      const row = name('R', matrix.indices[at] ?? 0)
      if (value !== 0) lines.push(entry('', name('C', column), row, value))
    }
  }
  lines.push('RHS')
  for (const row of rows) {
    const side = (typeOf(row) === 'L' ? rowUpper[row] : rowLower[row]) ?? 0
    if (side !== 0) lines.push(entry('', 'RHS', name('R', row), side))
  }
  lines.push('RANGES')
  for (const row of rows) {
    const lower = rowLower[row] ?? 0
    if (typeOf(row) === 'L' && lower > 0)
      lines.push(entry('', 'RNG', name('R', row), (rowUpper[row] ?? 0) - lower))
  }
  lines.push('BOUNDS')
  for (let column = 0; column < colCost.length; column++) {
    const lower = colLower[column] ?? 0
    const upper = colUpper[column] ?? 0
    if (lower > 0) lines.push(entry('LO', 'BND', name('C', column), lower))
    if (Number.isFinite(upper)) lines.push(entry('UP', 'BND', name('C', column), upper))
  }
  return `${[...lines, 'ENDATA'].join('\n')}\n`
}

function name(letter: string, rank: number): string {
  return letter + String(rank).padStart(7, '0')
}

function entry(type: string, first: string, second: string, value: number): string {
  const fields = ` ${type.padEnd(2)} ${first.padEnd(8)}  ${second.padEnd(8)}  `
  return fields + String(Math.round(value * 1e4) / 1e4).padStart(12)
}
