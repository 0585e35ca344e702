import { spawnSync } from 'node:child_process'

const saidByCoin = /Optimal objective +(\S+)/g

/** Solvers of Debian, each on one linear programme. */
export const natives = {
  glpsol: {
    package: 'glpk-utils',
    args: (path: string) => ['--mps', path],
    said: /obj = +(\S+)/g,
  },
  cbc: { package: 'coinor-cbc', args: (path: string) => [path, 'solve'], said: saidByCoin },
  clp: {
    package: 'coinor-clp',
    args: (path: string) => [path, '-primalsimplex'],
    said: saidByCoin,
  },
} as const

export type Native = keyof typeof natives

export type Solved = { seconds: number; objective: number } | 'not installed' | 'stopped' | 'failed'

/** Reading the file counts, as a person would wait for it. They exit 0 on failure too: only what they print tells. */
export function solveBy(native: Native, path: string, secondsMost: number): Solved {
  const { args, said } = natives[native]
  const startedAt = performance.now()
  const { error, stdout } = spawnSync(native, args(path), {
    encoding: 'utf8',
    timeout: secondsMost * 1000,
    maxBuffer: 1e9,
  })
  const seconds = (performance.now() - startedAt) / 1000
  const code = error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'not installed'
  if (code === 'ETIMEDOUT') return 'stopped'
  const found = [...(stdout ?? '').matchAll(said)].at(-1)?.[1]
  if (error || found === undefined || !/optimal/i.test(stdout)) return 'failed'
  return { seconds, objective: Number(found) }
}
