import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startApplication } from '#applications'
import type { Campaign } from '#campaigns'
import { day } from '#kit'
import { addMembership } from '#people'
import type { House } from '#web'
import { type PersonKey, settle } from '../cast.ts'
import { openApplications } from '../files.ts'
import { done } from '../season.ts'
import { actAs, type Players } from '../world.ts'
import {
  accessibilityFaults,
  chromiumPath,
  openSite,
  type Site,
  sticksOut,
  whyNoWalk,
} from './chromium.ts'
import { wordsOf } from './steps.ts'

/** More than any save of one form takes on a busy machine. */
const PATIENCE_MILLISECONDS = 15_000

describe('the draft of an application, in a browser', () => {
  let site: Site
  let world: Players
  let season: Campaign
  async function play(house: House): Promise<void> {
    const cast = await settle(house.db)
    world = { cast, as: (person, work) => actAs(house, cast, person, work) }
    season = await openApplications(world)
    const organisationId = cast.organisations.band
    const role = 'association.member' as const
    await addMembership(house.db, { organisationId, role, personId: cast.people.ines.id })
  }
  beforeAll(async () => {
    if (chromiumPath) site = await openSite({ play, today: day('2027-01-11') })
  })
  beforeEach(({ skip }) => {
    if (!chromiumPath) skip(whyNoWalk)
  })
  afterAll(() => site?.close())

  const files = new Map<PersonKey, string>()
  /** This person's form, in a window of their own. */
  async function form(
    person: PersonKey,
    section = 'project',
    { of = person, javaScript = true }: { of?: PersonKey; javaScript?: boolean } = {},
  ): Promise<Page> {
    const known = files.get(of)
    const id = known ?? done(await world.as(of, (place) => startApplication(place, season))).id
    files.set(of, id)
    const page = await site.open(person, { javaScript })
    page.setDefaultTimeout(PATIENCE_MILLISECONDS)
    await page.goto(`${site.url}/valmont/applications/${id}/${section}`)
    return page
  }

  const status = (page: Page) => page.locator('[data-status], [data-detail]')
  const name = (page: Page) => page.getByLabel('Nom du projet')
  const summary = (page: Page) => page.getByLabel('Ce que vous allez faire')
  const kept = (page: Page) => told(page, /^Enregistré à \d+ h \d\d sur le serveur/)

  async function told(page: Page, words: RegExp): Promise<void> {
    await expect
      .poll(() => wordsOf(status(page)), { timeout: PATIENCE_MILLISECONDS })
      .toMatch(words)
  }

  /** What the server holds, asked in a window without a script. */
  async function onServer(person: PersonKey, section = 'project'): Promise<Page> {
    return form(person, section, { javaScript: false })
  }

  test('what is typed is saved without a button, at an hour that the server says (SGG-5492)', async () => {
    const page = await form('rose')
    await name(page).fill('Compost pour tous')
    await kept(page)
    expect(await name(await onServer('rose')).inputValue()).toBe('Compost pour tous')
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('a wrong amount holds nothing back: the rest is saved, and the status says what is not (DN-6356, HYP-3554)', async () => {
    const page = await form('rose', 'money')
    await page.getByLabel('Total des charges du projet').fill('3 000')
    await page.getByLabel('Montant demandé à la commune').fill('mille')
    await told(
      page,
      /sauf une réponse : elle est sur cet appareil seulement.* « Montant demandé à la commune » : Écrivez un montant/,
    )
    const held = await onServer('rose', 'money')
    expect(await held.getByLabel('Total des charges du projet').inputValue()).toBe('3000')
    expect(await held.getByLabel('Montant demandé à la commune').inputValue()).toBe('')
  })

  test('the session ends while one writes: the words stay, and are saved after signing in elsewhere (HYP-1874, SGG-5480)', async () => {
    const page = await form('karim')
    const cookies = await page.context().cookies()
    await page.context().clearCookies()
    await summary(page).fill('Deux soirs par semaine')
    await told(page, /^Sur cet appareil seulement\..* Votre session a pris fin/)
    const way = page.getByRole('link', { name: 'Se reconnecter' })
    expect(await way.getAttribute('target')).toBe('_blank')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.context().addCookies(cookies)
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await kept(page)
    expect(await summary(await onServer('karim')).inputValue()).toBe('Deux soirs par semaine')
  })

  test('the network goes: nothing is green, the button loses nothing, and all is saved when it is back (SGG-5492)', async () => {
    const page = await form('eva')
    await page.context().setOffline(true)
    await name(page).fill('Le canoë pour tous')
    await told(page, /^Sur cet appareil seulement\. Le réseau ne répond pas/)
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
    await told(page, /Le réseau ne répond pas/)
    expect(await name(page).inputValue()).toBe('Le canoë pour tous')
    await page.context().setOffline(false)
    await kept(page)
  })

  test('the server fails: the status says so, and the page tries again by itself', async () => {
    const page = await form('eva')
    await page.route('**/draft', (route) => route.fulfill({ status: 500, body: 'broken' }))
    await summary(page).fill('Des séances le mercredi')
    await told(page, /^Sur cet appareil seulement\. Le serveur a eu un problème/)
    await page.unroute('**/draft')
    await kept(page)
  })

  test('a window closed too early: what was written on the device is offered at the return (DN-2859)', async () => {
    const page = await form('marc')
    await page.context().setOffline(true)
    await name(page).fill('Théâtre au jardin')
    await told(page, /^Sur cet appareil seulement/)
    await page.close({ runBeforeUnload: false })
    await page.context().setOffline(false)
    const later = await page.context().newPage()
    await later.goto(`${site.url}/valmont/applications/${files.get('marc')}`)
    expect(await wordsOf(later.locator('metis-unsent'))).toContain('Le projet')
    expect(await accessibilityFaults(later)).toEqual([])
    await later.goto(`${site.url}/valmont/applications/${files.get('marc')}/project`)
    expect(await name(later).inputValue()).toBe('')
    const offer = later
      .locator('section')
      .filter({ hasText: 'Vous aviez écrit ceci sur cet appareil' })
    expect(await wordsOf(offer)).toContain('Théâtre au jardin')
    expect(await accessibilityFaults(later)).toEqual([])
    await later.getByRole('button', { name: 'Reprendre ce que j’avais écrit' }).click()
    await kept(later)
    expect(await name(await onServer('marc')).inputValue()).toBe('Théâtre au jardin')
    await later.reload()
    expect(await offer.count()).toBe(0)
  })

  test('another person on the same device is offered nothing of it', async () => {
    const luc = await form('luc')
    await luc.route('**/draft', (route) => route.abort())
    await name(luc).fill('Brouillon de Luc')
    await told(luc, /^Sur cet appareil seulement/)
    const { origins } = await luc.context().storageState()
    const ines = await form('ines', 'project', { of: 'luc' })
    await ines.evaluate(
      (pairs) => {
        for (const { name: key, value } of pairs) localStorage.setItem(key, value)
      },
      origins.flatMap(({ localStorage }) => localStorage),
    )
    await ines.reload()
    expect(await ines.getByText('Vous aviez écrit ceci').count()).toBe(0)
  })

  test('two people fill in one form at once: each one’s answers are kept, and seen by the other (DN-5716, SGG-5961)', async () => {
    const luc = await form('luc')
    const ines = await form('ines', 'project', { of: 'luc' })
    await name(luc).fill('Une école de musique')
    await kept(luc)
    await summary(ines).fill('Des cours du soir')
    await told(ines, /Enregistré .* « Nom du projet » : Luc Fabre l’a changé à/)
    expect(await name(ines).inputValue()).toBe('Une école de musique')
    const held = await onServer('luc')
    expect(await name(held).inputValue()).toBe('Une école de musique')
    expect(await summary(held).inputValue()).toBe('Des cours du soir')
  })

  test('two people write the same answer: both versions side by side, one is chosen, the other stays to be read (HYP-4478)', async () => {
    const luc = await form('luc')
    const ines = await form('ines', 'project', { of: 'luc' })
    await name(luc).fill('Musique ouverte')
    await kept(luc)
    await name(ines).fill('Musique pour tous')
    await told(ines, /sauf une réponse.* « Nom du projet » a aussi été changé par Luc Fabre/)
    await ines.getByRole('button', { name: 'Comparer les deux versions' }).click()
    const both = ines.getByRole('group', { name: 'Nom du projet' })
    await both.waitFor()
    expect(await wordsOf(both)).toMatch(/Musique pour tous.*Luc Fabre.*Musique ouverte/)
    expect(await accessibilityFaults(ines)).toEqual([])
    await ines.setViewportSize({ width: 360, height: 800 })
    expect(await sticksOut(ines)).toBe(false)
    await ines.getByLabel('Garder ma version').check()
    await ines.getByRole('button', { name: 'Enregistrer ce choix' }).click()
    await ines.waitForURL(/#project$/)
    await ines.getByText('Versions laissées de côté').click()
    expect(await wordsOf(ines.locator('main'))).toContain('Musique ouverte')
    expect(await name(await onServer('luc')).inputValue()).toBe('Musique pour tous')
  })

  test('two people add each a need: both are there, none is mixed with the other', async () => {
    const luc = await form('luc', 'needs')
    const ines = await form('ines', 'needs', { of: 'luc' })
    await luc.locator('[name="need1-deliverable"]').fill('Un site')
    await kept(luc)
    await ines.locator('[name="need1-deliverable"]').fill('Une affiche')
    await told(ines, /Un besoin a été ajouté par quelqu’un d’autre/)
    const held = await onServer('luc', 'needs')
    const written = await held
      .locator('textarea')
      .evaluateAll((areas) =>
        areas.map((area) => (area as HTMLTextAreaElement).value).filter(Boolean),
      )
    expect(written.sort()).toEqual(['Un site', 'Une affiche'])
  })

  test('without a script, a form sent after the session ended is shown again, whole (HYP-1874)', async () => {
    const page = await form('amina', 'project', { javaScript: false })
    const cookies = await page.context().cookies()
    await page.context().clearCookies()
    await name(page).fill('Distribution')
    await summary(page).fill('Chaque samedi,\nau marché')
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
    expect(await wordsOf(page.locator('main'))).toContain('Chaque samedi, au marché')
    await page.context().addCookies(cookies)
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
    await page.waitForURL(/#project$/)
    expect(await summary(await onServer('amina')).inputValue()).toBe('Chaque samedi,\nau marché')
  })

  test('a form takes less than 30 kB of script, compressed', async () => {
    const page = await form('amina')
    const sources = await page
      .locator('script[src]')
      .evaluateAll((all) => all.map((one) => (one as HTMLScriptElement).src))
    let bytes = 0
    for (const source of sources) bytes += gzipSync(await (await fetch(source)).text()).length
    process.stdout.write(`script on an applicant’s page: ${bytes} bytes compressed\n`)
    expect(bytes).toBeLessThan(30_000)
  })
})
