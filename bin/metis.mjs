#!/usr/bin/env node
import { join } from 'node:path'
import { ensureInstalled, root } from './ensure.mjs'

const [major = 0] = process.versions.node.split('.').map(Number)
const own = process.execPath.startsWith(join(root, 'node_modules'))

ensureInstalled()
if (own || major >= 24) {
  const { register } = await import('tsx/esm/api')
  register()
  await import('../src/web/cli.ts')
} else {
  await handOver()
}

/** Signals reach the child, which shuts the database properly. */
async function handOver() {
  const { spawn } = await import('node:child_process')
  const node = join(root, 'node_modules', '.bin', 'node')
  const child = spawn(node, [join(root, 'bin', 'metis.mjs'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: process.env,
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 2)))
}
