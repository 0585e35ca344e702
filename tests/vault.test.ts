import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPiece, pieceSafe, piecesOf, readPiece, startApplication } from '#applications'
import { inTerritory, keyFaults, rotateKeys, type Safe, sealWhatIsBehind, vaultOf } from '#platform'
import { openApplications } from './files.ts'
import { testConfig } from './house.ts'
import { done } from './season.ts'
import { type World, world } from './world.ts'

// What is kept of the pieces, read as whoever steals the database would read it.

const SECRET_WORDS = 'compte 00012345678, solde 4 210 euros'
const first = { ...testConfig, masterKey: 'the master key of the first year, kept apart' }
const second = {
  ...testConfig,
  masterKey: 'another master key, for the second year',
  previousMasterKey: first.masterKey,
}

let valmont: World
let applicationId: string
beforeAll(async () => {
  valmont = await world(undefined, first)
  const season = await openApplications(valmont)
  const started = await valmont.as('eva', (place) => startApplication(place, season))
  applicationId = done(started).id
})
afterAll(() => valmont.house.close())

const content = (rank: number) => Buffer.from(`%PDF-1.7 ${SECRET_WORDS} ${rank}\n%%EOF`)
const give = async (rank: number) => {
  const piece = { kind: 'accounts', fileName: `${rank}.pdf`, content: content(rank) }
  return done(await valmont.as('eva', (place) => addPiece(place, applicationId, piece))).id
}
const read = (pieceId: string, config = first) =>
  valmont.as('eva', async (place) => {
    const piece = await readPiece({ ...place, vault: vaultOf(config) }, applicationId, pieceId)
    return piece && 'content' in piece ? String(piece.content) : undefined
  })

type Kept = { id: string; content: Uint8Array; version: number | null }
async function kept(): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    select id, content, key_version as version from application_pieces order by id`.execute(
    valmont.house.db,
  )
  return rows
}
const versions = async () => (await kept()).map(({ version }) => version)
const rotation = (config: typeof first) => ({
  db: valmont.house.db,
  vault: vaultOf(config),
  safes: [pieceSafe],
})
const territoryId = () => valmont.cast.territory.id

test('whoever copies the table of pieces reads nothing in it, and whoever may reads it whole', async () => {
  const id = await give(1)
  const [row] = await kept()
  const bytes = Buffer.from(row?.content ?? [])
  expect(bytes.includes('%PDF')).toBe(false)
  expect(bytes.includes(SECRET_WORDS.slice(0, 12))).toBe(false)
  const [head] = await valmont.as('eva', ({ tx, territory }) =>
    piecesOf(tx, { territoryId: territory.id, id: applicationId }),
  )
  expect(head?.bytes).toBe(content(1).length)
  expect(await read(id)).toBe(String(content(1)))
  const { rows } = await sql<{ dump: string }>`
    select string_agg(encode(wrapped, 'hex') || wrapped_by, ',') as dump from data_keys`.execute(
    valmont.house.db,
  )
  expect(rows[0]?.dump).not.toContain(Buffer.from(first.masterKey).toString('hex'))
})

test('bytes moved to another piece, or changed by one bit, do not open', async () => {
  const [one, other] = [await give(2), await give(3)]
  const move = sql`update application_pieces a set content = b.content
    from application_pieces b where a.id = ${one} and b.id = ${other}`
  await move.execute(valmont.house.db)
  await expect(read(one)).rejects.toThrow()
  await sql`update application_pieces
    set content = set_byte(content, 30, get_byte(content, 30) # 1) where id = ${other}`.execute(
    valmont.house.db,
  )
  await expect(read(other)).rejects.toThrow()
  await sql`delete from application_pieces where id in (${one}, ${other})`.execute(valmont.house.db)
})

test('a new key takes every piece, and the old key is gone', async () => {
  const id = await give(4)
  const before = await kept()
  expect(await rotateKeys(rotation(first), territoryId())).toEqual({ version: 2, rows: 2 })
  const after = await kept()
  expect(after.map(({ version }) => version)).toEqual([2, 2])
  expect(after[0]?.content).not.toEqual(before[0]?.content)
  expect(await read(id)).toBe(String(content(4)))
  const { rows } = await sql`select version from data_keys`.execute(valmont.house.db)
  expect(rows).toEqual([{ version: 2 }])
})

