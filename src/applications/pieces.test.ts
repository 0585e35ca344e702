import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApplications, prepared } from '../../tests/files.ts'
import { done } from '../../tests/season.ts'
import { type Browser, type World, world } from '../../tests/world.ts'
import { addPiece, depositApplication, piecesOf } from './index.ts'

let valmont: World
let eva: Browser
let id: string
beforeAll(async () => {
  valmont = await world()
  id = await prepared(valmont, 'eva', await openApplications(valmont))
  eva = await valmont.browser('eva')
})
afterAll(() => valmont.house.close())

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const path = (rest = '') => `/valmont/applications/${id}${rest}`
const send = (name: string, content: BlobPart, more: Record<string, string> = {}) => {
  const form = new FormData()
  for (const [field, value] of Object.entries({ kind: 'statutes', ...more })) form.set(field, value)
  form.set('file', new File([content], name))
  return eva.post(path('/pieces'), form)
}
const pdf = (words: string) => `%PDF-1.7 ${words}\n%%EOF`
const pieces = () =>
  valmont.as('eva', ({ tx, territory }) => piecesOf(tx, { territoryId: territory.id, id }))
const pieceNamed = async (name: string) =>
  (await pieces()).find(({ fileName }) => fileName === name)?.id ?? ''

test('a piece replaced keeps what it replaced: who, when, and the file itself', async () => {
  await send('statuts 1.pdf', pdf('un'))
  for (const rank of [2, 3]) {
    const replaces = await pieceNamed(`statuts ${rank - 1}.pdf`)
    expect((await send(`statuts ${rank}.pdf`, pdf(`${rank}`), { replaces })).status).toBe(303)
  }
  const [piece, ...others] = await pieces()
  expect(others).toEqual([])
  expect(piece?.earlier.map(({ fileName }) => fileName)).toEqual(['statuts 2.pdf', 'statuts 1.pdf'])
  const page = await (await eva.get(path('/pieces'))).text()
  expect(page).toContain('2 versions précédentes')
  expect(page).toContain('Eva')
  const first = await eva.get(path(`/pieces/${piece?.earlier[1]?.id}`))
  expect(await first.text()).toBe(pdf('un'))
})

test('two people replace the same piece: the second is told, and nothing is lost', async () => {
  const [piece] = await pieces()
  const earlier = piece?.earlier[0]?.id ?? ''
  const answer = await send('statuts 3 bis.pdf', pdf('3 bis'), { replaces: earlier })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('retirée ou remplacée entre-temps')
})

test('a replacement sent twice is one version', async () => {
  const replaces = (await pieces())[0]?.id ?? ''
  for (let time = 0; time < 2; time++)
    expect((await send('statuts 4.pdf', pdf('4'), { replaces })).status).toBe(303)
  expect((await pieces())[0]?.earlier).toHaveLength(3)
})

test('a piece taken away from a draft goes with its versions', async () => {
  const [piece] = await pieces()
  expect((await eva.post(path(`/pieces/${piece?.id}/removal`))).status).toBe(303)
  expect(await pieces()).toEqual([])
  for (const version of piece?.earlier ?? [])
    expect((await eva.get(path(`/pieces/${version.id}`))).status).toBe(404)
})

test('an image is looked at in place, a PDF opens apart, and neither can do anything to METIS', async () => {
  await send('logo.png', png)
  await send('budget.pdf', pdf('budget'))
  const image = await pieceNamed('logo.png')
  const preview = await (await eva.get(path(`/pieces/${image}/preview`))).text()
  expect(preview).toContain(`src="${path(`/pieces/${image}/inline`)}"`)
  expect(preview).toContain('alt="Image de la pièce')
  const inline = await eva.get(path(`/pieces/${image}/inline`))
  expect(inline.headers.get('content-type')).toBe('image/png')
  expect(inline.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
  expect(inline.headers.get('x-content-type-options')).toBe('nosniff')
  const budget = await pieceNamed('budget.pdf')
  expect(await (await eva.get(path(`/pieces/${budget}/preview`))).text()).toContain(
    `${path(`/pieces/${budget}/inline`)}#page=1`,
  )
  const read = await eva.get(path(`/pieces/${budget}/inline`))
  expect(read.headers.get('content-disposition')).toMatch(/^inline/)
  expect(read.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
  const download = await eva.get(path(`/pieces/${budget}`))
  expect(download.headers.get('content-disposition')).toMatch(/^attachment/)
  expect(download.headers.get('content-security-policy')).toMatch(/^sandbox/)
})

test('an office file is only downloaded', async () => {
  const old = Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.from('WordDocument', 'utf16le'),
  ])
  await send('projet.doc', old)
  const piece = await pieceNamed('projet.doc')
  expect((await eva.get(path(`/pieces/${piece}/inline`))).status).toBe(404)
  const preview = await eva.get(path(`/pieces/${piece}/preview`))
  expect(await preview.text()).toContain('ne s’affiche pas ici')
})

