import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Opened, root } from '#platform'
import { rooms } from '../../src/rooms.ts'
import { emptyDatabase } from '../house.ts'
import { globalTables, isTenant, type Table, tablesOf, triggerBodies } from './schema.ts'
import { filesUnder, roomOf, sourceFiles } from './source.ts'

let opened: Opened
let tables: Table[]
let tenants: Table[]
beforeAll(async () => {
  opened = await emptyDatabase()
  tables = await tablesOf(opened.db)
  tenants = tables.filter(({ name }) => isTenant(name))
})
afterAll(() => opened.close())

const createdIn = new Map(
  filesUnder(['db/migrations'], /\.sql$/).flatMap(({ path, text }) =>
    [...text.matchAll(/create table (\w+)/g)].map(([, table = '']) => [table, path] as const),
  ),
)
// 0040-ledger.sql holds the tables of the room "ledger".
const roomOfTable = (table: string) => /\d+-([a-z-]+)\.sql$/.exec(createdIn.get(table) ?? '')?.[1]

test('every table is made by the migration of one room', () => {
  const known: string[] = [...rooms, 'foundation']
  const lost = tables
    .map(({ name }) => name)
    .filter((name) => name !== 'migrations' && !known.includes(roomOfTable(name) ?? ''))
  expect(lost).toEqual([])
})

test('a table is written by its own room alone', () => {
  const snake = (name: string) => name.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`)
  const faults = sourceFiles
    .filter(({ path }) => !path.includes('.test.'))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/\.(?:insertInto|updateTable|deleteFrom)\(\s*'(\w+)/g)]
        .map(([, table = '']) => snake(table))
        .filter((table) => roomOfTable(table) !== roomOf(path) && roomOf(path) !== 'platform')
        .map((table) => `${path} writes ${table}`),
    )
  expect(faults).toEqual([])
})

test('every table belongs to a commune, or says why not', () => {
  const gone = Object.keys(globalTables).filter(
    (name) => !tables.some((table) => table.name === name),
  )
  expect(gone).toEqual([])
  const faults = tenants.filter(({ isForced, policies }) => {
    const [only, ...others] = policies
    return !isForced || others.length > 0 || !only?.includes('territory_id = current_territory()')
  })
  expect(faults.map(({ name }) => name)).toEqual([])
})

test('the commune comes first in every key', () => {
  const faults = tenants.flatMap(({ name, keys }) => [
    ...keys.filter(({ columns }) => columns[0] !== 'territory_id').map((key) => key.name),
    ...(keys.some(({ kind }) => kind === 'p') ? [] : [`${name} has no primary key`]),
  ])
  expect(faults).toEqual([])
})

test('no key joins two communes, and nothing common to all depends on one of them', () => {
  const faults = tables.flatMap(({ name, foreign }) =>
    foreign
      .filter(({ to, columns, toColumns }) =>
        isTenant(name)
          ? isTenant(to) && (columns[0] !== 'territory_id' || toColumns[0] !== 'territory_id')
          : isTenant(to),
      )
      .map(({ to }) => `${name} → ${to}`),
  )
  expect(faults).toEqual([])
})

test('triggers speak of the row at hand, so that they hold on a shard of another name', async () => {
  const names = tables.map(({ name }) => name)
  const bodies = await triggerBodies(opened.db)
  const faults = bodies.flatMap(({ name, body }) =>
    names
      .filter((table) => new RegExp(`\\b${table}\\b`).test(body))
      .map((table) => `${name} names ${table}`),
  )
  expect(bodies.length).toBeGreaterThan(0)
  expect(faults).toEqual([])
})

test('db/citus.sql distributes every table, the common ones to every worker', () => {
  const text = readFileSync(join(root, 'db', 'citus.sql'), 'utf8')
  const listed = (call: string) =>
    [...text.matchAll(new RegExp(`${call}\\('(\\w+)'`, 'g'))].map(([, name = '']) => name)
  const common = tables.filter(({ name }) => !isTenant(name) && name !== 'migrations')
  expect(listed('create_reference_table').sort()).toEqual(common.map(({ name }) => name).sort())
  expect(listed('create_distributed_table').sort()).toEqual(tenants.map(({ name }) => name).sort())
})
