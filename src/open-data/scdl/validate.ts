import { parse } from 'csv-parse/sync'
import { parseSiret } from '#kit'
import { fieldFindings } from './field.ts'
import { type Finding, finding } from './finding.ts'
import { type ScdlCheck, scdlSchema } from './schema.ts'

/** What the official schema has against a file; a file without errors may be published. */
export function validateScdl(csvText: string): Finding[] {
  const text = csvText.replace(/^\ufeff/, '')
  if (text.includes('\ufffd')) return [finding('error', 'encoding')]
  const lines = readLines(text)
  if (!Array.isArray(lines)) return [lines]
  const [header = [], ...rows] = lines
  if (header.length === 1 && /[;\t]/.test(header[0] ?? ''))
    return [finding('error', 'separator', { line: 1 })]
  const headerFindings = findingsOfHeader(header)
  const rowFindings = rows.flatMap((cells, rank) => findingsOfRow(header, cells, rank + 2))
  return [...headerFindings, ...rowFindings]
}

export function isPublishable(findings: Finding[]): boolean {
  return findings.every(({ severity }) => severity === 'warning')
}

function readLines(text: string): string[][] | Finding {
  try {
    return parse(text, { relaxColumnCount: true, skipEmptyLines: true })
  } catch {
    return finding('error', 'unreadable')
  }
}

function findingsOfHeader(header: string[]): Finding[] {
  const expected = scdlSchema.fields.map(({ name }) => name)
  const unknown = header.filter((name) => !expected.includes(name))
  const doubled = new Set(header.filter((name, rank) => header.indexOf(name) !== rank))
  const known = [...new Set(header)].filter((name) => expected.includes(name))
  const inOrder = expected.filter((name) => known.includes(name))
  return [
    ...scdlSchema.fields
      .filter(({ name }) => !header.includes(name))
      .map(({ name, constraints }) =>
        finding(constraints.required ? 'error' : 'warning', 'column-missing', columnOf(name)),
      ),
    ...[...doubled].map((name) => finding('error', 'column-doubled', columnOf(name))),
    ...unknown.map((name) => finding('warning', 'column-unknown', columnOf(name))),
    ...known
      .filter((name, rank) => name !== inOrder[rank])
      .map((name) => finding('warning', 'column-order', columnOf(name))),
  ]
}

function columnOf(column: string) {
  return { line: 1, column }
}

function findingsOfRow(header: string[], cells: string[], line: number): Finding[] {
  if (cells.length !== header.length) return [finding('error', 'row-width', { line })]
  const row = new Map(header.map((name, rank) => [name, cells[rank] ?? '']))
  return [
    ...scdlSchema.fields.flatMap((field) => {
      const value = row.get(field.name)
      return value === undefined ? [] : fieldFindings(field, value, line)
    }),
    ...scdlSchema.custom_checks.flatMap((check) => findingsOfCheck(check, row, line)),
  ]
}

function findingsOfCheck(check: ScdlCheck, row: Map<string, string>, line: number): Finding[] {
  if (check.name === 'one-of-required') {
    const { column1, column2 } = check.params
    const isGiven = Boolean(row.get(column1) || row.get(column2))
    return isGiven ? [] : [finding('error', 'one-of-required', { line, column: column1 })]
  }
  const { column } = check.params
  const value = row.get(column) ?? ''
  const isSiret = /^\d{14}$/.test(value) && parseSiret(value) !== undefined
  return value === '' || isSiret ? [] : [finding('error', 'siret', { line, column, value })]
}
