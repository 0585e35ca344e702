import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { minutes } from '#kit'
import { submitPledge } from '#pledges'
import { hasPoppler, pdfText } from '../src/documents/templates/read-pdf.ts'
import { done, openSeason } from './season.ts'
import { type World, world } from './world.ts'

let valmont: World
let season: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2026-11-24T10:00:00Z'))
  season = await openSeason(valmont)
})
afterAll(() => valmont.house.close())

const ADVISER = '/valmont/2027/adviser'
const told = {
  employees: '60',
  days: '2',
  hourlyCost: '38,50',
  turnover: '1 200 000',
  'family-FINANCE': 'yes',
}

async function pageOf(answer: Response): Promise<string> {
  return (await answer.text()).replace(/[\u00a0\u202f]/g, ' ')
}

test('a company without an account reads its hours, their cost and what its ceiling leaves', async () => {
  const stranger = await valmont.browser()
  expect((await stranger.get(ADVISER)).status).toBe(200)
  const answer = await stranger.post(ADVISER, told)
  expect(answer.status).toBe(200)
  const page = await pageOf(answer)
  expect(page).toContain('84 h pour 6 personnes')
  expect(page).toContain('3 234 €')
  expect(page).toContain('1 940,40 €')
  expect(page).toContain('sur 20 000 €')
})

test('what the adviser is told is kept nowhere, and no cache may hold it', async () => {
  const journal = () => valmont.house.db.selectFrom('journal').selectAll().execute()
  const before = await journal()
  const answer = await (await valmont.browser('jeanne')).post(ADVISER, told)
  expect(answer.headers.get('cache-control')).toContain('no-store')
  expect(answer.headers.get('location')).toBeNull()
  const page = await pageOf(answer)
  for (const [, address = ''] of page.matchAll(/(?:href|action)="([^"]*)"/g))
    expect(address).not.toMatch(/38|1200000|hourlyCost/)
  expect(await journal()).toEqual(before)
})

test('hours that would be invoiced, or a tender in view, are stopped with the article', async () => {
  const stranger = await valmont.browser()
  const page = await pageOf(
    await stranger.post(ADVISER, { ...told, isInvoiced: 'yes', hasTender: 'yes' }),
  )
  expect(page).toContain('L. 8243-1')
  expect(page).toContain('30 000 €')
  expect(page).toContain('Attendez la fin de la procédure')
  expect(page).not.toContain('adviser/letter')
})

test('figures that cannot be read come back as typed, with every reason (DN-6356)', async () => {
  const answer = await (await valmont.browser()).post(ADVISER, {
    ...told,
    employees: 'une douzaine',
    days: '0,3',
    volunteers: '900',
    hourlyCost: 'cher',
    pastGifts: '100',
    pastYear: '2019',
  })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  for (const field of ['employees', 'days', 'volunteers', 'hourlyCost', 'pastYear'])
    expect(page).toContain(`id="${field}-reason"`)
  expect(page).toContain('value="une douzaine"')
  expect(page).toContain('value="cher"')
})

const letter = {
  company: 'Atelier <Dumas>',
  identifier: '999 999 006 00011',
  address: '3 quai des Tanneurs, 76999 Valmont',
  signatory: 'Anne Dumas',
  role: 'gérante',
  'hours-FINANCE': '42',
  'hours-LEGAL': '3 h 30',
}

test('the letter is ready to sign, and says what the company gives', async () => {
  const answer = await (await valmont.browser()).post(`${ADVISER}/letter`, letter)
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  const pdf = new Uint8Array(await answer.arrayBuffer())
  expect(new TextDecoder('latin1').decode(pdf.slice(0, 5))).toBe('%PDF-')
  if (!hasPoppler) return
  const text = pdfText(pdf).replace(/\s+/g, ' ')
  for (const words of ['45 h 30', 'Atelier <Dumas>', 'Anne Dumas, gérante', 'article 238 bis'])
    expect(text).toContain(words)
})

test('a letter without a signatory or hours is refused, each reason beside its field', async () => {
  const { 'hours-FINANCE': _, 'hours-LEGAL': __, ...empty } = letter
  const answer = await (await valmont.browser()).post(`${ADVISER}/letter`, {
    ...empty,
    signatory: ' ',
  })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('signatory-reason')
  expect(page).toContain('Indiquez des heures')
  expect(page).toContain('value="gérante"')
})

test('a CSR manager goes from the advice to the promise without typing the hours again', async () => {
  const jeanne = await valmont.browser('jeanne')
  const page = await (await jeanne.post(ADVISER, told)).text()
  expect(page).toContain('value="Boulangerie Lenoir"')
  const address =
    /href="([^"]*pledges\/new\?[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const form = await (await jeanne.get(address)).text()
  expect(form).toMatch(/id="hours-FINANCE"[^>]*value="84"/)
})

test('the letter of a pledge is drawn for its company and the commune, and for nobody else', async () => {
  const { id: campaignId, startsOn, endsOn } = season
  const { id } = done(
    await valmont.as('hugo', (place) =>
      submitPledge(place, {
        campaignId,
        family: 'FINANCE',
        pledgedMinutes: minutes(40 * 60),
        blockMinutes: minutes(210),
        modality: 'hybrid',
        startsOn,
        endsOn,
        hasNoCounterpart: true,
      }),
    ),
  )
  const address = `/valmont/pledges/${id}/letter.pdf`
  for (const person of ['hugo', 'claire'] as const) {
    const answer = await (await valmont.browser(person)).get(address)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
  }
  expect((await (await valmont.browser('jeanne')).get(address)).status).toBe(404)
  expect((await (await valmont.browser()).get(address)).status).toBe(303)
})
