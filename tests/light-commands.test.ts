import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { isRefused } from '#kit'
import { root } from '#platform'
import { bundled } from '../bin/bundle.mjs'
import { madeUpProblem } from '../src/allocation/engine/generator.ts'
import { allocate, sealOf } from '../src/allocation/engine/index.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'metis-light-'))
const file = join(folder, 'problem.json')
const problem = madeUpProblem({ seed: 3, associations: 30 })
const entry = 'src/allocation/allocate-command.ts'

test('the command line computes the same digests as the house, in processes of their own, rows in any order', async () => {
  const result = await allocate(problem)
  if (isRefused(result)) throw new Error('refused')
  const digests = [result.problemSha256, await sealOf(result)]
  const shuffled = {
    ...problem,
    associations: problem.associations.toReversed(),
    needs: problem.needs.toReversed(),
    pools: problem.pools.toReversed(),
  }
  for (const [path, content] of [
    [file, problem],
    [join(folder, 'shuffled.json'), shuffled],
  ] as const) {
    writeFileSync(path, JSON.stringify(content))
    const { stdout } = await run(process.execPath, ['bin/metis.mjs', 'allocate', path, '--json'], {
      cwd: root,
    })
    const said = JSON.parse(stdout)
    expect([said.problemSha256, said.resultSha256]).toEqual(digests)
  }
})

test('a bundle is reused while its sources stand, and builders at once do not disturb one another', async () => {
  const path = await bundled(entry, 'node')
  rmSync(path)
  const paths = await Promise.all([1, 2, 3].map(() => bundled(entry, 'node')))
  expect(paths).toEqual([path, path, path])
  const { mtimeMs } = statSync(path)
  await bundled(entry, 'node')
  expect(statSync(path).mtimeMs).toBe(mtimeMs)
})

test('the bundle of the command loads nothing of the house but what it needs', async () => {
  const code = readFileSync(await bundled(entry, 'node'), 'utf8')
  const outside = [...code.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(([, name]) => name)
  const allowed = ['node:fs/promises', 'node:path', 'node:util', 'highs']
  expect(outside.filter((name) => !allowed.includes(name ?? ''))).toEqual([])
})
