import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { depositedApplications } from '#applications'
import { type Campaign, criteriaOf, envelopesOf } from '#campaigns'
import { declareInterest, giveMarks } from '#review'
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
  expect(problem).toMatchObject({ format: 'metis-allocation-problem/2' })
})

/** The first line of a scenario made just now, and its form. */
async function openedLine(name: RegExp) {
  const { claire, answer } = await compute({ name: 'Avant' })
  const scenario = answer.headers.get('location') ?? ''
  const html = await (await claire.get(scenario)).text()
  const rows = html.split('<tr>').filter((row) => name.test(row))
  const href = /href="([^"]+\/lines\/[^"]+)"/.exec(rows.join(''))?.[1] ?? ''
  return { claire, scenario, href }
}

test('a line is decided by hand without JavaScript: its cost to the others is read before it is kept', async () => {
  const { claire, href } = await openedLine(/Club de canoë/)
  const decided = { cash: '1 000', reason: 'Projet réduit à une étape.' }
  const cost = await claire.post(`${href}/cost`, decided)
  const shown = await cost.text()
  expect(cost.status).toBe(200)
  expect(shown).toMatch(/perd 5.000.€/)
  expect(shown).toMatch(/Banque alimentaire de Valmont <span class="gain">gagne/)
  const seal = /name="shown" value="([0-9a-f]{64})"/.exec(shown)?.[1] ?? ''
  const unread = await claire.post(`${href}/override`, decided)
  expect(unread.status).toBe(422)
  const kept = await claire.post(`${href}/override`, { ...decided, shown: seal })
  expect(kept.status).toBe(303)
  const path = kept.headers.get('location') ?? ''
  const page = await (await claire.get(path)).text()
  expect(page).toContain('Fixée à la main')
  expect(page).toContain('Projet réduit à une étape.')
  expect(page).toContain('Recompté, exact')
  const elected = await (await (await valmont.browser('nadia')).get(path)).text()
  expect(elected).toContain('Projet réduit à une étape.')
  const { rows } = await valmont.as('claire', ({ tx }) =>
    sql<{ details: object }>`select details from journal where action = 'line.pinned'`.execute(tx),
  )
  expect(rows).toMatchObject([{ details: { reason: 'Projet réduit à une étape.' } }])
  const line = path + href.slice(href.indexOf('/lines/'))
  const released = await claire.post(`${line}/release`)
  const after = await (await claire.get(released.headers.get('location') ?? '')).text()
  expect(after).not.toContain('Fixée à la main')
})

const wrongLines: [string, Record<string, string>, string][] = [
  ['no reason', { cash: '1000' }, 'Donnez le motif'],
  ['a reason of 501 signs', { cash: '1000', reason: 'x'.repeat(501) }, 'Donnez le motif'],
  ['nothing decided', { reason: 'Parce que.' }, 'Fixez au moins'],
  ['more than it asks', { cash: '7000', reason: 'Oui.' }, 'dépasse ce que l&#39;association'],
  ['cents', { cash: '1000,50', reason: 'Oui.' }, 'multiple de l&#39;unité'],
  ['what is no amount', { cash: 'mille', reason: 'Oui.' }, 'Écrivez un montant'],
]
test.each(wrongLines)(
  'a line decided with %s comes back with its reason',
  async (_, form, told) => {
    const { claire, href } = await openedLine(/Club de canoë/)
    const answer = await claire.post(`${href}/cost`, form)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain(told)
  },
)

test('hours are decided by hand too: none at all, or so many from one company', async () => {
  const { claire, href } = await openedLine(/Harmonie/)
  const form = await (await claire.get(href)).text()
  const need = /name="pool-([^"]+)"/.exec(form)?.[1] ?? ''
  const pool = /<option value="([0-9a-f-]{36})">Studio Sorel/.exec(form)?.[1] ?? ''
  const cost = async (more: Record<string, string>) =>
    (await claire.post(`${href}/cost`, { reason: 'Autre aide trouvée.', ...more })).text()
  expect(await cost({ [`pool-${need}`]: 'none' })).toMatch(/perd 20.h/)
  expect(await cost({ [`pool-${need}`]: pool, [`hours-${need}`]: '10' })).toMatch(/perd 10.h/)
  const odd = { [`pool-${need}`]: pool, [`hours-${need}`]: '7' }
  expect(await cost(odd)).toContain('blocs entiers')
})

