import { parseDay, parseHours } from '#kit'
import { type Cell, cellText, readTable } from '#platform'
import { type Modality, modalities } from '../engine/index.ts'
import type { Beneficiary } from './grants.ts'
import { matchable } from './matchable.ts'
import type { ReplayNeed, ReplayPledge } from './season.ts'

/** A line of a pledges or needs file that cannot be taken; the others are kept. */
export type RefusedCell = {
  file: string
  line: number
  column: string
  value: string
  code: string
}

export type Supplied<Row> = { rows: Row[]; refused: RefusedCell[] }

type Line = {
  text(column: string): string
  hours(column: string): number | undefined
  window(): { startsOn?: string; endsOn?: string; modality?: Modality }
  refuse(column: string, code: string): void
}

export async function readPledges(file: string): Promise<Supplied<ReplayPledge> | undefined> {
  return readLines(file, ['company', 'family', 'hours'], (line) => {
    const company = line.text('company')
    const family = line.text('family')
    if (company === '') line.refuse('company', 'empty')
    if (family === '') line.refuse('family', 'empty')
    const minutes = line.hours('hours')
    const blockMinutes = line.text('block_hours') === '' ? 30 : line.hours('block_hours')
    const missions = line.text('missions_max')
    const missionsMax = missions === '' ? null : Number(missions)
    if (missionsMax !== null && !Number.isSafeInteger(missionsMax))
      line.refuse('missions_max', 'count')
    const window = line.window()
    if (minutes === undefined || blockMinutes === undefined) return undefined
    if (blockMinutes > minutes) line.refuse('block_hours', 'blockOverHours')
    return { company, family, minutes, blockMinutes, missionsMax, ...window }
  })
}

export async function readNeeds(
  file: string,
  beneficiaries: Beneficiary[],
): Promise<Supplied<ReplayNeed> | undefined> {
  const byName = new Map(beneficiaries.map((one) => [matchable(one.name), one.id]))
  const bySiret = new Map(beneficiaries.map((one) => [one.siret ?? one.id, one.id]))
  return readLines(file, ['association', 'family', 'max_hours'], (line) => {
    const name = line.text('association')
    const beneficiaryId = bySiret.get(line.text('siret')) ?? byName.get(matchable(name))
    if (beneficiaryId === undefined) line.refuse('association', 'unknownAssociation')
    const family = line.text('family')
    if (family === '') line.refuse('family', 'empty')
    const maxMinutes = line.hours('max_hours')
    const minMinutes = line.text('min_hours') === '' ? 30 : line.hours('min_hours')
    const window = line.window()
    if (minMinutes === undefined || maxMinutes === undefined) return undefined
    if (minMinutes > maxMinutes) line.refuse('min_hours', 'minOverMax')
    return { beneficiaryId: beneficiaryId ?? '', family, minMinutes, maxMinutes, ...window }
  })
}

/** Undefined when the file is no table, or lacks a column without which no line has a meaning. */
async function readLines<Row>(
  file: string,
  required: string[],
  rowOf: (line: Line) => Row | undefined,
): Promise<Supplied<Row> | undefined> {
  const table = await readTable(file)
  if ('refusals' in table) return undefined
  const [sheet] = table.sheets
  const supplied: Supplied<Row> = { rows: [], refused: [] }
  let columns: Map<string, number> | undefined
  for await (const { line, cells } of sheet?.rows() ?? []) {
    if (cells.every((cell) => cellText(cell) === '') || cellText(cells[0]).startsWith('#')) continue
    if (!columns) {
      columns = new Map(cells.map((cell, rank) => [cellText(cell).toLowerCase(), rank]))
      if (required.some((name) => !columns?.has(name))) return undefined
      continue
    }
    const refused: RefusedCell[] = []
    const row = rowOf(lineOf({ fileName: table.fileName, line, cells, columns, refused }))
    supplied.refused.push(...refused)
    if (row && refused.length === 0) supplied.rows.push(row)
  }
  return columns ? supplied : undefined
}

type Source = {
  fileName: string
  line: number
  cells: Cell[]
  columns: Map<string, number>
  refused: RefusedCell[]
}

function lineOf({ fileName, line, cells, columns, refused }: Source): Line {
  const text = (column: string) => cellText(cells[columns.get(column) ?? -1])
  const refuse = (column: string, code: string) => {
    refused.push({ file: fileName, line, column, value: text(column), code })
  }
  const dayIn = (column: string) => {
    const day = text(column) === '' ? undefined : parseDay(text(column))
    if (text(column) !== '' && !day) refuse(column, 'day')
    return day
  }
  return {
    text,
    refuse,
    hours(column) {
      const minutes = Number(parseHours(text(column)) ?? 0n)
      if (minutes > 0 && minutes % 30 === 0) return minutes
      refuse(column, 'halfHours')
      return undefined
    },
    window() {
      const startsOn = dayIn('starts_on')
      const endsOn = dayIn('ends_on')
      const modality = modalities.find((one) => one === text('modality'))
      if (text('modality') !== '' && !modality) refuse('modality', 'modality')
      if (startsOn && endsOn && endsOn < startsOn) refuse('ends_on', 'endsBeforeStart')
      return {
        ...(startsOn ? { startsOn } : {}),
        ...(endsOn ? { endsOn } : {}),
        ...(modality ? { modality } : {}),
      }
    },
  }
}
