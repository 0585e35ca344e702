import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { addPiece, startApplication } from '#applications'
import { documentById, documentsOn } from '#documents'
import { addMonths, day, parseDay } from '#kit'
import { sha256 } from '#platform'
import { inspect } from '../src/applications/piece-bytes.ts'
import { openApplications, prepared } from './files.ts'
import { done } from './season.ts'
import { type World, world } from './world.ts'

// What hurts on the last evening: five clicks, too much text, a clock elsewhere, the end of February.

let valmont: World
let now = new Date('2027-01-20T09:00:00Z')
const zone = process.env['TZ']
beforeAll(async () => {
  valmont = await world(() => now)
})
afterAll(() => valmont.house.close())
afterEach(() => {
  process.env['TZ'] = zone ?? 'UTC'
})

const CLOSING = day('2027-03-01')
const dates = { applicationsCloseOn: CLOSING }
let season: Awaited<ReturnType<typeof openApplications>> | undefined
const opened = async () => {
  season ??= await openApplications(valmont, dates)
  return season
}

const blank = async (person: 'rose' | 'luc') => {
  const campaign = await opened()
  return done(await valmont.as(person, (place) => startApplication(place, campaign))).id
}

test('the same deposit sent five times at once gives one number, one receipt and one mail (SGG-5492)', async () => {
  const id = await prepared(valmont, 'eva', await opened())
  const content = Buffer.from('%PDF-1.7 statuts\n%%EOF')
  const piece = { kind: 'statutes', fileName: 'statuts.pdf', content }
  done(await valmont.as('eva', (place) => addPiece(place, id, piece)))
  const eva = await valmont.browser('eva')
  const deposit = () => eva.post(`/valmont/applications/${id}/deposit`)
  const answers = await Promise.all([1, 2, 3, 4, 5].map(deposit))
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303])
  const { rows } = await sql<{ number: string }>`select number from application_deposits`.execute(
    valmont.house.db,
  )
  expect(rows).toHaveLength(1)
  const documents = await valmont.as('eva', ({ tx, territory }) =>
    documentsOn(tx, territory.id, id),
  )
  expect(documents).toHaveLength(1)
  const whole = await valmont.as('eva', ({ tx, territory }) =>
    documentById(tx, territory.id, documents[0]?.id ?? ''),
  )
  const name = 'Statuts — statuts.pdf'
  expect(whole?.content).toMatchObject({ pieces: [{ name, sha256: sha256(content) }] })
  const mails = await sql`select 1 from outbox where subject like '%est bien arrivée%'`.execute(
    valmont.house.db,
  )
  expect(mails.rows).toHaveLength(1)
  const receipt = await eva.get(`/valmont/applications/${id}/receipt.pdf`)
  const pdf = inspect(new Uint8Array(await receipt.arrayBuffer()))
  expect(pdf).toEqual({ mediaType: 'application/pdf', remark: null })
})

test('three megabytes in one field are refused with their length, and come back whole', async () => {
  const id = await blank('rose')
  const rose = await valmont.browser('rose')
  const words = 'a'.repeat(3 * 1024 * 1024)
  const sections = {
    project: { projectTitle: 'Jardin', projectSummary: `${words}FIN`, beneficiaries: 'Tous' },
    money: { askedCents: '1500', cashFallback: `${words}FIN` },
    needs: { 'need1-family': 'FINANCE', 'need1-deliverable': `${words}FIN` },
  }
  for (const [section, form] of Object.entries(sections)) {
    const answer = await rose.post(`/valmont/applications/${id}/${section}`, form)
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain(`compte ${words.length + 3} signes`)
    expect(page).toContain('aFIN')
    expect(page.length).toBeGreaterThan(words.length)
  }
  const kept = await rose.get(`/valmont/applications/${id}/project`)
  expect(await kept.text()).not.toContain('Jardin')
  const stranger = await valmont.browser()
  const ended = await stranger.post(`/valmont/applications/${id}/project`, sections.project)
  expect(ended.status).toBe(401)
  expect(await ended.text()).toContain('aFIN')
})

test('while one types, three megabytes keep the other fields from nothing', async () => {
  const id = await blank('luc')
  const luc = await valmont.browser('luc')
  const answer = await luc.post(`/valmont/applications/${id}/project/draft`, {
    projectTitle: 'Radio de quartier',
    projectSummary: 'a'.repeat(3 * 1024 * 1024),
    beneficiaries: '',
  })
  expect(answer.status).toBe(200)
  expect(JSON.stringify(await answer.json())).toContain('3145728 signes')
  const page = await (await luc.get(`/valmont/applications/${id}/project`)).text()
  expect(page).toContain('Radio de quartier')
})

test.each([
  ['2028-02-29', '2028-02-29'],
  ['29/02/2028', '2028-02-29'],
  ['2027-02-29', undefined],
  ['29/02/2100', undefined],
  ['2028-02-30', undefined],
])('the day %s is read as it is, or not at all', (typed, read) => {
  expect(parseDay(typed)).toBe(read)
})

test.each([
  ['2027-12-29', '2028-02-29'],
  ['2027-12-31', '2028-02-29'],
  ['2026-12-31', '2027-02-28'],
  ['2028-02-29', '2028-04-29'],
])('two months of silence from %s end on %s', (from, to) => {
  expect(addMonths(day(from), 2)).toBe(to)
})

test('29 February of a common year comes back as typed, with the reason', async () => {
  const id = await blank('luc')
  const luc = await valmont.browser('luc')
  const answer = await luc.post(`/valmont/applications/${id}/needs`, {
    'need1-family': 'FINANCE',
    'need1-startsOn': '2027-02-29',
  })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('value="2027-02-29"')
  expect(page).toContain('need1-startsOn-reason')
})

test.each(['Pacific/Auckland', 'America/Los_Angeles'])(
  'with a server whose clock is in %s, the last minute is the one of Valmont',
  async (elsewhere) => {
    process.env['TZ'] = elsewhere
    const id = await prepared(valmont, 'karim', await opened())
    const karim = await valmont.browser('karim')
    const path = `/valmont/applications/${id}`
    try {
      now = new Date('2027-03-01T23:01:00Z')
      const late = await karim.post(`${path}/deposit`)
      expect(late.status).toBe(422)
      expect(await late.text()).toContain('date limite de dépôt est passée')
      now = new Date('2027-03-01T22:59:00Z')
      const page = await (await karim.get(`${path}/project`)).text()
      expect(page).toContain('Distribution du samedi')
    } finally {
      now = new Date('2027-01-20T09:00:00Z')
    }
  },
)

test('at 23:59 of the closing day in Valmont, the deposit is taken and dated of that day', async () => {
  process.env['TZ'] = 'Pacific/Auckland'
  const id = await prepared(valmont, 'karim', await opened())
  const karim = await valmont.browser('karim')
  now = new Date('2027-03-01T22:59:00Z')
  expect((await karim.post(`/valmont/applications/${id}/deposit`)).status).toBe(303)
  const page = await (await karim.get(`/valmont/applications/${id}`)).text()
  expect(page).toMatch(/1er mars 2027 à 23:59/)
  expect(page).toMatch(/1er mai 2027/)
})
