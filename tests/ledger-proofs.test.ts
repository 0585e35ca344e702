import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson, day, newId } from '#kit'
import { checkProof, type Posting, post, proofOf, runVerifyProof } from '#ledger'
import { sealYesterday } from '#people'
import { inTerritory, merklePath, merkleRoot, rootAbove, sha256, type Tx, vaultOf } from '#platform'
import { checkAll } from '../src/web/check-command.ts'
import { testConfig } from './house.ts'
import { type World, world } from './world.ts'

// A volunteer who holds a receipt can show that its hours stand in the ledger, to whoever believes nobody.

let valmont: World
let territoryId: string
const entryIds: string[] = []
const folder = mkdtempSync(join(tmpdir(), 'metis-proof-'))
beforeAll(async () => {
  valmont = await world()
  territoryId = valmont.cast.territory.id
  for (const night of ['2027-03-02T02:00:00Z', '2027-03-03T02:00:00Z']) {
    for (let count = 0; count < 5; count++) entryIds.push(await postOne())
    await sealYesterday(valmont.house.db, new Date(night))
  }
  entryIds.push(await postOne())
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await valmont.house.close()
})

const inside = <Result>(work: (tx: Tx) => Promise<Result>) =>
  inTerritory(valmont.house.db, { territoryId }, work)

async function postOne(): Promise<string> {
  const account = { book: 'hours' as const, campaignId: newId(), subjectId: newId() }
  const from = { ...account, kind: 'OUTSIDE' as const, label: 'Saison 2027' }
  const to = { ...account, kind: 'PLEDGED' as const, label: 'Boulangerie Lenoir' }
  const posting: Posting = {
    territoryId,
    book: 'hours',
    day: day('2027-03-01'),
    at: new Date('2027-03-01T09:00:00Z'),
    personId: undefined,
    reason: 'pledge.submitted',
    subjectId: account.subjectId,
    moves: [{ from, to, amount: 450n }],
  }
  return (await inside((tx) => post(tx, posting))).id
}

/** As the file that the page gives. */
async function fileOf(entryId: string) {
  const proof = await inside((tx) => proofOf(tx, valmont.cast.territory, entryId))
  return proof && JSON.parse(canonicalJson(proof))
}

async function verified(value: unknown, ...args: string[]) {
  const file = join(folder, 'proof.json')
  writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
  const said: string[] = []
  const io = { out: (line: string) => said.push(line), err: (line: string) => said.push(line) }
  return { code: await runVerifyProof([file, ...args], io), said: said.join('\n') }
}

test.each([1, 2, 3, 4, 5, 8, 13])('in a tree of %i leaves, each leads to the root', (count) => {
  const hashes = Array.from({ length: count }, (_, rank) => sha256(`${rank}`))
  for (const [rank, hash] of hashes.entries()) {
    expect(rootAbove(hash, merklePath(hashes, rank))).toBe(merkleRoot(hashes))
    expect(rootAbove(sha256('other'), merklePath(hashes, rank))).not.toBe(merkleRoot(hashes))
  }
})

test('every entry that a night has sealed is proven, without a database', async () => {
  for (const entryId of entryIds.slice(0, 10)) {
    const { code, said } = await verified(await fileOf(entryId))
    expect(code).toBe(0)
    expect(said).toContain('7\u00a0h\u00a030')
    expect(said).toContain('Boulangerie Lenoir')
  }
})

test('an entry of today is proven tomorrow', async () => {
  expect(await fileOf(entryIds[10] ?? '')).toBeUndefined()
})

test('the digest that the commune published is compared', async () => {
  const file = await fileOf(entryIds[1] ?? '')
  const published = await (
    await (await valmont.browser()).get('/valmont/verify/digests.json')
  ).json()
  expect(published.digests).toHaveLength(2)
  for (const { digest } of published.digests)
    expect(await verified(file, '--digest', digest, '--json')).toMatchObject({ code: 0 })
  expect(await verified(file, '--digest', sha256('another'))).toMatchObject({
    code: 1,
    said: expect.stringContaining('aucune nuit'),
  })
})

describe('a proof that someone changed does not hold', () => {
  const changes: [string, (file: Awaited<ReturnType<typeof fileOf>>) => void, string][] = [
    [
      'more minutes',
      (file) => {
        file.entry.content.lines[1].amount = '900'
      },
      'entry',
    ],
    [
      'another company',
      (file) => {
        file.entry.content.lines[1].label = 'Autre'
      },
      'entry',
    ],
    [
      'another day',
      (file) => {
        file.entry.content.day = '2027-04-01'
      },
      'entry',
    ],
    [
      'a step of the path',
      (file) => {
        file.path[0].hash = sha256('x')
      },
      'tree',
    ],
    [
      'a root of its own',
      (file) => {
        file.digests[0].ledgerRoot = sha256('x')
      },
      'tree',
    ],
    [
      'another night',
      (file) => {
        file.digests[0].day = '2027-02-01'
      },
      'digest',
    ],
    [
      'a night left out',
      (file) => {
        file.digests[1].previousDigest = sha256('x')
      },
      'digest',
    ],
    [
      'a part torn off',
      (file) => {
        delete file.entry
      },
      'shape',
    ],
    [
      'a number that is a word',
      (file) => {
        file.entry.content.lines[0].amount = 'NaN'
      },
      'shape',
    ],
  ]
  test.each(changes)('%s', async (_, change, fault) => {
    const file = await fileOf(entryIds[2] ?? '')
    change(file)
    expect(checkProof(file)).toEqual({ fault })
    expect((await verified(file)).code).toBe(1)
  })

  test('what is not a proof at all says so', async () => {
    expect((await verified('not json')).code).toBe(2)
    expect((await verified('[]')).code).toBe(1)
    expect((await verified({ format: 'x' })).code).toBe(1)
  })
})

test('an entry changed behind the ledger’s back is no longer the one that the night sealed', async () => {
  await valmont.house.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    await sql`update ledger_entries set hash = ${sha256('x')} where seq = 2`.execute(tx)
  })
  const [checked] = await checkAll(valmont.house.db, vaultOf(testConfig))
  expect(checked?.faults.join('\n')).toMatch(/up to 5 are not those sealed on 2027-03-01/)
})
