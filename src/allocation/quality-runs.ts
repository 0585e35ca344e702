import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { isRefused, newId, type Refused, refusal } from '#kit'
import { bundler } from '#platform'
import type { Variant } from './assumptions.ts'
import { inOrder, type Problem, type Result, sealOf } from './engine/index.ts'
import { problemUnder, type SeasonFacts } from './facts.ts'
import type { SealedSplit } from './split.ts'

/** A split being sought in quality mode. It is in memory alone, and lost with the process: nothing is decided by it. */
export type QualityRun = Owner & {
  id: string
  startedAt: Date
  variant: Variant
  facts: SeasonFacts
  outcome?: QualityOutcome
  stop: () => void
}
export type QualityOutcome = 'failed' | { split: SealedSplit; usual: Result }
type Owner = { territoryId: string; campaignId: string; personId: string }
type Asked = Owner & Pick<QualityRun, 'variant' | 'facts'> & { now: Date }

/** As many as the engine's own limit in this mode. */
export const QUALITY_REQUESTS_MAX = 300
const RUNNING_MAX = 2
/** A programme that has not ended by then is given up; a result that nobody kept by then is forgotten. */
const KEPT_MILLISECONDS = 10 * 60_000

const runs = new Map<string, QualityRun>()

export async function startQualityRun({ now, ...asked }: Asked): Promise<QualityRun | Refused> {
  if (asked.facts.requests.length > QUALITY_REQUESTS_MAX)
    return refused('tooManyForQuality', { most: QUALITY_REQUESTS_MAX })
  const running = [...runs.values()].filter(({ outcome }) => outcome === undefined)
  if (running.length >= RUNNING_MAX) return refused('qualityBusy', {})
  const problem = inOrder(problemUnder(asked.facts, asked.variant.assumptions))
  const { bundled } = await bundler()
  const thread = await bundled(join('src', 'allocation', 'quality-thread.ts'), 'node')
  const worker = new Worker(thread, { workerData: problem })
  worker.unref()
  const id = newId()
  const forget = setTimeout(() => forgetRun(id), KEPT_MILLISECONDS).unref()
  const stop = () => {
    clearTimeout(forget)
    void worker.terminate()
  }
  const run: QualityRun = { ...asked, id, startedAt: now, stop }
  runs.set(id, run)
  worker.on('error', () => {
    run.outcome = 'failed'
  })
  worker.on('message', (found: { usual: Result | Refused; result: Result | Refused }) => {
    void sealed(run, problem, found).then((outcome) => {
      run.outcome = outcome
    })
  })
  return run
}

/** To the person who asked for it, and to nobody else. */
export function qualityRun(id: string, { territoryId, campaignId, personId }: Owner) {
  const run = runs.get(id)
  const isTheirs =
    run?.territoryId === territoryId && run.campaignId === campaignId && run.personId === personId
  return isTheirs ? run : undefined
}

export function forgetRun(id: string): void {
  runs.get(id)?.stop()
  runs.delete(id)
}

async function sealed(
  { variant }: QualityRun,
  problem: Problem,
  { usual, result }: { usual: Result | Refused; result: Result | Refused },
): Promise<QualityOutcome> {
  if (isRefused(usual) || isRefused(result)) return 'failed'
  const { overrides } = variant.assumptions
  return { split: { problem, result, overrides, resultSha256: await sealOf(result) }, usual }
}

function refused(code: string, values: Record<string, number>): Refused {
  return { refusals: [refusal(`scenarios:refused.${code}`, { field: 'quality', ...values })] }
}
