import { type Day, dayOf, yearOf } from '#kit'
import type { Row, TableFile } from '#platform'
import { columnsOf, isRepeatedHeader, movedColumns } from './columns-of.ts'
import { learnHabits } from './file-habits.ts'
import type { AcceptedLine, LineOutcome } from './grant.ts'
import { readGrantLine } from './grant-line.ts'
import { lineKeys } from './line-key.ts'
import { realign } from './realign.ts'
import { skipReason } from './row-kinds.ts'
import type { GrantMapping, SheetMapping } from './sheets.ts'

/** Reads each line on its own: those that cannot be taken are given back with reasons, the others stand. */
export async function* readGrantLines(
  table: TableFile,
  mapping: GrantMapping,
  { today = dayOf(new Date()) }: { today?: Day } = {},
): AsyncGenerator<LineOutcome> {
  const keyOf = lineKeys()
  for (const sheet of mapping.sheets) {
    const rows = () => rowsUnder(table, sheet)
    for await (const outcome of readSheet(rows, sheet, yearOf(today) + 1)) {
      yield 'grant' in outcome ? { ...outcome, lineKey: keyOf(outcome.grant) } : outcome
    }
  }
}

type KeylessOutcome = Exclude<LineOutcome, AcceptedLine> | Omit<AcceptedLine, 'lineKey'>

async function* readSheet(
  rows: () => AsyncIterable<Row>,
  mapping: SheetMapping,
  lastYear: number,
): AsyncGenerator<KeylessOutcome> {
  let columns = columnsOf(mapping.columns)
  const first = columns
  const habits = await learnHabits(rows(), columns, lastYear)
  let runningCents = 0n
  for await (const { line, cells, isUnreadable } of rows()) {
    const place = { sheet: mapping.sheet, line }
    if (isUnreadable) {
      yield { ...place, refusals: [{ ...place, column: '', value: '', code: 'row-unreadable' }] }
      continue
    }
    if (isRepeatedHeader(first, cells)) {
      columns = movedColumns(first, cells)
      runningCents = 0n
      yield { ...place, skipped: 'repeated-header' }
      continue
    }
    const skipped = skipReason(columns, cells, runningCents)
    if (skipped) {
      yield { ...place, skipped }
      continue
    }
    const outcome = readRow({ ...place, cells, columns, mapping, habits, lastYear })
    if ('grant' in outcome) runningCents += outcome.grant.amountCents ?? 0n
    yield outcome
  }
}

type RowToRead = Parameters<typeof readGrantLine>[0]

/** A row wider than its header was cut at commas inside its texts or amounts. */
function readRow(row: RowToRead): KeylessOutcome {
  const width = row.mapping.columns.length
  const isWide = row.cells.slice(width).some((cell) => cell !== null && String(cell).trim() !== '')
  if (!isWide) return readGrantLine(row)
  const { sheet, line } = row
  const remark = { sheet, line, column: '', value: row.cells.join(',').slice(0, 200) }
  const whole = realign(row.cells, row.mapping.columns)
  if ('isDoubtful' in whole) {
    const values = { found: row.cells.length, expected: width }
    return { sheet, line, refusals: [{ ...remark, code: 'row-too-wide', values }] }
  }
  const outcome = readGrantLine({ ...row, cells: whole.cells })
  if (!('grant' in outcome) || row.cells.length <= width) return outcome
  return { ...outcome, warnings: [{ ...remark, code: 'row-realigned' }, ...outcome.warnings] }
}

async function* rowsUnder(
  table: TableFile,
  { sheet, headerLine }: SheetMapping,
): AsyncGenerator<Row> {
  const source = table.sheets.find(({ name }) => name === sheet)
  if (!source) throw new Error(`no sheet of this name in the file: ${sheet}`)
  for await (const row of source.rows()) if (row.line > headerLine) yield row
}
