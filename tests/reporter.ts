import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** Says what failed and why, what was skipped and why, and closes with one plain line. */
export default class PlainReporter implements Reporter {
  #leftOut = ''

  onInit(vitest: Vitest) {
    this.#leftOut = vitest.config.env.METIS_TESTS_LEFT_OUT ?? ''
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly { message?: string; stack?: string }[],
  ) {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) {
      for (const error of module.errors()) {
        counts.failed += 1
        say(`\n✗ ${module.relativeModuleId}\n${error.stack ?? error.message ?? ''}`)
      }
      // What is opened before the tests of a group: where it fails, they are only said to be skipped.
      for (const suite of module.children.allSuites())
        for (const error of suite.errors()) {
          counts.failed += 1
          say(`\n✗ ${module.relativeModuleId}: ${suite.fullName}\n${error.stack ?? error.message}`)
        }
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        counts[state] += 1
        if (state === 'failed')
          for (const error of test.result().errors ?? [])
            say(
              `\n✗ ${module.relativeModuleId}: ${test.fullName}\n${error.stack ?? error.message ?? ''}${error.diff ? `\n${error.diff}` : ''}`,
            )
        if (state === 'skipped') {
          const result = test.result()
          say(
            `– skipped ${module.relativeModuleId}: ${test.fullName}${'note' in result && result.note ? ` (${result.note})` : ''}`,
          )
        }
      }
    }
    for (const error of errors) {
      counts.failed += 1
      say(`\n✗ outside any test\n${error.stack ?? error.message ?? ''}`)
    }
    if (this.#leftOut) say(`\nLeft out, because ../shared is not there: ${this.#leftOut}`)
    say(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  }
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}
