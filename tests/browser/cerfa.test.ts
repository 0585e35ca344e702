import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startApplication } from '#applications'
import { day } from '#kit'
import type { House } from '#web'
import { settle } from '../cast.ts'
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

const PATIENCE_MILLISECONDS = 15_000
const parts = [
  'identity',
  'contacts',
  'relations',
  'means',
  'budget',
  'request',
  'details',
  'resources',
  'project-budget',
  'attestations',
  'import',
]

describe('form 12156 in a browser', () => {
  let site: Site
  let path: string
  async function play(house: House): Promise<void> {
    const cast = await settle(house.db)
    const world: Players = { cast, as: (person, work) => actAs(house, cast, person, work) }
    const season = await openApplications(world)
    const { id } = done(await world.as('rose', (place) => startApplication(place, season)))
    path = `/valmont/applications/${id}`
  }
  beforeAll(async () => {
    // Nobody listens there: the pages are those of a day without registers.
    const registries = { companies: 'http://127.0.0.1:9', associations: 'http://127.0.0.1:9' }
    if (chromiumPath)
      site = await openSite({ play, today: day('2027-01-11'), settings: { registries } })
  })
  beforeEach(({ skip }) => {
    if (!chromiumPath) skip(whyNoWalk)
  })
  afterAll(() => site?.close())

  for (const width of [320, 1280])
    test(`every part is accessible and fits ${width} pixels`, async () => {
      const page = await site.open('rose', { width })
      for (const part of parts) {
        await page.goto(`${site.url}${path}/${part}`)
        const faults = await accessibilityFaults(page)
        const seen = { part, faults, sticksOut: await sticksOut(page) }
        expect(seen).toEqual({ part, faults: [], sticksOut: false })
      }
    })

  async function type(page: Page, label: string, amount: string): Promise<void> {
    await page.getByLabel(label).first().fill(amount)
  }

  test('sums follow the fingers, and what is typed is saved, under our own content policy', async () => {
    const page = await site.open('rose', { isGuarded: true })
    page.setDefaultTimeout(PATIENCE_MILLISECONDS)
    await page.goto(`${site.url}${path}/project-budget`)
    await type(page, 'Prestations de services', '1 200,50')
    await type(page, 'Locations', '99.5')
    await type(page, 'Communes, dont la subvention', '900')
    expect(await wordsOf(page.locator('[data-sum="charges-total"]'))).toBe('1 300 €')
    expect(await wordsOf(page.locator('#totals'))).toContain('Il manque 400 € aux produits')
    await page.locator('.draft-status[data-kind="saved"]').waitFor()
    await page.reload()
    expect(await page.getByLabel('Prestations de services').inputValue()).toBe('1200,50')
  })

  test('without a script the same sums are there once saved', async () => {
    const page = await site.open('rose', { javaScript: false })
    await page.goto(`${site.url}${path}/budget`)
    await type(page, 'Assurance', '250')
    await type(page, 'Cotisations', '250')
    await page.getByRole('button', { name: 'Enregistrer' }).click()
    await page.waitForURL('**/budget#totals', { waitUntil: 'load' })
    expect(await wordsOf(page.locator('#totals'))).toContain('Charges et produits sont égaux.')
    expect(await wordsOf(page.locator('[data-sum="account-61"]'))).toBe('250 €')
  })

  test('the registers are out: the page says so, and one goes on by keyboard', async () => {
    const page = await site.open('rose')
    await page.goto(`${site.url}${path}/identity`)
    await page.getByLabel('SIRET ou RNA à chercher').fill('W760000005')
    await page.keyboard.press('Enter')
    await page.waitForURL(/identity#registry/)
    expect(await wordsOf(page.locator('#registry'))).toContain('Nous redemandons sans vous')
    await page.getByLabel('Sigle').fill('JPV')
    await page.keyboard.press('Enter')
    await page.waitForURL(/#identity$/)
  })
})
