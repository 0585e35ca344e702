import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kit'
import { inTerritory, isCollision, once, tryAgain } from '#platform'
import { openSeason } from './season.ts'
import { type World, world } from './world.ts'

// Two writers who meet have done nothing wrong: neither is told that something lacks.

let valmont: World
let form: Record<string, string>
beforeAll(async () => {
  valmont = await world(() => new Date('2026-11-24T10:00:00Z'))
  const { startsOn, endsOn } = await openSeason(valmont)
  form = {
    once: newId(),
    startsOn,
    endsOn,
    modality: 'hybrid',
    block: '1',
    noCounterpart: 'yes',
    'hours-FINANCE': '10',
  }
  await sql`create sequence meetings`.execute(valmont.house.db)
  await sql`grant usage on meetings to metis_app`.execute(valmont.house.db)
})
afterAll(() => valmont.house.close())

/** The next `count` entries are refused as a server refuses them when two transactions meet. */
async function meet(count: number): Promise<void> {
  const { db } = valmont.house
  // A sequence remembers what a transaction undone forgets.
  await sql`alter sequence meetings restart`.execute(db)
  await sql
    .raw(`create or replace function meet() returns trigger language plpgsql as $$
    begin
      if nextval('meetings') <= ${count} then
        raise exception 'could not serialize access' using errcode = '40001';
      end if;
      return new;
    end $$;
    drop trigger if exists meeting on ledger_entries;
    create trigger meeting before insert on ledger_entries for each row execute function meet()`)
    .execute(db)
}

const entries = async () =>
  inTerritory(valmont.house.db, { territoryId: valmont.cast.territory.id }, (tx) =>
    tx.selectFrom('ledgerEntries').select('reason').execute(),
  )

test('FIVEBELLS-402: a pledge that met others twice is recorded, once, and its sender saw nothing', async () => {
  await meet(2)
  const jeanne = await valmont.browser('jeanne')
  const answer = await jeanne.post('/valmont/2027/pledges', form)
  expect(answer.status).toBe(303)
  expect(await entries()).toHaveLength(1)
})

test('FIVEBELLS-402: when there is no way through, the page says that, and never that hours lack', async () => {
  await meet(1000)
  const jeanne = await valmont.browser('jeanne')
  const answer = await jeanne.post('/valmont/2027/pledges', { ...form, once: newId() })
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('1')
  const page = await answer.text()
  expect(page).toContain('Trop de monde écrit en même temps')
  expect(page).not.toMatch(/insuffisan|pas assez|solde/i)
  expect(await entries()).toHaveLength(1)
})

test('what is not a meeting is not tried again', async () => {
  let tries = 0
  const fails = tryAgain(async () => {
    tries += 1
    throw Object.assign(new Error('no'), { code: '23514', table: 'ledger_lines' })
  })
  await expect(fails).rejects.toThrow('no')
  expect(tries).toBe(1)
  expect(isCollision(undefined)).toBe(false)
  expect(isCollision({ code: '23505', table: 'ledger_entries_102034' })).toBe(true)
  expect(isCollision({ code: '23505', table: 'campaigns' })).toBe(false)
})

test('the same key twice at once: the work is done once, and both get its answer', async () => {
  const { db } = valmont.house
  const territoryId = valmont.cast.territory.id
  const asked = { territoryId, key: newId(), payload: { hours: 10 } }
  let count = 0
  const send = () =>
    inTerritory(db, { territoryId }, (tx) => once(tx, asked, async () => ({ rank: ++count })))
  expect(await Promise.all([send(), send(), send()])).toEqual([
    { rank: 1 },
    { rank: 1 },
    { rank: 1 },
  ])
})
