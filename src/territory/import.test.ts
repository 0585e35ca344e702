import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cents } from '#kit'
import { deed } from '#people'
import { done } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import { baselinesOf, baselineYears, importGrants, saveBaselines } from './index.ts'

const LOIRE =
  '../shared/data/grants/paysdelaloire/44-Loire-Atlantique__224400028_subventions-aux-associations-du-departement-de-loire-atlantique.csv'

let valmont: World
beforeAll(async () => {
  valmont = await world(() => new Date('2026-11-24T10:00:00Z'))
})
afterAll(() => valmont.house.close())

function csv(...lines: string[]) {
  return {
    fileName: 'subventions-2026.csv',
    bytes: Buffer.from(
      ['nomBeneficiaire;rnaBeneficiaire;montant;dateConvention', ...lines].join('\n'),
    ),
  }
}
const importing = (source: Parameters<typeof importGrants>[1], options = {}) =>
  valmont.as('claire', async (place) =>
    done(await importGrants({ tx: place.tx, ...deed(place), today: place.today }, source, options)),
  )
const years = () => valmont.as('claire', ({ tx, territory }) => baselineYears(tx, territory.id))

const small = csv(
  'Banque alimentaire;W760000001;12 000,50;2026-03-20',
  'HARMONIE MUNICIPALE;;3500;2026-03-20',
  'Comité des fêtes;;800;2026-03-20',
  'Club de canoë-kayak;;beaucoup;2026-03-20',
)

test('a line finds its association by number, else by name; a wrong line costs no other', async () => {
  const imported = await importing(small)
  expect(imported).toMatchObject({ accepted: 3, known: 0, refused: 1 })
  expect(imported.remarks).toMatchObject([
    { line: 5, column: 'montant', value: 'beaucoup', code: 'amount-unreadable', isRefused: true },
  ])
  const known = await valmont.as('claire', ({ tx, territory }) =>
    baselinesOf(tx, territory.id, 2026),
  )
  expect(known.map(({ name, amountCents }) => [name, amountCents])).toEqual([
    ['Banque alimentaire de Valmont', 1_200_050n],
    ['Harmonie municipale', 350_000n],
  ])
  expect(await years()).toEqual([
    { year: 2026, count: 3, cashCents: 1_630_050n, unmatchedCents: 80_000n },
  ])
})

test('the same file imported twice changes nothing', async () => {
  const before = await years()
  expect(await importing(small)).toMatchObject({ accepted: 0, known: 3, refused: 1 })
  expect(await years()).toEqual(before)
})

test('a line without a year counts in no season, unless the person says the year', async () => {
  const undated = csv('Théâtre de la Vanne;;500;')
  const source = { ...undated, fileName: 'liste.csv' }
  expect(await importing(source)).toMatchObject({ accepted: 0, refused: 1 })
  expect(await importing(source, { year: 2025 })).toMatchObject({ accepted: 1, refused: 0 })
})

test('a try says what would be taken and writes nothing', async () => {
  const before = await years()
  const source = csv('Jardins partagés;;900;2024-05-01')
  expect(await importing(source, { isDryRun: true })).toMatchObject({ accepted: 1 })
  expect(await years()).toEqual(before)
})

test('an amount typed by hand may be typed again; one read from a file is not typed over', async () => {
  const { gardens, band } = valmont.cast.organisations
  const type = (organisationId: string, euros: number) =>
    valmont.as('claire', (place) =>
      saveBaselines(place, {
        year: 2026,
        lines: [{ organisationId, amountCents: cents(euros * 100) }],
      }),
    )
  done(await type(gardens, 700))
  done(await type(gardens, 750))
  const known = await valmont.as('claire', ({ tx, territory }) =>
    baselinesOf(tx, territory.id, 2026),
  )
  expect(known).toContainEqual({
    organisationId: gardens,
    name: 'Jardins partagés',
    amountCents: 75_000n,
  })
  expect(await type(band, 1)).toMatchObject({ refusals: [{ code: 'territory:refused.fromFile' }] })
})

test('eighteen thousand real lines are taken in a few seconds, with progress', async () => {
  const seen: number[] = []
  const started = performance.now()
  const imported = await importing(
    { fileName: basename(LOIRE), bytes: readFileSync(LOIRE) },
    { onProgress: (lines: number) => seen.push(lines) },
  )
  const seconds = (performance.now() - started) / 1000
  expect(imported.accepted + imported.known + imported.refused).toBe(18_148)
  expect(seen.length).toBeGreaterThan(15)
  expect(seconds).toBeLessThan(20)
}, 30_000)
