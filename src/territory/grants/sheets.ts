import { type Cell, cellText, isBlank, type Row, type Sheet, type TableFile } from '#platform'
import type { GrantField, MappedColumn } from './fields.ts'
import { fold } from './header-words.ts'
import { proposeMapping } from './mapping.ts'
import { tidyName } from './names.ts'
import { yearWritten } from './year-hint.ts'

/** Where the grants of one sheet are: after which line, in which columns. A person may correct `columns`. */
export type SheetMapping = {
  sheet: string
  headerLine: number
  columns: MappedColumn[]
  /** The year that the title, the sheet, the headers or the file's name say, for lines that say none. */
  year?: number
}

/** `draft`: the widest line taken as header, for a person to say by hand what its columns are. */
export type SkippedSheet =
  | { sheet: string; reason: 'empty' }
  | { sheet: string; reason: 'no-header'; draft: SheetMapping }
  | { sheet: string; reason: 'copy'; copyOf: string }

export type GrantMapping = { sheets: SheetMapping[]; skippedSheets: SkippedSheet[] }

const HEADER_SEARCH_ROWS = 40
const SAMPLE_ROWS = 60

/** Finds the sheets that hold grants and proposes the meaning of their columns. */
export async function proposeGrantMapping(table: TableFile): Promise<GrantMapping> {
  const sheets: SheetMapping[] = []
  const skippedSheets: SkippedSheet[] = []
  for (const sheet of table.sheets) {
    const head = await firstRows(sheet, HEADER_SEARCH_ROWS + SAMPLE_ROWS)
    const mapping = mappingOf(sheet, head, table.fileName)
    if (mapping) sheets.push(mapping)
    else skippedSheets.push(skippedSheet(sheet, head))
  }
  const copies = sheets.length > 1 ? await copiesAmong(table, sheets) : []
  const isCopy = (name: string) => copies.some(({ sheet }) => sheet === name)
  return {
    sheets: sheets.filter(({ sheet }) => !isCopy(sheet)),
    skippedSheets: [...skippedSheets, ...copies],
  }
}

function skippedSheet({ name }: Sheet, head: Row[]): SkippedSheet {
  const [widest] = head.toSorted((a, b) => textCount(b) - textCount(a))
  if (!widest) return { sheet: name, reason: 'empty' }
  const rows = head.filter(({ line }) => line > widest.line).map(({ cells }) => cells)
  const columns = proposeMapping(widest.cells.map(cellText), rows)
  return {
    sheet: name,
    reason: 'no-header',
    draft: { sheet: name, headerLine: widest.line, columns },
  }
}

function textCount({ cells }: Row): number {
  return cells.filter((cell) => typeof cell === 'string' && cell.trim() !== '').length
}

async function firstRows(sheet: Sheet, count: number): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of sheet.rows()) {
    rows.push(row)
    if (rows.length >= count) break
  }
  return rows
}

type HeaderRow = { headerLine: number; columns: MappedColumn[]; score: number; titles: Row[] }

function mappingOf(sheet: Sheet, head: Row[], fileName: string): SheetMapping | undefined {
  let best: HeaderRow | undefined
  for (const [rank, row] of head.slice(0, HEADER_SEARCH_ROWS).entries()) {
    const found = [headerRow(head, rank, row.cells), ...doubleHeader(head, rank)]
    for (const candidate of found) {
      // A double header must say clearly more than its single lines.
      const room = candidate.headerLine === row.line ? 0 : 0.9
      if (candidate.score > (best?.score ?? 0) + room) best = candidate
    }
  }
  if (!best) return undefined
  const { headerLine, columns, titles } = best
  const amountHeader = columns.find(({ field }) => field === 'amountCents')?.header ?? ''
  const year = yearWritten({
    amountHeader,
    titles: titles.map(({ cells }) => cells.map(cellText).join(' ')),
    sheet: sheet.name === fileName ? '' : sheet.name,
    headers: columns.map(({ header }) => header),
    fileName,
  })
  return { sheet: sheet.name, headerLine, columns, ...(year === undefined ? {} : { year }) }
}

