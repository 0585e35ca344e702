import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Campaign, proposedFigures } from '#campaigns'
import { addMembership } from '#people'
import type { PersonKey } from '../../../tests/cast.ts'
import { handedOver, openApplications, prepared } from '../../../tests/files.ts'
import { formsIn } from '../../../tests/forms.ts'
import { codesOf, done } from '../../../tests/season.ts'
import { type Browser, type World, world } from '../../../tests/world.ts'
import { applicationById, depositApplication, startApplication } from '../index.ts'
import { cerfaSections } from './fields.ts'
import { wholeFile } from './load.ts'

let valmont: World
let season: Campaign
beforeAll(async () => {
  valmont = await world(() => new Date('2027-01-10T09:00:00Z'))
  season = await openApplications(valmont)
  await addMembership(valmont.house.db, {
    personId: valmont.cast.people.ines.id,
    organisationId: valmont.cast.organisations.band,
    role: 'association.member',
  })
})
afterAll(() => valmont.house.close())

async function start(person: PersonKey): Promise<{ browser: Browser; path: string; id: string }> {
  const { id } = done(await valmont.as(person, (place) => startApplication(place, season)))
  return { browser: await valmont.browser(person), path: `/valmont/applications/${id}`, id }
}

async function pageOf(browser: Browser, address: string): Promise<string> {
  return (await browser.get(address)).text()
}

/** The form as it is shown now, with every hidden field. */
async function formOf(browser: Browser, address: string): Promise<Record<string, string>> {
  const [form] = formsIn(await pageOf(browser, address), address).filter(({ fields }) =>
    fields.some(([name]) => name === 'base'),
  )
  return Object.fromEntries(form?.fields ?? [])
}

async function fill(browser: Browser, address: string, answers: Record<string, string>) {
  return browser.post(address, { ...(await formOf(browser, address)), ...answers })
}

function fileOf(person: PersonKey, id: string) {
  return valmont.as(person, async ({ tx, territory }) => {
    const application = await applicationById(tx, territory.id, id)
    if (!application) throw new Error('no such file')
    return wholeFile(tx, application)
  })
}

describe('every part of form 12156, blank or hardly begun', () => {
  test.each(cerfaSections)('%s is shown, and saved with nothing in it', async (section) => {
    const { browser, path } = await start('eva')
    const address = `${path}/${section}`
    const page = await browser.get(address)
    expect(page.status).toBe(200)
    expect(await page.text()).not.toMatch(/cerfa:|applications:/)
    expect((await fill(browser, address, {})).status).toBe(303)
  })

  test.each(cerfaSections)('%s speaks English too', async (section) => {
    const { browser, path } = await start('eva')
    const page = await pageOf(browser, `${path}/${section}?lang=en`)
    expect(page).not.toMatch(/cerfa:|applications:/)
    await browser.get(`${path}/${section}?lang=fr`)
  })
})

