import { serve } from '@hono/node-server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Award } from '#awards'
import { documentFaults, httpProvider, insideProvider, layerFaults } from '#documents'
import { sha256 } from '#platform'
import { settled } from '#web'
import { readSeals } from '../../src/platform/seal/read.ts'
import { followCeremonies } from '../../src/web/ceremonies.ts'
import type { OrganisationKey, PersonKey } from '../cast.ts'
import { awardOf, notified } from '../council.ts'
import { freePort } from '../free-port.ts'
import { testConfig } from '../house.ts'
import { type World, world } from '../world.ts'
import { type OtherProvider, openSignatureProvider, type Returned } from './provider.ts'

let now = new Date('2027-01-10T09:00:00Z')
let valmont: World
let provider: OtherProvider
let stop: () => void
const awards = new Map<OrganisationKey, Award>()
beforeAll(async () => {
  const port = await freePort()
  provider = await openSignatureProvider(`http://localhost:${port}/valmont/signature-events`)
  valmont = await world(() => now, { ...testConfig, signatureService: provider.service })
  const { campaign } = await notified(valmont)
  for (const key of ['foodBank', 'band'] as const)
    awards.set(key, await awardOf(valmont, campaign, key))
  const server = serve({ fetch: valmont.house.app.fetch, port })
  stop = () => server.close()
})
afterEach(() => provider.behave(''))
afterAll(async () => {
  await settled(valmont.house.db)
  stop()
  await provider.close()
  await valmont.house.close()
})

const at = (key: OrganisationKey) => `/valmont/decisions/${awards.get(key)?.id}`
const follow = () => followCeremonies(valmont.house)

/** The person presses the button; answers the page that they then see. */
async function press(person: PersonKey, key: OrganisationKey): Promise<string> {
  const browser = await valmont.browser(person)
  const answer = await browser.post(`${at(key)}/signature`, { capacity: 'Présidente' })
  const page = answer.status === 303 ? await browser.get(at(key)) : answer
  return page.text()
}

async function pageOf(person: PersonKey, key: OrganisationKey): Promise<string> {
  return (await (await valmont.browser(person)).get(at(key))).text()
}

async function evidenceOf(key: OrganisationKey) {
  const browser = await valmont.browser('claire')
  return (await browser.get(`${at(key)}/evidence.json`)).json()
}

