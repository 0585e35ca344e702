import { createWriteStream, existsSync, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { dayOf, formatEuros, isRefused } from '#kit'
import { type Territory, territoryBySlug } from '#people'
import {
  type Db,
  inTerritory,
  isLanguage,
  type Language,
  migrate,
  type Say,
  sayIn,
} from '#platform'
import { refusalsCsv, sayRemark } from './grants/index.ts'
import { type Imported, importGrants, remedyFor } from './import.ts'

export type CommandIo = { out: (text: string) => void; err: (text: string) => void }
type Open = () => Promise<{ db: Db; close: () => Promise<void> }>

const PROGRESS_LINES = 5000
const SHOWN_REMARKS = 20

/** `metis import grants FILE --territory SLUG`: 0 all taken, 1 some lines refused, 2 nothing done. */
export async function runImport(argv: string[], io: CommandIo, open: Open): Promise<0 | 1 | 2> {
  const asked = readArguments(argv)
  const say = sayIn(asked.language)
  if (asked.isHelp) {
    io.out(say('territory:command.help'))
    return 0
  }
  const wrong = wrongArgument(asked, say)
  if (wrong) {
    io.err(`${wrong}\n\n${say('territory:command.help')}`)
    return 2
  }
  const opened = await open()
  try {
    await migrate(opened.db)
    const territory = await territoryBySlug(opened.db, asked.slug)
    if (territory) return await importInto(opened.db, territory, { asked, io, say })
    io.err(say('territory:command.noTerritory', { slug: asked.slug }))
    return 2
  } finally {
    await opened.close()
  }
}

type Asked = {
  what: string
  file: string
  slug: string
  yearText: string
  refusalsFile: string
  isDryRun: boolean
  isJson: boolean
  isHelp: boolean
  language: Language
}

function readArguments(argv: string[]): Asked {
  const { values, positionals } = parseArgs({
    args: argv,
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      territory: { type: 'string' },
      year: { type: 'string' },
      refusals: { type: 'string' },
      lang: { type: 'string' },
    },
    allowPositionals: true,
  })
  return {
    what: positionals[0] ?? '',
    file: positionals.length === 2 ? (positionals[1] ?? '') : '',
    slug: values.territory ?? '',
    yearText: values.year ?? '',
    refusalsFile: values.refusals ?? '',
    isDryRun: values['dry-run'] ?? false,
    isJson: values.json ?? false,
    isHelp: values.help ?? false,
    language: isLanguage(values.lang) ? values.lang : 'fr',
  }
}

function wrongArgument({ what, file, slug, yearText }: Asked, say: Say): string | undefined {
  if (what !== 'grants' || file === '' || slug === '') return say('territory:command.incomplete')
  if (yearText !== '' && !/^(?:199\d|20\d\d)$/.test(yearText)) return say('territory:refused.year')
  if (!existsSync(file) || !statSync(file).isFile())
    return say('territory:command.noFile', { file })
  return undefined
}

type Telling = { asked: Asked; io: CommandIo; say: Say }

async function importInto(db: Db, territory: Territory, telling: Telling): Promise<0 | 1 | 2> {
  const { asked, io, say } = telling
  const now = new Date()
  const year = asked.yearText === '' ? undefined : Number(asked.yearText)
  const onProgress = (lines: number) => {
    if (!asked.isJson && lines % PROGRESS_LINES === 0)
      io.err(say('territory:command.progress', { lines }))
  }
  const outcome = await inTerritory(db, { territoryId: territory.id }, (tx) =>
    importGrants(
      { tx, territoryId: territory.id, at: now, today: dayOf(now), personId: undefined },
      asked.file,
      { year, isDryRun: asked.isDryRun, onProgress },
    ),
  )
  if (isRefused(outcome)) {
    const reasons = outcome.refusals.map(({ code, values }) =>
      [say(code, values), remedyFor(code, say)].filter(Boolean).join(' '),
    )
    if (asked.isJson) io.out(JSON.stringify({ refusals: reasons }))
    else io.err(reasons.join('\n'))
    return 2
  }
  await writeRefusals(outcome, telling)
  tell(outcome, telling)
  return outcome.refused > 0 ? 1 : 0
}

async function writeRefusals({ remarks }: Imported, { asked, say }: Telling): Promise<void> {
  if (asked.refusalsFile === '') return
  const refused = remarks.filter(({ isRefused: wasRefused }) => wasRefused)
  await pipeline(Readable.from(refusalsCsv(refused, say)), createWriteStream(asked.refusalsFile))
}

function tell(imported: Imported, { asked, io, say }: Telling): void {
  const { remarks, byYear, id: _, ...counts } = imported
  if (asked.isJson) {
    const years = byYear.map((one) => ({ ...one, amountCents: String(one.amountCents) }))
    io.out(JSON.stringify({ isDryRun: asked.isDryRun, ...counts, byYear: years, remarks }))
    return
  }
  const refused = remarks.filter(({ isRefused: wasRefused }) => wasRefused)
  const years = byYear.map(({ year, count, amountCents }) =>
    say('territory:command.year', {
      year,
      count,
      euros: formatEuros(amountCents, asked.language),
    }),
  )
  const shown = refused
    .slice(0, SHOWN_REMARKS)
    .map(
      (remark) =>
        `${say('territory:command.line', { line: remark.line, column: remark.column })} ${sayRemark(remark, say, 'reason')} ${sayRemark(remark, say, 'remedy')}`,
    )
  const left = refused.length - shown.length
  io.out(
    [
      say(asked.isDryRun ? 'territory:command.wouldTake' : 'territory:command.taken', counts),
      ...years,
      ...shown,
      ...(left > 0 ? [say('territory:command.more', { left })] : []),
    ].join('\n'),
  )
}
