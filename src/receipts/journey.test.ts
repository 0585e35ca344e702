import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents } from '#kit'
import { balanceOf, brokenLedgerRow, totalOf } from '#ledger'
import type { Mission } from '#missions'
import { sealYesterday } from '#people'
import { inTerritory } from '#platform'
import type { PersonKey } from '../../tests/cast.ts'
import {
  accounts,
  missionOf,
  published,
  running,
  type Season,
  worked,
} from '../../tests/missions.ts'
import { codesOf, done } from '../../tests/season.ts'
import { cancelReceipt, declareValuation, issueReceipt, receiptsOf } from './index.ts'

let season: Season
let mission: Mission
beforeAll(async () => {
  season = await published()
  mission = await missionOf(season, 'foodBank')
  await running(season, mission.id, accounts)
  await worked(season, mission.id, accounts, { day: '2027-05-04', hours: 7 })
  await worked(season, mission.id, accounts, { day: '2027-05-06', hours: 3.5 })
})
afterAll(() => season.world.house.close())

const cost = { hourlyCostCents: cents(38_50), legalForm: 'SARL' }
const signing = { capacity: 'Présidente', category: 'freeAid' as const, categoryLabel: '' }

function declare(input: Parameters<typeof declareValuation>[2] = cost) {
  return season.world.as('hugo', (place) => declareValuation(place, mission.id, input))
}

function issue() {
  return season.world.as('amina', (place) => issueReceipt(place, mission.id, signing))
}

function receipts() {
  return season.world.as('claire', ({ tx }) => receiptsOf(tx, season.campaign))
}

async function read(person: PersonKey | undefined, path: string) {
  const answer = await (await season.world.browser(person)).get(path)
  return { status: answer.status, page: await answer.text() }
}

test('no receipt before the company has said what the hours cost', async () => {
  expect(codesOf(await issue())).toEqual(['receipts:refused.notValued'])
})

test('the company declares a cost on a page; a wrong one comes back as typed', async () => {
  const hugo = await season.world.browser('hugo')
  const wrong = { hourlyCost: 'trente', legalForm: '' }
  const refused = await hugo.post(`/valmont/missions/${mission.id}/valuations`, wrong)
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toContain('value="trente"')
  expect(page).toContain('hourlyCost-reason')
  expect(page).toContain('legalForm-reason')
  const right = { hourlyCost: '38,50', legalForm: 'SARL' }
  const done = await hugo.post(`/valmont/missions/${mission.id}/valuations`, right)
  expect(done.status).toBe(303)
})