async function withdraw(person: PersonKey, page: string): Promise<void> {
  const [path = ''] = /\/valmont\/signatures\/[^"]+\/withdrawal/.exec(page) ?? []
  const browser = await valmont.browser(person)
  expect((await browser.post(path)).status).toBe(303)
}

test('both sign at the provider, one after the other, and METIS puts its seal over both', async () => {
  const page = await press('amina', 'foodBank')
  expect(page).toContain('Aller signer chez Signons')
  expect(page).toContain('http://localhost:')
  const { signatories, starts } = await provider.seen()
  expect(signatories).toMatchObject([{ party: 'association', name: 'Amina Diallo' }])
  // Pressed again, it is asked for once; the other party waits for its turn.
  await press('amina', 'foodBank')
  expect((await provider.seen()).starts).toBe(starts)
  expect(await press('claire', 'foodBank')).toContain('Quelqu’un d’autre signe')
  expect((await evidenceOf('foodBank')).signatures).toEqual([])

  await provider.sign('signed')
  expect(await provider.ring({ forged: true })).toBe(403)
  await settled(valmont.house.db)
  expect((await evidenceOf('foodBank')).signatures).toEqual([])
  expect([await provider.ring(), await provider.ring()]).toEqual([204, 204])
  await settled(valmont.house.db)
  expect((await evidenceOf('foodBank')).signatures).toMatchObject([
    { party: 'association', name: 'Amina Diallo', provider: 'Signons', method: null },
  ])

  await press('claire', 'foodBank')
  await provider.sign('signed')
  await follow()
  const amina = await valmont.browser('amina')
  const sealed = Buffer.from(await (await amina.get(`${at('foodBank')}/sealed.pdf`)).arrayBuffer())
  const seals = readSeals(sealed)
  expect(seals.map(({ isIntact }) => isIntact)).toEqual([true, true, true])
  expect(seals.at(-1)?.endsAt).toBe(sealed.length)
  const evidence = await evidenceOf('foodBank')
  expect(evidence.layers.map(({ madeBy }: { madeBy: string }) => madeBy)).toEqual([
    'Signons',
    'Signons',
    'metis',
  ])
  expect(evidence.layers.at(-1).sha256).toBe(sha256(sealed))
  expect(evidence.level).toBe('asStatedByProvider')
  expect(evidence.providerEvidence[0].evidence).toMatchObject({ certifiedBy: 'the provider' })
  expect(sha256(sealed.subarray(0, evidence.signedBytes))).toBe(evidence.document.sha256)
  const faults = await valmont.as('claire', async ({ tx, territory }) => [
    ...(await documentFaults(tx, territory.id)),
    ...(await layerFaults(tx, territory.id)),
  ])
  expect(faults).toEqual([])
})

test.each<[Returned, string]>([
  ['other', 'n’est pas celui que METIS a envoyé'],
  ['drawn', 'n’est pas celui que METIS a envoyé'],
  ['covered', 'n’est pas celui que METIS a envoyé'],
  ['unsigned', 'dont la signature n’est pas valable'],
  ['spoilt', 'dont la signature n’est pas valable'],
])('a document that comes back %s is refused, and nothing is signed', async (how, said) => {
  await press('luc', 'band')
  await provider.sign(how)
  await follow()
  expect(await pageOf('luc', 'band')).toContain(said)
  expect(await evidenceOf('band')).toMatchObject({ signatures: [], layers: [] })
  const { action } = await valmont.house.db
    .selectFrom('journal')
    .select('action')
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow()
  expect(action).toBe('signature.failed')
})

test.each([
  ['refused', 'a été refusée chez Signons'],
  ['expired', 'a expiré'],
])('%s at the provider, it may be begun again', async (state, said) => {
  await press('luc', 'band')
  await provider.end(state)
  await follow()
  const page = await pageOf('luc', 'band')
  expect(page).toContain(said)
  expect(page).toContain('Signer la convention')
})

test.each(['down', 'slow', 'broken', 'wrong'])(
  'a provider that is %s loses nothing: the ceremony starts when it is back',
  { timeout: 30_000 },
  async (manner) => {
    await provider.behave(manner)
    const page = await press('luc', 'band')
    expect(page).toContain('Votre signature est demandée à Signons')
    expect(page).not.toContain('Aller signer')
    await settled(valmont.house.db)
    const { count } = await provider.seen()
    await provider.behave('')
    await follow()
    expect((await provider.seen()).count).toBe(count + 1)
    // Down again while somebody signs: it waits.
    await provider.sign('signed')
    await provider.behave(manner === 'slow' ? 'down' : manner)
    await follow()
    expect((await evidenceOf('band')).signatures).toEqual([])
    await provider.behave('')
    await provider.end('refused')
    await follow()
  },
)

test('a provider that says no ends it at once', async () => {
  await provider.behave('no')
  expect(await press('luc', 'band')).toContain('ne peut pas donner suite')
})

test('whoever asked gives it up, and the provider is told; nobody else can', async () => {
  const page = await press('luc', 'band')
  const [path = ''] = /\/valmont\/signatures\/[^"]+\/withdrawal/.exec(page) ?? []
  const amina = await valmont.browser('amina')
  expect((await amina.post(path)).status).toBe(404)
  await withdraw('luc', page)
  expect((await provider.seen()).state).toBe('cancelled')
  expect(await pageOf('luc', 'band')).toContain('Signer la convention')
})

test('nobody signs a month later', async () => {
  await press('luc', 'band')
  now = new Date('2027-02-12T09:00:00Z')
  await follow()
  expect((await provider.seen()).state).toBe('cancelled')
  expect(await pageOf('luc', 'band')).toContain('a expiré')
})

test('a signature for a decision refused meanwhile is not kept', async () => {
  await press('luc', 'band')
  await provider.sign('signed')
  const luc = await valmont.browser('luc')
  const no = { answer: 'declined', words: 'Le projet est abandonné.' }
  expect((await luc.post(`${at('band')}/answer`, no)).status).toBe(303)
  await follow()
  expect(await evidenceOf('band')).toMatchObject({ signatures: [], layers: [] })
  expect(await pageOf('luc', 'band')).toContain('trop tard')
})

test('the webhook believes a proof that is right and fresh, and nothing else', () => {
  const { heard } = httpProvider(provider.service)
  const day = new Date('2027-03-01T10:00:00Z')
  const forged = {
    signature: `t=${day.getTime() / 1000},v1=${'0'.repeat(64)}`,
    body: '{}',
    at: day,
  }
  expect(heard(forged)).toBeUndefined()
  expect(heard({ ...forged, signature: '' })).toBeUndefined()
})

test('the inside signature is a provider like the others', async () => {
  const inside = insideProvider({ device: { network: '192.0.2.117', userAgent: 'A browser' } })
  const pdf = Buffer.from('pages')
  const document = { number: '1', title: 'Convention', pdf }
  const { reference } = await inside.start({ id: 'one', document, signatories: [] })
  expect(await inside.follow(reference)).toBe('signed')
  const back = await inside.takeBack(reference)
  expect(back.pdf).toEqual(pdf)
  expect(back.evidence).toMatchObject({ network: '192.0.2.0/24', method: 'one_factor' })
  await inside.cancel(reference)
  expect(await inside.follow(reference)).toBe('waiting')
})