function headerRow(head: Row[], rank: number, cells: Cell[], span = 1): HeaderRow {
  const headers = cells.map(cellText)
  const rows = head.slice(rank + span, rank + span + SAMPLE_ROWS)
  const columns = proposeMapping(
    headers,
    rows.map((row) => row.cells),
  )
  const titles = head.slice(0, rank)
  return {
    headerLine: head[rank + span - 1]?.line ?? 0,
    columns,
    score: scoreOf(cells, columns),
    titles,
  }
}

/** `Montant` over `demandé | accordé`: the upper title covers the empty cells at its right. */
function doubleHeader(head: Row[], rank: number): HeaderRow[] {
  const [upper, lower] = [head[rank], head[rank + 1]]
  if (!upper || !lower?.cells.every((cell) => typeof cell === 'string' || isBlank(cell))) return []
  let title = ''
  const cells = lower.cells.map((cell, column) => {
    if (!isBlank(upper.cells[column])) title = cellText(upper.cells[column])
    return `${title} ${cellText(cell)}`.trim()
  })
  return [headerRow(head, rank, cells, 2)]
}

const WHO: GrantField[] = ['beneficiaryName', 'beneficiarySiret']
const HOW_MUCH: GrantField[] = [
  'amountCents',
  'operatingCents',
  'investmentCents',
  'requestedCents',
  'proposedCents',
  'inKindCents',
]

function scoreOf(cells: Cell[], columns: MappedColumn[]): number {
  const sure = columns.filter(({ confidence }) => confidence >= 0.4)
  const says = (fields: GrantField[]) => sure.some(({ field }) => field && fields.includes(field))
  const some = (fields: GrantField[]) =>
    columns.some(({ field }) => field && fields.includes(field))
  const isHeader = (says(WHO) && some(HOW_MUCH)) || (says(HOW_MUCH) && some(WHO))
  const texts = cells.filter((cell) => typeof cell === 'string' && cell.trim() !== '')
  const isText = texts.length >= cells.filter((cell) => !isBlank(cell)).length * 0.7
  if (!isHeader || !isText) return 0
  return sure.reduce((sum, { confidence }) => sum + confidence, 0)
}

/** A sheet whose lines are nearly all in a bigger one is a detail of it: read twice, it would count twice. */
async function copiesAmong(table: TableFile, mappings: SheetMapping[]): Promise<SkippedSheet[]> {
  const prints = []
  for (const mapping of mappings) prints.push({ mapping, print: await fingerprint(table, mapping) })
  prints.sort((a, b) => b.print.size - a.print.size)
  const kept: typeof prints = []
  const copies: SkippedSheet[] = []
  for (const one of prints) {
    const source = kept.find(({ print }) => overlap(one.print, print) > 0.8)
    if (source)
      copies.push({ sheet: one.mapping.sheet, reason: 'copy', copyOf: source.mapping.sheet })
    else kept.push(one)
  }
  return copies
}

async function fingerprint(
  table: TableFile,
  { sheet, headerLine, columns }: SheetMapping,
): Promise<Set<string>> {
  const rank = (field: GrantField) => columns.findIndex((column) => column.field === field)
  const name = rank('beneficiaryName')
  // What was asked stays the same from a sheet to its detail, what is proposed may not.
  const amount = [rank('requestedCents'), ...HOW_MUCH.map(rank)].find((found) => found >= 0) ?? -1
  const print = new Set<string>()
  for await (const { line, cells } of table.sheets.find((one) => one.name === sheet)?.rows() ??
    []) {
    const who = fold(tidyName(cellText(cells[name]))).replace(/[^a-z0-9]/g, '')
    if (line > headerLine && who) print.add(`${who}|${cellText(cells[amount])}`)
  }
  return print
}

function overlap(small: Set<string>, big: Set<string>): number {
  return small.size === 0 ? 0 : [...small].filter((line) => big.has(line)).length / small.size
}
