import type { Cell, Row, Sheet } from './cells.ts'

/** Throws what the library throws: a password, a broken archive. `read.ts` makes a refusal of it. */
export async function workbookSheets(bytes: Buffer): Promise<Sheet[]> {
  const { read } = await import('@e965/xlsx')
  const book = read(bytes, {
    dense: true,
    cellDates: false,
    cellHTML: false,
    cellText: false,
    cellNF: true,
    raw: true,
  })
  return book.SheetNames.map((name) => ({
    name,
    rows: async function* () {
      yield* rowsOf(book.Sheets[name]?.['!data'] ?? [])
    },
  }))
}

type SpreadsheetCell = { t?: string; v?: unknown; w?: string; z?: unknown }

function rowsOf(data: readonly (SpreadsheetCell[] | undefined)[]): Row[] {
  const rows: Row[] = []
  // forEach skips the holes: a sheet may pretend to have its million lines.
  data.forEach((line, rank) => {
    const cells = Array.from(line ?? [], shownValue)
    while (cells.length > 0 && cells.at(-1) === null) cells.pop()
    if (cells.some((cell) => cell !== null && cell !== '')) rows.push({ line: rank + 1, cells })
  })
  return rows
}

function shownValue(cell: SpreadsheetCell | undefined): Cell {
  const value = cell?.v
  if (cell?.t === 'e' || value === undefined || value === null) return null
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'number') return isDayFormat(cell?.z, cell?.w) ? dayOfSerial(value) : value
  return typeof value === 'boolean' ? value : String(value)
}

/** The cell shows a day: its format has days and years, outside quoted words. */
function isDayFormat(format: unknown, shown: string | undefined): boolean {
  if (typeof format !== 'string') return false
  const bare = format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').toLowerCase()
  return /d/.test(bare) && /[my]/.test(bare) && !/general|#|0/.test(bare) && shown !== ''
}

/** Day 25569 of spreadsheets is 1 January 1970. */
export function dayOfSerial(serial: number): string {
  return new Date((Math.floor(serial) - 25_569) * 86_400_000).toISOString().slice(0, 10)
}
