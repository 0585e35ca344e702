import { existsSync, globSync, readFileSync } from 'node:fs'
import { configDefaults, defineConfig } from 'vitest/config'

// Real files stand beside the project, never in it. Where they are not, the tests that read them are
// left out, and the report says so.
const hasRealFiles = existsSync('../shared')
const onRealFiles = globSync('{src,tests}/**/*.test.ts').filter((file) =>
  /\.\.\/shared|examples\.fixture/.test(readFileSync(file, 'utf8')),
)

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: [...configDefaults.exclude, ...(hasRealFiles ? [] : onRealFiles)],
    env: { LOG_LEVEL: 'error', METIS_TESTS_LEFT_OUT: hasRealFiles ? '' : onRealFiles.join(', ') },
    globalSetup: ['tests/server-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    // The house is loaded once a worker: half the time. Each test opens a database of its own all the same.
    isolate: false,
    reporters: ['./tests/reporter.ts'],
  },
})
