import { expect, test } from 'vitest'
import { cents, day } from '#kit'
import type { Cell } from './cells.ts'
import { type Column, dayCell, eurosCell, textCell } from './columns.ts'
import { readTable } from './read.ts'
import { writeCsv } from './write-csv.ts'
import { writeOds } from './write-ods.ts'
import { writeXlsx } from './write-xlsx.ts'

type Line = { name: string; paid: bigint }

const columns: Column<Line>[] = [
  { name: 'name', cell: ({ name }) => textCell(name) },
  { name: 'paid', cell: ({ paid }) => eurosCell(cents(paid)) },
  { name: 'on', cell: () => dayCell(day('2027-03-31')) },
]
const lines: Line[] = [
  { name: 'Chœur <d\'hommes> & "Cie"', paid: 150_050n },
  { name: '=HYPERLINK("http://x")', paid: -5n },
]

test.each([
  ['xlsx', writeXlsx],
  ['ods', writeOds],
] as const)(
  'a %s file holds real numbers and days, and texts that no spreadsheet runs',
  async (format, write) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of write(columns, lines, { sheetName: 'Aides' })) chunks.push(chunk)
    const table = await readTable({ fileName: 'out', bytes: Buffer.concat(chunks) })
    if ('refusals' in table) throw new Error('unreadable')
    expect(table.format).toBe(format)
    expect(table.sheets[0]?.name).toBe('Aides')
    const rows: Cell[][] = []
    for await (const { cells } of table.sheets[0]?.rows() ?? []) rows.push(cells)
    expect(rows).toEqual([
      ['name', 'paid', 'on'],
      [lines[0]?.name, 1500.5, '2027-03-31'],
      [lines[1]?.name, -0.05, '2027-03-31'],
    ])
  },
)

test('a CSV file has decimal points, ISO days, and an apostrophe before what looks like a formula', async () => {
  let text = ''
  for await (const chunk of writeCsv(columns, lines)) text += chunk
  expect(text.split('\r\n')).toEqual([
    'name,paid,on',
    '"Chœur <d\'hommes> & ""Cie""",1500.5,2027-03-31',
    '"\'=HYPERLINK(""http://x"")",-0.05,2027-03-31',
    '',
  ])
})
