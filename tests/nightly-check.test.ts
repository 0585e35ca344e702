import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { day, newId } from '#kit'
import { lastCheckRun, post } from '#ledger'
import { checkNightly } from '../src/web/nightly-check.ts'
import { testConfig } from './house.ts'
import { type World, world } from './world.ts'

let valmont: World
const config = { ...testConfig, operatorMail: 'operator@example.org' }
beforeAll(async () => {
  valmont = await world()
})
afterAll(() => valmont.house.close())

const mails = () => valmont.house.db.selectFrom('outbox').selectAll().execute()
const metrics = async () => (await valmont.house.app.request('/metrics')).text()

test('a night where all holds is seen on the metrics, and worries nobody', async () => {
  const { db } = valmont.house
  expect(await metrics()).not.toContain('metis_check_faults')
  await checkNightly({ db, config })
  expect(await metrics()).toContain('metis_check_faults 0')
  expect(await mails()).toHaveLength(0)
})

test('hours put on a receipt from nowhere are named to the operator with their row', async () => {
  const { db } = valmont.house
  const { id: territoryId } = valmont.cast.territory
  const account = { book: 'hours' as const, campaignId: newId(), subjectId: newId() }
  await valmont.as('claire', ({ tx }) =>
    post(tx, {
      territoryId,
      book: 'hours',
      day: day('2027-02-01'),
      at: new Date(),
      personId: undefined,
      reason: 'receipt.issued',
      subjectId: account.subjectId,
      moves: [
        {
          from: { ...account, kind: 'OUTSIDE', label: 'nowhere' },
          to: { ...account, kind: 'RECEIPTED', label: 'receipt' },
          amount: 450n,
        },
      ],
    }),
  )
  await checkNightly({ db, config })
  expect(await lastCheckRun(db)).toMatchObject({ faultCount: 1 })
  expect(await metrics()).toContain('metis_check_faults 1')
  const [mail] = await mails()
  expect(mail).toMatchObject({ recipient: 'operator@example.org' })
  expect(mail?.body).toContain(
    'valmont: ledger entry 1 brings 450 minutes to RECEIPTED, 0 of them from a stage before that is not known',
  )
})

test('without an address nobody is written to, and the rows are counted all the same', async () => {
  const { db } = valmont.house
  await checkNightly({ db, config: testConfig })
  expect(await mails()).toHaveLength(1)
  expect(await lastCheckRun(db)).toMatchObject({ faultCount: 1 })
})

test('what the night found is never changed', async () => {
  const { db } = valmont.house
  await expect(sql`update check_runs set fault_count = 0`.execute(db)).rejects.toThrow(
    'written once',
  )
  await expect(sql`truncate ledger_entries cascade`.execute(db)).rejects.toThrow('written once')
})
