// `npm test`: the whole truth. Format, types, then every test; Chromium walks where there is one.
import { join } from 'node:path'
import { ensureInstalled, hearWithNode, root, runWithNode } from './ensure.mjs'

ensureInstalled()
process.chdir(root)
const bin = (name) => join(root, 'node_modules', '.bin', name)
const only = process.argv.slice(2)

const steps =
  only.length > 0
    ? []
    : [
        [
          'Format and lint',
          [bin('biome'), 'ci', '--error-on-warnings', '--diagnostic-level=warn', '.'],
        ],
        ['Types', [bin('tsc'), '-p', '.']],
      ]
for (const [name, args] of steps) {
  const { code, said } = hearWithNode(args)
  process.stdout.write(`${name}: ${code === 0 ? 'good' : 'failed'}\n`)
  if (code === 0) continue
  process.stdout.write(`${said}\n0 passed, 1 failed\n`)
  process.exit(1)
}
process.exit(runWithNode([join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...only]))
