import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Campaign, proposedFigures } from '#campaigns'
import { addDays } from '#kit'
import { addMembership } from '#people'
import type { PersonKey } from '../../tests/cast.ts'
import { enter, handedOver, openApplications, prepared } from '../../tests/files.ts'
import { formsIn } from '../../tests/forms.ts'
import { codesOf, done } from '../../tests/season.ts'
import { type Browser, type World, world } from '../../tests/world.ts'
import {
  applicationById,
  depositedApplications,
  remindDrafts,
  startApplication,
  withdrawApplication,
} from './index.ts'

let valmont: World
let season: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  season = await openApplications(valmont)
  const { house, cast } = valmont
  for (const [key, organisation] of [
    ['ines', 'band'],
    ['tom', 'gardens'],
  ] as const)
    await addMembership(house.db, {
      personId: cast.people[key].id,
      organisationId: cast.organisations[organisation],
      role: 'association.member',
    })
})
afterAll(() => valmont.house.close())

async function start(person: PersonKey): Promise<{ browser: Browser; path: string }> {
  const { id } = done(await valmont.as(person, (place) => startApplication(place, season)))
  return { browser: await valmont.browser(person), path: `/valmont/applications/${id}` }
}

/** The form as it is shown now, with every hidden field, filled in further. */
async function formOf(browser: Browser, address: string): Promise<Record<string, string>> {
  const html = await (await browser.get(address)).text()
  const [form] = formsIn(html, address).filter(({ fields }) =>
    fields.some(([name]) => name === 'base'),
  )
  return Object.fromEntries(form?.fields ?? [])
}

/** As a form comes back from an answer to a POST. */
function formIn(html: string): Record<string, string> {
  return Object.fromEntries(formsIn(html, '').at(-1)?.fields ?? [])
}

