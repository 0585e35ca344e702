#!/usr/bin/env node
import nodeModule from 'node:module'
import { dirname, join } from 'node:path'
import { bundled } from './bundle.mjs'

// Recomputing is for anyone, at once: these load one small file instead of the whole house.
const light = {
  allocate: { entry: 'src/allocation/allocate-command.ts', run: 'runAllocate' },
  verify: { entry: 'src/allocation/verify-command.ts', run: 'runVerify' },
}

const [command = '', ...args] = process.argv.slice(2)
if (Object.hasOwn(light, command)) await runLight(light[command])
else await runHouse()

/** On whatever Node is there. */
async function runLight({ entry, run }) {
  const file = await bundled(entry, 'node').catch(() => undefined)
  if (file === undefined) return runHouse()
  // From Node 22 on, what was compiled once is kept beside the bundle.
  nodeModule.enableCompileCache?.(join(dirname(file), 'compiled'))
  const out = (text) => process.stdout.write(`${text}\n`)
  const err = (text) => process.stderr.write(`${text}\n`)
  // The reader of a pipe may leave before the end: nothing is wrong.
  process.stdout.on('error', ({ code }) => process.exit(code === 'EPIPE' ? 0 : 2))
  try {
    process.exitCode = await (await import(file))[run](args, { out, err })
  } catch (error) {
    const isMisused = String(error?.code).startsWith('ERR_PARSE_ARGS')
    err(isMisused ? error.message : error.stack)
    process.exitCode = 2
  }
}

async function runHouse() {
  const { ensureInstalled, root } = await import('./ensure.mjs')
  const [major = 0] = process.versions.node.split('.').map(Number)
  const own = process.execPath.startsWith(join(root, 'node_modules'))
  ensureInstalled()
  if (!own && major < 24) return handOver(root)
  const { register } = await import('tsx/esm/api')
  register()
  await import('../src/web/cli.ts')
}

/** Signals reach the child, which shuts the database properly. */
async function handOver(root) {
  const { spawn } = await import('node:child_process')
  const node = join(root, 'node_modules', '.bin', 'node')
  const child = spawn(node, [join(root, 'bin', 'metis.mjs'), ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: process.env,
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 2)))
}
