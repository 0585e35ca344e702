import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '#platform'

/** The middle of so many runs, in milliseconds; the first is thrown away. */
export async function medianMs(runs: number, run: () => unknown): Promise<number> {
  const times: number[] = []
  for (let turn = -1; turn < runs; turn++) {
    const startedAt = performance.now()
    await run()
    if (turn >= 0) times.push(performance.now() - startedAt)
  }
  return middle(times)
}

export function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}

// An even seed has no floors: then the level of one linear programme is a share of the references.
export const SEED = 2

/** What engine-fresh.ts measures in a process of its own, which nothing has warmed. */
export function inFreshProcess(task: 'cold' | 'highs' | 'memory', size: number): unknown {
  const path = join(root, 'tests', 'load', 'engine-fresh.ts')
  const options = ['--expose-gc', '--max-old-space-size=8192', '--import', 'tsx/esm']
  return JSON.parse(ran(process.execPath, [...options, path, task, String(size), String(SEED)]))
}

/** The middle of three fresh processes. */
export function freshMs(task: 'cold' | 'highs', size: number): number {
  const times = Array.from({ length: 3 }, () => inFreshProcess(task, size) as { ms: number })
  return middle(times.map(({ ms }) => ms))
}

export function ran(command: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr}`)
  return stdout
}
