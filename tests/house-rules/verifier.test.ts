import { expect, test } from 'vitest'
import { filesUnder, importsOf } from './source.ts'

const verifier = filesUnder(['src/allocation/verifier'], /\.ts$/).filter(
  ({ path }) => !path.includes('.test.'),
)

test('the verifier shares nothing with what it judges, nor with anything else: not even a type', () => {
  const faults = verifier.flatMap(({ path, text }) =>
    importsOf(text)
      .filter(({ from }) => !/^\.\/[a-z-]+\.ts$/.test(from))
      .map(({ from }) => `${path} imports ${from}`),
  )
  expect(verifier.length).toBeGreaterThan(0)
  expect(faults).toEqual([])
})

test('each part of the verifier is short enough to be read at one sitting', () => {
  const lengths = verifier.map(({ path, text }) => ({
    path,
    lines: text.trim().split('\n').length,
  }))
  expect(lengths.filter(({ lines }) => lines > 250)).toEqual([])
})
