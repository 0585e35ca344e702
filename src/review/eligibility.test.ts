import { afterAll, beforeAll, expect, test } from 'vitest'
import { enter, handedOver, openApplications } from '../../tests/files.ts'
import { type Browser, type World, world } from '../../tests/world.ts'

// Two eligibilities, each with what shows it and until when (DOMAIN 3.3).

let now = new Date('2027-01-11T09:00:00Z')
let valmont: World
let band: string
let foodBank: string
let claire: Browser
let luc: Browser
beforeAll(async () => {
  valmont = await world(() => now)
  const opened = await openApplications(valmont)
  band = await handedOver(valmont, 'luc', opened)
  foodBank = await handedOver(valmont, 'amina', opened)
  await enter(valmont, opened.id, 'reviewing')
  claire = await valmont.browser('claire')
  luc = await valmont.browser('luc')
})
afterAll(() => valmont.house.close())

const TABLE = '/valmont/2027/review'
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const file = (id: string, rest: string) => `/valmont/applications/${id}/${rest}`

async function read(path: string, browser: Browser): Promise<string> {
  const answer = await browser.get(path)
  expect(answer.status).toBe(200)
  return plain(await answer.text())
}

async function pieceSentBy(browser: Browser, id: string): Promise<string> {
  const asked = { asks: 'yes', missing: 'Le rescrit' }
  expect((await claire.post(file(id, 'completeness'), asked)).status).toBe(303)
  const form = new FormData()
  form.set('kind', 'other')
  form.set('file', new File(['%PDF-1.7 rescrit'], 'rescrit.pdf'))
  expect((await browser.post(file(id, 'progress/pieces'), form)).status).toBe(303)
  const page = await read(file(id, 'review'), claire)
  return /review\/pieces\/([0-9a-f-]+)/.exec(page)?.[1] ?? ''
}

test('what shows an eligibility may be a piece of the file, never one of another file', async () => {
  const own = await pieceSentBy(luc, band)
  const other = await pieceSentBy(await valmont.browser('amina'), foodBank)
  const ruling = { hoursBasis: 'ruling_granted', hoursEvidence: '' }
  const wrong = await claire.post(file(band, 'eligibility/hours'), { ...ruling, hoursPiece: other })
  expect(wrong.status).toBe(422)
  expect(plain(await wrong.text())).toContain('une pièce de ce dossier')
  const bare = await claire.post(file(band, 'eligibility/hours'), ruling)
  expect(bare.status).toBe(422)
  const shown = { ...ruling, hoursPiece: own, hoursExpiresOn: '2027-03-01' }
  expect((await claire.post(file(band, 'eligibility/hours'), shown)).status).toBe(303)
  const page = await read(file(band, 'review'), claire)
  expect(page).toContain(`— <a class="ds-link" href="${file(band, 'review')}/pieces/${own}">`)
  expect(page).toContain('à refaire à partir du <time datetime="2027-03-01">')
})

test('a day that does not exist, or already past, is said and not swallowed', async () => {
  const form = { cashBasis: 'local_interest', cashEvidence: 'Statuts' }
  for (const until of ['2027-02-30', '2026-12-31']) {
    const answer = await claire.post(file(band, 'eligibility/cash'), {
      ...form,
      cashExpiresOn: until,
    })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('cashExpiresOn-reason')
  }
})

test('what will have expired on the council’s day is told in the table and on the file beforehand (SGG-6166)', async () => {
  const table = await read(`${TABLE}?show=expiring`, claire)
  expect(table).toContain('Harmonie municipale')
  expect(table).toContain('éligibilité aux heures : expire avant le conseil')
  expect(table).toContain('Expire avant le conseil')
  expect(table).not.toContain('Banque alimentaire')
  expect(await read(file(band, 'review'), claire)).toContain('plus valable au conseil du')
})

test('the association is told too, and may declare again without waiting for the end', async () => {
  const page = await read(file(band, 'progress'), luc)
  expect(page).toContain('plus valable au conseil du')
  const answers = Object.fromEntries(
    ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7'].map((e) => [e, 'yes']),
  )
  expect((await luc.post(file(band, 'declaration'), answers)).status).toBe(303)
  expect(await read(`${TABLE}?show=expiring`, claire)).toContain('Aucun dossier')
  now = new Date('2027-02-01T09:00:00Z')
  expect(await read(file(band, 'progress'), luc)).toContain('Déclarée, sans rescrit')
})
