import { parseArgs } from 'node:util'
import { UnusableSettings } from '#platform'
import type { Io } from './commands.ts'

type Figures = Record<string, number | string>
type Show = (figure: string, value: number | string) => void
type Asked = { size?: number; isFull: boolean; show: Show }

/** Measurements, never part of the tests: each runs seeded, and compares within one run. */
const benches: Record<string, { describe: string; run: (asked: Asked) => Promise<Figures> }> = {
  import: {
    describe:
      'rows a second and peak memory on 18,148 real grant lines, then on five times as many',
    run: async () => (await import('#territory')).benchImport(),
  },
  headers: {
    describe: 'how many of the 243 real column headers are understood without help',
    run: async () => {
      const { headerCoverage } = await import('#territory')
      const { disagreements, ...counts } = headerCoverage('../shared/data/grants/header-corpus')
      return { ...flat(counts), disagreements: disagreements.length }
    },
  },
  pdf: {
    describe: 'tax receipts drawn in a second, in one process',
    run: async () => flat(await (await import('#documents')).benchPdf()),
  },
  ledger: {
    describe:
      'postings a second by fifty writers on a PostgreSQL server beside bare pg, and lines recounted',
    run: async () => (await import('../../tests/load/ledger.ts')).benchLedger(),
  },
  engine: {
    describe:
      'the split beside linear programmes, by size: times, gaps, growth, memory, bars [--size N] [--full]',
    run: async (asked) => (await import('../../tests/load/engine.ts')).benchEngine(asked),
  },
  matching: {
    describe: '500 missions put in order for each of 2,000 employees, against the bar',
    run: async () => (await import('../../tests/load/matching.ts')).benchMatching(),
  },
  export: {
    describe: 'the work table of 25,000 files as CSV, XLSX and ODS: time, first byte, peak memory',
    run: async () => (await import('../../tests/load/export.ts')).benchExport(),
  },
  page: {
    describe: 'a page’s requests a second, against a bare node:http + pg handler doing its query',
    run: async () => (await import('../../tests/load/page.ts')).benchPage(),
  },
}

const help = [
  'metis bench NAME [--json]',
  '',
  ...Object.entries(benches).map(([name, { describe }]) => `  ${name.padEnd(8)} ${describe}`),
].join('\n')

export async function runBench(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      size: { type: 'string' },
      full: { type: 'boolean' },
    },
    allowPositionals: true,
  })
  const [name] = positionals
  if (values.help || !name) {
    io.out(help)
    return 0
  }
  const bench = benches[name]
  if (!bench) throw new UnusableSettings(`There is no bench "${name}".\n\n${help}`)
  const shownSoFar = new Set<string>()
  const show: Show = (figure, value) => {
    shownSoFar.add(figure)
    if (!values.json) io.out(`${figure}: ${shown(value)}`)
  }
  const size = values.size === undefined ? {} : { size: sizeIn(values.size) }
  const figures = await bench.run({ ...size, isFull: values.full ?? false, show })
  if (values.json) io.out(JSON.stringify({ bench: name, ...figures }))
  for (const [figure, value] of Object.entries(figures))
    if (!shownSoFar.has(figure)) show(figure, value)
  return 0
}

function sizeIn(text: string): number {
  const size = Number(text)
  if (Number.isInteger(size) && size > 0) return size
  throw new UnusableSettings(`--size takes a number of associations, not "${text}".`)
}

function flat(figures: object): Figures {
  return Object.fromEntries(
    Object.entries(figures).filter(
      (entry): entry is [string, number | string] =>
        typeof entry[1] === 'number' || typeof entry[1] === 'string',
    ),
  )
}

function shown(value: number | string): string {
  return typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : value
}
