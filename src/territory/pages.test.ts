import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type World, world } from '../../tests/world.ts'
import { baselinesOf, runImport } from './index.ts'

let valmont: World
const folder = mkdtempSync(join(tmpdir(), 'metis-'))
beforeAll(async () => {
  valmont = await world(() => new Date('2026-11-24T10:00:00Z'))
})
afterAll(async () => {
  await valmont.house.close()
  rmSync(folder, { recursive: true })
})

const TEXT = [
  'Structure;Ce que nous versons;Date;Observations',
  'Harmonie municipale;3 500,00;20/03/2026;fidèle',
  'Club canoë;1200;20/03/2026;',
  'Jardins partagés;beaucoup;20/03/2026;',
].join('\r\n')

function upload(text: string, name = 'subventions.csv'): FormData {
  const form = new FormData()
  form.set('file', new File([text], name))
  return form
}
const received = (year: number) =>
  valmont.as('claire', ({ tx, territory }) => baselinesOf(tx, territory.id, year))

test('an agent puts in a file, checks the columns, imports it, and sees what is to be mended', async () => {
  const claire = await valmont.browser('claire')
  const put = await claire.post('/valmont/baselines/imports', upload(TEXT))
  expect(put.status).toBe(303)
  const address = put.headers.get('location') ?? ''
  const mapping = await (await claire.get(address)).text()
  expect(mapping).toContain('Ce que nous versons')
  expect(mapping).toContain('3 500,00')
  expect(await received(2026)).toEqual([])

  const corrected = {
    'sheet-0': 'yes',
    'column-0-0': 'beneficiaryName',
    'column-0-1': 'amountCents',
    'column-0-2': 'agreedOn',
    'column-0-3': '',
  }
  expect((await claire.post(address, corrected)).headers.get('location')).toBe(address)
  const report = await (await claire.get(address)).text()
  expect(report).toContain('beaucoup')
  expect(report).toContain('Gardez seulement le nombre')
  const csv = await claire.get(`${address}/refusals.csv`)
  expect(csv.headers.get('content-disposition')).toContain('lignes-refusees.csv')
  expect(await csv.text()).toContain('beaucoup')
  expect(await received(2026)).toMatchObject([
    { name: 'Harmonie municipale', amountCents: 350_000n },
  ])
  // The button pressed twice does it once.
  expect((await claire.post(address, corrected)).status).toBe(303)
})

test('a name that means nobody is said to be an association, for every year', async () => {
  const claire = await valmont.browser('claire')
  expect(await (await claire.get('/valmont/baselines/2026')).text()).toContain('Club canoë')
  const { canoe } = valmont.cast.organisations
  const match = { 'name-0': 'Club canoë', 'match-0': canoe }
  expect((await claire.post('/valmont/baselines/2026/matches', match)).status).toBe(303)
  expect(await received(2026)).toContainEqual({
    organisationId: canoe,
    name: 'Club de canoë-kayak',
    amountCents: 120_000n,
  })
})

test('an amount that no file says is typed by hand; a wrong one comes back as typed', async () => {
  const claire = await valmont.browser('claire')
  const field = `amount-${valmont.cast.organisations.theatre}`
  const wrong = await claire.post('/valmont/baselines/2026/amounts', { [field]: 'mille' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('value="mille"')
  const right = await claire.post('/valmont/baselines/2026/amounts', { [field]: '1 000' })
  expect(right.status).toBe(303)
  expect(await (await claire.get('/valmont/baselines')).text()).toContain('2026')
})

test.each([
  ['nothing', new FormData(), 'Choisissez un fichier.'],
  ['a PDF', upload('%PDF-1.7 …', 'budget.pdf'), 'Demandez le tableur d&#39;origine'],
])('%s in place of a table is refused with a sentence', async (_, form, sentence) => {
  const claire = await valmont.browser('claire')
  const answer = await claire.post('/valmont/baselines/imports', form)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain(sentence)
})

test('a file without grants asks the person what its columns are', async () => {
  const claire = await valmont.browser('claire')
  const put = await claire.post(
    '/valmont/baselines/imports',
    upload('jour;météo\nlundi;pluie\nmardi;soleil'),
  )
  const address = put.headers.get('location') ?? ''
  expect((await claire.get(address)).status).toBe(200)
  const answer = await claire.post(address, {})
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('ni colonne de bénéficiaires ni colonne de montants')
})

test('another role does not see past grants; an unknown import is no page', async () => {
  expect((await (await valmont.browser('jeanne')).get('/valmont/baselines')).status).toBe(403)
  const claire = await valmont.browser('claire')
  expect((await claire.get('/valmont/baselines/imports/none')).status).toBe(404)
})

test('the command line imports too, and its exit code says how it went', async () => {
  const said: string[] = []
  const io = { out: (text: string) => said.push(text), err: (text: string) => said.push(text) }
  const open = async () => ({ db: valmont.house.db, close: async () => undefined })
  const file = join(folder, 'liste.csv')
  writeFileSync(file, 'nomBeneficiaire;montant\nThéâtre de la Vanne;500\nHarmonie municipale;?\n')
  const args = ['grants', file, '--territory', 'valmont']
  expect(await runImport(args, io, open)).toBe(1)
  expect(said.join('\n')).toContain("Indiquez l'année")
  const refusals = join(folder, 'refusees.csv')
  expect(
    await runImport([...args, '--year', '2024', '--refusals', refusals, '--dry-run'], io, open),
  ).toBe(1)
  expect(readFileSync(refusals, 'utf8')).toContain("La ligne n'a aucun montant")
  expect(await received(2024)).toEqual([])
  writeFileSync(file, 'nomBeneficiaire;montant\nThéâtre de la Vanne;500\n')
  said.length = 0
  expect(await runImport([...args, '--year', '2024', '--json'], io, open)).toBe(0)
  expect(JSON.parse(said[0] ?? '')).toMatchObject({ accepted: 1, refused: 0 })
  expect(await received(2024)).toMatchObject([{ amountCents: 50_000n }])
  expect(await runImport(['grants', file, '--territory', 'nowhere'], io, open)).toBe(2)
  expect(
    await runImport(['grants', join(folder, 'no.csv'), '--territory', 'valmont'], io, open),
  ).toBe(2)
  expect(await runImport(['grants'], io, open)).toBe(2)
  expect(await runImport(['--help'], io, open)).toBe(0)
  expect(existsSync(refusals)).toBe(true)
})
