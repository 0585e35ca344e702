import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import type { Cell, Row, TableFile } from './cells.ts'
import { readTable } from './read.ts'

const CITY = "Bénéficiaire;Objet;Montant\r\nÉcole d'été;Où ça ? À l'œuvre;12\r\nForêt;Noël;13\r\n"

test.each([
  ['UTF-8', Buffer.from(CITY), 'utf-8'],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${CITY}`), 'utf-8'],
  ['Windows', iconv.encode(CITY, 'windows-1252'), 'windows-1252'],
  ['DOS', iconv.encode(CITY.replaceAll('œ', 'oe'), 'cp850'), 'cp850'],
  ['UTF-16', iconv.encode(CITY, 'utf-16le', { addBOM: true }), 'utf-16le'],
])('a file saved in %s shows its accents', async (_, bytes, encoding) => {
  const table = await opened({ fileName: 'a.csv', bytes })
  const rows = await rowsOf(table)
  expect(table.encoding).toBe(encoding)
  expect(rows[0]?.cells).toEqual(['Bénéficiaire', 'Objet', 'Montant'])
  expect(String(rows[1]?.cells[1]).replace('oe', 'œ')).toBe("Où ça ? À l'œuvre")
})

test.each([[';'], [','], ['\t'], ['|']])('cells parted by «%s» are found', async (delimiter) => {
  const text = ['a', 'b', 'c'].join(delimiter).concat('\n1', delimiter, '"x;y,z"', delimiter, '3\n')
  const table = await opened(csv(text))
  expect(table.delimiter).toBe(delimiter)
  expect((await rowsOf(table))[1]?.cells).toEqual(['1', 'x;y,z', '3'])
})

test('a line is numbered as the person sees it, even after a line feed between quotes', async () => {
  const rows = await rowsOf(await opened(csv('a;b\n"two\nlines";1\n\nlast;2\n')))
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 5])
})

test('a quote that never closes does not swallow the rest of the file', async () => {
  const rows = await rowsOf(await opened(csv('a;b\n"open;1\nnext;2\nlast;3\n')))
  expect(rows.map(({ cells }) => cells[1])).toEqual(['b', '1', '2', '3'])
})

test('a row that was quoted as a whole is cut again', async () => {
  const rows = await rowsOf(await opened(csv('a,b,c,d\n1,2,3,4\n"x,say ""hi"",z,t"\n')))
  expect(rows[2]?.cells).toEqual(['x', 'say "hi"', 'z', 't'])
})

test.each([
  ['read twice as UTF-8', 'NumÃ©ro;aide en numÃ©raire', ['Numéro', 'aide en numéraire']],
  ['read from DOS', 'D‚partement;aide en num‚raire', ['Département', 'aide en numéraire']],
])('a text spoiled before it was saved, %s, is mended', async (_, text, expected) => {
  expect((await rowsOf(await opened(csv(`${text}\n`))))[0]?.cells).toEqual(expected)
})

test('a list of nested objects becomes columns named by their path', async () => {
  const list = [
    { id: 1, association: { name: 'Chorale' }, amount: 12.5 },
    { id: 2, year: 2024 },
  ]
  const rows = await rowsOf(
    await opened({ fileName: 'a.txt', bytes: Buffer.from(JSON.stringify(list)) }),
  )
  expect(rows[0]?.cells).toEqual(['id', 'association.name', 'amount', 'year'])
  expect(rows[1]).toEqual({ line: 1, cells: [1, 'Chorale', 12.5, null] })
})

test.each([
  ['', 'table-is-empty'],
  ['%PDF-1.7', 'table-is-pdf'],
  ['PK\u0003\u0004broken', 'table-is-broken'],
  ['[1, 2', 'csv'],
  ['{"a": "b"}', 'table-is-no-list'],
])('what is no table is refused with its reason: %j', async (text, code) => {
  const outcome = await readTable({ fileName: 'a.xlsx', bytes: Buffer.from(text) })
  expect('refusals' in outcome ? outcome.refusals[0]?.code : outcome.format).toBe(code)
})

function csv(text: string) {
  return { fileName: 'a.csv', bytes: Buffer.from(text) }
}

async function opened(source: { fileName: string; bytes: Uint8Array }): Promise<TableFile> {
  const outcome = await readTable(source)
  if ('refusals' in outcome) throw new Error(outcome.refusals[0]?.code)
  return outcome
}

async function rowsOf(table: TableFile): Promise<Row[]> {
  const rows: { line: number; cells: Cell[] }[] = []
  for await (const row of table.sheets[0]?.rows() ?? []) rows.push(row)
  return rows
}
