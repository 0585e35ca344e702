import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { note } from '#journal'
import { type Cents, cents, type Day, newId, type Refused, refusal, sumCents } from '#kit'
import { readTable, type Say, sha256, type TableFile, type TableSource, type Tx } from '#platform'
import {
  type AcceptedLine,
  type GrantMapping,
  type LineOutcome,
  type LineRemark,
  proposeGrantMapping,
  readGrantLines,
} from './grants/index.ts'
import { type Baseline, baselineFrom, type ImportCounts, matcher } from './rules.ts'
import {
  associationsIn,
  countImport,
  insertBaselines,
  insertImport,
  insertRemarks,
  type Remark,
} from './store.ts'

/** Who imports, where and when: a request's or the command line's. */
export type ImportScope = {
  tx: Tx
  territoryId: string
  at: Date
  today: Day
  personId: string | undefined
}

export type ImportOptions = {
  /** As corrected by a person; proposed when absent. */
  mapping?: GrantMapping
  /** The year of lines that say none, when the file says none either. */
  year?: number | undefined
  /** Nothing is written: the counts say what would be. */
  isDryRun?: boolean
  onProgress?: (lines: number) => void
  id?: string
}

export type Imported = ImportCounts & { id: string; remarks: Remark[] }

const BATCH_ROWS = 1000
// Beyond this, the person mends the file first: ten thousand remarks are read by nobody.
const REMARKS_MAX = 10_000

/** Reads a grants file and keeps its lines as baselines: those refused do not cost the others. */
export async function importGrants(
  scope: ImportScope,
  source: TableSource,
  options: ImportOptions = {},
): Promise<Imported | Refused> {
  const table = await openTable(source)
  if ('refusals' in table) return table
  const proposed = options.mapping ?? (await proposeGrantMapping(table))
  const mapping = withYear(proposed, options.year)
  if (mapping.sheets.length === 0)
    return { refusals: [refusal('territory:refused.noGrants', { field: 'file' })] }
  const head = { fileName: table.fileName, fileSha256: await digestOf(source) }
  const intake = await openIntake(scope, options, { ...head, columnsMapped: mapping })
  for await (const outcome of readGrantLines(table, mapping, { today: scope.today }))
    await takeLine(intake, outcome)
  return closeIntake(intake)
}

/** What to do about a file that could not be read; nothing for other refusals. */
export function remedyFor(code: string, say: Say): string | undefined {
  const name = /^grants:reason\.(.+)$/.exec(code)?.[1]
  return name && say(`grants:remedy.${name}`)
}

/** Reads any table; what cannot be read is refused with a sentence of the `grants` texts. */
export async function openTable(source: TableSource): Promise<TableFile | Refused> {
  const table = await readTable(source)
  if (!('refusals' in table)) return table
  return {
    refusals: table.refusals.map((reason) => ({ ...reason, code: `grants:reason.${reason.code}` })),
  }
}

function withYear(mapping: GrantMapping, year: number | undefined): GrantMapping {
  if (year === undefined) return mapping
  const sheets = mapping.sheets.map((sheet) => ({ year, ...sheet }))
  return { ...mapping, sheets }
}

/** What was taken so far: written by batches, so that memory does not follow the file. */
type Intake = {
  scope: ImportScope
  options: ImportOptions
  id: string
  match: ReturnType<typeof matcher>
  lines: number
  counts: Omit<ImportCounts, 'byYear'>
  years: Map<number, { count: number; amountCents: Cents }>
  remarks: Remark[]
  batch: (Baseline & { id: string })[]
}

type FileHead = { fileName: string; fileSha256: string; columnsMapped: GrantMapping }

async function openIntake(
  scope: ImportScope,
  options: ImportOptions,
  head: FileHead,
): Promise<Intake> {
  const { tx, territoryId, at, personId } = scope
  const id = options.id ?? newId()
  const match = matcher(await associationsIn(tx, territoryId))
  if (!options.isDryRun) await insertImport(tx, { territoryId, id, at, personId, ...head })
  const counts = { accepted: 0, known: 0, refused: 0, skipped: 0, doubtful: 0 }
  return { scope, options, id, match, lines: 0, counts, years: new Map(), remarks: [], batch: [] }
}

async function takeLine(intake: Intake, outcome: LineOutcome): Promise<void> {
  intake.lines += 1
  if (intake.lines % BATCH_ROWS === 0) intake.options.onProgress?.(intake.lines)
  if ('skipped' in outcome) intake.counts.skipped += 1
  else if ('refusals' in outcome) refuseLine(intake, outcome.refusals)
  else await acceptLine(intake, outcome)
}

async function acceptLine(intake: Intake, line: AcceptedLine): Promise<void> {
  const baseline = baselineFrom(line, intake.match)
  if ('refusals' in baseline) return refuseLine(intake, baseline.refusals)
  if (line.warnings.length > 0) intake.counts.doubtful += 1
  keepRemarks(intake, line.warnings, false)
  countYear(intake.years, baseline)
  intake.batch.push({ id: newId(), ...baseline })
  if (intake.batch.length === BATCH_ROWS) await writeBatch(intake)
}

function refuseLine(intake: Intake, refusals: LineRemark[]): void {
  intake.counts.refused += 1
  keepRemarks(intake, refusals, true)
}

function keepRemarks({ remarks }: Intake, said: LineRemark[], isRefused: boolean): void {
  if (remarks.length < REMARKS_MAX)
    remarks.push(...said.map((remark) => ({ ...remark, isRefused })))
}

function countYear(years: Intake['years'], { year, nature, amountCents }: Baseline): void {
  const isCash = nature === 'cash' || nature === 'mixed'
  const before = years.get(year) ?? { count: 0, amountCents: cents(0) }
  const sum = isCash ? sumCents([before.amountCents, amountCents]) : before.amountCents
  years.set(year, { count: before.count + 1, amountCents: sum })
}

async function writeBatch(intake: Intake): Promise<void> {
  const { batch, counts, id, options, scope } = intake
  intake.batch = []
  if (batch.length === 0) return
  const target = { territoryId: scope.territoryId, importId: id }
  const written = options.isDryRun ? batch.length : await insertBaselines(scope.tx, target, batch)
  counts.accepted += written
  counts.known += batch.length - written
}

async function closeIntake(intake: Intake): Promise<Imported> {
  await writeBatch(intake)
  const { counts, id, lines, options, remarks, years } = intake
  options.onProgress?.(lines)
  if (!options.isDryRun) await sealImport(intake)
  const byYear = [...years]
    .sort(([a], [b]) => b - a)
    .map(([year, { count, amountCents }]) => ({ year, count, amountCents }))
  return { id, ...counts, byYear, remarks }
}

async function sealImport({ scope, id, counts, remarks }: Intake): Promise<void> {
  const { tx, territoryId, at, personId } = scope
  const { accepted: acceptedCount, refused: refusedCount } = counts
  await countImport(tx, territoryId, id, { acceptedCount, refusedCount })
  for (let start = 0; start < remarks.length; start += BATCH_ROWS) {
    const target = { territoryId, importId: id, firstRank: start + 1 }
    await insertRemarks(tx, target, remarks.slice(start, start + BATCH_ROWS))
  }
  const act = { territoryId, at, personId, action: 'baselines.imported' }
  await note(tx, { ...act, subjectId: id, details: { ...counts } })
}

async function digestOf(source: TableSource): Promise<string> {
  if (typeof source !== 'string') return sha256(source.bytes)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(source)) hash.update(chunk)
  return hash.digest('hex')
}
