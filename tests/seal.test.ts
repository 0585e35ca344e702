import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signAgreement } from '#awards'
import type { Campaign } from '#campaigns'
import { layerFaults, sealWhatIsWhole, signaturesOf } from '#documents'
import { sha256 } from '#platform'
import { hasPoppler, pdfText } from '../src/documents/templates/read-pdf.ts'
import { readSeals } from '../src/platform/seal/read.ts'
import type { OrganisationKey, PersonKey } from './cast.ts'
import { awardOf, notified } from './council.ts'
import { approved, missionOf, published, terms } from './missions.ts'
import { done } from './season.ts'
import { type World, world } from './world.ts'

let valmont: World
let campaign: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = (await notified(valmont)).campaign
})
afterAll(() => valmont.house.close())

const sign = (person: PersonKey, awardId: string) =>
  valmont.as(person, (place) => signAgreement(place, awardId, { capacity: 'Signataire' }))

async function addressOf(association: OrganisationKey) {
  const award = await awardOf(valmont, campaign, association)
  return { award, address: `/valmont/decisions/${award.id}` }
}

const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

test('once both have signed, the agreement is handed out sealed, and its head is what they signed', async () => {
  const { award, address } = await addressOf('foodBank')
  const amina = await valmont.browser('amina')
  done(await sign('amina', award.id))
  expect((await amina.get(`${address}/sealed.pdf`)).status).toBe(404)
  expect(await (await amina.get(address)).text()).not.toContain('sealed.pdf')
  done(await sign('claire', award.id))
  expect(await (await amina.get(address)).text()).toContain(`${address}/sealed.pdf`)

  const sealed = await bytesOf(await amina.get(`${address}/sealed.pdf`))
  const [seal] = readSeals(sealed)
  expect(seal).toMatchObject({ isIntact: true, endsAt: sealed.length })
  const evidence = await (await amina.get(`${address}/evidence.json`)).json()
  const [layer] = evidence.layers
  expect(layer).toMatchObject({ madeBy: 'metis', sha256: sha256(sealed) })
  expect(layer.certificateSha256).toBe(sha256(seal?.certificate?.raw ?? ''))
  expect(sha256(sealed.subarray(0, evidence.signedBytes))).toBe(evidence.document.sha256)
  for (const { documentSha256 } of evidence.signatures)
    expect(documentSha256).toBe(evidence.document.sha256)
  expect(sealed.toString('latin1')).toMatch(/Sign. dans METIS par Amina Diallo, association/)
  if (hasPoppler) expect(pdfText(sealed)).not.toContain('PROJET')
  // The same file for everyone, whenever it is asked for.
  const claire = await valmont.browser('claire')
  expect((await bytesOf(await claire.get(`${address}/sealed.pdf`))).equals(sealed)).toBe(true)
})

test('the evidence is sealed too, and nobody else reads either', async () => {
  const { address } = await addressOf('foodBank')
  const amina = await valmont.browser('amina')
  const evidence = await bytesOf(await amina.get(`${address}/evidence.pdf`))
  expect(readSeals(evidence)).toMatchObject([{ isIntact: true, endsAt: evidence.length }])
  const luc = await valmont.browser('luc')
  for (const paper of ['sealed.pdf', 'evidence.pdf'])
    expect((await luc.get(`${address}/${paper}`)).status).toBe(404)
  const stranger = await valmont.browser()
  expect((await stranger.get(`${address}/sealed.pdf`)).status).toBe(303)
})

test('an agreement that all signed before seals were made gets one, once', async () => {
  const { award, address } = await addressOf('band')
  const documentId = award.agreementDocumentId ?? ''
  done(await sign('luc', award.id))
  const [first] = await valmont.as('claire', ({ tx, territory }) =>
    signaturesOf(tx, territory.id, documentId),
  )
  if (!first) throw new Error('Luc has signed')
  const { house } = valmont
  await house.db
    .insertInto('signatures')
    .values({ ...first, party: 'municipality' })
    .execute()
  const claire = await valmont.browser('claire')
  expect((await claire.get(`${address}/sealed.pdf`)).status).toBe(404)
  expect(await sealWhatIsWhole(house.db, house.seal, house.now())).toBe(1)
  expect(await sealWhatIsWhole(house.db, house.seal, house.now())).toBe(0)
  const sealed = await bytesOf(await claire.get(`${address}/sealed.pdf`))
  expect(readSeals(sealed)).toMatchObject([{ isIntact: true }])
})

test('the nightly check names a sealed file that was altered in the database', async () => {
  const { territory } = valmont.cast
  const faults = () => valmont.as('claire', ({ tx }) => layerFaults(tx, territory.id))
  expect(await faults()).toEqual([])
  await valmont.house.db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx)
    await sql`update document_layers set bytes = set_byte(bytes, 99, 0) where made_by = 'metis'`.execute(
      tx,
    )
  })
  expect((await faults())[0]).toMatch(/^the sealed file of document 2027-/)
  expect(await faults()).toHaveLength(2)
})

test('no page of the application may read the key of the seal', async () => {
  const read = valmont.as('claire', ({ tx }) => tx.selectFrom('sealKeys').selectAll().execute())
  await expect(read).rejects.toThrow('permission denied')
})

test('the agreement of a mission is sealed by its third signature', async () => {
  const season = await published()
  const mission = await missionOf(season, 'foodBank')
  const who = { employee: 'ines', company: 'hugo', association: 'amina' } as const
  await approved(season, mission.id, who)
  season.goTo('2027-04-01T08:00:00Z')
  const { prepareMissionAgreement, signMissionAgreement } = await import('#missions')
  const { world: town } = season
  done(await town.as('hugo', (place) => prepareMissionAgreement(place, mission.id, terms)))
  const ines = await town.browser('ines')
  const address = `/valmont/missions/${mission.id}/agreement.pdf`
  const before = await bytesOf(await ines.get(address))
  for (const person of ['ines', 'amina', 'hugo'] as const) {
    expect(readSeals(await bytesOf(await ines.get(address)))).toEqual([])
    const capacity = 'Signataire'
    done(await town.as(person, (place) => signMissionAgreement(place, mission.id, { capacity })))
  }
  const sealed = await bytesOf(await ines.get(address))
  expect(readSeals(sealed)).toMatchObject([{ isIntact: true, endsAt: sealed.length }])
  expect(sealed.subarray(0, before.length).equals(before)).toBe(true)
  await town.house.close()
})
