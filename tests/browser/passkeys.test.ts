import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signInLink } from '#people'
import { codeOfStep, stepAt } from '../../src/people/totp.ts'
import { emailOf, type PersonKey } from '../cast.ts'
import {
  accessibilityFaults,
  chromiumPath,
  openSite,
  type Site,
  sticksOut,
  whyNoWalk,
} from './chromium.ts'

describe('a second factor, in a browser', () => {
  let site: Site
  beforeAll(async () => {
    if (chromiumPath) site = await openSite({ settings: { secondFactor: 'required' } })
  })
  afterAll(() => site?.close())

  /** Through the mailbox alone, up to where the house asks for more. */
  async function byLink(person: PersonKey, page: Page): Promise<void> {
    const { db, config } = site.house
    await page.goto(await signInLink(db, config, emailOf(person)))
    await page.waitForURL(/\/account\/second-factor|\/second-factor|\/home$/)
  }

  test('an agent puts a passkey in place, then enters with it and nothing else', async ({
    skip,
  }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open()
    await virtualKey(page)
    await byLink('claire', page)
    await page.getByLabel("Nom de l'appareil").fill('mon téléphone')
    await page.getByRole('button', { name: "Ajouter une clé d'accès" }).click()
    await page.waitForURL(/\/home$/)
    await page.goto(`${site.url}/account`)
    expect(await page.locator('b', { hasText: 'mon téléphone' }).count()).toBe(1)
    expect(await accessibilityFaults(page)).toEqual([])

    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.goto(`${site.url}/sign-in`)
    await page.getByRole('button', { name: "Entrer avec une clé d'accès" }).click()
    await page.waitForURL(/\/valmont\/home$/)

    // Her mailbox in a thief's hands: the passkey is asked, nothing else can be put in its place.
    const thief = await site.open()
    await byLink('claire', thief)
    expect(await thief.locator('h1').textContent()).toBe('Votre code')
    await thief.goto(`${site.url}/account/second-factor`)
    expect(await thief.locator('h1').textContent()).toBe('Votre code')
  })

  test('a passkey that asks for no finger and no PIN does not count', async ({ skip }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open()
    await virtualKey(page, { isUserVerified: false })
    await byLink('hugo', page)
    await page.getByLabel("Nom de l'appareil").fill('une clé')
    await page.getByRole('button', { name: "Ajouter une clé d'accès" }).click()
    const said = page.locator('metis-passkey [role=status]')
    await said.filter({ hasText: 'pas répondu' }).waitFor()
  })

  test('an answer signed for another question, or changed on its way, opens nothing', async ({
    skip,
  }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open()
    await virtualKey(page)
    await byLink('sarah', page)
    await page.getByLabel("Nom de l'appareil").fill('ordinateur')
    await page.getByRole('button', { name: "Ajouter une clé d'accès" }).click()
    await page.waitForURL(/\/home$/)
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.goto(`${site.url}/sign-in`)
    const statuses = await page.evaluate(replayed)
    // Once is right; again, under another question, or with a changed signature is not.
    expect(statuses).toEqual({ once: 200, again: 422, otherQuestion: 422, changed: 422 })
  })

  test('the application: drawing, key and codes are readable at 360 pixels and twice the size', async ({
    skip,
  }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    for (const width of [360, 640, 1280]) {
      const page = await site.open(undefined, { width })
      await byLink('jeanne', page)
      await page.goto(`${site.url}/account/second-factor`)
      expect(await accessibilityFaults(page)).toEqual([])
      await page.getByRole('button', { name: /Commencer|Recommencer/ }).click()
      await page.locator('svg.qr').waitFor()
      expect(await accessibilityFaults(page)).toEqual([])
      expect(await sticksOut(page)).toBe(false)
      await shot(page, `second-factor-${width}`)
    }
  })

  test('the keyboard alone is enough, without scripts', async ({ skip }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open(undefined, { javaScript: false })
    const { db, config } = site.house
    await page.goto(await signInLink(db, config, emailOf('jeanne')))
    await page.getByRole('button', { name: 'Entrer dans METIS' }).press('Enter')
    await page.goto(`${site.url}/account/second-factor`)
    await page.getByRole('button', { name: /Commencer|Recommencer/ }).press('Enter')
    await page.waitForURL(/to=/)
    const key = (await page.locator('.secret-key').textContent()) ?? ''
    await page.getByLabel('Code', { exact: true }).fill(codeOfStep(decode(key), stepAt(new Date())))
    await page.keyboard.press('Enter')
    await page.locator('h1', { hasText: 'Codes de secours' }).waitFor()
    expect(await page.locator('ol.recovery code').count()).toBe(10)
    await page.getByRole('link', { name: 'Je les ai gardés' }).press('Enter')
    await page.goto(`${site.url}/account`)
    expect(await page.locator('metis-passkey form').isVisible()).toBe(false)
    expect(await page.getByText("n'exécute pas de scripts").isVisible()).toBe(true)
  })
})

/** An authenticator of the browser itself, that says yes by itself. */
async function virtualKey(page: Page, { isUserVerified = true } = {}): Promise<CDPSession> {
  const tools = await page.context().newCDPSession(page)
  await tools.send('WebAuthn.enable')
  await tools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: isUserVerified,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  })
  return tools
}

/** In the page: asks for questions, answers them, and sends the answers where they do not belong. */
async function replayed() {
  const ask = async () =>
    (
      await fetch('/sign-in/passkey/challenge', { method: 'POST', body: new URLSearchParams() })
    ).json()
  const sign = async (options: PublicKeyCredentialRequestOptionsJSON) =>
    JSON.stringify(
      await navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
      }),
    )
  const send = async (answer: string, ticket: string) =>
    (
      await fetch('/sign-in/passkey', {
        method: 'POST',
        body: new URLSearchParams({ answer, ticket, to: '/sign-in' }),
      })
    ).status
  const [first, second, third] = [await ask(), await ask(), await ask()]
  const answer = await sign(first.options)
  const changed = JSON.parse(await sign(third.options))
  changed.response.signature = `${changed.response.signature.slice(0, -6)}AAAAAA`
  return {
    otherQuestion: await send(answer, second.ticket),
    once: await send(answer, first.ticket),
    again: await send(answer, first.ticket),
    changed: await send(JSON.stringify(changed), third.ticket),
  }
}

function decode(key: string): Buffer {
  const bits = [...key.replaceAll(' ', '')]
    .map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.METIS_SHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}
