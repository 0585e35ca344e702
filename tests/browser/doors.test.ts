import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emailOf } from '../cast.ts'
import {
  accessibilityFaults,
  chromiumPath,
  openSite,
  type Site,
  sticksOut,
  whyNoWalk,
} from './chromium.ts'

describe('the doors, in a browser', () => {
  let site: Site
  beforeAll(async () => {
    if (chromiumPath) site = await openSite()
  })
  afterAll(() => site?.close())

  for (const width of [360, 1280, 1920])
    test(`the landing page is accessible and fits ${width} pixels`, async ({ skip }) => {
      if (!chromiumPath) return skip(whyNoWalk)
      const page = await site.open(undefined, { width })
      await page.goto(site.url)
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await sticksOut(page)).toBe(false)
    })

  test('a link from the mailbox opens the right home in one click', async ({ skip }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open()
    await page.goto(`${site.url}/sign-in`)
    await page.getByLabel('Votre adresse').fill(emailOf('claire'))
    await page.getByRole('button', { name: 'Recevoir mon lien' }).click()
    await page.goto(`${site.url}/mailbox`)
    await page.locator('pre a').first().click()
    await page.waitForURL(/\/home$/)
  })
})
