import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPiece, depositApplication } from '#applications'
import { FILE_READ, noteRead } from '#journal'
import { removeSeat, sealYesterday } from '#people'
import { GENESIS, inTerritory, linkHash, vaultOf } from '#platform'
import { settled } from '#web'
import { checkAll } from '../src/web/check-command.ts'
import { handedOver, openApplications, prepared } from './files.ts'
import { testConfig } from './house.ts'
import { done } from './season.ts'
import { type World, world } from './world.ts'

let valmont: World
// Today, at five past: the season of the tests is open on the day they run.
let at = Date.parse(`${new Date().toISOString().slice(0, 10)}T09:05:00Z`)
let file: string
let draft: string
let withPiece: string
let year: number
beforeAll(async () => {
  valmont = await world(() => new Date(at))
  const campaign = await openApplications(valmont)
  file = await handedOver(valmont, 'amina', campaign)
  draft = await prepared(valmont, 'luc', campaign)
  year = campaign.year
  withPiece = await prepared(valmont, 'rose', campaign)
  const budget = {
    kind: 'statutes',
    fileName: 'budget.pdf',
    content: Buffer.from('%PDF-1.7 budget'),
  }
  done(await valmont.as('rose', (place) => addPiece(place, withPiece, budget)))
  done(await valmont.as('rose', (place) => depositApplication(place, withPiece)))
})
afterAll(() => valmont.house.close())

const here = () => `/valmont/applications/${file}`
const inValmont = <Result>(work: Parameters<typeof inTerritory<Result>>[2]) =>
  inTerritory(valmont.house.db, { territoryId: valmont.cast.territory.id, readOnly: true }, work)

async function reads() {
  await settled(valmont.house.db)
  return inValmont((tx) =>
    tx
      .selectFrom('journal')
      .select(['personId', 'subjectId', 'details', 'at'])
      .where('action', '=', FILE_READ)
      .orderBy('seq')
      .execute(),
  )
}

describe('who looked at our file', () => {
  test('an agent who opens it is noted once an hour, whatever they open of it', async () => {
    const claire = await valmont.browser('claire')
    for (const path of ['', '/review', '/receipt.pdf', ''])
      expect((await claire.get(here() + path)).status).toBe(200)
    expect(await reads()).toEqual([
      {
        personId: valmont.cast.people.claire.id,
        subjectId: file,
        details: { roles: ['municipality.agent'] },
        at: new Date(at),
      },
    ])
    at += 3600 * 1000
    await claire.get(here())
    expect(await reads()).toHaveLength(2)
  })

  test('two processes looking at once note it once', async () => {
    at += 3600 * 1000
    const territoryId = valmont.cast.territory.id
    const look = {
      territoryId,
      subjectId: file,
      personId: valmont.cast.people.paul.id,
      roles: ['municipality.elected'],
      at: new Date(at),
    }
    const note = () => inTerritory(valmont.house.db, { territoryId }, (tx) => noteRead(tx, look))
    await Promise.all([note(), note()])
    expect(await reads()).toHaveLength(3)
  })

  test('what could not be opened, and one’s own file, are not looks', async () => {
    const claire = await valmont.browser('claire')
    expect((await claire.get(`/valmont/applications/${draft}`)).status).toBe(404)
    const amina = await valmont.browser('amina')
    expect((await amina.get(here())).status).toBe(200)
    expect(await reads()).toHaveLength(3)
  })

  test('the association sees the names and the offices, another one nothing', async () => {
    const amina = await valmont.browser('amina')
    expect(await (await amina.get(here())).text()).toContain('Qui a regardé notre demande')
    const page = await (await amina.get(`${here()}/readers`)).text()
    expect(page).toContain('Claire Morel')
    expect(page).toContain('agent·e de la commune')
    expect(page).toMatch(/\d\d:05, \d\d:05/)
    expect(page).toContain('Paul Girard')
    const luc = await valmont.browser('luc')
    expect((await luc.get(`${here()}/readers`)).status).toBe(404)
  })

  test('an archive counts as a look at each file in it, and at no draft', async () => {
    at += 3600 * 1000
    const claire = await valmont.browser('claire')
    const archive = await claire.get(`/valmont/${year}/review/pieces.zip`)
    expect(archive.headers.get('content-type')).toBe('application/zip')
    await archive.arrayBuffer()
    const noted = (await reads()).filter((read) => read.at.getTime() === at)
    expect(noted.map(({ subjectId }) => subjectId).sort()).toEqual([file, withPiece].sort())
  })

  test('whoever left the council since keeps their name there, and opens nothing any more', async () => {
    const { house, cast } = valmont
    const paul = await valmont.browser('paul')
    expect((await paul.get(`${here()}/review`)).status).toBe(200)
    const ended = await removeSeat(house.db, {
      organisationId: cast.organisations.valmont,
      personId: cast.people.paul.id,
      role: 'municipality.elected',
      by: { id: cast.people.odile.id, name: 'Odile Renaud' },
      now: house.now(),
    })
    expect(ended).toEqual({ id: cast.people.paul.id })
    expect((await paul.get(`${here()}/review`)).status).toBe(403)
    const amina = await valmont.browser('amina')
    expect(await (await amina.get(`${here()}/readers`)).text()).toContain('Paul Girard')
  })
})

