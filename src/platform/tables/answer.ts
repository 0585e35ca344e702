import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { Column, Items } from './columns.ts'
import { writeCsv } from './write-csv.ts'
import { writeOds } from './write-ods.ts'
import { writeXlsx } from './write-xlsx.ts'

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
}
type Format = keyof typeof mediaTypes

export type AnsweredTable<Item> = {
  columns: Column<Item>[]
  items: Items<Item>
  /** Of the file that is downloaded, without its ending. */
  name: string
  sheetName?: string
}

/**
 * A table as a file for spreadsheets, written as it is sent. The address of the route ends in one
 * of the formats, `:file{lines\\.(?:csv|xlsx|ods)}`; CSV with the semicolon that French ones read.
 */
export function answerTable<Item>(context: Context, table: AnsweredTable<Item>): Response {
  const { columns, items, name, sheetName = 'METIS' } = table
  const format = (context.req.param('file') ?? '').split('.').at(-1) as Format
  context.header('content-disposition', `attachment; filename="${name}.${format}"`)
  context.header('content-type', mediaTypes[format])
  context.header('cache-control', 'private, no-store')
  const write = {
    csv: () => writeCsv(columns, items, { delimiter: ';', hasMark: true }),
    xlsx: () => writeXlsx(columns, items, { sheetName }),
    ods: () => writeOds(columns, items, { sheetName }),
  }[format]
  return stream(context, async (out) => {
    for await (const part of write()) await out.write(part)
  })
}
