import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTerritory, type Tx } from '#platform'
import { settle } from '../cast.ts'
import { openHouse, type TestHouse } from '../house.ts'
import { globalTables } from './schema.ts'

// What the application role may do, asked of the database: pages run as nobody else.

let house: TestHouse
let territoryId: string
beforeAll(async () => {
  house = await openHouse()
  territoryId = (await settle(house.db)).territory.id
})
afterAll(() => house.close())

const asPage = (work: (tx: Tx) => Promise<unknown>) => inTerritory(house.db, { territoryId }, work)

test('a page reads who people are and what they may do, and can write none of it', async () => {
  const { rows } = await sql<{ table: string; right: string }>`
    select table_name as table, privilege_type as right from information_schema.role_table_grants
    where grantee = 'metis_app' and table_schema = 'public'`.execute(house.db)
  const granted = rows.filter(({ table }) => table in globalTables)
  const written = granted.filter(({ right }) => right !== 'SELECT')
  // A mail is put in the box; only the postman opens it.
  expect(written).toEqual([
    { table: 'outbox', right: 'INSERT' },
    { table: 'outbox_take_backs', right: 'INSERT' },
  ])
  expect(granted.map(({ table }) => table).sort()).toEqual([
    'memberships',
    'organisations',
    'outbox',
    'outbox_take_backs',
    'people',
    'skill_families',
    'territories',
    'territory_organisations',
  ])
})

test('nobody gives themselves a role from a page', async () => {
  const gain = asPage((tx) =>
    sql`insert into memberships (person_id, organisation_id, role)
        select p.id, t.organisation_id, 'municipality.agent' from people p, territories t`.execute(
      tx,
    ),
  )
  await expect(gain).rejects.toThrow(/permission denied/)
})

test('no table can be emptied at once, and none of its locks opened', async () => {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`.execute(house.db)
  for (const { name } of rows)
    for (const order of [
      sql`truncate ${sql.table(name)} cascade`,
      sql`alter table ${sql.table(name)} disable row level security`,
      sql`alter table ${sql.table(name)} disable trigger all`,
    ])
      await expect(
        asPage((tx) => order.execute(tx)),
        name,
      ).rejects.toThrow(/permission denied|must be owner/)
})

test('the procedures that make the tables can be called, and change nothing for a page', async () => {
  for (const procedure of ['keep_in_territory', 'write_once'])
    await expect(
      asPage((tx) => sql`call ${sql.id(procedure)}('pledges')`.execute(tx)),
    ).rejects.toThrow(/must be owner|permission denied/)
})

test('no function of ours runs with more rights than its caller', async () => {
  const { rows } = await sql<{ name: string }>`
    select proname as name from pg_proc
    where pronamespace = 'public'::regnamespace and prosecdef`.execute(house.db)
  expect(rows).toEqual([])
})

test('a row of a season may not name the commune of another person’s choosing', async () => {
  const { rows } = await sql<{ name: string; check: string | null; using: string }>`
    select tablename as name, with_check as check, qual as using from pg_policies
    where schemaname = 'public' and permissive = 'PERMISSIVE'`.execute(house.db)
  const open = rows.filter(
    ({ check, using }) => !(check ?? using).includes('territory_id = current_territory()'),
  )
  expect(open).toEqual([])
})
