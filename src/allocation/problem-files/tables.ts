import { parse } from 'csv-parse/sync'
import {
  isRefused,
  parseDay,
  parseEuros,
  parseHours,
  type Refusal,
  type Refused,
  refusal,
} from '#kit'
import { type Problem, problemFormat, readProblem } from '../engine/index.ts'
import { type Like, newcomerBasis, referenceOf } from '../engine/references.ts'
import { AMOUNT_MAX, type Shape } from '../engine/rows.ts'
import { pinShapes, shapes } from '../engine/shapes.ts'

/** A problem as tables, one CSV file for each list: docs/problem-files.md. */
export type TableFile = { name: string; text: string }

type Row = Record<string, unknown>
type Kind = { list: string; shape: Shape; isOptional?: true; byDefault?: Row; asides?: string[] }

// What an empty cell stands for: no floor, no cap, and the score of a file that nobody has marked.
const plainClaimant = {
  baselineCents: 0,
  floorCents: 0,
  usefulCents: 0,
  totalCapCents: AMOUNT_MAX,
  score: 50,
}
const kinds: Record<string, Kind> = {
  'families.csv': { list: 'families', shape: shapes.families },
  'envelopes.csv': { list: 'envelopes', shape: shapes.envelopes },
  'associations.csv': {
    list: 'associations',
    shape: { ...shapes.associations, referenceCents: 'positive?' },
    byDefault: plainClaimant,
    asides: ['theme', 'size'],
  },
  'pools.csv': { list: 'pools', shape: shapes.pools, byDefault: { blockMinutes: 30 } },
  'needs.csv': { list: 'needs', shape: shapes.needs, byDefault: { minMinutes: 0 } },
  'companies.csv': { list: 'companies', shape: shapes.companies, isOptional: true },
  'weights.csv': { list: 'scoreWeights', shape: shapes.scoreWeights, isOptional: true },
  'cash-pins.csv': { list: 'pins.cash', shape: pinShapes.cash, isOptional: true },
  'hours-pins.csv': {
    list: 'pins.hours',
    shape: pinShapes.hours,
    isOptional: true,
    byDefault: { minutes: 0 },
  },
}
export const tableNames = Object.keys(kinds)

/** The problem in these files; each refusal names file, line and column. */
export function problemOfTables(files: TableFile[], cashUnitCents: number): Problem | Refused {
  const refusals: Refusal[] = []
  const tables = new Map<string, Table>()
  for (const [name, kind] of Object.entries(kinds)) {
    const file = files.find((one) => one.name === name)
    if (file) tables.set(kind.list, tableOf(file, kind, refusals))
    else if (!kind.isOptional) refusals.push(refusal('allocation:refused.noTable', { file: name }))
  }
  if (refusals.length > 0) return { refusals }
  const rowsOf = (list: string) => tables.get(list)?.rows ?? []
  const lists = Object.fromEntries(Object.keys(shapes).map((list) => [list, rowsOf(list)]))
  const pins = { cash: rowsOf('pins.cash'), hours: rowsOf('pins.hours') }
  const problem = withReferences({ format: problemFormat, cashUnitCents, pins, ...lists })
  return isRefused(problem)
    ? { refusals: problem.refusals.map((one) => placed(one, tables)) }
    : problem
}

/** A reference left out is made as a season makes it: last year's grant, or the median of its likes, times κ. */
function withReferences(value: Row): Problem | Refused {
  const rows = value.associations as Row[]
  const bare = rows.map(({ theme: _, size: __, ...row }) =>
    row.referenceCents === undefined ? { ...row, basisCents: undefined, referenceCents: 1 } : row,
  )
  // Read first with a stand-in: what references are made from is then known to be sound.
  const read = readProblem({ ...value, associations: bare })
  if (isRefused(read)) return read
  const likes = read.associations.map((one, rank): Like => {
    const { theme = one.envelopeId, size } = rows[rank] ?? {}
    return { theme: String(theme), ...(size === undefined ? {} : { size: String(size) }) }
  })
  const known = read.associations.map(({ baselineCents }, rank) => ({
    theme: '',
    ...likes[rank],
    baselineCents,
  }))
  const cashCents = read.envelopes.reduce((sum, envelope) => sum + envelope.cashCents, 0)
  const newcomerCents = newcomerBasis(known, cashCents)
  const associations = read.associations.map((one, rank) => {
    const { referenceCents, basisCents: given } = rows[rank] ?? {}
    if (referenceCents !== undefined) return one
    const basisCents = given ?? (one.baselineCents || newcomerCents(likes[rank] ?? { theme: '' }))
    const isSound = typeof basisCents === 'number' && basisCents > 0
    const weighted = isSound ? referenceOf(basisCents, one.score, read.scoreWeights) : 1
    return { ...one, basisCents, referenceCents: weighted }
  })
  return readProblem({ ...read, associations })
}

type Table = { file: string; rows: Row[]; lines: number[]; columns: Map<string, string> }