test('a rotation killed midway leaves every piece readable, and goes on where it stopped', async () => {
  for (let rank = 10; rank < 20; rank++) await give(rank)
  let left = 7
  const dying: Safe = {
    ...pieceSafe,
    sealAgain: async (...asked) => {
      if (left-- === 0) throw new Error('the machine stops')
      await pieceSafe.sealAgain(...asked)
    },
  }
  const killed = rotateKeys({ ...rotation(first), safes: [dying] }, territoryId())
  await expect(killed).rejects.toThrow('the machine stops')
  expect(new Set(await versions())).toEqual(new Set([2, 3]))
  for (const { id } of await kept()) expect(await read(id)).toContain(SECRET_WORDS)
  const resumed = await rotateKeys(rotation(first), territoryId())
  expect(resumed).toEqual({ version: 3, rows: 7 })
  expect(new Set(await versions())).toEqual(new Set([3]))
})

test('a new master key takes over while the old one still opens; then the old one opens nothing', async () => {
  const [{ id } = { id: '' }] = await kept()
  const faults = (config: typeof first) =>
    valmont.as('claire', ({ tx }) => keyFaults(tx, vaultOf(config), territoryId()))
  expect(await faults(first)).toEqual([])
  expect(await faults({ ...first, masterKey: 'lost and replaced by another one' })).toHaveLength(1)
  const unknown = { ...testConfig, masterKey: 'a master key that nobody here has ever used' }
  await expect(read(id, unknown)).rejects.toThrow(/METIS_MASTER_KEY/)
  expect(await read(id, second)).toContain(SECRET_WORDS)
  const { version } = await rotateKeys(rotation(second), territoryId())
  expect(version).toBe(4)
  const { previousMasterKey: _, ...alone } = second
  expect(await read(id, alone)).toContain(SECRET_WORDS)
  await expect(read(id, first)).rejects.toThrow(/METIS_MASTER_KEY/)
  const back = { ...first, previousMasterKey: second.masterKey }
  await rotateKeys(rotation(back), territoryId())
})

test('pieces from before the vault are read as they are, until the job seals them', async () => {
  const id = await give(30)
  await sql`update application_pieces set key_version = null, content = ${content(30)}
    where id = ${id}`.execute(valmont.house.db)
  expect(await read(id)).toBe(String(content(30)))
  expect(await sealWhatIsBehind(rotation(first), territoryId())).toMatchObject({ rows: 1 })
  const plain = (await kept()).filter((row) => Buffer.from(row.content).includes('%PDF'))
  expect(plain).toEqual([])
  expect(await read(id)).toBe(String(content(30)))
})

test('a key goes on as long as something is sealed by it, and no page may end one', async () => {
  const asPage = (order: ReturnType<typeof sql>) =>
    inTerritory(valmont.house.db, { territoryId: territoryId() }, (tx) => order.execute(tx))
  await expect(asPage(sql`delete from data_keys`)).rejects.toThrow(/permission denied/)
  await expect(asPage(sql`update data_keys set wrapped = ''`)).rejects.toThrow(/permission denied/)
  await expect(asPage(sql`update application_pieces set content = ''`)).rejects.toThrow(
    /permission/,
  )
  await expect(sql`delete from data_keys`.execute(valmont.house.db)).rejects.toThrow(/foreign key/)
})

test('pieces given while two keepers change the key all stay readable', async () => {
  for (const turn of [100, 200, 300]) {
    const [, , ...ids] = await Promise.all([
      rotateKeys(rotation(first), territoryId()),
      rotateKeys(rotation(first), territoryId()),
      give(turn),
      give(turn + 1),
    ])
    for (const id of ids) expect(await read(id)).toContain(SECRET_WORDS)
  }
  await sealWhatIsBehind(rotation(first), territoryId())
  expect(new Set(await versions()).size).toBe(1)
})
