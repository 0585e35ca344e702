import { cents, isRefused, minutes, type Refusal, sumMinutes } from '#kit'
import { type Language, Notice, type Say, sayIn } from '#platform'
import { allocate, type Problem, type Result, readProblem, sealOf } from '../engine/index.ts'
import { type Asked, linesOf } from '../lines.ts'
import { LinesReasons } from '../lines-table.tsx'
import { byRate, LinesPart } from '../trial.tsx'
import { verify } from '../verifier/index.ts'

/** The files that a visitor chose, as text: they never leave the browser. */
export type RecomputeAsk = {
  kind: 'recompute'
  turn: number
  language: Language
  problem: string
  result?: string
  /** Pasted from the deliberation, or nothing. */
  digest: string
}

/** The split again from the file of its problem, with the digests that the deliberation quotes. */
export async function recompute(ask: RecomputeAsk, onProgress: (share: number) => void) {
  const say = sayIn(ask.language)
  const given = parsed(ask.problem)
  const other = ask.result === undefined ? undefined : parsed(ask.result)
  if (!given || (ask.result !== undefined && !other))
    return { status: say(given ? 'scenarios:again.noResult' : 'scenarios:again.noProblem') }
  const problem = readProblem(given.value)
  if (isRefused(problem)) return { status: sentences(say, problem.refusals) }
  const result = await allocate(problem, { onProgress })
  if (isRefused(result)) return { status: sentences(say, result.refusals) }
  const seals = { problem: result.problemSha256, result: await sealOf(result) }
  const verdicts = [
    verify(problem, result) ? refuted('live.notVerified') : holds('again.verified'),
    ...(other ? [await verdictOn(other.value, problem, seals.result)] : []),
    ...(ask.digest.trim() === '' ? [] : [recognised(ask.digest.trim().toLowerCase(), seals)]),
  ]
  const words = { say, language: ask.language }
  const lines = byRate(linesOf({ problem, result, overrides: [] }, askedIn(problem)))
  const html = (
    <>
      {verdicts.map(({ color, key }) => (
        <Notice color={color}>{say(`scenarios:${key}`)}</Notice>
      ))}
      <dl class="facts ds-card">
        {(['problem', 'result'] as const).map((part) => (
          <>
            <dt>{say(`scenarios:again.digest.${part}`)}</dt>
            <dd>
              <code>{seals[part]}</code>
            </dd>
          </>
        ))}
      </dl>
      <section class="ds-card">
        <h2 class="ds-heading" data-size="xs">
          {say('scenarios:byAssociation')}
        </h2>
        <LinesPart words={words} lines={lines} />
      </section>
      <LinesReasons words={words} lines={lines} />
    </>
  )
  return { status: say('scenarios:again.done'), parts: { 'again-answer': String(html) } }
}

type Verdict = { color: 'success' | 'danger'; key: string }
const holds = (key: string): Verdict => ({ color: 'success', key })
const refuted = (key: string): Verdict => ({ color: 'danger', key })

/** A result computed in quality mode is not recomputed here, only verified. */
async function verdictOn(other: unknown, problem: Problem, sealHere: string): Promise<Verdict> {
  if ((await sealOf(other)) === sealHere) return holds('again.sameResult')
  if (verify(problem, other)) return refuted('again.falseResult')
  const isQuality = (other as Partial<Result>).mode === 'quality'
  return isQuality ? holds('again.qualityResult') : refuted('again.otherResult')
}

function recognised(digest: string, seals: { problem: string; result: string }): Verdict {
  if (digest === seals.problem) return holds('again.isProblem')
  return digest === seals.result ? holds('again.isResult') : refuted('again.isNeither')
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function sentences(say: Say, refusals: Refusal[]): string {
  return refusals.map(({ code, values }) => say(code, values)).join(' ')
}

function askedIn({ associations, needs }: Problem): Asked[] {
  const asked = Map.groupBy(needs, ({ associationId }) => associationId)
  return associations.map(({ id, name, requestCents }) => ({
    applicationId: '',
    associationId: id,
    associationName: name ?? id,
    projectTitle: '',
    askedCents: cents(requestCents),
    askedMinutes: sumMinutes((asked.get(id) ?? []).map(({ maxMinutes }) => minutes(maxMinutes))),
  }))
}
