import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDocument } from '#documents'
import { note } from '#journal'
import { day, newId } from '#kit'
import { post } from '#ledger'
import { deed } from '#people'
import { vaultOf } from '#platform'
import { runCheck } from '../src/web/check-command.ts'
import { playDemo } from './demo.ts'
import { openHouse, type TestHouse, testConfig } from './house.ts'
import { type World, world } from './world.ts'

async function checked(house: TestHouse, args: string[] = []) {
  const said: string[] = []
  const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) }
  const open = async () => ({ db: house.db, close: async () => {} })
  return { code: await runCheck(args, io, open, () => vaultOf(testConfig)), said }
}

test('a whole season holds: journal, ledger, papers, hours and euros tell the same story', async () => {
  const house = await openHouse()
  try {
    await playDemo(house)
    const { code, said } = await checked(house)
    expect(said).toContain('valmont: all holds.')
    expect(code).toBe(0)
  } finally {
    await house.close()
  }
})

let valmont: World
beforeAll(async () => {
  valmont = await world()
})
afterAll(() => valmont.house.close())

test.each<[string, RawBuilder<unknown>, RegExp]>([
  ['a deed', sql`update journal set action = 'pledge.refused'`, /journal row 1 /],
  [
    'an amount',
    sql`update ledger_lines set amount = amount + 1, balance_after = balance_after + 1 where amount > 0`,
    /ledger entry 1 does not fit.*entry 1 has lines/s,
  ],
  ['a balance', sql`update ledger_lines set balance_after = 1000`, /add up to/],
  [
    'a paper',
    sql`update documents set pdf = 'other'::bytea`,
    /notice 2027-0001 .* not what was sealed/,
  ],
  ['a number', sql`update documents set rank = 2`, /have a gap: 1 for 2/],
])('%s altered behind its back is named', async (_, alteration, fault) => {
  await valmont.as('claire', async (place) => {
    const { tx, territory, now: at } = place
    const act = { territoryId: territory.id, at, subjectId: newId() }
    await note(tx, { ...deed(place), action: 'pledge.confirmed' })
    await makeDocument(
      tx,
      { ...act, at: new Date('2027-01-02'), kind: 'notice', title: 't', content: {} },
      () => Buffer.from('x'),
    )
    const account = { book: 'hours' as const, campaignId: newId(), subjectId: newId(), label: 'l' }
    const moves = [
      {
        from: { ...account, kind: 'OUTSIDE' as const },
        to: { ...account, kind: 'PLEDGED' as const },
        amount: 60n,
      },
    ]
    await post(tx, {
      ...act,
      book: 'hours',
      day: day('2027-01-02'),
      personId: undefined,
      reason: 'r',
      moves,
    })
  })
  expect((await checked(valmont.house)).code).toBe(0)
  await byForce(alteration)
  const { code, said } = await checked(valmont.house)
  expect(code).toBe(1)
  expect(said.join('\n')).toMatch(fault)
  const [json = ''] = (await checked(valmont.house, ['--json'])).said
  expect(JSON.parse(json).territories[0].faults.length).toBeGreaterThan(0)
  for (const table of ['journal', 'documents', 'ledger_lines', 'ledger_entries', 'ledger_accounts'])
    await byForce(sql`delete from ${sql.table(table)}`)
})

async function byForce(alteration: RawBuilder<unknown>): Promise<void> {
  await valmont.house.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    for (const held of ['thread_adds_up', 'ring_adds_up'])
      await sql`alter table ledger_lines drop constraint if exists ${sql.ref(held)}`.execute(tx)
    await alteration.execute(tx)
  })
}
