import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '#kit'
import type { House } from '#web'
import { settle } from '../cast.ts'
import { enter, handedOver, openApplications } from '../files.ts'
import { actAs, type Players } from '../world.ts'
import {
  accessibilityFaults,
  chromiumPath,
  openSite,
  type Site,
  sticksOut,
  whyNoWalk,
} from './chromium.ts'

async function play(house: House): Promise<void> {
  const cast = await settle(house.db)
  const players: Players = { cast, as: (person, work) => actAs(house, cast, person, work) }
  const season = await openApplications(players)
  for (const person of ['amina', 'luc', 'eva'] as const) await handedOver(players, person, season)
  await enter(players, season.id, 'reviewing')
}

describe('the work table, in a browser', () => {
  let site: Site
  beforeAll(async () => {
    if (chromiumPath) site = await openSite({ play, today: day('2027-01-11') })
  })
  afterAll(() => site?.close())

  const table = () => `${site.url}/valmont/2027/review`
  const counter = (page: Page, name: string) =>
    page.getByRole('link', { name: new RegExp(`^${name} \\d`) }).textContent()

  for (const width of [360, 640, 1280])
    test(`table, file, grid, panel and outside opinions are accessible and fit ${width} pixels (200 % at 640)`, async ({
      skip,
    }) => {
      if (!chromiumPath) return skip(whyNoWalk)
      const page = await site.open('claire', { width })
      await page.goto(table())
      const file = (await page.locator('tbody th a').first().getAttribute('href')) ?? ''
      const asking = site.url + file.replace(/review$/, 'outside-opinions')
      const pages = [table(), site.url + file, `${table()}/grid`, `${table()}/panel`, asking]
      for (const address of pages) {
        await page.goto(address)
        for (const details of await page.locator('summary').all()) await details.click()
        expect(await accessibilityFaults(page)).toEqual([])
        expect(await sticksOut(page)).toBe(false)
      }
      await page.context().close()
    })

  test('with the keyboard alone: go down the rows, tick, declare complete, take it back', async ({
    skip,
  }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open('claire')
    await page.goto(table())
    const boxes = page.locator('tbody input[type=checkbox]')
    await boxes.first().focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    expect(await page.getByText('2 dossiers cochés').isVisible()).toBe(true)
    await page.keyboard.press('End')
    expect(await boxes.nth(2).evaluate((box) => box === document.activeElement)).toBe(true)
    await page.getByRole('button', { name: 'Déclarer complets' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('2 dossiers déclarés complets').waitFor()
    expect(await counter(page, 'Complets')).toContain('2')
    await page.getByRole('button', { name: 'Annuler' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('2 dossiers déclarés complets').waitFor({ state: 'detached' })
    expect(await counter(page, 'Complets')).toContain('0')
    await page.context().close()
  })

  test('without JavaScript: choose columns, hand files over, ask for pieces in one list', async ({
    skip,
  }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open('claire', { javaScript: false })
    await page.goto(table())
    await page.getByText('Choisir les colonnes').click()
    await page.getByRole('checkbox', { name: 'Suivi par' }).check()
    await page.getByRole('button', { name: 'Garder ces colonnes' }).click()
    await page.getByRole('checkbox', { name: /Choisir Harmonie/ }).check()
    const many = page.getByRole('group', { name: 'Pour les dossiers cochés' })
    await many.getByLabel('Suivi par').selectOption({ label: 'Claire Morel' })
    await many.getByRole('button', { name: 'Confier' }).click()
    expect(await page.getByRole('row', { name: /Harmonie/ }).textContent()).toContain(
      'Claire Morel',
    )
    await page.getByRole('checkbox', { name: /Choisir Harmonie/ }).check()
    await many.getByText('Demander des pièces').click()
    await many.getByLabel('Tout ce qui manque').fill('Les comptes de 2026')
    await many.getByRole('button', { name: 'Demander ces pièces' }).click()
    const row = await page.getByRole('row', { name: /Harmonie/ }).textContent()
    expect(row).toContain('Pièces demandées')
    expect(row).toContain('Arrêté')
    await page.context().close()
  })

  test('without JavaScript or account, on a phone: an outside opinion is given, refused in words, then changed', async ({
    skip,
  }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const agent = await site.open('claire', { javaScript: false })
    await agent.goto(table())
    await agent.locator('tbody th a').first().click()
    await agent.getByLabel('Une note pour les autres instructeurs').fill('À finir plus tard')
    await agent.getByRole('button', { name: 'Demander un avis extérieur' }).click()
    await agent.getByLabel('Nom de la personne').fill('Odile Renard')
    await agent.getByLabel('Son adresse de courriel').fill('odile@departement.example')
    await agent.getByLabel('À quel titre').fill('Département')
    await agent.getByLabel('Votre question').fill('Ce projet vous est-il utile ?')
    await agent.getByRole('button', { name: 'Envoyer la demande d’avis' }).click()
    await agent.getByText('Réponse attendue').waitFor()
    const { body } = await site.house.db
      .selectFrom('outbox')
      .select('body')
      .where('recipient', '=', 'odile@departement.example')
      .executeTakeFirstOrThrow()
    const page = await site.open(undefined, { javaScript: false, width: 360 })
    await page.goto(/https?:\S+\/opinions\/\S+/.exec(body)?.[0] ?? '')
    await page.getByLabel('Pourquoi').fill('Oui, pour nos équipes.')
    await page.getByRole('button', { name: 'Envoyer mon avis' }).click()
    await page.getByRole('link', { name: /Choisissez un avis/ }).click()
    expect(await page.getByLabel('Pourquoi').inputValue()).toBe('Oui, pour nos équipes.')
    await page.getByLabel('Avis', { exact: true }).selectOption({ label: 'Favorable' })
    await page.getByRole('button', { name: 'Envoyer mon avis' }).click()
    await page.getByText('Votre avis est enregistré').waitFor()
    expect(await page.getByRole('button', { name: 'Changer mon avis' }).isVisible()).toBe(true)
    expect(await sticksOut(page)).toBe(false)
    await page.context().close()
    await agent.getByRole('link', { name: /Distribution du samedi/ }).click()
    expect(await agent.getByText('Oui, pour nos équipes.').isVisible()).toBe(true)
    const note = agent.getByLabel('Une note pour les autres instructeurs')
    expect(await note.inputValue()).toBe('À finir plus tard')
    await agent.context().close()
  })

  test('the Enter key in a field of the file keeps what is typed, and decides nothing (SGG-5492)', async ({
    skip,
  }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open('claire')
    await page.goto(`${table()}?show=unchecked`)
    await page.locator('tbody th a').first().click()
    await page.getByText('Il manque quelque chose').click()
    await page.getByLabel('Tout ce qui manque').fill('Le budget')
    await page.getByLabel('À répondre au plus tard le').press('Enter')
    await page.getByText('ne sont pas encore données').waitFor()
    expect(await page.getByLabel('Tout ce qui manque').inputValue()).toBe('Le budget')
    expect(await page.getByText('À vérifier').first().isVisible()).toBe(true)
    await page.context().close()
  })
})
