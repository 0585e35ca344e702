import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    env: { LOG_LEVEL: 'error' },
    globalSetup: ['tests/server-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    reporters: ['./tests/reporter.ts'],
  },
})