describe('what each night seals', () => {
  const checked = async () => (await checkAll(valmont.house.db, vaultOf(testConfig)))[0]?.faults
  const seals = () =>
    inValmont((tx) => tx.selectFrom('journalDigests').selectAll().orderBy('day').execute())

  test('the place of both chains, once a day, and the check passes', async () => {
    await sealYesterday(valmont.house.db, new Date(at))
    await sealYesterday(valmont.house.db, new Date(at))
    at += 24 * 3600 * 1000
    await (await valmont.browser('claire')).get(here())
    await settled(valmont.house.db)
    await sealYesterday(valmont.house.db, new Date(at))
    const [first, second, ...more] = await seals()
    expect(more).toEqual([])
    expect(second?.previousDigest).toBe(first?.digest)
    expect(second?.journalSeq).toBeGreaterThan(first?.journalSeq ?? 0n)
    expect(await checked()).toEqual([])
  })

  test('agents read it on a page; an association does not', async () => {
    const page = await (await (await valmont.browser('claire')).get('/valmont/journal')).text()
    for (const { digest } of await seals()) expect(page).toContain(digest)
    expect((await (await valmont.browser('amina')).get('/valmont/journal')).status).toBe(403)
  })

  test('nobody rewrites a night, not even the owner of the database', async () => {
    await expect(
      valmont.house.db.updateTable('journalDigests').set({ journalSeq: 1n }).execute(),
    ).rejects.toThrow(/written once/)
  })

  test('a journal written anew from end to end, each row fitting the one before, is still seen', async () => {
    const before = await seals()
    await rewriteJournal()
    const faults = (await checked()) ?? []
    for (const { day, journalSeq } of before)
      expect(faults).toContain(`journal row ${journalSeq} is not the one sealed on ${day}`)
    expect(faults.filter((fault) => fault.includes('does not fit'))).toEqual([])
  })

  /** What someone with every right could do: the same deeds by somebody else, all hashes made again. */
  async function rewriteJournal(): Promise<void> {
    const territoryId = valmont.cast.territory.id
    const rows = await valmont.house.db
      .selectFrom('journal')
      .selectAll()
      .where('territoryId', '=', territoryId)
      .orderBy('seq')
      .execute()
    await valmont.house.db.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx)
      await tx.deleteFrom('journal').where('territoryId', '=', territoryId).execute()
      let previousHash = GENESIS
      for (const { hash: _, previousHash: __, ...row } of rows) {
        const forged = { ...row, personId: valmont.cast.people.luc.id }
        const hash = linkHash(previousHash, forged)
        await tx
          .insertInto('journal')
          .values({ ...forged, details: JSON.stringify(row.details), previousHash, hash })
          .execute()
        previousHash = hash
      }
    })
  }
})