describe('a budget, as the treasurer types it', () => {
  test('sums are made when it is saved, without a script', async () => {
    const { browser, path, id } = await start('luc')
    const address = `${path}/project-budget`
    const lines = { project604: '1 200,50', project613: '300', project74Communes: '1500.5 €' }
    const answer = await fill(browser, address, lines)
    expect(answer.headers.get('location')).toBe(`${address}#totals`)
    const page = await pageOf(browser, address)
    expect(page.replace(/\s/g, ' ')).toContain('1 500,50 €')
    expect(page).toContain('Charges et produits sont égaux.')
    expect(page).toContain('value="1200,50"')
    expect(await fileOf('luc', id)).toMatchObject({
      budgetChargesCents: 1_500_50n,
      budgetProductsCents: 1_500_50n,
    })
  })

  test('the page of the euros then shows these totals instead of asking for them', async () => {
    const { browser, path, id } = await start('luc')
    const page = await pageOf(browser, `${path}/money`)
    expect(page).not.toContain('name="budgetChargesCents"')
    // A window that was opened before the lines were typed still has the old fields.
    await browser.post(`${path}/money`, { askedCents: '900', budgetChargesCents: '7' })
    const kept = { askedCents: 900_00n, budgetChargesCents: 1_500_50n }
    expect(await fileOf('luc', id)).toMatchObject(kept)
    expect(await pageOf(browser, `${path}/project-budget`)).toContain('59,9')
  })

  test('the last line taken back takes the totals with it', async () => {
    const { browser, path, id } = await start('luc')
    const blank = { project604: '', project613: '', project74Communes: '' }
    await fill(browser, `${path}/project-budget`, blank)
    const file = await fileOf('luc', id)
    expect(file).toMatchObject({ budgetChargesCents: null, budgetProductsCents: null })
  })

  test('a figure that cannot be read comes back as typed, beside its reason; saving by itself keeps the rest (DN-6356)', async () => {
    const { browser, path } = await start('rose')
    const address = `${path}/budget`
    const lines = { association602: 'deux mille', association756: '80' }
    const answer = await fill(browser, address, lines)
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('value="deux mille"')
    expect(page).toContain('id="association602-reason"')
    const draft = await browser.post(`${address}/draft`, {
      ...(await formOf(browser, address)),
      ...lines,
    })
    const told = (await draft.json()) as { open: object; saved: string }
    expect(Object.keys(told.open)).toEqual(['association602'])
    expect((await formOf(browser, address)).association756).toBe('80')
  })

  test('columns that differ are refused at the deposit, each with the way to its line', async () => {
    const id = await prepared(valmont, 'karim', season)
    const browser = await valmont.browser('karim')
    const path = `/valmont/applications/${id}`
    await fill(browser, `${path}/project-budget`, { project604: '900', project864: '50' })
    await fill(browser, `${path}/budget`, { association64: '', association641: '10' })
    const answer = await browser.post(`${path}/deposit`)
    expect(answer.status).toBe(422)
    const page = await answer.text()
    for (const words of [
      'Budget du projet : les charges et les produits doivent être égaux.',
      'Budget du projet : les comptes 86 et 87 doivent être égaux.',
      'Budget de l’association : les charges et les produits doivent être égaux.',
    ])
      expect(page.replace(/\s/g, ' ')).toContain(words)
    expect(page).toContain(`href="${path}/project-budget#totals"`)
    expect(page).not.toContain('Les charges et les produits du budget doivent être égaux.')
    await fill(browser, `${path}/project-budget`, { project74Communes: '900', project875: '50' })
    await fill(browser, `${path}/budget`, { association756: '10' })
    expect((await browser.post(`${path}/deposit`)).status).toBe(303)
  })
})

describe('two people on one part of the form', () => {
  test('answers to different questions are both kept (DN-5716, SGG-5961)', async () => {
    const { browser: luc, path } = await start('luc')
    const ines = await valmont.browser('ines')
    const address = `${path}/means`
    const [his, hers] = [await formOf(luc, address), await formOf(ines, address)]
    await luc.post(address, { ...his, volunteers: '40' })
    expect((await ines.post(address, { ...hers, staffFullTime: '2,5' })).status).toBe(303)
    const held = await formOf(luc, address)
    expect(held).toMatchObject({ volunteers: '40', staffFullTime: '2,50' })
  })

  test('the same answer twice is shown twice, in the words of the form (HYP-4478)', async () => {
    const { browser: luc, path } = await start('luc')
    const ines = await valmont.browser('ines')
    const address = `${path}/request`
    const [his, hers] = [await formOf(luc, address), await formOf(ines, address)]
    await luc.post(address, { ...his, frequency: 'first' })
    const answer = await ines.post(address, { ...hers, frequency: 'renewal' })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('Première demande')
    expect(page).toContain('Renouvellement ou suite')
    expect((await formOf(luc, address)).frequency).toBe('first')
  })
})

