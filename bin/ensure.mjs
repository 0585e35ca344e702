// Plain JavaScript for whatever Node npm was started with (20 or later): brings the dependencies,
// Node 24 among them, and hands over to it.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const installed = join(root, 'node_modules', '.package-lock.json')

/** Installs what package-lock.json says, unless it is already there. */
export function ensureInstalled() {
  if (isInstalled()) return
  process.stderr.write('Installing what METIS needs (once, about a minute)…\n')
  const npm = spawnSync('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (npm.status === 0) return
  process.stderr.write('The installation did not finish. Check the network, then try again.\n')
  process.exit(2)
}

function isInstalled() {
  if (!existsSync(installed)) return false
  // npm writes its own copy of the lock: the same packages mean that nothing has changed since.
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const there = JSON.parse(readFileSync(installed, 'utf8')).packages
  return (
    Object.entries(there).every(([path, item]) => wanted[path]?.version === item.version) &&
    Object.entries(wanted).every(([path, item]) => path === '' || item.optional || there[path])
  )
}

/** Runs a program of the project with the pinned Node; answers its exit code. */
export function runWithNode(args) {
  return run(args, 'inherit').status ?? 2
}

/** The same, keeping what it says to itself. */
export function hearWithNode(args) {
  const { status, stdout, stderr } = run(args, 'pipe')
  return { code: status ?? 2, said: `${stdout}${stderr}` }
}

function run(args, stdio) {
  const bin = join(root, 'node_modules', '.bin')
  const separator = process.platform === 'win32' ? ';' : ':'
  return spawnSync(join(bin, 'node'), args, {
    stdio,
    env: { ...process.env, PATH: `${bin}${separator}${process.env.PATH}` },
    maxBuffer: 64 * 1024 * 1024,
  })
}
