import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emailOf, organisations } from '../cast.ts'
import { freePort } from '../free-port.ts'
import { type OpenProvider, openProvider } from '../openid/provider.ts'
import { accessibilityFaults, chromiumPath, openSite, type Site, whyNoWalk } from './chromium.ts'

describe('ProConnect, in a browser that keeps our content security policy', () => {
  let site: Site
  let provider: OpenProvider
  beforeAll(async () => {
    if (!chromiumPath) return
    const port = await freePort()
    const siret = organisations.valmont.siret
    provider = await openProvider({
      url: `http://localhost:${port}`,
      accounts: { Paul: { email: emailOf('paul'), siret, idp_id: 'idp' } },
      isStrict: true,
    })
    site = await openSite({ port, settings: { provider: provider.config } })
  })
  afterAll(async () => {
    await site?.close()
    await provider?.close()
  })

  for (const javaScript of [true, false])
    test(`there, back, and out again ${javaScript ? 'with' : 'without'} scripts`, async ({
      skip,
    }) => {
      if (!chromiumPath) return skip(whyNoWalk)
      const page = await site.open(undefined, { javaScript, isGuarded: true })
      await page.goto(`${site.url}/sign-in?to=/valmont/home`)
      await page.getByRole('button', { name: 'Se connecter avec ProConnect' }).click()
      await page.getByRole('link', { name: 'Paul' }).click()
      if (!javaScript) await page.getByRole('button', { name: 'Entrer dans METIS' }).click()
      // The first of the two visits is confirmed by mail, in the same browser.
      await page.waitForURL(/\/home$|\/answer$/)
      if (!page.url().endsWith('/home')) {
        const { body } = await site.house.db
          .selectFrom('outbox')
          .select('body')
          .orderBy('writtenAt', 'desc')
          .executeTakeFirstOrThrow()
        await page.goto(/http\S+/.exec(body)?.[0] ?? '')
        await page.getByRole('button', { name: 'Rattacher et entrer' }).click()
        await page.waitForURL(/\/valmont\/home$/)
      }
      await page.getByRole('button', { name: 'Se déconnecter' }).click()
      await page.getByRole('button', { name: 'Sortir' }).click()
      await page.waitForURL((url) => url.href.startsWith(`${site.url}/`))
      await page.goto(`${site.url}/account`)
      expect(page.url()).toContain('/sign-in')
    })

  test('the three doors are readable on a telephone', async ({ skip }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open(undefined, { width: 360 })
    await page.goto(`${site.url}/sign-in`)
    expect(await accessibilityFaults(page)).toEqual([])
    const folder = process.env.METIS_SHOTS
    if (folder) await page.screenshot({ path: `${folder}/sign-in-360.png`, fullPage: true })
    for (const [person, path, name] of [
      ['claire', '/account', 'account'],
      ['claire', '/account/colleagues', 'colleagues'],
    ] as const) {
      const other = await site.open(person, { width: 640 })
      await other.goto(`${site.url}${path}`)
      expect(await accessibilityFaults(other)).toEqual([])
      if (folder) await other.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
    }
  })
})
