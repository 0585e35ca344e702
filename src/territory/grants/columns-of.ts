import { type Cell, cellText } from '#platform'
import { type GrantField, grantFields, type MappedColumn } from './fields.ts'
import { fold } from './header-words.ts'

/** Which cell holds which field, for the rows under one header row. */
export type Columns = {
  rankOf: Partial<Record<GrantField, number>>
  headers: string[]
  labels: string[]
}

export function columnsOf(mapped: readonly MappedColumn[]): Columns {
  const rankOf: Partial<Record<GrantField, number>> = {}
  for (const [rank, { field }] of mapped.entries())
    if (field && rankOf[field] === undefined) rankOf[field] = rank
  const headers = mapped.map(({ header }) => header)
  return { rankOf, headers, labels: headers.map(labelOf) }
}

export function cellOf(
  columns: Columns,
  cells: readonly Cell[],
  field: GrantField,
): Cell | undefined {
  const rank = columns.rankOf[field]
  return rank === undefined ? undefined : cells[rank]
}

export function headerOf(columns: Columns, field: GrantField): string {
  return columns.headers[columns.rankOf[field] ?? -1] ?? ''
}

/** Three cells or more that are words of the header: the header again, at the top of a page. */
export function isRepeatedHeader(columns: Columns, cells: readonly Cell[]): boolean {
  const filled = cells.filter((cell) => typeof cell === 'string' && cell.trim() !== '')
  if (filled.length < 2) return false
  const known = filled.filter((cell) => {
    const label = labelOf(cellText(cell))
    return label !== '' && columns.labels.includes(label)
  })
  return known.length >= Math.min(3, columns.labels.length) && known.length >= filled.length * 0.6
}

/** A header repeated in another order moves the columns of the lines under it. */
export function movedColumns(columns: Columns, cells: readonly Cell[]): Columns {
  const fieldOf = new Map<string, GrantField>()
  for (const field of grantFields) {
    const rank = columns.rankOf[field]
    if (rank !== undefined) fieldOf.set(columns.labels[rank] ?? '', field)
  }
  const rankOf = { ...columns.rankOf }
  for (const [rank, cell] of cells.entries()) {
    const label = labelOf(cellText(cell))
    if (label === '' || label === columns.labels[rank]) continue
    // This place says something else here: its former field is not in these lines, unless it moved.
    for (const field of grantFields) if (rankOf[field] === rank) delete rankOf[field]
  }
  for (const [rank, cell] of cells.entries()) {
    const field = fieldOf.get(labelOf(cellText(cell)))
    if (field) rankOf[field] = rank
  }
  return { ...columns, rankOf }
}

function labelOf(header: string): string {
  return header.length > 80 ? '' : fold(header).replace(/[^a-z0-9]/g, '')
}