test('a file named like a page is shown as words', async () => {
  await send('<img src=x onerror=alert(1)>.pdf', pdf('nom'))
  const page = await (await eva.get(path('/pieces'))).text()
  expect(page).not.toContain('<img src=x')
  expect(page).toContain('_img src_x onerror_alert(1)_.pdf')
})

test.each([
  ['nothing', '', 'qui contient quelque chose'],
  ['eleven megabytes', 'x'.repeat(11 * 1024 * 1024), '10 Mo'],
  ['a web page', '<html>', 'ni une image'],
  ['a PDF that hides a page', `${pdf('x')}<script>1</script>`, 'cache un autre'],
])('%s comes back with the reason beside the field', async (_, content, reason) => {
  const answer = await send('x.pdf', content)
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('href="#file"')
  expect(page).toContain('file-reason')
  expect(page).toContain(reason)
})

test('more than a request may carry is refused in words', async () => {
  const answer = await send('film.pdf', 'x'.repeat(31 * 1024 * 1024))
  expect(answer.status).toBe(413)
  expect(await answer.text()).toContain('trop')
})

test('a PDF with a password is taken, and both sides are told', async () => {
  const locked = '%PDF-1.7\ntrailer << /Encrypt 1 0 R >>\n%%EOF'
  expect((await send('paie.pdf', locked)).status).toBe(303)
  expect(await (await eva.get(path('/pieces'))).text()).toContain('Protégée par un mot de passe')
  done(await valmont.as('eva', (place) => depositApplication(place, id)))
  const claire = await valmont.browser('claire')
  const file = await (await claire.get(path())).text()
  expect(file).toContain('Protégée par un mot de passe')
  expect((await claire.get(path(`/pieces/${await pieceNamed('logo.png')}/inline`))).status).toBe(
    200,
  )
})

test('a piece asked for again takes the place of the wrong one, which the agent still reads', async () => {
  const claire = await valmont.browser('claire')
  const asked = { asks: 'yes', missing: 'Un budget lisible', once: 'asked-again' }
  expect((await claire.post(path('/completeness'), asked)).status).toBe(303)
  const replaces = await pieceNamed('budget.pdf')
  expect(await (await eva.get(path('/progress'))).text()).toContain(`value="${replaces}"`)
  const form = new FormData()
  for (const [field, value] of Object.entries({ kind: 'other', replaces })) form.set(field, value)
  form.set('file', new File([pdf('lisible')], 'budget lisible.pdf'))
  expect((await eva.post(path('/progress/pieces'), form)).status).toBe(303)
  const piece = (await pieces()).find(({ fileName }) => fileName === 'budget lisible.pdf')
  expect(piece).toMatchObject({ kind: 'statutes', earlier: [{ id: replaces }] })
  const file = await (await claire.get(path())).text()
  expect(file).toContain('Une version précédente')
  expect(await (await claire.get(path(`/pieces/${replaces}`))).text()).toBe(pdf('budget'))
})

test('another association finds no version, no preview and no bytes', async () => {
  const rose = await valmont.browser('rose')
  for (const way of ['', '/preview', '/inline'])
    expect((await rose.get(path(`/pieces/${await pieceNamed('logo.png')}${way}`))).status).toBe(404)
  const piece = { kind: 'other', fileName: 'x.pdf', content: Buffer.from(pdf('x')) }
  await expect(valmont.as('rose', (place) => addPiece(place, id, piece))).rejects.toThrow()
})
