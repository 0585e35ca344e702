import type { Refused } from '#kit'

/** A cell as the file holds it. A day of a spreadsheet comes as `2027-03-31`. */
export type Cell = string | number | boolean | null

/** `line` counts from 1 as the person sees it: the first physical line, the sheet's row, the item of a list. */
export type Row = {
  line: number
  cells: Cell[]
  /** A quote opened here and was not closed in its place: rows under it could not be read. */
  isUnreadable?: true
}

export type Sheet = { name: string; rows: () => AsyncIterable<Row> }

export type TableFormat = 'csv' | 'xls' | 'xlsx' | 'ods' | 'html' | 'json'

export type TableFile = {
  fileName: string
  format: TableFormat
  /** Of text files: how the bytes were read. */
  encoding?: string
  delimiter?: string
  sheets: Sheet[]
}

export type TableSource = string | { fileName: string; bytes: Uint8Array }

export type TableOutcome = TableFile | Refused

export function isBlank(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')
}

/** What the cell shows, trimmed, without the line feeds and no-break spaces of spreadsheets. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell.replace(/[\s\u00a0\u202f]+/g, ' ').trim()
  return String(cell)
}