test('when a company withdraws, the new scenario says who loses', async () => {
  const { claire, scenario } = await openedLine(/Harmonie/)
  const html = await (await claire.get(scenario)).text()
  const company = /<option value="([0-9a-f-]{36})">Studio Sorel/.exec(html)?.[1] ?? ''
  const form = { name: 'Sans Sorel', withdrawalCompany: company, withdrawalPercent: '100' }
  const from = scenario.split('/').at(-1) ?? ''
  const answer = await claire.post(allocation, { ...form, from })
  const page = await (await claire.get(answer.headers.get('location') ?? '')).text()
  expect(page).toMatch(/Ce qui change par rapport à «.Avant.»/)
  expect(page).toMatch(/Harmonie municipale.*<span class="loss">perd 20.h/)
  const compared = `${allocation}/compare?a=${from}&b=${answer.headers.get('location')?.split('/').at(-1)}`
  expect(await (await claire.get(compared)).text()).toMatch(/aucune → Studio Sorel.*100.%/)
})

const waited = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

test('in quality mode an agent waits, reads the gain, and only then keeps the scenario', async () => {
  const { claire, answer } = await compute({ name: 'Au mieux', quality: 'yes' })
  const path = answer.headers.get('location') ?? ''
  expect(path).toContain('/quality/')
  const waiting = await claire.get(path)
  expect(waiting.headers.get('refresh')).toBe('2')
  expect(await waiting.text()).toContain('Arrêter le calcul')
  expect((await (await valmont.browser('nadia')).get(path)).status).toBe(403)
  let page = ''
  for (let turn = 0; turn < 200 && !page.includes('Part de l&#39;idéal'); turn++) {
    await waited(200)
    page = await (await claire.get(path)).text()
  }
  expect(page).toContain('en mode qualité')
  const kept = await claire.post(`${path}/scenario`, { once: 'kept-once-only' })
  const scenario = await (await claire.get(kept.headers.get('location') ?? '')).text()
  expect(scenario).toContain('Au mieux')
  expect(scenario).toContain('Recompté, exact')
})

test('a computation in quality mode stops when told', async () => {
  const { claire, answer } = await compute({ name: 'Au mieux', quality: 'yes' })
  const path = answer.headers.get('location') ?? ''
  expect((await claire.post(`${path}/cancellation`)).status).toBe(303)
  expect((await claire.get(path)).status).toBe(404)
})

test('what a browser computes from is given to whom nothing is hidden from, and to nobody else', async () => {
  const { answer } = await compute({ name: 'Pour la salle' })
  await valmont.as('nadia', async (place) => {
    const given = (await criteriaOf(place.tx, campaign)).map(({ id }) => [id, 3])
    for (const { id } of await depositedApplications(place.tx, campaign))
      done(await giveMarks(place, id, { marks: Object.fromEntries(given), comment: '' }))
  })
  const path = answer.headers.get('location') ?? ''
  const html = async (person: 'claire' | 'nadia' | 'paul') =>
    (await (await valmont.browser(person)).get(path)).text()
  expect(await html('claire')).toContain('<metis-trial')
  expect(await html('nadia')).toContain('<metis-trial')
  expect(await html('paul')).not.toContain('<metis-trial')
})

test('the server says whether it found what the browser had found', async () => {
  const { claire, answer } = await compute({ name: 'Vu' })
  const path = answer.headers.get('location') ?? ''
  const sealed = await (await claire.get(path)).text()
  const [problem, result] = [...sealed.matchAll(/<code>([0-9a-f]{64})</g)].map(([, seal]) => seal)
  const told = async (seen: string) => (await claire.get(`${path}?seen=${seen}`)).text()
  expect(await told(`${problem}.${result}`)).toContain('Même empreinte')
  expect(await told(`${problem}.other`)).toContain('n&#39;est pas celle-ci')
  expect(await told('other.other')).toContain('ont changé')
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
