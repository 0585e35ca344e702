import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordPayment } from '#awards'
import { proposedFigures } from '#campaigns'
import { cents } from '#kit'
import { awardOf, notified } from '../../tests/council.ts'
import { enter, handedOver, openApplications } from '../../tests/files.ts'
import { done } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'

// The next season's file shows what the commune gave before, and where that is known from.

let now = new Date('2027-01-10T09:00:00Z')
let valmont: World
let band: string
let theatre: string
let paidCents: bigint
let decidedCents: bigint
beforeAll(async () => {
  valmont = await world(() => now)
  const { campaign } = await notified(valmont)
  const award = await awardOf(valmont, campaign, 'band')
  decidedCents = award.cashCents
  paidCents = 1_000_00n
  const payment = { paidCents: cents(paidCents), orderNumber: 'M-7' }
  done(
    await valmont.as('claire', (place) =>
      recordPayment(place, award.id, { ...payment, paidOn: place.today }),
    ),
  )
  now = new Date('2028-01-10T09:00:00Z')
  const opened = await openApplications(valmont, proposedFigures(2028))
  band = await handedOver(valmont, 'luc', opened)
  theatre = await handedOver(valmont, 'marc', opened)
  await enter(valmont, opened.id, 'reviewing')
})
afterAll(() => valmont.house.close())

const euros = (value: bigint) => `${(value / 100n).toLocaleString('fr-FR')} €`
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

async function rows(id: string, title: string): Promise<string[][]> {
  const paul = await valmont.browser('paul')
  const page = plain(await (await paul.get(`/valmont/applications/${id}/review`)).text())
  const table = new RegExp(`<caption>${title}</caption>(.*?)</table>`, 's').exec(page)?.[1] ?? ''
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
      cell.replace(/<[^>]+>/g, '').trim(),
    ),
  )
}

test('euros of earlier years stand on the file: asked, proposed, decided, paid, each with its source (DN-10291)', async () => {
  const [head, voted, typed, ...others] = await rows(band, 'Euros de la commune')
  expect(head).toEqual(['Année', 'Source', 'Demandé', 'Proposé', 'Décidé', 'Versé'])
  expect(voted?.[0]).toBe('2027')
  expect(voted?.[1]).toContain('délibération 2027-03-12')
  expect(voted?.slice(2)).toEqual(
    [12_000_00n, decidedCents, decidedCents, paidCents].map((value) => plain(euros(value))),
  )
  expect(typed).toEqual(['2026', 'Saisi par la commune', '—', '—', '12 000 €', '—'])
  expect(others).toEqual([])
})

test('hours of earlier seasons have a table of their own, and are in no sum', async () => {
  const [head, voted, ...others] = await rows(band, 'Heures d’entreprises')
  expect(head).toEqual(['Année', 'Source', 'Demandé', 'Proposé', 'Décidé'])
  expect(voted?.[2]).toBe('20 h')
  for (const cell of voted?.slice(2) ?? []) expect(cell).toMatch(/^\d+ h/)
  expect(others).toEqual([])
})

test('an association of which nothing is known is not said to have received zero', async () => {
  expect(await rows(theatre, 'Euros de la commune')).toEqual([])
  const paul = await valmont.browser('paul')
  const page = await (await paul.get(`/valmont/applications/${theatre}/review`)).text()
  expect(page).toContain('Aucune subvention connue des années précédentes')
})
