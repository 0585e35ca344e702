import { expect, test } from 'vitest'
import { newId } from '#kit'
import { actorOf } from '#people'
import { sha256 } from '#platform'
import { world } from '../../tests/world.ts'
import { evidenceOf, makeDocument, sign } from './index.ts'
import { shortNetwork } from './rules.ts'

test.each([
  ['192.0.2.117', '192.0.2.0/24'],
  ['2001:db8:12:3400', '2001:db8:12::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['::1', '0:0:0::/48'],
  [undefined, undefined],
  ['a name', undefined],
])('of the address %s a signature keeps %s', (address, network) => {
  expect(shortNetwork(address)).toBe(network)
})

test('the evidence of a signature says who, when, which bytes, from which network and by how many factors', async () => {
  const valmont = await world(() => new Date('2027-02-01T09:00:00Z'))
  const pages = Buffer.from('some pages')
  const evidence = await valmont.as('amina', async (place) => {
    const { id } = await makeDocument(
      place.tx,
      {
        territoryId: place.territory.id,
        at: place.now,
        kind: 'grant_agreement',
        subjectId: newId(),
        title: 'Convention',
        content: {},
      },
      () => pages,
    )
    const device = { network: '192.0.2.117', userAgent: 'A browser' }
    const actor = { ...actorOf(place), isProven: true }
    const asked = { documentId: id, party: 'association' as const, capacity: 'Présidente' }
    await sign({ ...place, device, actor }, asked)
    return evidenceOf(place.tx, place.territory.id, id)
  })
  expect(evidence.signatures).toEqual([
    {
      party: 'association',
      name: 'Amina Diallo',
      capacity: 'Présidente',
      personId: valmont.cast.people.amina.id,
      signedAt: '2027-02-01T09:00:00.000Z',
      documentSha256: sha256(pages),
      method: 'two_factors',
      network: '192.0.2.0/24',
      userAgentSha256: sha256('A browser'),
      provider: 'metis',
    },
  ])
  expect(JSON.stringify(evidence)).not.toContain('192.0.2.117')
  await valmont.house.close()
})
