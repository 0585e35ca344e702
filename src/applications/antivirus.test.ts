import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { isRefused } from '#kit'
import { type Clamd, EICAR, startClamd } from '../../tests/clamd.ts'
import { openApplications, prepared } from '../../tests/files.ts'
import { testConfig } from '../../tests/house.ts'
import { done } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import { addPiece, depositApplication, scanWaitingPieces } from './index.ts'

let clamd: Clamd
let valmont: World
let season: Campaign
let applicationId: string
beforeAll(async () => {
  clamd = await startClamd()
  valmont = await world(undefined, { ...testConfig, clamd: clamd.address })
  season = await openApplications(valmont)
  applicationId = await prepared(valmont, 'eva', season)
})
afterAll(async () => {
  await valmont.house.close()
  await clamd.stop()
})

const give = (words: string, fileName = `${words.length}.pdf`) =>
  valmont.as('eva', (place) => {
    const content = Buffer.from(`%PDF-1.7 ${words}\n%%EOF`)
    return addPiece(place, applicationId, { kind: 'accounts', fileName, content })
  })
const path = () => `/valmont/applications/${applicationId}`
const page = async () => (await (await valmont.browser('eva')).get(`${path()}/pieces`)).text()
const scan = () => scanWaitingPieces(valmont.house, valmont.house.now())
const mails = async () => {
  const { rows } = await sql<{ recipient: string; subject: string; body: string }>`
    select recipient, subject, body from outbox where subject like '%virus%'`.execute(
    valmont.house.db,
  )
  return rows
}

test('a clean piece is said to be checked as soon as it is there', async () => {
  done(await give('nos comptes'))
  expect(await page()).toContain('Vérifiée par l’antivirus')
  expect(await scan()).toBe(0)
})

test('a piece with a virus is refused at once, in words, and not kept', async () => {
  const outcome = await give(EICAR)
  expect(isRefused(outcome) && outcome.refusals[0]).toMatchObject({
    code: 'pieces:fault.virus',
    field: 'file',
  })
  expect(await page()).not.toContain(`${EICAR.length}.pdf`)
})

test.each(['down', 'mute'] as const)(
  'an antivirus that is %s stops nobody: the piece is taken, and looked at later',
  async (state) => {
    clamd.become(state)
    done(await give(`pièce donnée pendant la panne (${state})`))
    expect(await page()).toContain('Pas encore vérifiée')
    expect(await scan()).toBe(0)
    expect(await page()).toContain('Pas encore vérifiée')
    clamd.become('up')
    expect(await scan()).toBe(1)
    expect(await page()).not.toContain('Pas encore vérifiée')
  },
)

test('a virus found later blocks the piece, tells who gave it, and holds the deposit until it is replaced', async () => {
  clamd.become('down')
  const { id } = done(await give(`${EICAR} caché`, 'rapport.pdf'))
  clamd.become('up')
  expect(await Promise.all([scan(), scan()])).toContain(1)
  const eva = await valmont.browser('eva')
  for (const way of ['', '/preview', '/inline']) {
    const answer = await eva.get(`${path()}/pieces/${id}${way}`)
    expect(answer.status).toBe(403)
    const words = await answer.text()
    expect(words).toContain('Eicar-Test-Signature')
    expect(words).not.toContain('%PDF')
  }
  const told = await mails()
  expect(told).toHaveLength(1)
  expect(told[0]?.subject).toContain('rapport.pdf')
  expect(told[0]?.body).toContain(path())
  const held = await eva.post(`${path()}/deposit`)
  expect(held.status).toBe(422)
  expect(await held.text()).toContain('rapport.pdf')
  const replacing = { kind: 'accounts', fileName: 'rapport sain.pdf', replaces: id }
  const content = Buffer.from('%PDF-1.7 sain\n%%EOF')
  done(
    await valmont.as('eva', (place) => addPiece(place, applicationId, { ...replacing, content })),
  )
  done(await valmont.as('eva', (place) => depositApplication(place, applicationId)))
})

test('agents see what the antivirus has not seen yet', async () => {
  clamd.become('down')
  const other = await prepared(valmont, 'rose', season)
  const content = Buffer.from('%PDF-1.7 de Rose\n%%EOF')
  const piece = { kind: 'statutes', fileName: 'statuts.pdf', content }
  done(await valmont.as('rose', (place) => addPiece(place, other, piece)))
  done(await valmont.as('rose', (place) => depositApplication(place, other)))
  clamd.become('up')
  const claire = await valmont.browser('claire')
  const file = await (await claire.get(`/valmont/applications/${other}`)).text()
  expect(file).toContain('Pas encore vérifiée')
  await scan()
  const seen = await (await claire.get(`/valmont/applications/${other}`)).text()
  expect(seen).not.toContain('Pas encore vérifiée')
})

test('without an antivirus, agents are told so', async () => {
  const bare = await world()
  const open = await openApplications(bare)
  const id = await prepared(bare, 'eva', open)
  const content = Buffer.from('%PDF-1.7\n%%EOF')
  const piece = { kind: 'statutes', fileName: 'statuts.pdf', content }
  done(await bare.as('eva', (place) => addPiece(place, id, piece)))
  done(await bare.as('eva', (place) => depositApplication(place, id)))
  const shown = async (person: 'eva' | 'claire') =>
    (await (await bare.browser(person)).get(`/valmont/applications/${id}`)).text()
  expect(await shown('claire')).toContain('Aucun antivirus')
  expect(await shown('eva')).not.toContain('Aucun antivirus')
  expect(await scanWaitingPieces(bare.house, bare.house.now())).toBe(0)
  await bare.house.close()
})
