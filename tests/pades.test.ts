import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { grantAgreementPdf, missionAgreementPdf } from '#documents'
import { type Opened, openSeal, rewrapSealKeys, type Seal, vaultOf } from '#platform'
import * as samples from '../src/documents/templates/samples.ts'
import { readSeals } from '../src/platform/seal/read.ts'
import { emptyDatabase, testConfig } from './house.ts'

const now = new Date('2027-03-01T10:00:00Z')
const said = { reason: 'Signé par Odile Perrin (association)', at: now }
const pages = Buffer.from(grantAgreementPdf(samples.grantAgreement))
const folder = mkdtempSync(join(tmpdir(), 'metis-seal-'))
let opened: Opened
let seal: Seal
let sealed: Buffer
beforeAll(async () => {
  opened = await emptyDatabase()
  seal = await openSeal(opened.db, { ...testConfig, sealName: 'Ville de Valmont' }, now)
  sealed = await seal.on(pages, said)
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await opened.close()
})

/** By hand, with the platform's cryptography alone: nothing of what made the seal. */
function verifiedByHand(pdf: Buffer): boolean {
  const text = pdf.toString('latin1')
  const range = [...text.matchAll(/\/ByteRange \[(\d+) +(\d+) +(\d+) +(\d+) *\]/g)].at(-1)
  const [from = 0, head = 0, tailAt = 0, tail = 0] = (range ?? []).slice(1).map(Number)
  if (from !== 0 || tailAt + tail !== pdf.length) return false
  const signed = Buffer.concat([pdf.subarray(0, head), pdf.subarray(tailAt)])
  const cms = Buffer.from(text.slice(head + 1, tailAt - 1), 'hex')
  const digest = createHash('sha256').update(signed).digest()
  // The signed attributes are the [0] after the digest's algorithm, the signature what ends it all.
  const attributes = cms.lastIndexOf(Buffer.from('06092a864886f70d010903', 'hex'))
  const at = cms.lastIndexOf(0xa0, attributes)
  const length = lengthAt(cms, at)
  const body = Buffer.from(cms.subarray(at, length.from + length.bytes))
  body[0] = 0x31
  if (!body.includes(Buffer.concat([Buffer.from([0x04, 0x20]), digest]))) return false
  const after = cms.subarray(length.from + length.bytes)
  const algorithm = lengthAt(after, 0)
  const signatureAt = algorithm.from + algorithm.bytes
  const own = lengthAt(after, signatureAt)
  const signature = after.subarray(own.from, own.from + own.bytes)
  return verify('sha256', body, createPublicKey(seal.certificate.toString()), signature)
}

function lengthAt(der: Buffer, at: number): { from: number; bytes: number } {
  const first = der[at + 1] ?? 0
  if (first < 0x80) return { from: at + 2, bytes: first }
  const count = first & 0x7f
  return { from: at + 2 + count, bytes: der.readUIntBE(at + 2, count) }
}

test('what was sealed stays at the head, byte for byte, and the seal verifies by hand', () => {
  expect(sealed.subarray(0, pages.length).equals(pages)).toBe(true)
  expect(verifiedByHand(sealed)).toBe(true)
  expect(readSeals(sealed)).toMatchObject([{ isIntact: true, endsAt: sealed.length }])
})

test.each([
  ['in what was sealed', 2_000],
  ['after it', pages.length + 40],
  ['at the end', -8],
])('one byte changed %s breaks the seal', (_, at) => {
  const changed = Buffer.from(sealed)
  const place = at < 0 ? changed.length + at : at
  changed[place] = (changed[place] ?? 0) ^ 1
  expect(verifiedByHand(changed)).toBe(false)
  expect(readSeals(changed).every(({ isIntact }) => isIntact)).toBe(false)
})

test('bytes put after the seal are not covered by it', () => {
  const longer = Buffer.concat([sealed, Buffer.from('\n1 0 obj\n<<>>\nendobj\n')])
  expect(verifiedByHand(longer)).toBe(false)
  expect(readSeals(longer)[0]?.endsAt).toBe(sealed.length)
})

test('a PAdES seal of level B-B: its certificate is signed, its time is the PDF’s alone', () => {
  const text = sealed.toString('latin1', pages.length)
  expect(text).toContain('/SubFilter /ETSI.CAdES.detached')
  expect(text).toContain('/M (D:20270301100000Z)')
  const hex = /\/Contents <([0-9a-f]+)>/i.exec(text)?.[1] ?? ''
  expect(hex).toContain('060b2a864886f70d010910022f')
  expect(hex).not.toContain('06092a864886f70d010905')
  expect(hex).toContain(createHash('sha256').update(seal.certificate.raw).digest('hex'))
  expect(seal.certificate.subject).toContain('O=Ville de Valmont')
  // Invisible and on no page: neither a tag nor a page of the accessible PDF is rewritten.
  expect(text).toContain('/Rect [0 0 0 0]')
  expect(text).not.toMatch(/\/Type \/Page\b|\/StructElem/)
})

const has = (tool: string, ...args: string[]) => spawnSync(tool, args).error === undefined