describe('two people, one form, no script', () => {
  test('answers to different questions are both kept, whoever saves last (DN-5716, SGG-5961)', async () => {
    const { browser: luc, path } = await start('luc')
    const ines = await valmont.browser('ines')
    const address = `${path}/project`
    const [his, hers] = [await formOf(luc, address), await formOf(ines, address)]
    await luc.post(address, { ...his, projectTitle: 'École de musique' })
    expect((await ines.post(address, { ...hers, beneficiaries: 'Tous' })).status).toBe(303)
    const held = await formOf(luc, address)
    expect(held).toMatchObject({ projectTitle: 'École de musique', beneficiaries: 'Tous' })
  })

  test('the same answer twice: nothing is overwritten, both are shown, and both may be kept (HYP-4478)', async () => {
    const { browser: luc, path } = await start('luc')
    const ines = await valmont.browser('ines')
    const address = `${path}/project`
    const [his, hers] = [await formOf(luc, address), await formOf(ines, address)]
    await luc.post(address, { ...his, projectSummary: 'Des cours' })
    const sent = { ...hers, projectTitle: 'Le nom par Inès', projectSummary: 'Un orchestre' }
    const answer = await ines.post(address, sent)
    expect(answer.status).toBe(422)
    const page = await answer.text()
    for (const words of ['Des cours', 'Un orchestre', 'Luc Fabre']) expect(page).toContain(words)
    expect((await formOf(luc, address)).projectSummary).toBe('Des cours')
    const choice = { ...formIn(page), 'keep-projectSummary': 'both' }
    expect((await ines.post(address, choice)).status).toBe(303)
    expect(await formOf(luc, address)).toMatchObject({
      projectTitle: 'Le nom par Inès',
      projectSummary: 'Des cours\n\nUn orchestre',
    })
  })

  test('a third version written while one chooses is shown too', async () => {
    const { browser: luc, path } = await start('luc')
    const ines = await valmont.browser('ines')
    const address = `${path}/project`
    const hers = await formOf(ines, address)
    await luc.post(address, { ...(await formOf(luc, address)), beneficiaries: 'Deuxième' })
    const page = await (await ines.post(address, { ...hers, beneficiaries: 'À moi' })).text()
    await luc.post(address, { ...(await formOf(luc, address)), beneficiaries: 'Troisième' })
    const answer = await ines.post(address, { ...formIn(page), 'keep-beneficiaries': 'mine' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Troisième')
  })

  test('the version left aside can still be read, with who wrote it', async () => {
    const { browser: luc, path } = await start('luc')
    const ines = await valmont.browser('ines')
    const address = `${path}/money`
    const hers = await formOf(ines, address)
    await luc.post(address, { ...(await formOf(luc, address)), cashFallback: 'On paie' })
    const page = await (await ines.post(address, { ...hers, cashFallback: 'On attend' })).text()
    await ines.post(address, { ...formIn(page), 'keep-cashFallback': 'mine' })
    const home = await (await luc.get(path)).text()
    expect(home).toContain('On paie')
    expect(home).toContain('Écrit par Luc Fabre, laissé de côté par Inès Caron')
  })

  test('a need removed by one and changed by the other stays, as changed', async () => {
    const { browser: rose, path } = await start('rose')
    const tom = await valmont.browser('tom')
    const address = `${path}/needs`
    const first = await formOf(rose, address)
    await rose.post(address, { ...first, 'need1-family': 'COMMS', 'need1-deliverable': 'Affiche' })
    const [hers, his] = [await formOf(rose, address), await formOf(tom, address)]
    await tom.post(address, { ...his, 'need1-deliverable': 'Affiche et dépliant' })
    const blank = { 'need1-family': '', 'need1-hoursMin': '', 'need1-hoursMax': '' }
    await rose.post(address, { ...hers, ...blank, 'need1-deliverable': '' })
    const held = await formOf(rose, address)
    expect(held).toMatchObject({
      'need1-family': 'COMMS',
      'need1-deliverable': 'Affiche et dépliant',
    })
  })

  test('a form cannot take the need of another file by its number', async () => {
    const id = await prepared(valmont, 'marc', season)
    const theirs = await valmont.as('marc', ({ tx, territory }) =>
      applicationById(tx, territory.id, id),
    )
    const { browser, path } = await start('rose')
    const form = await formOf(browser, `${path}/needs`)
    const need = { 'need3-id': theirs?.needs[0]?.id ?? '', 'need3-deliverable': 'À nous' }
    expect((await browser.post(`${path}/needs`, { ...form, ...need })).status).toBe(303)
    const still = await valmont.as('marc', ({ tx, territory }) =>
      applicationById(tx, territory.id, id),
    )
    expect(still?.needs).toEqual(theirs?.needs)
  })
})

test('five pages of words in a field of one are refused whole, never cut (SGG-5492)', async () => {
  const { browser, path } = await start('eva')
  const address = `${path}/project`
  const form = { ...(await formOf(browser, address)), projectSummary: 'mot '.repeat(1500) }
  const answer = await browser.post(address, form)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('5000 au plus')
  const told = (await (await browser.post(`${address}/draft`, form)).json()) as { open: object }
  expect(Object.keys(told.open)).toEqual(['projectSummary'])
})

test('a form sent without a session comes back whole, and is kept once signed in again (HYP-1874, SGG-5480)', async () => {
  const { browser, path } = await start('karim')
  const address = `${path}/project`
  const form = { ...(await formOf(browser, address)), projectSummary: '<b>Deux soirs</b>' }
  const stranger = await valmont.browser()
  const answer = await stranger.post(address, form)
  expect(answer.status).toBe(401)
  const page = await answer.text()
  expect(page).toContain('&lt;b&gt;Deux soirs')
  expect((await stranger.post(`${address}/draft`, form)).status).toBe(303)
  expect((await browser.post(address, formIn(page))).status).toBe(303)
  expect((await formOf(browser, address)).projectSummary).toContain('Deux soirs')
})

test('a draft never sent is recalled once a step, in one mail a person (DN-2859, HYP-2982)', async () => {
  const { house } = valmont
  await start('rose')
  const mails = () =>
    house.db
      .selectFrom('outbox')
      .selectAll()
      .where('subject', '=', 'Votre demande n’est pas encore déposée')
      .execute()
  const closing = (daysBefore: number) =>
    new Date(`${addDays(season.applicationsCloseOn, -daysBefore)}T09:00:00Z`)
  expect(await remindDrafts(house, closing(20))).toBe(0)
  const drafts = await remindDrafts(house, closing(13))
  expect(drafts).toBeGreaterThan(0)
  expect(await remindDrafts(house, closing(12))).toBe(0)
  const first = await mails()
  expect(first.filter(({ recipient }) => recipient === 'rose@exemple.org')).toHaveLength(1)
  expect(first.map(({ recipient }) => recipient)).toContain('tom@exemple.org')
  expect(first[0]?.body).toContain('/valmont/applications/')
  await remindDrafts(house, closing(1))
  expect(await mails()).toHaveLength(first.length * 2)
  expect(await remindDrafts(house, closing(-1))).toBe(0)
})

test('a file withdrawn counts nowhere and stays to be read; the commune is told', async () => {
  const id = await handedOver(valmont, 'amina', season)
  const amina = await valmont.browser('amina')
  const path = `/valmont/applications/${id}`
  expect(await (await amina.get(path)).text()).toContain('Retirer notre demande')
  for (let time = 0; time < 2; time++)
    expect((await amina.post(`${path}/withdrawal`, { reason: 'Le projet s’arrête' })).status).toBe(
      303,
    )
  const left = await valmont.as('claire', ({ tx }) => depositedApplications(tx, season))
  expect(left.map((one) => one.id)).not.toContain(id)
  const claire = await valmont.browser('claire')
  expect(await (await claire.get(path)).text()).toContain('Demande retirée par l’association')
  expect(await (await claire.get('/valmont/2027/applications?state=withdrawn')).text()).toContain(
    'Banque alimentaire',
  )
  const mails = await valmont.house.db.selectFrom('outbox').select('subject').execute()
  expect(mails.filter(({ subject }) => /retirée$/.test(subject))).toHaveLength(1)
})

test('the receipt of a deposit is checked by its code, by anyone', async () => {
  const { house } = valmont
  const { verificationCode } = await house.db
    .selectFrom('documents')
    .select('verificationCode')
    .where('kind', '=', 'deposit')
    .executeTakeFirstOrThrow()
  const stranger = await valmont.browser()
  const page = await (await stranger.get(`/valmont/verify/${verificationCode}`)).text()
  expect(page).toContain('Ce document existe et n’a pas changé')
})

test('a second year starts from the first: each value says where it comes from, and only changes are asked (USERS 5.23)', async () => {
  const first = await handedOver(valmont, 'karim', season)
  const open = await openApplications(valmont, {
    ...proposedFigures(2028),
    title: 'Saison 2028',
  })
  const browser = await valmont.browser('karim')
  const start = await (await browser.get('/valmont/2028/applications')).text()
  expect(start).toContain('Repartir de notre demande 2027')
  await browser.post('/valmont/2028/applications', { from: 'earlier' })
  const path = (await browser.get('/valmont/2028/applications')).headers.get('location') ?? ''
  const project = await (await browser.get(`${path}/project`)).text()
  expect(project).toContain('Distribution du samedi')
  expect(project).toContain('Repris de votre demande déposée le')
  expect(await (await browser.get(path)).text()).toContain('Repris, à relire')
  const draft = await valmont.as('karim', ({ tx, territory }) =>
    applicationById(tx, territory.id, path.split('/').at(-1) ?? ''),
  )
  expect(draft).toMatchObject({ commitmentSignedAt: null, askedCents: 1_500_00n })
  expect(draft?.needs[0]).toMatchObject({ family: 'FINANCE', startsOn: open.startsOn })
  for (const section of ['project', 'money', 'needs'])
    await browser.post(`${path}/${section}`, await formOf(browser, `${path}/${section}`))
  const read = await (await browser.get(path)).text()
  expect(read).not.toContain('Repris, à relire')
  await browser.post(`${path}/commitment`)
  expect((await browser.post(`${path}/deposit`)).status).toBe(303)
  const old = await valmont.as('karim', ({ tx, territory }) =>
    applicationById(tx, territory.id, first),
  )
  expect(old?.deposit).toBeDefined()
})

test('once the council deliberates, nothing is withdrawn by a button any more', async () => {
  const id = await handedOver(valmont, 'marc', season)
  for (const state of ['reviewing', 'deliberating'] as const)
    season = await enter(valmont, season.id, state)
  const outcome = await valmont.as('marc', (place) =>
    withdrawApplication(place, id, { reason: '' }),
  )
  expect(codesOf(outcome)).toEqual(['applications:refused.tooLateToWithdraw'])
})