describe('what is known already', () => {
  test('the card of the association fills its page in, and says that it does', async () => {
    const { browser, path, id } = await start('amina')
    const page = await pageOf(browser, `${path}/identity`)
    expect(page).toContain('value="W760000001"')
    expect(page).toContain('Fiche de l’association dans METIS')
    await fill(browser, `${path}/identity`, {})
    expect((await fileOf('amina', id)).cerfa.form.identity).toEqual({})
  })

  test('a correction counts, and what the card said stays to be read beside it', async () => {
    const { browser, path } = await start('amina')
    await fill(browser, `${path}/identity`, { legalName: 'Banque alimentaire du Val' })
    const page = await pageOf(browser, `${path}/identity`)
    expect(page).toContain('value="Banque alimentaire du Val"')
    expect(page).toContain('« Banque alimentaire de Valmont »'.replace(/ (?=»)|(?<=«) /g, '\u00a0'))
  })

  test('an association known by its RNA alone, given in the file, can hand it over (DN-2251)', async () => {
    const { db } = valmont.house
    const organisationId = valmont.cast.organisations.theatre
    await db
      .updateTable('organisations')
      .set({ rna: null })
      .where('id', '=', organisationId)
      .execute()
    const id = await prepared(valmont, 'marc', season)
    const deposit = () => valmont.as('marc', (place) => depositApplication(place, id))
    expect(codesOf(await deposit())).toEqual(['applications:refused.noIdentifier'])
    const marc = await valmont.browser('marc')
    const address = `/valmont/applications/${id}/identity`
    expect((await fill(marc, address, { rna: 'w760000006' })).status).toBe(303)
    expect(done(await deposit())).toEqual({ id })
    const receipt = await db
      .selectFrom('documents')
      .select('content')
      .where('subjectId', '=', id)
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(receipt.content)).toContain('RNA W760000006')
  })
})

test('the commune reads the form once it is handed over; elected members, no telephone and no mailbox', async () => {
  const { browser, path, id } = await start('eva')
  await fill(browser, `${path}/contacts`, {
    representativeLastName: 'Martin',
    representativeEmail: 'eva.martin@exemple.org',
  })
  await fill(browser, `${path}/details`, { objectives: 'Que chacun sache nager' })
  const claire = await valmont.browser('claire')
  expect((await claire.get(path)).status).toBe(404)
  await handedOver(valmont, 'eva', season)
  const page = await pageOf(claire, path)
  for (const words of ['Que chacun sache nager', 'eva.martin@exemple.org'])
    expect(page).toContain(words)
  const paul = await valmont.browser('paul')
  const read = await pageOf(paul, `${path}/review`)
  expect(read).toContain('Que chacun sache nager')
  expect(read).not.toContain('eva.martin@exemple.org')
  // Handed over, it is written out: what a register says later changes nothing.
  expect((await fileOf('eva', id)).cerfa.form.identity).toMatchObject({ rna: 'W760000003' })
  expect((await browser.post(`${path}/details`, { objectives: 'Autre' })).status).toBe(422)
  expect(await pageOf(claire, path)).toContain('Que chacun sache nager')
})

test('next year’s file begins with this one’s form, without its dates and its declarations', async () => {
  const { browser, path } = await start('rose')
  await fill(browser, `${path}/means`, { volunteers: '12' })
  await fill(browser, `${path}/attestations`, { publicAid: 'upTo' })
  await fill(browser, `${path}/budget`, {
    budgetFrom: '2027-01-01',
    association602: '80',
    association756: '80',
  })
  await handedOver(valmont, 'rose', season)
  await openApplications(valmont, { ...proposedFigures(2028), title: 'Saison 2028' })
  await browser.post('/valmont/2028/applications', { from: 'earlier' })
  const next = (await browser.get('/valmont/2028/applications')).headers.get('location') ?? ''
  const { cerfa } = await fileOf('rose', next.split('/').at(-1) ?? '')
  expect(cerfa.form).toEqual({
    means: { volunteers: 12 },
    budget: { association602: 80_00, association756: 80_00 },
  })
  expect(await pageOf(browser, `${next}/means`)).toContain('Repris de votre demande déposée le')
  expect(await pageOf(browser, next)).toContain('Repris, à relire')
})
