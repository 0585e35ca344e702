import { access, constants, stat, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isRefused, parseEuros } from '#kit'
import { isLanguage, sayIn } from '#platform'
import type { CommandIo } from '../allocate-command.ts'
import { inHtml } from './html.tsx'
import { type ReplayOptions, replay } from './replay.ts'
import { reportOf } from './report.ts'
import { inTerminal, refusalsInTerminal } from './terminal.ts'

/** `metis replay GRANTS-FILE --cut 12%`: what a season would have given. */
export async function runReplay(argv: string[], io: CommandIo): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({ args: argv, options: known, allowPositionals: true })
  const language = isLanguage(values.lang) ? values.lang : 'fr'
  const say = sayIn(language)
  if (values.help) {
    io.out(say('replay:help'))
    return 0
  }
  const options = optionsFrom(values, positionals)
  if (typeof options === 'string') {
    io.err(`${say(`replay:misused.${options}`)}\n\n${say('replay:help')}`)
    return 2
  }
  const missing = await firstUnreadable([
    options.grantsFile,
    options.pledgesFile,
    options.needsFile,
  ])
  if (missing !== undefined) {
    io.err(say('replay:refused.unreadable', { file: missing }))
    return 2
  }
  const replayed = await replay(options)
  if (isRefused(replayed)) {
    const sentences = replayed.refusals.map(({ code, values: given }) =>
      code.includes(':')
        ? say(code, given)
        : `${say(`grants:reason.${code}`, given)} ${say(`grants:remedy.${code}`, given)}`,
    )
    if (values.json) io.out(JSON.stringify({ refusals: sentences }, null, 2))
    io.err(sentences.join('\n'))
    return 2
  }
  const report = reportOf(replayed, language)
  const unwritten = await firstUnwritten([
    [values.problem, () => `${JSON.stringify(replayed.problem, null, 2)}\n`],
    [values.html, () => inHtml(report)],
  ])
  if (unwritten !== undefined) {
    io.err(say('replay:refused.unwritten', { file: unwritten }))
    return 2
  }
  io.out(values.json ? JSON.stringify(report, null, 2) : inTerminal(report))
  if (report.refusals.length === 0) return 0
  if (!values.json) io.err(`\n${refusalsInTerminal(report)}`)
  return 1
}

async function firstUnreadable(files: (string | undefined)[]): Promise<string | undefined> {
  for (const file of files) {
    if (file === undefined) continue
    const isReadable = await Promise.all([access(file, constants.R_OK), stat(file)]).then(
      ([, entry]) => entry.isFile(),
      () => false,
    )
    if (!isReadable) return file
  }
  return undefined
}

type Output = [file: string | undefined, content: () => string]

async function firstUnwritten(outputs: Output[]): Promise<string | undefined> {
  for (const [file, content] of outputs) {
    if (file === undefined) continue
    const isWritten = await writeFile(file, content()).then(
      () => true,
      () => false,
    )
    if (!isWritten) return file
  }
  return undefined
}

const known = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  html: { type: 'string' },
  problem: { type: 'string' },
  cut: { type: 'string' },
  year: { type: 'string' },
  grantor: { type: 'string' },
  pledges: { type: 'string' },
  needs: { type: 'string' },
  floor: { type: 'string' },
  'hour-value': { type: 'string' },
  unit: { type: 'string' },
  seed: { type: 'string' },
  lang: { type: 'string' },
} as const

type Values = { [Name in keyof typeof known]?: string | boolean | undefined }

const HOURLY_CENTS = 4_000
const UNIT_CENTS = 100

/** The options as typed values, or the name of the first that cannot be understood. */
function optionsFrom(values: Values, positionals: string[]): ReplayOptions | string {
  const [grantsFile] = positionals
  if (!grantsFile || positionals.length > 1) return 'file'
  const cut = cutFrom(textOf(values.cut))
  if (!cut) return 'cut'
  const year = wholeFrom(values.year, { least: 1900, most: 2200 })
  if (values.year !== undefined && year === undefined) return 'year'
  const floorPercent = wholeFrom(textOf(values.floor)?.replace('%', '') ?? '0', {
    least: 0,
    most: 100,
  })
  if (floorPercent === undefined) return 'floor'
  const hourlyCents = centsFrom(values['hour-value'], HOURLY_CENTS)
  if (hourlyCents === undefined || hourlyCents % 2 !== 0) return 'hourValue'
  const cashUnitCents = centsFrom(values.unit, UNIT_CENTS)
  if (cashUnitCents === undefined) return 'unit'
  const seed = wholeFrom(values.seed ?? '1', { least: 0, most: 2 ** 31 })
  if (seed === undefined) return 'seed'
  const grantor = textOf(values.grantor)
  const pledgesFile = textOf(values.pledges)
  const needsFile = textOf(values.needs)
  return {
    grantsFile,
    cut,
    floorPercent,
    hourlyCents,
    cashUnitCents,
    seed,
    ...(year === undefined ? {} : { year }),
    ...(grantor === undefined ? {} : { grantor }),
    ...(pledgesFile === undefined ? {} : { pledgesFile }),
    ...(needsFile === undefined ? {} : { needsFile }),
  }
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function cutFrom(text: string | undefined): ReplayOptions['cut'] | undefined {
  const percent = /^(\d{1,3}(?:[.,]\d{1,2})?)\s*%$/.exec(text ?? '')
  if (percent) {
    const value = Number((percent[1] ?? '').replace(',', '.'))
    return value <= 100 ? { percent: value } : undefined
  }
  const amount = parseEuros(text ?? '')
  return amount === undefined || amount < 0n ? undefined : { cents: amount }
}

function centsFrom(value: string | boolean | undefined, byDefault: number): number | undefined {
  const text = textOf(value)
  if (text === undefined) return byDefault
  const amount = Number(parseEuros(text) ?? 0n)
  return amount > 0 ? amount : undefined
}

function wholeFrom(
  value: string | boolean | undefined,
  { least, most }: { least: number; most: number },
): number | undefined {
  const text = textOf(value)
  const whole = text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN
  return whole >= least && whole <= most ? whole : undefined
}
