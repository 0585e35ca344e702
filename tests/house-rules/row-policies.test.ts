import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kit'
import { inTerritory, type Tx } from '#platform'
import { settle } from '../cast.ts'
import { playDemo } from '../demo.ts'
import { openHouse, type TestHouse } from '../house.ts'
import { isTenant, type Table, tablesOf } from './schema.ts'

// The database alone, asked in SQL as the application role: what if the code forgot a "where"?

let house: TestHouse
let tenants: Table[]
let valmontId: string
let elsewhereId: string
beforeAll(async () => {
  house = await openHouse()
  await playDemo(house)
  elsewhereId = (await settle(house.db, 'ailleurs')).territory.id
  valmontId = (
    await house.db
      .selectFrom('territories')
      .select('id')
      .where('slug', '=', 'valmont')
      .executeTakeFirstOrThrow()
  ).id
  tenants = (await tablesOf(house.db)).filter(({ name }) => isTenant(name))
  for (const { name } of tenants) await sowOneRow(name)
})
afterAll(() => house.close())

/**
 * A row of Valmont in every table that its season left empty, whatever the constraints say: filled
 * by type, with triggers and foreign keys asleep, by the owner of the database.
 */
async function sowOneRow(table: string): Promise<void> {
  const { rows: columns } = await sql<{ name: string; type: string; text: string }>`
    select a.attname as name, t.typname as type, format_type(a.atttypid, a.atttypmod) as text
    from pg_attribute a join pg_type t on t.oid = a.atttypid
    where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped
      and a.attnotnull and not a.atthasdef and a.attgenerated = ''`.execute(house.db)
  const { rows: checks } = await sql<{ name: string }>`
    select conname as name from pg_constraint where conrelid = ${table}::regclass and contype = 'c'`.execute(
    house.db,
  )
  const values = columns.map(({ name, type }) =>
    name === 'territory_id' ? sql`${valmontId}::uuid` : sql.raw(anyValues[type] ?? `''`),
  )
  await house.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    for (const { name } of checks)
      await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`.execute(tx)
    await sql`insert into ${sql.table(table)} (${sql.join(columns.map(({ name }) => sql.ref(name)))})
              values (${sql.join(values)}) on conflict do nothing`.execute(tx)
  })
}

const anyValues: Record<string, string> = {
  uuid: `'${newId()}'::uuid`,
  bool: 'false',
  int2: '1',
  int4: '2099',
  int8: '1',
  numeric: '1',
  date: `'2027-01-01'::date`,
  timestamptz: 'now()',
  jsonb: `'{}'::jsonb`,
  bytea: `''::bytea`,
  _text: `'{}'::text[]`,
}

const as = (territoryId: string, work: (tx: Tx) => Promise<unknown>) =>
  inTerritory(house.db, { territoryId }, work)

async function countIn(tx: Tx, table: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from ${sql.table(table)}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** What the database said: how many rows it touched, or that it refused. */
async function outcomeOf(
  territoryId: string,
  statement: (table: string) => ReturnType<typeof sql>,
) {
  const touched: string[] = []
  for (const { name } of tenants)
    try {
      await as(territoryId, async (tx) => {
        const { rows } = await statement(name).execute(tx)
        if (rows.length > 0) touched.push(name)
        throw new Undone()
      })
    } catch (error) {
      const refused = /row-level security|permission denied|written once/
      if (!(error instanceof Undone) && !refused.test(String(error))) throw error
    }
  return touched
}
class Undone extends Error {}

test('every table has a row of Valmont to steal', async () => {
  const empty: string[] = []
  for (const { name } of tenants)
    if ((await house.db.transaction().execute((tx) => countIn(tx, name))) === 0) empty.push(name)
  expect(empty).toEqual([])
})

test('Valmont sees its own rows, but not the pay that a company keeps', async () => {
  const seen = await outcomeOf(valmontId, (table) => sql`select 1 from ${sql.table(table)}`)
  const hidden = tenants.map(({ name }) => name).filter((name) => !seen.includes(name))
  expect(hidden.sort()).toEqual(['cost_prices', 'valuations'])
})

describe('another commune', () => {
  test('reads no row of Valmont', async () => {
    expect(
      await outcomeOf(
        elsewhereId,
        (table) => sql`select 1 from ${sql.table(table)} where territory_id = ${valmontId}`,
      ),
    ).toEqual([])
  })

  test('changes no row of Valmont', async () => {
    expect(
      await outcomeOf(
        elsewhereId,
        (table) =>
          sql`update ${sql.table(table)} set territory_id = territory_id where territory_id = ${valmontId} returning 1`,
      ),
    ).toEqual([])
  })

  test('removes no row of Valmont', async () => {
    expect(
      await outcomeOf(
        elsewhereId,
        (table) =>
          sql`delete from ${sql.table(table)} where territory_id = ${valmontId} returning 1`,
      ),
    ).toEqual([])
  })

  test('writes no row into Valmont', async () => {
    // A copy of Valmont's own row, made by the owner, offered by the neighbour.
    const written: string[] = []
    for (const { name } of tenants) {
      const { rows } = await sql<{ row: string }>`
        select to_jsonb(t)::text as row from ${sql.table(name)} t where territory_id = ${valmontId} limit 1`.execute(
        house.db,
      )
      const columns = await writtenColumns(name)
      const attempt = as(elsewhereId, async (tx) => {
        await sql`insert into ${sql.table(name)} (${columns}) select ${columns} from jsonb_populate_record(null::${sql.table(name)}, ${rows[0]?.row ?? '{}'}::jsonb)`.execute(
          tx,
        )
        written.push(name)
      })
      await expect(attempt, name).rejects.toThrow(/row-level security|permission denied/)
    }
    expect(written).toEqual([])
  })

  /** Those that a statement may give a value; the database makes the others. */
  async function writtenColumns(table: string) {
    const { rows } = await sql<{ name: string }>`
      select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = ${table} and is_generated = 'NEVER'
        and identity_generation is distinct from 'ALWAYS'`.execute(house.db)
    return sql.join(rows.map(({ name }) => sql.ref(name)))
  }
})

test('without a commune named, no row is seen at all', async () => {
  const seen: string[] = []
  await house.db.transaction().execute(async (tx) => {
    await sql`set local role metis_app`.execute(tx)
    for (const { name } of tenants) if ((await countIn(tx, name)) > 0) seen.push(name)
  })
  expect(seen).toEqual([])
})

test('the cost of an hour is seen by the company alone, even inside its commune', async () => {
  const { companyId } = await house.db
    .selectFrom('costPrices')
    .select('companyId')
    .executeTakeFirstOrThrow()
  const seenBy = (organisationIds: string[]) =>
    inTerritory(house.db, { territoryId: valmontId, organisationIds }, (tx) =>
      countIn(tx, 'cost_prices'),
    )
  expect(await seenBy([])).toBe(0)
  expect(await seenBy([newId()])).toBe(0)
  expect(await seenBy([newId(), companyId])).toBeGreaterThan(0)
})

test('pages read the base with a hand that cannot write', async () => {
  const scope = { territoryId: valmontId, readOnly: true }
  const write = inTerritory(house.db, scope, (tx) =>
    sql`insert into baselines default values`.execute(tx),
  )
  await expect(write).rejects.toThrow(/read-only transaction/)
})

test('how people sign in is out of reach of the pages', async () => {
  for (const table of ['sessions', 'sign_in_accounts', 'verifications', 'outbox'])
    await expect(
      as(valmontId, (tx) => countIn(tx, table)),
      table,
    ).rejects.toThrow(/permission denied/)
})