function tableOf({ name: file, text }: TableFile, kind: Kind, refusals: Refusal[]): Table {
  const table: Table = { file, rows: [], lines: [], columns: new Map() }
  const refuse = (code: string, values = {}) =>
    refusals.push(refusal(`allocation:refused.${code}`, { file, ...values }))
  const records = recordsIn(text)
  if ('brokenAt' in records) {
    refuse('brokenTable', { line: records.brokenAt })
    return table
  }
  const [head, ...body] = records
  const names = head?.cells ?? []
  const fields = fieldsOf(kind)
  for (const name of names) {
    const field = fields.find((one) => name in one.columns)
    if (!field) refuse('unknownColumn', { name })
    else if (table.columns.has(field.name) && field.name !== 'place') refuse('twoColumns', { name })
    else table.columns.set(field.name, name)
  }
  for (const { name, isOptional } of fields)
    if (!isOptional && !table.columns.has(name)) refuse('noColumn', { name })
  for (const { cells, line } of body) {
    if (cells.length > names.length) refuse('tooManyCells', { line })
    const cellOf = new Map(names.map((name, rank) => [name, cells[rank] ?? '']))
    table.rows.push(rowOf(fields, cellOf))
    table.lines.push(line)
  }
  return table
}

type Records = { cells: string[]; line: number }[]

function recordsIn(text: string): Records | { brokenAt: number } {
  const [first = ''] = text.split('\n', 1)
  try {
    const found = parse(text, {
      bom: true,
      delimiter: first.includes(';') ? ';' : ',',
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return found.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    return { brokenAt: Number(Object(error).lines ?? 1) }
  }
}

/** A column reads its cell; what it cannot read stays as it is, and is refused with the rest. */
type Field = {
  name: string
  isOptional: boolean
  byDefault: unknown
  columns: Record<string, (cell: string) => unknown>
}

function fieldsOf({ shape, byDefault = {}, asides = [] }: Kind): Field[] {
  const own = Object.entries(shape).map(([name, kind]): Field => {
    const bare = kind.replace('?', '')
    const isNone = bare === 'limit' || bare === 'textOrNone'
    const empty = bare === 'texts' ? [] : isNone ? null : byDefault[name]
    const isOptional = kind.endsWith('?') || empty !== undefined
    return { name, isOptional, byDefault: empty, columns: columnsOf(name, bare) }
  })
  const more = asides.map((name) => ({
    name,
    isOptional: true,
    byDefault: undefined,
    columns: { [name]: String },
  }))
  return [...own, ...more]
}

function columnsOf(name: string, kind: string): Field['columns'] {
  if (kind === 'place') return { eastMetres: whole, northMetres: whole }
  if (name.endsWith('Cents')) return { [name]: whole, [name.replace(/Cents$/, 'Euros')]: euros }
  if (name === 'minutes') return { minutes: whole, hours }
  if (name.endsWith('Minutes')) return { [name]: whole, [name.replace(/Minutes$/, 'Hours')]: hours }
  const readers: Field['columns'] = {
    texts: (cell) => cell.split('|').flatMap((part) => part.trim() || []),
    day: (cell) => parseDay(cell) ?? cell,
    boolean: (cell) => truths[cell.toLowerCase()] ?? cell,
  }
  const isText = ['key', 'text', 'textOrNone', 'modality'].includes(kind)
  return { [name]: readers[kind] ?? (isText ? String : whole) }
}

const truths: Record<string, boolean> = {
  ...{ true: true, oui: true, yes: true, vrai: true, '1': true },
  ...{ false: false, non: false, no: false, faux: false, '0': false },
}

function whole(cell: string): unknown {
  const bare = cell.replace(/\s/g, '')
  return /^-?\d+$/.test(bare) ? Number(bare) : cell
}

function euros(cell: string): unknown {
  const amount = parseEuros(cell)
  return amount === undefined ? cell : Number(amount)
}

function hours(cell: string): unknown {
  const duration = parseHours(cell)
  return duration === undefined ? cell : Number(duration)
}

function rowOf(fields: Field[], cellOf: Map<string, string>): Row {
  return Object.fromEntries(
    fields.map(({ name, columns, byDefault }) => {
      const filled = Object.entries(columns).flatMap(([column, read]): [string, unknown][] => {
        const cell = cellOf.get(column) ?? ''
        return cell === '' ? [] : [[column, read(cell)]]
      })
      if (name === 'place')
        return [name, filled.length > 0 ? Object.fromEntries(filled) : undefined]
      return [name, filled[0]?.[1] ?? byDefault]
    }),
  )
}

/** The same refusal, at the file, line and column that a person sees. */
function placed({ code, field, values }: Refusal, tables: Map<string, Table>): Refusal {
  const { list = '', line, name } = values ?? {}
  const table = tables.get(String(list))
  if (!table) return { code, ...(field === undefined ? {} : { field }), values: values ?? {} }
  const place = {
    list: table.file,
    ...(line === undefined ? {} : { line: table.lines[Number(line) - 1] ?? 0 }),
    ...(name === undefined ? {} : { name: table.columns.get(String(name)) ?? name }),
  }
  return { code, field: table.file, values: { ...values, ...place } }
}
