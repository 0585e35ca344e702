import { expect, test } from 'vitest'
import { codeOf, filesUnder, sourceFiles } from './source.ts'

const own = filesUnder(['tests'], /\.tsx?$/).filter(
  ({ path }) => !path.startsWith('tests/house-rules/'),
)
const code = [...sourceFiles, ...own].map(({ path, text }) => ({
  path,
  lines: codeOf(text).split('\n'),
}))
const papers = [
  ...sourceFiles,
  ...own,
  ...filesUnder(['bin', 'db', 'docs', 'public', 'texts'], /\.(mjs|sql|md|css|js|json)$/),
]

function linesWith(wrong: RegExp): string[] {
  return code.flatMap(({ path, lines }) =>
    lines.flatMap((line, rank) => (wrong.test(line) ? [`${path}:${rank + 1}`] : [])),
  )
}

test('the compiler is never silenced', () => {
  const silenced = papers.filter(({ text }) => /@ts-(ignore|nocheck|expect-error)/.test(text))
  expect({
    any: linesWith(/(:|<|as|\|)\s*any\b/),
    surely: linesWith(/[\w)\]]!(?=[.;,)\]\s[]|$)(?!=)/),
    silenced: silenced.map(({ path }) => path),
  }).toEqual({ any: [], surely: [], silenced: [] })
})

test('nothing is left to do, and nothing tells of a machine', () => {
  const wrong = /\b(TODO|FIXME|XXX)\b|(?<![\w.])\/(work|home|root|tmp)\/\w/
  expect(papers.filter(({ text }) => wrong.test(text)).map(({ path }) => path)).toEqual([])
})

test('an alternative in an address stands in a group', () => {
  // The router anchors the two ends alone: a bare `cash|hours` would take all that begins with `cash`.
  const bare = sourceFiles.filter(({ text }) => /\/:\w+\{[^}(]*\|/.test(text))
  expect(bare.map(({ path }) => path)).toEqual([])
})

test('files stay small (told, not enforced)', () => {
  const sizes = sourceFiles
    .filter(({ path }) => !path.includes('.test.') && path !== 'src/platform/tables.ts')
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .sort((one, other) => one.lines - other.lines)
  const at = (share: number) => sizes[Math.floor((sizes.length - 1) * share)]?.lines
  const long = sizes.filter(({ lines }) => lines > 300).map(({ path, lines }) => `${path} ${lines}`)
  process.stdout.write(
    `files: ${sizes.length}, lines p50 ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)}; over 300: ${long.join(', ') || 'none'}\n`,
  )
  expect(sizes.length).toBeGreaterThan(0)
})