test('the cost of an hour is the company’s own: neither commune nor association reads it, even in SQL', async () => {
  const { house, cast } = season.world
  const seenBy = (organisationIds: string[]) =>
    inTerritory(house.db, { territoryId: cast.territory.id, organisationIds }, async (tx) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from cost_prices`.execute(tx)
      return rows[0]?.count
    })
  const { accountants, foodBank, valmont, studio } = cast.organisations
  expect(await seenBy([accountants])).toBe(1)
  for (const other of [foodBank, valmont, studio]) expect(await seenBy([other])).toBe(0)
  const journal = await house.db.selectFrom('journal').select('details').execute()
  expect(JSON.stringify(journal)).not.toContain('3850')
  const valuations = (organisationIds: string[]) =>
    inTerritory(house.db, { territoryId: cast.territory.id, organisationIds }, (tx) =>
      tx.selectFrom('valuations').select('valueCents').execute(),
    )
  // 10 h 30 at 38.50 €: the association needs the total for its receipt, the commune does not.
  expect(await valuations([foodBank])).toEqual([{ valueCents: 404_25n }])
  expect(await valuations([valmont])).toEqual([])
})

test('the association signs and issues; the hours move to the receipt, once', async () => {
  const { id } = done(await issue())
  const [receipt] = await receipts()
  expect(receipt).toMatchObject({ id, year: 2027, number: 1, receiptedMinutes: 630n })
  expect(receipt).toMatchObject({ valueCents: 404_25n, fromDay: '2027-05-04', toDay: '2027-05-06' })
  const held = await season.world.as('claire', ({ tx, territory }) =>
    balanceOf(tx, territory.id, {
      book: 'hours',
      kind: 'RECEIPTED',
      campaignId: season.campaign.id,
      subjectId: id,
    }),
  )
  expect(held).toBe(630n)
  expect(codesOf(await issue())).toEqual(['receipts:refused.noFreeHour'])
  expect(codesOf(await declare())).toEqual(['receipts:refused.nothingToValue'])
})

test('the company downloads its receipt, the commune reads totals alone', async () => {
  const [receipt] = await receipts()
  const path = `/valmont/receipts/${receipt?.id}.pdf`
  const pdf = await (await season.world.browser('hugo')).get(path)
  expect(Buffer.from(await pdf.arrayBuffer()).toString('latin1', 0, 5)).toBe('%PDF-')
  expect((await read('claire', path)).status).toBe(403)
  expect((await read('sarah', path)).status).toBe(404)
  const { page } = await read('claire', '/valmont/2027/receipts')
  expect(page).toContain('10\u00a0h\u00a030')
  expect(page).not.toContain('404,25')
  expect((await read('hugo', '/valmont/2027/receipts')).page).toContain('404,25')
  expect((await read('amina', '/valmont/2027/receipts')).page).toContain('222 bis')
})

test('hours approved later are valued and receipted apart, with the next number', async () => {
  await worked(season, mission.id, accounts, { day: '2027-05-07', hours: 2 })
  expect(codesOf(await issue())).toEqual(['receipts:refused.valuedOtherwise'])
  done(await declare())
  done(await issue())
  expect(
    (await receipts()).map(({ number, receiptedMinutes }) => [number, receiptedMinutes]),
  ).toEqual([
    [1, 630n],
    [2, 120n],
  ])
})

test('a wrong receipt is cancelled and replaced, never erased, and no number is used twice', async () => {
  const second = (await receipts())[1]
  const cancel = (reason: string) =>
    season.world.as('amina', (place) => cancelReceipt(place, second?.id ?? '', { reason }))
  expect(codesOf(await cancel(''))).toEqual(['receipts:refused.noReason'])
  done(await cancel('Montant erroné'))
  expect(codesOf(await cancel('Montant erroné'))).toEqual(['receipts:refused.cancelledAlready'])
  done(await declare({ ...cost, hourlyCostCents: cents(40_00) }))
  done(await issue())
  const all = await receipts()
  expect(all.map(({ number }) => number)).toEqual([1, 2, 3])
  expect(all[1]?.cancellation?.reason).toBe('Montant erroné')
  expect(all[2]).toMatchObject({ replacesId: second?.id, valueCents: 80_00n })
  await season.world.as('claire', async ({ tx, territory }) => {
    expect(await totalOf(tx, territory.id, season.campaign.id, 'hours', 'RECEIPTED')).toBe(750n)
    expect(await totalOf(tx, territory.id, season.campaign.id, 'hours', 'DONE')).toBe(0n)
    expect(await brokenLedgerRow(tx, territory.id)).toBeUndefined()
  })
})

test('the treasurer finds the year’s contributions in kind, from signed and living receipts alone', async () => {
  expect((await read('amina', '/valmont/2027/receipts')).page).toContain('/2027/contributions')
  const { page } = await read('amina', '/valmont/2027/contributions')
  // 404.25 € and 80 €: the second receipt, cancelled, counts no more.
  for (const said of ['484,25', '862', '871', 'Cabinet Aubry Conseil', '12\u00a0h\u00a030'])
    expect(page).toContain(said)
  for (const name of ['Inès', '38,50']) expect(page).not.toContain(name)
  const files = '/valmont/2027/contributions'
  const csv = (await read('amina', `${files}/contributions.csv`)).page
  expect(csv).toContain('2027-001;Cabinet Aubry Conseil;')
  expect(csv).toContain(';10.5;404.25;862;871')
  expect(csv).not.toContain('2027-002')
  expect((await read('amina', `${files}/note.pdf`)).page.slice(0, 5)).toBe('%PDF-')
})

test('the accounting year is the association’s own; a wrong one is said and kept as typed', async () => {
  const of = (query: string) => read('amina', `/valmont/2027/contributions?${query}`)
  expect((await of('from=2027-05-05&to=2027-05-06')).page).toContain('134,75')
  expect((await of('from=2027-09-01&to=2028-08-31')).page).not.toContain('484,25')
  const backwards = await of('from=2027-09-01&to=2026-08-31')
  expect(backwards.status).toBe(422)
  expect(backwards.page).toContain('value="2026-08-31"')
})

test('contributions in kind are read by the association alone', async () => {
  for (const [person, status] of [
    ['hugo', 403],
    ['claire', 403],
    [undefined, 303],
  ] as const)
    expect((await read(person, '/valmont/2027/contributions')).status).toBe(status)
  expect((await read('luc', '/valmont/2027/contributions')).page).not.toContain('Aubry')
})

test('the database itself refuses the same hour on two receipts', async () => {
  const { house, cast } = season.world
  const [first, , third] = await receipts()
  const twice = inTerritory(house.db, { territoryId: cast.territory.id }, (tx) =>
    tx
      .insertInto('receiptEntries')
      .columns(['territoryId', 'entryId', 'receiptId'])
      .expression((select) =>
        select
          .selectFrom('receiptEntries')
          .select(({ ref, val }) => [
            ref('territoryId').as('territoryId'),
            ref('entryId').as('entryId'),
            val(third?.id ?? '').as('receiptId'),
          ])
          .where('receiptId', '=', first?.id ?? ''),
      )
      .execute(),
  )
  await expect(twice).rejects.toThrow(/receipt_entries_pkey/)
})

test('anyone with the code checks a receipt: figures, chain and digest, nobody’s name', async () => {
  const codes = await season.world.house.db
    .selectFrom('documents')
    .select('verificationCode')
    .where('kind', '=', 'gift_receipt')
    .orderBy('rank')
    .execute()
  const [first, second] = codes.map(({ verificationCode }) => verificationCode)
  const { status, page } = await read(undefined, `/valmont/verify/${first?.toLowerCase()}`)
  expect(status).toBe(200)
  for (const said of [
    '2027-001',
    '404,25',
    '10\u00a0h\u00a030',
    'Cabinet Aubry Conseil',
    'Écriture n°',
  ])
    expect(page).toContain(said)
  for (const name of ['Inès', 'Amina', 'Hugo']) expect(page).not.toContain(name)
  expect((await read(undefined, `/valmont/verify/${second}`)).page).toContain('annulé')
  const unknown = await read(undefined, '/valmont/verify/0000-0000-0000-0000')
  expect(unknown.status).toBe(404)
  expect(unknown.page).toContain('value="0000-0000-0000-0000"')
})

test('after the night, the page of the code names the digest that seals the hours', async () => {
  const { db } = season.world.house
  const { verificationCode } = await db
    .selectFrom('documents')
    .select('verificationCode')
    .where('kind', '=', 'gift_receipt')
    .orderBy('rank')
    .executeTakeFirstOrThrow()
  const path = `/valmont/verify/${verificationCode}`
  expect((await read(undefined, path)).page).toContain('scellé chaque nuit')
  await sealYesterday(db, new Date('2027-05-11T02:00:00Z'))
  const published = JSON.parse((await read(undefined, '/valmont/verify/digests.json')).page)
  expect((await read(undefined, path)).page).toContain(published.digests[0].digest)
})
