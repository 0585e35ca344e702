import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isRefused, parseEuros, type Refusal } from '#kit'
import { isLanguage, type Language, sayIn } from '#platform'
import { allocate, type Problem, type Result, ratioValue, sealOf } from './engine/index.ts'
import { allocateForQuality } from './engine/quality.ts'
import { explain } from './explain.ts'
import { explainShortfall } from './explanation/shortfall.ts'
import { euros, hours, percent } from './explanation/wording.ts'
import { readProblemFile } from './problem-files/read.ts'
import { verify } from './verifier/index.ts'

export type CommandIo = { out: (text: string) => void; err: (text: string) => void }

const known = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  quality: { type: 'boolean' },
  why: { type: 'boolean' },
  unit: { type: 'string' },
  'result-out': { type: 'string' },
  'problem-out': { type: 'string' },
  lang: { type: 'string' },
} as const

/** `metis allocate problem.json`: the split again, for anyone, with the digests that the deliberation quotes. */
export async function runAllocate(argv: string[], io: CommandIo): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({ args: argv, options: known, allowPositionals: true })
  const language = isLanguage(values.lang) ? values.lang : 'fr'
  const say = sayIn(language)
  if (values.help) {
    io.out(say('allocation:command.help'))
    return 0
  }
  const [path] = positionals
  const cashUnitCents = Number(parseEuros(values.unit ?? '1') ?? 0n)
  if (!path || positionals.length > 1 || cashUnitCents <= 0) {
    io.err(`${say('allocation:command.misused')}\n\n${say('allocation:command.help')}`)
    return 2
  }
  const problem = await readProblemFile(path, { cashUnitCents })
  const result = isRefused(problem)
    ? problem
    : await (values.quality ? allocateForQuality : allocate)(problem)
  if (isRefused(problem) || isRefused(result)) {
    tellRefusals(isRefused(result) ? result.refusals : [], { io, language, ...values })
    return 2
  }
  const witness = verify(problem, result)
  if (witness) {
    const details = JSON.stringify(witness.values)
    io.err(say('allocation:command.refuted', { rule: witness.rule, details }))
    return 2
  }
  const outputs = { [values['problem-out'] ?? '']: problem, [values['result-out'] ?? '']: result }
  for (const [file, content] of Object.entries(outputs)) {
    if (file === '' || (await isWritten(file, content))) continue
    io.err(say('allocation:command.notWritten', { file }))
    return 2
  }
  if (values.quality && result.mode !== 'quality')
    io.err(say('allocation:command.tooManyForQuality'))
  const split = { problem, result, resultSha256: await sealOf(result), language, ...values }
  io.out(values.json ? inJson(split) : inWords(split))
  return 0
}

function isWritten(file: string, content: object): Promise<boolean> {
  return writeFile(file, `${JSON.stringify(content, null, 2)}\n`).then(
    () => true,
    () => false,
  )
}

type Telling = { io: CommandIo; language: Language; json?: boolean }

function tellRefusals(refusals: Refusal[], { io, language, json }: Telling) {
  const say = sayIn(language)
  const told = refusals.map(({ code, field, values }) => ({
    field,
    sentence: say(code, values),
    code,
  }))
  if (json) io.out(JSON.stringify({ refusals: told }, null, 2))
  for (const { sentence } of told) io.err(sentence)
}

type Split = {
  problem: Problem
  result: Result
  resultSha256: string
  language: Language
  why?: boolean
}

function inJson({ result, resultSha256 }: Split): string {
  return JSON.stringify({ result, problemSha256: result.problemSha256, resultSha256 }, null, 2)
}

function inWords({ problem, result, resultSha256, language, why = false }: Split): string {
  const say = sayIn(language)
  return [
    ...(why ? reasonsIn({ problem, result, language }) : lineByLine({ problem, result, language })),
    '',
    ...explainShortfall(problem, result, language),
    ...result.notes.map(({ code, values }) => say(`allocation:note.${code}`, values)),
    '',
    say('allocation:command.problemDigest', { sha256: result.problemSha256 }),
    say('allocation:command.resultDigest', { sha256: resultSha256 }),
  ].join('\n')
}

type Told = Pick<Split, 'problem' | 'result' | 'language'>

function reasonsIn({ problem, result, language }: Told): string[] {
  return result.lines.flatMap(({ associationId }) => [
    explain(problem, result, associationId, language).join('\n  '),
    '',
  ])
}

/** Cash, hours and rate of each, in columns; the sentences are one option away. */
function lineByLine({ problem, result, language }: Told): string[] {
  const names = new Map(problem.associations.map(({ id, name }) => [id, name ?? id]))
  const rows = result.lines.map((line) => [
    names.get(line.associationId) ?? '',
    euros(line.cashCents, language),
    hours(
      line.hours.reduce((sum, { minutes }) => sum + minutes, 0),
      language,
    ),
    percent(ratioValue(line), language),
  ])
  const widths = [0, 1, 2, 3].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows.map(([name = '', ...figures]) =>
    [
      name.padEnd(widths[0] ?? 0),
      ...figures.map((text, at) => text.padStart(widths[at + 1] ?? 0)),
    ].join('  '),
  )
}
