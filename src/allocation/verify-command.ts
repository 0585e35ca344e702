import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isRefused } from '#kit'
import { isLanguage, type Say, sayIn } from '#platform'
import { type Problem, sealOf, withoutNames } from './engine/index.ts'
import { readProblemFile } from './problem-files/read.ts'
import { verify, type Witness } from './verifier/index.ts'

type CommandIo = { out: (text: string) => void; err: (text: string) => void }

const known = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
} as const

/** `metis verify problem.json result.json`: whether the result is that of the problem, or the first thing that is not. */
export async function runVerify(argv: string[], io: CommandIo): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({ args: argv, options: known, allowPositionals: true })
  const say = sayIn(isLanguage(values.lang) ? values.lang : 'fr')
  if (values.help) {
    io.out(say('allocation:verify.help'))
    return 0
  }
  const [problemFile, resultFile] = positionals
  if (!problemFile || !resultFile || positionals.length > 2) {
    io.err(`${say('allocation:verify.misused')}\n\n${say('allocation:verify.help')}`)
    return 2
  }
  const problem = await readProblemFile(problemFile, { cashUnitCents: 100 })
  if (isRefused(problem)) {
    for (const { code, values: found } of problem.refusals) io.err(say(code, found))
    return 2
  }
  const result = await resultIn(resultFile)
  if (result === undefined) {
    io.err(say('allocation:verify.notRead', { file: resultFile }))
    return 2
  }
  const witness = (await digestWitness(problem, result)) ?? verify(problem, result)
  io.out(values.json ? JSON.stringify({ isVerified: !witness, witness }) : inWords(say, witness))
  return witness ? 1 : 0
}

/** A result by itself, or as `metis allocate --json` prints it; undefined when it is not JSON. */
async function resultIn(file: string): Promise<{ problemSha256?: unknown } | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '')
  try {
    const value = JSON.parse(text)
    return Object(value?.result ?? value)
  } catch {
    return undefined
  }
}

/** A result is of one problem, named by its digest; the rows that are recounted must be those. */
async function digestWitness(
  problem: Problem,
  { problemSha256 }: { problemSha256?: unknown },
): Promise<Witness | undefined> {
  const counted = await sealOf(withoutNames(problem))
  if (problemSha256 === counted) return undefined
  return { rule: 'digest', values: { said: `${problemSha256}`, counted } }
}

function inWords(say: Say, witness: Witness | undefined): string {
  if (!witness) return say('allocation:verify.pass')
  return say('allocation:verify.refuted', {
    witness: say(`allocation:verify.rule.${witness.rule}`, witness.values),
  })
}
