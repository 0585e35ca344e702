import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isRefused, type Refusal } from '#kit'
import { isLanguage, type Language, type Say, sayIn } from '#platform'
import { allocate, type Problem, type Result, readProblem, sealOf } from './engine/index.ts'
import { explain } from './explain.ts'

export type CommandIo = { out: (text: string) => void; err: (text: string) => void }

/** `metis allocate problem.json`: the split again, for anyone, with the digests that the deliberation quotes. */
export async function runAllocate(argv: string[], io: CommandIo): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: {
      help: { type: 'boolean', short: 'h' },
      json: { type: 'boolean' },
      lang: { type: 'string' },
    },
    allowPositionals: true,
  })
  const language = isLanguage(values.lang) ? values.lang : 'fr'
  const say = sayIn(language)
  if (values.help) {
    io.out(say('allocation:command.help'))
    return 0
  }
  const [file] = positionals
  if (!file || positionals.length > 1) {
    io.err(`${say('allocation:command.noFile')}\n\n${say('allocation:command.help')}`)
    return 2
  }
  const read = await problemIn(file)
  if (typeof read === 'string') {
    io.err(say('allocation:command.notRead', { file, why: say(`allocation:command.why.${read}`) }))
    return 2
  }
  const problem = readProblem(read.value)
  const result = isRefused(problem) ? problem : await allocate(problem)
  if (isRefused(problem) || isRefused(result)) {
    const { refusals } = isRefused(problem)
      ? problem
      : isRefused(result)
        ? result
        : { refusals: [] }
    tellRefusals(refusals, { io, say, isJson: values.json ?? false })
    return 2
  }
  const resultSha256 = await sealOf(result)
  if (values.json)
    io.out(JSON.stringify({ result, problemSha256: result.problemSha256, resultSha256 }, null, 2))
  else io.out(inWords({ problem, result, resultSha256, language }))
  return 0
}

async function problemIn(file: string): Promise<{ value: unknown } | 'absent' | 'notJson'> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    return 'absent'
  }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return 'notJson'
  }
}

type Telling = { io: CommandIo; say: Say; isJson: boolean }

function tellRefusals(refusals: Refusal[], { io, say, isJson }: Telling) {
  const told = refusals.map(({ code, field, values }) => ({
    field,
    sentence: say(code, values),
    code,
  }))
  if (isJson) io.out(JSON.stringify({ refusals: told }, null, 2))
  for (const { field, sentence } of told) io.err(`${field ? `${field} : ` : ''}${sentence}`)
}

type Split = { problem: Problem; result: Result; resultSha256: string; language: Language }

function inWords({ problem, result, resultSha256, language }: Split): string {
  const say = sayIn(language)
  return [
    ...result.lines.flatMap(({ associationId }) => [
      explain(problem, result, associationId, language).join('\n  '),
      '',
    ]),
    ...result.notes.map(({ code, values }) => say(`allocation:note.${code}`, values)),
    '',
    say('allocation:command.problemDigest', { sha256: result.problemSha256 }),
    say('allocation:command.resultDigest', { sha256: resultSha256 }),
  ].join('\n')
}