test.skipIf(!has('openssl', 'version'))('openssl finds the seal good', () => {
  const text = sealed.toString('latin1')
  const [, head = '', tailAt = ''] = /\/ByteRange \[0 (\d+) +(\d+)/.exec(text) ?? []
  const file = (name: string, bytes: string | Buffer) => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const hex = text.slice(Number(head) + 1, Number(tailAt) - 1)
  const signed = [sealed.subarray(0, Number(head)), sealed.subarray(Number(tailAt))]
  const cms = file('seal.der', Buffer.from(hex, 'hex'))
  const content = file('signed', Buffer.concat(signed))
  const trusted = file('seal.pem', seal.certificate.toString())
  const asked = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', cms, '-content', content]
  const trust = ['-CAfile', trusted, '-purpose', 'any', '-out', '/dev/null']
  // With the day of the seal: this certificate is of the time of the test, not of today.
  const day = ['-attime', String(now.getTime() / 1000 + 60)]
  const outcome = spawnSync('openssl', [...asked, ...trust, ...day], { encoding: 'utf8' })
  expect(outcome.stderr).toContain('successful')
  writeFileSync(content, Buffer.concat(signed).fill(0x20, 100, 101))
  expect(spawnSync('openssl', [...asked, ...trust, ...day]).status).not.toBe(0)
})

test.skipIf(!has('pdfsig', '-v'))('poppler says by whom, and that the whole file is signed', () => {
  const file = join(folder, 'sealed.pdf')
  writeFileSync(file, sealed)
  const text = execFileSync('pdfsig', ['-nocert', file], { encoding: 'utf8' })
  expect(text).toContain('Signature is Valid')
  expect(text).toContain('Total document signed')
  expect(text).toContain('O=Ville de Valmont')
  expect(text).toContain('ETSI.CAdES.detached')
})

test('another seal on top leaves the first one good', async () => {
  const mission = missionAgreementPdf(samples.missionAgreement)
  if ('refusals' in mission) throw new Error('the sample is whole')
  const twice = await seal.on(await seal.on(mission, said), said)
  expect(readSeals(twice).map(({ isIntact }) => isIntact)).toEqual([true, true])
})

test('two processes that start at once seal with the same key, and so does the next', async () => {
  const { db, close } = await emptyDatabase()
  const seals = await Promise.all([1, 2].map(() => openSeal(db, testConfig, now)))
  seals.push(await openSeal(db, testConfig, now))
  expect(new Set(seals.map(({ certificate }) => certificate.fingerprint256)).size).toBe(1)
  await close()
})

test('killed between the key and its certificate, the next start makes both', async () => {
  const { db, close } = await emptyDatabase()
  await db
    .transaction()
    .execute(async (tx) => {
      await openSeal(tx, testConfig, now)
      throw new Error('killed')
    })
    .catch(() => undefined)
  const after = await openSeal(db, testConfig, now)
  expect(readSeals(await after.on(pages, said))).toMatchObject([{ isIntact: true }])
  await close()
})

test('the private key is nowhere in the clear: not in the database, not in the seal', async () => {
  const rows = await opened.db.selectFrom('sealKeys').selectAll().execute()
  const everything = JSON.stringify([rows.map((row) => Buffer.from(row.wrapped).toString('hex'))])
  // A P-256 key in PKCS#8 begins so; wrapped, it does not.
  const head = '308187020100301306072a8648ce3d0201'
  expect(everything).not.toContain(head)
  expect(sealed.toString('hex')).not.toContain(head)
  expect(JSON.stringify(seal)).not.toMatch(/private|wrapped/i)
})

test('a new master key opens the same seal; a lost one gives a new seal, and the old ones still verify', async () => {
  const config = { ...testConfig, masterKey: 'm'.repeat(32), previousMasterKey: testConfig.secret }
  expect(await rewrapSealKeys(opened.db, vaultOf(config))).toBe(1)
  const { previousMasterKey: _, ...alone } = config
  const same = await openSeal(opened.db, alone, now)
  expect(same.certificate.fingerprint256).toBe(seal.certificate.fingerprint256)
  const lost = await openSeal(opened.db, { ...testConfig, masterKey: 'x'.repeat(32) }, now)
  expect(lost.certificate.fingerprint256).not.toBe(seal.certificate.fingerprint256)
  expect(readSeals(sealed)[0]?.isIntact).toBe(true)
  // Near its end, it is made again.
  const later = await openSeal(opened.db, alone, new Date('2037-02-20T10:00:00Z'))
  expect(later.certificate.fingerprint256).not.toBe(seal.certificate.fingerprint256)
})

test.skipIf(!has('openssl', 'version'))(
  'the operator’s own PKCS#12 seals, and a wrong one is refused in one sentence',
  async () => {
    const [key, certificate, file] = ['k.pem', 'c.pem', 'own.p12'].map((name) => join(folder, name))
    const subject = '/C=FR/O=Syndicat numerique/CN=Cachet'
    const rsa = ['-newkey', 'rsa:3072', '-nodes', '-days', '9999', '-subj', subject]
    execFileSync(
      'openssl',
      ['req', '-x509', ...rsa, '-keyout', `${key}`, '-out', `${certificate}`],
      {
        stdio: 'ignore',
      },
    )
    const pair = ['-inkey', `${key}`, '-in', `${certificate}`, '-passout', 'pass:a word']
    execFileSync('openssl', ['pkcs12', '-export', ...pair, '-out', `${file}`])
    const sealFile = { path: `${file}`, password: 'a word' }
    const own = await openSeal(opened.db, { ...testConfig, sealFile }, now)
    const [found] = readSeals(await own.on(pages, said))
    expect(found).toMatchObject({ isIntact: true })
    expect(found?.certificate?.subject).toContain('O=Syndicat numerique')
    const wrong = { ...testConfig, sealFile: { ...sealFile, password: 'another' } }
    await expect(openSeal(opened.db, wrong, now)).rejects.toThrow('METIS_SEAL_PASSWORD')
    const late = openSeal(opened.db, { ...testConfig, sealFile }, new Date('2090-01-01'))
    await expect(late).rejects.toThrow('renew it')
    expect(readFileSync(`${key}`, 'utf8')).toContain('PRIVATE')
  },
)
