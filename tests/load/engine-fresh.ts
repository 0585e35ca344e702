import { readFileSync, writeFileSync } from 'node:fs'
import { allocate } from '../../src/allocation/engine/allocate.ts'
import { inOrder } from '../../src/allocation/engine/format.ts'
import { madeUpProblem } from '../../src/allocation/engine/generator.ts'
import { levelsOf } from '../../src/allocation/engine/levels.ts'
import { networkOf } from '../../src/allocation/engine/network.ts'
import { successiveLevels } from './peers/successive.ts'

/** In a process of its own: the first time of the levels, or what they weigh in memory. Prints one line of JSON. */
const [task, associations = '', seed = ''] = process.argv.slice(2)
const problem = inOrder(madeUpProblem({ associations: Number(associations), seed: Number(seed) }))

if (task === 'cold') {
  const network = networkOf(problem)
  const startedAt = performance.now()
  levelsOf(network)
  console.log(JSON.stringify({ ms: performance.now() - startedAt }))
} else if (task === 'highs') {
  const network = networkOf(problem)
  const startedAt = performance.now()
  await successiveLevels(network, { isTuned: false })
  console.log(JSON.stringify({ ms: performance.now() - startedAt }))
} else {
  const heldBefore = heldBytes()
  startPeak()
  const before = residentBytes('VmRSS')
  const network = networkOf(problem)
  const levels = levelsOf(network)
  const levelsPeak = residentBytes('VmHWM') - before
  const held = heldBytes() - heldBefore
  // Named after the count, so that neither is collected before.
  const kept = { ways: network.wayCount, groups: levels.groups.length }
  await allocate(problem)
  console.log(
    JSON.stringify({ held, levelsPeak, splitPeak: residentBytes('VmHWM') - before, ...kept }),
  )
}

function heldBytes(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** From here on the kernel counts the highest memory anew. */
function startPeak() {
  writeFileSync('/proc/self/clear_refs', '5')
}

function residentBytes(line: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync('/proc/self/status', 'utf8')
  return Number(new RegExp(`${line}:\\s+(\\d+)`).exec(status)?.[1]) * 1024
}
