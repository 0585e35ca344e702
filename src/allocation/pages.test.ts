import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Campaign, envelopesOf } from '#campaigns'
import { declareInterest } from '#review'
import { reviewed } from '../../tests/council.ts'
import { done } from '../../tests/season.ts'
import { type World, world } from '../../tests/world.ts'
import { scenarioOf, scenariosOf } from './index.ts'

let valmont: World
let campaign: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  campaign = await reviewed(valmont)
})
afterAll(() => valmont.house.close())

const allocation = '/valmont/2027/allocation'

async function compute(form: Record<string, string>) {
  const claire = await valmont.browser('claire')
  const once = /name="once" value="([^"]+)"/.exec(await (await claire.get(allocation)).text())?.[1]
  return { claire, answer: await claire.post(allocation, { once: once ?? '', ...form }) }
}

test('an agent computes a scenario and reads it: figures, chart, table, reasons, all recounted', async () => {
  const { claire, answer } = await compute({ name: 'Budget −5 %' })
  expect(answer.status).toBe(303)
  const page = await (await claire.get(answer.headers.get('location') ?? '')).text()
  expect(page).toContain('Recompté, exact')
  expect(page).toContain('role="img"')
  expect(page).toContain('Banque alimentaire de Valmont')
  expect(page).toContain('Pourquoi\u00a0?')
  expect(page).toContain('Total indicatif')
})

test('other hypotheses make another scenario and leave the first one as it was', async () => {
  const [envelope] = await valmont.as('claire', ({ tx }) => envelopesOf(tx, campaign))
  const lower = { name: 'Moins', [`envelope-${envelope?.id}`]: '30 000', floorPercent: '50' }
  const first = await compute({ name: 'Départ' })
  const second = await compute(lower)
  const ids = [first, second].map(({ answer }) => answer.headers.get('location')?.split('/').at(-1))
  const [a, b] = await valmont.as('claire', ({ tx }) =>
    Promise.all(ids.map((id) => scenarioOf(tx, campaign, id ?? ''))),
  )
  expect(a?.figures.cashCents).toBe(40_000_00n)
  expect(b?.figures.cashCents).toBe(30_000_00n)
  const compared = await second.claire.get(`${allocation}/compare?a=${ids[0]}&b=${ids[1]}`)
  expect(await compared.text()).toContain('perd')
})

test('what cannot be read comes back as typed, with each reason beside its field', async () => {
  const { answer } = await compute({ name: '', floorPercent: '120', hourly: 'quarante' })
  expect(answer.status).toBe(422)
  const page = await answer.text()
  expect(page).toContain('value="quarante"')
  for (const field of ['name', 'floorPercent', 'hourly']) expect(page).toContain(`${field}-reason`)
})

test('a scenario above the real envelope is computed but cannot be proposed', async () => {
  const [envelope] = await valmont.as('claire', ({ tx }) => envelopesOf(tx, campaign))
  const { claire, answer } = await compute({
    name: 'Si nous avions plus',
    [`envelope-${envelope?.id}`]: '45000',
  })
  const refused = await claire.post(`${answer.headers.get('location')}/proposal`)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Vie associative')
})

test('an elected member sees nothing of an association that they are tied to', async () => {
  const associationId = valmont.cast.organisations.band
  const interest = { associationId, nature: 'Vice-président' }
  done(await valmont.as('paul', (place) => declareInterest(place, interest)))
  const { answer } = await compute({ name: 'À lire' })
  const path = answer.headers.get('location') ?? ''
  const tied = await (await (await valmont.browser('paul')).get(path)).text()
  const free = await (await (await valmont.browser('nadia')).get(path)).text()
  expect(tied).not.toContain('Harmonie municipale')
  expect(free).toContain('Harmonie municipale')
})

test('the table leaves as a spreadsheet, and the sealed problem as the file that anyone recomputes', async () => {
  const { claire, answer } = await compute({ name: 'Export' })
  const path = answer.headers.get('location') ?? ''
  const ods = await claire.get(`${path}/lines.ods`)
  expect(
    Buffer.from(await ods.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  expect(await (await claire.get(`${path}/lines.csv`)).text()).toContain('propose_heures')
  const problem = await (await claire.get(`${path}/problem.json`)).json()
  expect(problem).toMatchObject({ format: 'metis-allocation-problem/1' })
})

test('a sealed scenario is not changed by what happens after', async () => {
  const scenarios = await valmont.as('claire', ({ tx }) => scenariosOf(tx, campaign))
  expect(new Set(scenarios.map(({ problemSha256 }) => problemSha256)).size).toBeGreaterThan(1)
  await expect(
    valmont.as('claire', ({ tx }) => tx.updateTable('scenarios').set({ name: 'x' }).execute()),
  ).rejects.toThrow()
})

test('a wrong address of a scenario is a missing page', async () => {
  const claire = await valmont.browser('claire')
  expect((await claire.get(`${allocation}/nothing`)).status).toBe(404)
  expect((await claire.get(`${allocation}/compare?a=x&b=y`)).status).toBe(404)
})
