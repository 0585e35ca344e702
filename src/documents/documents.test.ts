import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#kit'
import { Forbidden, Missing } from '#people'
import { sha256 } from '#platform'
import type { PersonKey } from '../../tests/cast.ts'
import { type World, world } from '../../tests/world.ts'
import {
  type DocumentKind,
  documentByCode,
  documentById,
  documentsOn,
  makeDocument,
  type Party,
  parseVerificationCode,
  sign,
  signaturesOf,
} from './index.ts'

let valmont: World
beforeAll(async () => {
  valmont = await world(() => new Date('2027-03-01T10:00:00Z'))
})
afterAll(() => valmont.house.close())

type Asked = { kind?: DocumentKind; at?: Date; pages?: string; fails?: boolean }

function make({
  kind = 'notice',
  at = new Date('2027-03-01T10:00:00Z'),
  pages,
  fails,
}: Asked = {}) {
  return valmont.as('claire', ({ tx, territory }) => {
    const asked = { territoryId: territory.id, at, kind, subjectId: newId() }
    return makeDocument(
      tx,
      { ...asked, title: 'Notification', content: { cents: '5' } },
      (identity) => {
        if (fails) throw new Error('the printer is on fire')
        return new TextEncoder().encode(pages ?? `number ${identity.number}`)
      },
    )
  })
}

function signAs(person: PersonKey, documentId: string, party: Party, capacity = 'Présidente') {
  return valmont.as(person, (place) => sign(place, { documentId, party, capacity }))
}

test('numbers follow one another by kind and year, and a failure leaves no gap', async () => {
  const kind = 'council_pack'
  expect((await make({ kind })).number).toBe('2027-0001')
  await expect(make({ kind, fails: true })).rejects.toThrow('fire')
  expect((await make({ kind })).number).toBe('2027-0002')
  expect((await make({ kind: 'deposit' })).number).toBe('2027-0001')
  // In Paris the new year has begun.
  expect((await make({ kind, at: new Date('2027-12-31T23:30:00Z') })).number).toBe('2028-0001')
})

test('two people who make a document at once get two numbers', async () => {
  const made = await Promise.all([1, 2, 3].map(() => make({ kind: 'grant_agreement' })))
  expect(made.map(({ rank }) => rank).sort()).toEqual([1, 2, 3])
})

test('a document is found again by its subject and by its code, however it is typed', async () => {
  const made = await make({ pages: 'some pages' })
  expect(made.sha256).toBe(sha256('some pages'))
  const typed = made.verificationCode.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')
  await valmont.as('claire', async ({ tx, territory }) => {
    const code = parseVerificationCode(typed) ?? ''
    expect((await documentByCode(tx, territory.id, code))?.id).toBe(made.id)
    expect(await documentsOn(tx, territory.id, made.subjectId)).toMatchObject([{ id: made.id }])
    const kept = await documentById(tx, territory.id, made.id)
    expect(Buffer.from(kept?.pdf ?? []).toString()).toBe('some pages')
    expect(kept?.content).toEqual({ cents: '5' })
  })
})

test.each(['', '7K3M', '7K3M-9QXA-0V2B-HT5U', '7K3M-9QXA-0V2B-HT5D-1'])('%j is no code', (text) => {
  expect(parseVerificationCode(text)).toBeUndefined()
})

test('each party signs the very bytes, once, and says in what capacity', async () => {
  const { id, sha256: sealed } = await make({ kind: 'mission_agreement' })
  expect(await signAs('amina', id, 'association')).toEqual({
    documentId: id,
    signedBy: ['association'],
  })
  expect(await signAs('jeanne', id, 'company', 'Gérante')).toMatchObject({
    signedBy: ['association', 'company'],
  })
  expect(await signAs('amina', id, 'association', ' ')).toMatchObject({
    refusals: [
      { code: 'documents:refused.alreadySigned' },
      { code: 'documents:refused.noCapacity', field: 'capacity' },
    ],
  })
  const signatures = await valmont.as('claire', ({ tx, territory }) =>
    signaturesOf(tx, territory.id, id),
  )
  expect(signatures).toMatchObject([
    { party: 'association', signatoryName: 'Amina Diallo', documentSha256: sealed },
    { party: 'company', signatoryCapacity: 'Gérante', documentSha256: sealed },
  ])
})

test('nobody signs for a party that they do not bind, nor a document that is not there', async () => {
  const { id } = await make()
  await expect(signAs('amina', id, 'company')).rejects.toBeInstanceOf(Forbidden)
  await expect(signAs('tom', id, 'company')).rejects.toBeInstanceOf(Forbidden)
  await expect(signAs('amina', newId(), 'association')).rejects.toBeInstanceOf(Missing)
  await expect(signAs('amina', 'nonsense', 'association')).rejects.toBeInstanceOf(Missing)
})

test('a document is never altered nor removed, even by the owner of the database', async () => {
  const { id } = await make()
  const { db } = valmont.house
  const altered = db.updateTable('documents').set({ title: 'Another' }).where('id', '=', id)
  await expect(altered.execute()).rejects.toThrow(/written once/)
  await expect(db.deleteFrom('documents').where('id', '=', id).execute()).rejects.toThrow(
    /written once/,
  )
})
