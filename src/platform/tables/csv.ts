import { CsvError, parse as parseStream } from 'csv-parse'
import { parse as parseAtOnce } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import type { Bytes } from './bytes.ts'
import type { Row, Sheet } from './cells.ts'
import { encodingOf } from './encoding.ts'
import { type Mojibake, mend, mojibakeOf } from './mojibake.ts'

export type CsvShape = {
  encoding: string
  delimiter: string
  quote: string | false
  spoiled: Mojibake
}

const DELIMITERS = [';', ',', '\t', '|']
const SAMPLE_CHARACTERS = 120_000

export async function csvShape(bytes: Bytes): Promise<CsvShape> {
  const encoding = await encodingOf(bytes)
  const sample = iconv.decode(Buffer.from(bytes.head), encoding).slice(0, SAMPLE_CHARACTERS)
  const quote = (await hasPairedQuotes(bytes)) ? '"' : false
  const [delimiter = ';'] = DELIMITERS.toSorted(
    (a, b) => regularity(sample, b, quote) - regularity(sample, a, quote),
  )
  return { encoding, delimiter, quote, spoiled: mojibakeOf(sample) }
}

export function csvSheet(bytes: Bytes, shape: CsvShape): Sheet {
  return { name: bytes.fileName, rows: () => csvRows(bytes, shape) }
}

async function* csvRows(bytes: Bytes, shape: CsvShape): AsyncGenerator<Row> {
  const source = bytes.stream()
  const records = parseStream({ ...optionsOf(shape.delimiter, shape.quote), info: true })
  source.on('error', (error) => records.destroy(error))
  source.pipe(iconv.decodeStream(shape.encoding)).pipe(records)
  let line = 1
  let usualWidth = 0
  try {
    for await (const { record, info } of records as AsyncIterable<CsvRecord>) {
      const whole = unwrapped(record, shape.delimiter, usualWidth)
      usualWidth = Math.max(usualWidth, whole.length)
      const cells = shape.spoiled ? whole.map((cell) => mend(cell, shape.spoiled)) : whole
      if (hasSwallowed(cells, shape.delimiter, usualWidth))
        yield { line, cells: [], isUnreadable: true }
      else if (cells.some((cell) => cell.trim() !== '')) yield { line, cells }
      line = info.lines + 1
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    yield { line, cells: [], isUnreadable: true }
  } finally {
    // A reader who stops after the header leaves no open file behind.
    source.destroy()
  }
}

/** Some tools quote a whole row because one of its cells has quotes: it is cut again. */
function unwrapped(cells: string[], delimiter: string, usualWidth: number): string[] {
  const isWrapped = cells.length * 2 < usualWidth && cells[0]?.includes(delimiter)
  if (!isWrapped) return cells
  const text = cells.join(delimiter).replace(/^"|"$/g, '').replaceAll('""', '"')
  const cut = text.split(delimiter)
  return cut.length * 2 < usualWidth ? cells : cut
}

/** A cell holds whole rows: its quote was closed by the next one, lines further. */
function hasSwallowed(cells: string[], delimiter: string, usualWidth: number): boolean {
  return (
    usualWidth > 2 &&
    cells.some(
      (cell) =>
        cell.includes('\n') &&
        cell
          .split('\n')
          .slice(1)
          .some((text) => text.split(delimiter).length >= usualWidth),
    )
  )
}

type CsvRecord = { record: string[]; info: { lines: number } }

function optionsOf(delimiter: string, quote: string | false) {
  return {
    delimiter,
    quote,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    record_delimiter: ['\r\n', '\n', '\r'],
  }
}

/** How much the sample looks like a table with this delimiter: wide rows, mostly of one width. */
function regularity(sample: string, delimiter: string, quote: string | false): number {
  const widths = sampleRows(sample, delimiter, quote)
    .filter((cells) => cells.some((cell) => cell.trim() !== ''))
    .map((cells) => cells.length)
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  const [width, count] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [1, 0]
  return (count / Math.max(1, widths.length)) * Math.log(width)
}

function sampleRows(sample: string, delimiter: string, quote: string | false): string[][] {
  try {
    return parseAtOnce(sample.slice(0, sample.lastIndexOf('\n') + 1) || sample, {
      ...optionsOf(delimiter, quote),
      to: 200,
    })
  } catch {
    // The sample may stop inside a quoted cell.
    return sample
      .split(/\r?\n/)
      .slice(0, 200)
      .map((text) => text.split(delimiter))
  }
}

/** An odd number of quotes means that one opens and never closes: then quotes are ordinary signs. */
async function hasPairedQuotes(bytes: Bytes): Promise<boolean> {
  let count = 0
  for await (const chunk of bytes.stream()) {
    for (let at = chunk.indexOf(0x22); at >= 0; at = chunk.indexOf(0x22, at + 1)) count += 1
  }
  return count % 2 === 0
}
