import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Season } from './engine-gap.ts'
import type { Report } from './engine-report.ts'
import { freshMs } from './engine-timing.ts'
import { type Agreement, agreementOn, centsApart } from './peers/agreement.ts'
import { mpsOf } from './peers/mps.ts'
import { type Native, natives, solveBy } from './peers/natives.ts'
import { oneLevel } from './peers/one-level.ts'
import { successiveLevels } from './peers/successive.ts'

export type Race = Pick<Season, 'size' | 'network' | 'levels'> & {
  /** What the flow takes for all levels. */
  levelsMs: number
  isFull: boolean
}

const highsBars = new Map([
  [30, 300],
  [150, 400],
  [600, 500],
  [2_000, 5_000],
])
const nativeBars = new Map<string, number>([
  ['2000 glpsol', 90],
  ['2000 cbc', 30],
  ['10000 glpsol', 400],
])
const HIGHS_SECONDS_MOST = 300
const SOLVERS_AGREE = 1e-5

/** On many small seasons, with and without floors: the flow and successive programmes beside each other, in cents. */
export async function judgeAgreement({ judge }: Report) {
  const found: Agreement[] = []
  for (let seed = 1; seed <= 60; seed++) found.push(await agreementOn(seed, seed))
  const widest = Math.max(...found.map(({ apart }) => apart))
  judge('60 small seasons beside highs, cents apart at most', widest, { most: 1 })
}

/** All levels by successive programmes in HiGHS: as it comes, and tuned for this structure. */
export async function raceSuccessive(race: Race, { tell, judge }: Report) {
  const { size, network, levels, levelsMs, isFull } = race
  if (size > 2_000 || (size > 600 && !isFull)) return
  // The first use compiles the solver: told apart, it is no part of the race.
  if (size <= 600) {
    const ms = freshMs('highs', size)
    tell(`${size} all levels in highs, first use, ms`, ms)
    tell(`${size} all levels in highs, first use, ratio to warm levels`, ms / levelsMs)
  }
  for (const isTuned of [false, true]) {
    const solve = () => successiveLevels(network, { isTuned, secondsMost: HIGHS_SECONDS_MOST })
    if (size < 600) await solve()
    const startedAt = performance.now()
    const peer = await solve()
    const ms = performance.now() - startedAt
    const name = `${size} all levels in highs${isTuned ? ', tuned' : ''}`
    tell(`${name}, ms`, ms)
    tell(`${name}, rounds`, peer.isComplete ? peer.rounds : `${peer.rounds}, not finished`)
    tell(`${name}, cents apart at most`, Math.max(...centsApart(levels.totals, peer.totals)))
    const least = highsBars.get(size)
    const ratio = ms / levelsMs
    if (least !== undefined && !isTuned) judge(`${name}, ratio`, ratio, { least }, !peer.isComplete)
    else tell(`${name}, ratio`, ratio)
  }
}

/** One level, the main one, by solvers of Debian, against all levels by the flow. */
export function raceNatives(race: Race, report: Report) {
  const { size, network, levels, isFull } = race
  if (size > 10_000) return
  const folder = mkdtempSync(join(tmpdir(), 'metis-mps-'))
  try {
    const { programme, worth, level } = oneLevel(network, levels.totals)
    const path = join(folder, 'level.mps')
    writeFileSync(path, mpsOf(programme))
    const entry = { path, level, worth, secondsMost: isFull ? 900 : 120 }
    const quick = nativeNames.filter((native) => isFull || size <= 2_000 || native !== 'clp')
    for (const native of quick) raceNative(native, race, entry, report)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
const nativeNames = ['glpsol', 'cbc', 'clp'] as const satisfies Native[]

type Entry = { path: string; level: number; worth: number; secondsMost: number }

function raceNative(native: Native, race: Race, entry: Entry, { tell, judge }: Report) {
  const { path, level, worth, secondsMost } = entry
  const name = `${race.size} one level in ${native}`
  const solved = solveBy(native, path, secondsMost)
  if (solved === 'not installed') return tell(name, `not installed (${natives[native].package})`)
  if (solved === 'failed') return tell(name, 'failed')
  const isFloor = solved === 'stopped'
  const seconds = isFloor ? secondsMost : solved.seconds
  tell(`${name}, s`, isFloor ? `stopped after ${seconds}` : seconds)
  if (!isFloor) {
    const apart = Math.abs(-solved.objective / worth - level)
    tell(`${name}, level apart`, apart < SOLVERS_AGREE ? `agrees within ${SOLVERS_AGREE}` : apart)
  }
  const ratio = (seconds * 1000) / race.levelsMs
  const least = nativeBars.get(`${race.size} ${native}`)
  if (least === undefined) tell(`${name}, ratio`, isFloor ? `≥ ${Math.round(ratio)}` : ratio)
  else judge(`${name}, ratio`, ratio, { least }, isFloor)
}
