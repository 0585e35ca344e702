import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRefused } from '#kit'
import { allocate } from '../../src/allocation/engine/allocate.ts'
import { shareCash } from '../../src/allocation/engine/cash.ts'
import { inOrder, type Problem, type Result } from '../../src/allocation/engine/format.ts'
import { madeUpProblem } from '../../src/allocation/engine/generator.ts'
import { levelsOf } from '../../src/allocation/engine/levels.ts'
import { networkOf } from '../../src/allocation/engine/network.ts'
import { verify } from '../../src/allocation/verifier/index.ts'
import { judgeBounds, type Season, tellGap } from './engine-gap.ts'
import { judgeAgreement, raceNatives, raceSuccessive } from './engine-peers.ts'
import { type Figures, newReport, type Report, type Show } from './engine-report.ts'
import { freshMs, inFreshProcess, medianMs, middle, ran, SEED } from './engine-timing.ts'

export type Asked = {
  /** One size alone; all without it. */
  size?: number
  /** Also what takes minutes. */
  isFull: boolean
  show: Show
}

const sizes = [30, 150, 600, 2_000, 10_000, 50_000]
const pipelineBars = new Map([
  [30, 10],
  [150, 15],
  [600, 120],
  [2_000, 800],
  [10_000, 3_000],
  [50_000, 8_000],
])
const MEMORY_FROM = 10_000
const GROWTH_FROM = 600
const COLD_COMMAND_SIZE = 600
const COLD_COMMAND_MS_MOST = 250
const COLD_COMMAND_RUNS = 9

type Measured = { size: number; arcs: number; levelsMs: number; verifyMs: number }

/** The engine beside its peers on the same made-up seasons, in one run: times, gaps, growth, memory, and the bars. */
export async function benchEngine(asked: Asked): Promise<Figures> {
  const report = newReport(asked.show)
  const measured: Measured[] = []
  for (const size of asked.size === undefined ? sizes : [asked.size])
    measured.push(await measure(size, asked, report))
  judgeGrowth(measured, report)
  await judgeAgreement(report)
  if (asked.size === undefined || asked.size === COLD_COMMAND_SIZE) judgeColdCommand(report)
  report.conclude()
  return report.figures
}

async function measure(size: number, { isFull }: Asked, report: Report): Promise<Measured> {
  const problem = inOrder(madeUpProblem({ associations: size, seed: SEED }))
  const network = networkOf(problem)
  const season = { size, network, levels: levelsOf(network), result: await split(problem) }
  const cashWays = network.claimants.filter(({ requestCents }) => requestCents > 0).length
  const arcs = network.wayCount + cashWays
  report.tell(`${size} arcs`, arcs)
  report.tell(`${size} groups of one level`, season.levels.groups.length)
  const { levelsMs, verifyMs } = await timeSteps(season, report)
  judgeMemory(size, arcs, report)
  tellGap(season, report)
  if (size <= (isFull ? 2_000 : 600)) await judgeBounds(season, isFull ? 100 : 20, report)
  await raceSuccessive({ ...season, levelsMs, isFull }, report)
  raceNatives({ ...season, levelsMs, isFull }, report)
  return { size, arcs, levelsMs, verifyMs }
}

async function timeSteps({ size, network, result }: Season, { tell, judge }: Report) {
  const { problem } = network
  const runs = runsOf(size)
  const hoursCents = result.lines.map(({ hoursValueCents }) => hoursValueCents)
  const networkMs = await medianMs(runs, () => networkOf(problem))
  const levelsMs = await medianMs(runs, () => levelsOf(network))
  const cashMs = await medianMs(runs, () => shareCash(network, hoursCents))
  const verifyMs = await medianMs(runs, () => verify(problem, result))
  const pipelineMs = await medianMs(Math.ceil(runs / 4), () => split(problem))
  tell(`${size} levels in a fresh process, ms`, freshMs('cold', size))
  tell(`${size} levels warm, ms`, levelsMs)
  tell(`${size} network, ms`, networkMs)
  tell(`${size} cash, ms`, cashMs)
  tell(`${size} verifier, ms`, verifyMs)
  // Whole hours have no door of their own: they are what the other steps leave, with reading and reasons.
  const restMs = pipelineMs - networkMs - levelsMs - cashMs - verifyMs
  tell(`${size} hours, reading and reasons, ms`, restMs)
  const most = pipelineBars.get(size)
  if (most !== undefined) judge(`${size} whole and verified, ms`, pipelineMs, { most })
  return { levelsMs, verifyMs }
}

