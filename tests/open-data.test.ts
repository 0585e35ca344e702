import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runAllocate } from '#allocation'
import { validateScdl } from '#open-data'
import { emailOf } from './cast.ts'
import { playDemo } from './demo.ts'
import { openHouse, type TestHouse } from './house.ts'

let house: TestHouse
const ORIGIN = 'http://localhost:3000'
const asked = (path: string, init?: RequestInit) => house.app.request(`${ORIGIN}${path}`, init)
beforeAll(async () => {
  house = await openHouse(undefined, () => new Date('2026-11-24T12:00:00Z'))
  await playDemo(house)
})
afterAll(() => house.close())

test('anyone downloads the grants in the official columns, and the official schema finds no fault', async () => {
  const answer = await asked('/valmont/2026/scdl.csv')
  const text = await answer.text()
  expect(answer.headers.get('content-type')).toContain('text/csv')
  expect(text.split('\n')[0]).toMatch(/^nomAttribuant,idAttribuant,dateConvention,/)
  expect(text.trim().split('\n').length).toBe(7)
  expect(validateScdl(text)).toEqual([])
})

test('hours have a file of their own, and no person is in either', async () => {
  const text = await (await asked('/valmont/2026/hours.csv')).text()
  expect(text).toContain('Banque alimentaire de Valmont')
  expect(text).toMatch(/28\.00/)
  for (const name of ['Caron', 'Petit', 'Diallo', 'Morel']) expect(text).not.toContain(name)
})

test('anyone finds again, from files without a name, the digests that the public page quotes', async () => {
  const quoted = await (await asked('/valmont/2026/public')).text()
  const problem = await (await asked('/valmont/2026/problem.json')).text()
  expect(problem).not.toMatch(/Banque alimentaire|Aubry/)
  const folder = mkdtempSync(join(tmpdir(), 'metis-'))
  const file = join(folder, 'problem.json')
  writeFileSync(file, problem)
  const told: string[] = []
  const io = { out: (text: string) => told.push(text), err: (text: string) => told.push(text) }
  expect(await runAllocate([file], io)).toBe(0)
  rmSync(folder, { recursive: true })
  const seals = [...quoted.matchAll(/<code>([0-9a-f]{64})</g)].map(([, seal]) => seal ?? '')
  expect(seals).toHaveLength(2)
  for (const seal of seals) expect(told.join()).toContain(seal)
})

test('a season that is not published is not there for a stranger', async () => {
  expect((await asked('/valmont/2027/public')).status).toBe(404)
  for (const file of ['scdl.csv', 'problem.json', 'result.json'])
    expect((await asked(`/valmont/2027/${file}`)).status).toBe(404)
})

test('nothing can be published before the decision binds', async () => {
  const session = await asked('/demo/sessions', {
    method: 'POST',
    headers: { origin: ORIGIN },
    body: new URLSearchParams({ email: emailOf('claire') }),
  })
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const answer = await asked('/valmont/2027/publication', {
    method: 'POST',
    headers: { origin: ORIGIN, cookie },
    body: new URLSearchParams(),
  })
  expect(answer.status).toBe(422)
})

test('programs read the same figures as people, described in OpenAPI', async () => {
  const figures = await (await asked('/api/v1/valmont/seasons/2026/figures')).json()
  expect(figures.total).toMatchObject({ fallCents: 1300000, doneMinutes: 1680 })
  expect((await asked('/api/v1/valmont/seasons/2027/figures')).status).toBe(404)
  expect((await asked('/api/v1/nowhere/seasons')).status).toBe(404)
  const described = await (await asked('/api/openapi.json')).json()
  expect(Object.keys(described.paths)).toContain('/{territory}/seasons/{year}/figures')
})
