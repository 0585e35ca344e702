import { refusal } from '#kit'
import { allBytes, type Bytes, bytesOf } from './bytes.ts'
import type { TableFormat, TableOutcome, TableSource } from './cells.ts'
import { csvShape, csvSheet } from './csv.ts'
import { encodingOf } from './encoding.ts'
import { jsonSheet } from './json.ts'
import { mend, mojibakeOf } from './mojibake.ts'
import { workbookSheets } from './workbook.ts'

// A workbook and a JSON list are held in memory; a CSV file is not.
const HELD_BYTES_MAX = 64 * 1024 * 1024

/** Reads any table file by what it contains, whatever its name says. */
export async function readTable(source: TableSource): Promise<TableOutcome> {
  const bytes = await bytesOf(source)
  const { fileName } = bytes
  const kind = kindOf(bytes)
  if (kind === 'empty' || kind === 'pdf' || kind === 'image')
    return refused(`table-is-${kind}`, fileName)
  if (kind === 'csv') {
    const shape = await csvShape(bytes)
    const { encoding, delimiter } = shape
    return { fileName, format: 'csv', encoding, delimiter, sheets: [csvSheet(bytes, shape)] }
  }
  if (bytes.size > HELD_BYTES_MAX) return refused('table-too-big', fileName)
  return kind === 'json' ? await readJson(bytes) : await readWorkbook(bytes, kind)
}

type Kind = TableFormat | 'empty' | 'pdf' | 'image'

function kindOf({ head }: Bytes): Kind {
  const start = Buffer.from(head.subarray(0, 4096)).toString('latin1')
  const text = start
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart()
  if (text === '') return 'empty'
  if (start.startsWith('%PDF')) return 'pdf'
  if (start.startsWith('\x89PNG') || start.startsWith('\xff\xd8\xff')) return 'image'
  if (start.startsWith('\xd0\xcf\x11\xe0')) return 'xls'
  if (start.startsWith('PK')) return start.includes('opendocument') ? 'ods' : 'xlsx'
  if (/^[[{]\s*["{[]/.test(text)) return 'json'
  return /^<(?:!doctype html|html|table|\?xml)/i.test(text) ? 'html' : 'csv'
}

async function readJson(bytes: Bytes): Promise<TableOutcome> {
  const { fileName } = bytes
  const encoding = await encodingOf(bytes)
  try {
    const text = new TextDecoder(encoding).decode(await allBytes(bytes))
    const sheet = jsonSheet(
      fileName,
      mend(text, mojibakeOf(text) === 'cp850' ? 'cp850' : undefined),
    )
    return sheet
      ? { fileName, format: 'json', encoding, sheets: [sheet] }
      : refused('table-is-no-list', fileName)
  } catch {
    return refused('table-is-broken', fileName)
  }
}

async function readWorkbook(bytes: Bytes, format: TableFormat): Promise<TableOutcome> {
  const { fileName } = bytes
  try {
    return { fileName, format, sheets: await workbookSheets(await allBytes(bytes)) }
  } catch (error) {
    const isLocked = error instanceof Error && /password/i.test(error.message)
    return refused(isLocked ? 'table-is-locked' : 'table-is-broken', fileName)
  }
}

function refused(code: string, fileName: string): TableOutcome {
  return { refusals: [refusal(code, { field: 'file', fileName })] }
}