/** The smaller, the more: a function is fast only once it has run often. */
function runsOf(size: number): number {
  return Math.max(3, Math.min(201, Math.round(30_000 / size)))
}

async function split(problem: Problem): Promise<Result> {
  const result = await allocate(problem)
  if (isRefused(result))
    throw new Error(`the made-up season was refused: ${JSON.stringify(result)}`)
  const witness = verify(problem, result)
  if (witness) throw new Error(`the verifier refused the split: ${JSON.stringify(witness)}`)
  return result
}

/** Held: what the network and the levels keep. Peaks: how far the process grew, with what was yet to be collected. */
function judgeMemory(size: number, arcs: number, { tell, judge }: Report) {
  if (size < MEMORY_FROM) return
  const bytes = inFreshProcess('memory', size) as Record<
    'held' | 'levelsPeak' | 'splitPeak',
    number
  >
  const allowed = 200 * arcs + 1_000 * size
  judge(`${size} memory held, of what is allowed`, bytes.held / allowed, { most: 1 })
  judge(`${size} peak of the levels, of what is allowed`, bytes.levelsPeak / allowed, { most: 1 })
  tell(`${size} peak of the whole split, MB`, bytes.splitPeak / 1e6)
  tell(`${size} allowed, MB`, allowed / 1e6)
}

function judgeGrowth(measured: Measured[], { judge }: Report) {
  const large = measured.filter(({ size }) => size >= GROWTH_FROM)
  if (large.length > 1) {
    const levels = slope(large.map(({ arcs, levelsMs }) => [arcs, levelsMs]))
    const checker = slope(large.map(({ arcs, verifyMs }) => [arcs, verifyMs]))
    judge('levels grow as arcs to the power', levels, { most: 1.15 })
    judge('the verifier grows as arcs to the power', checker, { most: 1.05 })
  }
  const at = (size: number) => measured.find((one) => one.size === size)?.levelsMs
  const [less, more] = [at(2_000), at(10_000)]
  if (less !== undefined && more !== undefined)
    judge('levels, 10,000 beside 2,000', more / less, { most: 12 })
}

/** The exponent that fits best, by least squares of logarithms. */
function slope(points: [number, number][]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const)
  const meanX = logs.reduce((sum, [x]) => sum + x, 0) / logs.length
  const meanY = logs.reduce((sum, [, y]) => sum + y, 0) / logs.length
  const both = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return both / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}

function judgeColdCommand({ tell, judge }: Report) {
  const folder = mkdtempSync(join(tmpdir(), 'metis-cold-'))
  try {
    const path = join(folder, 'problem.json')
    const problem = madeUpProblem({ associations: COLD_COMMAND_SIZE, seed: SEED })
    writeFileSync(path, JSON.stringify(problem))
    // The Node of the search path: what a person who types the command gets.
    const coldMs = (args: string[]) => {
      ran('node', args)
      const times = Array.from({ length: COLD_COMMAND_RUNS }, () => {
        const startedAt = performance.now()
        ran('node', args)
        return performance.now() - startedAt
      })
      return middle(times)
    }
    const name = `metis allocate, cold, ${COLD_COMMAND_SIZE}, ms`
    judge(name, coldMs(['bin/metis.mjs', 'allocate', path]), { most: COLD_COMMAND_MS_MOST })
    tell('of which Node alone, ms', coldMs(['-e', '0']))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
