import { type Cell, cellText, type Row } from '#platform'
import { type AmountStyle, learnStyle, readAmount, unknownStyle } from './amounts.ts'
import { type Columns, cellOf } from './columns-of.ts'
import { readDate, readYear } from './dates.ts'
import { moneyFields } from './fields.ts'
import { fold } from './header-words.ts'

/** What a first reading of the whole sheet teaches about each of its lines. Its size does not grow with them. */
export type FileHabits = {
  amountStyle: AmountStyle
  isolatedYears: Set<number>
  hasUndecided: boolean
  /** Of the amounts, to a quarter. */
  medianCents: bigint
}

const YEARS_APART = 5
const FEW = 0.05

export async function learnHabits(
  rows: AsyncIterable<Row>,
  columns: Columns,
  lastYear: number,
): Promise<FileHabits> {
  const amountStyle = unknownStyle()
  const years = new Map<number, number>()
  const sizes = new Map<number, number>()
  let hasUndecided = false
  for await (const { cells } of rows) {
    for (const field of moneyFields) learnStyle(amountStyle, cellOf(columns, cells, field))
    countSize(sizes, cellOf(columns, cells, 'amountCents'))
    const year = yearIn(cells, columns, lastYear)
    if (year) years.set(year, (years.get(year) ?? 0) + 1)
    hasUndecided ||= isBeforeDecision(cellOf(columns, cells, 'stage'))
  }
  return { amountStyle, isolatedYears: isolated(years), hasUndecided, medianCents: medianOf(sizes) }
}

/** The stage of a request that nobody has decided yet. */
export function isBeforeDecision(cell: Cell | undefined): boolean {
  return /instruction|^demande$|en cours|depose|a l'etude|en attente|recevabilite/.test(
    fold(cellText(cell)),
  )
}

function yearIn(cells: Cell[], columns: Columns, lastYear: number): number | undefined {
  const written = readYear(cellOf(columns, cells, 'year'), lastYear)
  const reading =
    written.kind === 'year' ? written : readDate(cellOf(columns, cells, 'agreedOn'), lastYear)
  if (reading.kind === 'year') return reading.year
  return reading.kind === 'day' ? Number(reading.day.slice(0, 4)) : undefined
}

/** Few lines, five years or more from any other year of the file: a date read wrong before us. */
function isolated(years: Map<number, number>): Set<number> {
  const total = [...years.values()].reduce((sum, count) => sum + count, 0)
  const alone = [...years].filter(
    ([year, count]) =>
      count <= Math.max(1, total * FEW) &&
      years.size > 1 &&
      [...years.keys()].every((other) => other === year || Math.abs(other - year) >= YEARS_APART),
  )
  return new Set(alone.map(([year]) => year))
}

// Sizes are counted by tenths of a power of ten: a median good to a quarter, in a few dozen counters.
const STEPS = 10

function countSize(sizes: Map<number, number>, cell: Cell | undefined): void {
  const reading = readAmount(cell, unknownStyle())
  if (reading.kind !== 'amount' || reading.amountCents <= 0n) return
  const size = Math.round(Math.log10(Number(reading.amountCents)) * STEPS)
  sizes.set(size, (sizes.get(size) ?? 0) + 1)
}

function medianOf(sizes: Map<number, number>): bigint {
  const half = [...sizes.values()].reduce((sum, count) => sum + count, 0) / 2
  let passed = 0
  for (const [size, count] of [...sizes].toSorted((a, b) => a[0] - b[0])) {
    passed += count
    if (passed >= half) return BigInt(Math.round(10 ** (size / STEPS)))
  }
  return 0n
}
