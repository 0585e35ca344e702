import { stringify } from 'csv-stringify/sync'
import { type Column, harmless, type Items, type Written } from './columns.ts'

export type CsvOptions = { delimiter?: string; hasMark?: boolean }

const ROWS_AT_ONCE = 500

/** UTF-8, comma, decimal point, ISO days, as the arrêté of 17 November 2017 asks; other signs by option. */
export async function* writeCsv<Item>(
  columns: Column<Item>[],
  items: Items<Item>,
  { delimiter = ',', hasMark = false }: CsvOptions = {},
): AsyncGenerator<string> {
  const lines = (rows: string[][]) => stringify(rows, { delimiter, record_delimiter: '\r\n' })
  yield (hasMark ? '\ufeff' : '') + lines([columns.map(({ name }) => harmless(name))])
  let waiting: string[][] = []
  for await (const item of items) {
    waiting.push(columns.map(({ cell }) => csvText(cell(item))))
    if (waiting.length < ROWS_AT_ONCE) continue
    yield lines(waiting)
    waiting = []
  }
  if (waiting.length > 0) yield lines(waiting)
}

function csvText(cell: Written): string {
  if (cell.kind === 'text') return harmless(cell.text)
  if (cell.kind === 'number') return cell.number
  return cell.kind === 'day' ? cell.day : ''
}
