import { readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#platform'
import { rooms } from '../../src/rooms.ts'
import { filesUnder, importsOf, roomOf, sourceFiles } from './source.ts'

const order: string[] = [...rooms]
const missionRooms = order.slice(order.indexOf('territory'), order.indexOf('web'))
const isTest = (path: string) => path.includes('.test.')

test('every folder of the source is a room of the map', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  expect(folders.filter((name) => !order.includes(name))).toEqual([])
})

test('a room knows only the rooms before it', () => {
  const faults = sourceFiles.flatMap(({ path, text }) => {
    const own = order.indexOf(roomOf(path) ?? 'web')
    return importsOf(text)
      .filter(({ from }) => from.startsWith('#'))
      .filter(({ from }) => {
        const asked = order.indexOf(from.slice(1))
        return asked < 0 || (!isTest(path) && asked >= own)
      })
      .map(({ from }) => `${path} imports ${from}`)
  })
  expect(faults).toEqual([])
})

test('a room is entered through its door, never through a drawer', () => {
  const faults = sourceFiles.flatMap(({ path, text }) =>
    importsOf(text)
      .filter(({ from }) => from.startsWith('.'))
      .map(({ from }) => normalize(join(dirname(path), from)))
      .filter((target) => target.startsWith('src/') && roomOf(target) !== roomOf(path))
      .filter((target) => target !== 'src/rooms.ts')
      .map((target) => `${path} imports ${target}`),
  )
  expect(faults).toEqual([])
})

test('rules are pure: they take values from the kit alone', () => {
  const pure = sourceFiles.filter(({ path }) => /\/rules(\/|\.ts$)/.test(path) && !isTest(path))
  const faults = pure.flatMap(({ path, text }) =>
    importsOf(text)
      .filter(({ from, typesOnly }) => !typesOnly && from !== '#kit' && !from.startsWith('.'))
      // The figures of the law are constants, dated.
      .filter(({ from, names }) => from !== '#platform' || names.join() !== 'lawOn')
      .map(({ from }) => `${path} imports ${from}`),
  )
  expect(faults).toEqual([])
})

test('only stores speak SQL', () => {
  const speaks = /\.(selectFrom|insertInto|updateTable|deleteFrom)\(/
  const faults = sourceFiles
    .filter(({ path }) => !isTest(path) && missionRooms.includes(roomOf(path) ?? ''))
    .filter(({ path }) => !/\/store(\/|\.ts$|-)|-store\.ts$/.test(path))
    .filter(({ text }) => speaks.test(text))
    .map(({ path }) => path)
  // One table, one file.
  expect(faults.filter((path) => path !== 'src/notices/notices.ts')).toEqual([])
})

test('each room says on one page what it is', () => {
  const readmes = new Map(
    filesUnder(['src'], /^README\.md$/).map(({ path, text }) => [path, text.trim().split('\n')]),
  )
  const built = missionRooms.filter((room) =>
    sourceFiles.some(({ path }) => path === `src/${room}/index.ts`),
  )
  const missing = built.filter((room) => !readmes.has(`src/${room}/README.md`))
  const long = [...readmes].filter(([, lines]) => lines.length > 30).map(([path]) => path)
  expect({ missing, long }).toEqual({ missing: [], long: [] })
})
