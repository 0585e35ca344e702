import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { day } from '#kit'
import { type Mission, publishMissions } from '#missions'
import type { House } from '#web'
import { emailOf, settle } from '../cast.ts'
import { notified } from '../council.ts'
import { accounts, missionOf, type Played, running } from '../missions.ts'
import { done } from '../season.ts'
import { actAs } from '../world.ts'
import {
  accessibilityFaults,
  chromiumPath,
  openSite,
  type Site,
  sticksOut,
  whyNoWalk,
} from './chromium.ts'
import { wordsOf } from './steps.ts'

/** More than any sending of one entry takes on a busy machine. */
const PATIENCE_MILLISECONDS = 15_000

describe('hours noted on a phone, in a browser', () => {
  let site: Site
  let mission: Mission
  let url: string
  async function play(house: House): Promise<void> {
    const cast = await settle(house.db)
    const players = {
      cast,
      as: <Result>(...[person, work]: Parameters<Played['world']['as']>) =>
        actAs(house, cast, person, work) as Promise<Result>,
    }
    const { campaign } = await notified(players)
    done(await players.as('claire', (place) => publishMissions(place, campaign)))
    const goTo = (instant: string) => house.demoClock?.moveTo(day(instant.slice(0, 10)))
    const played = { world: players, campaign, goTo }
    mission = await missionOf(played, 'foodBank')
    await running(played, mission.id, accounts)
  }
  beforeAll(async () => {
    if (!chromiumPath) return
    site = await openSite({ play, today: day('2027-01-11') })
    url = `${site.url}/valmont/missions/${mission.id}/hours`
  })
  beforeEach(({ skip }) => {
    if (!chromiumPath) skip(whyNoWalk)
  })
  afterAll(() => site?.close())

  async function phone({ javaScript = true } = {}): Promise<Page> {
    const page = await site.open('ines', { width: 360, height: 740, javaScript })
    page.setDefaultTimeout(PATIENCE_MILLISECONDS)
    await page.goto(url)
    if (javaScript) await kept(page)
    return page
  }

  /** The page without network is on the phone, and a worker looks after the addresses. */
  async function kept(page: Page): Promise<void> {
    const isKept = () =>
      page.evaluate(
        async () =>
          navigator.serviceWorker.controller !== null &&
          (await caches.match('/valmont/hours-offline')) !== undefined,
      )
    await expect.poll(isKept, { timeout: PATIENCE_MILLISECONDS }).toBe(true)
  }

  async function enter(page: Page, entry: { on: string; line: string }) {
    await page.getByLabel('Jour').fill(entry.on)
    await page.getByLabel('Durée').selectOption({ label: '1 h' })
    await page.getByLabel(/en une ligne/).fill(entry.line)
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  }

  const queue = (page: Page) => page.locator('[data-queue] li')
  const main = (page: Page) => wordsOf(page.locator('main'))
  const told = (page: Page, words: RegExp) =>
    expect.poll(() => main(page), { timeout: PATIENCE_MILLISECONDS }).toMatch(words)

  /** How often this line stands in the list of the server. */
  async function rowsOn(line: string): Promise<number> {
    const rows = await site.house.db
      .selectFrom('timesheetEntries')
      .select('id')
      .where('note', '=', line)
      .execute()
    return rows.length
  }

  test('with network the hours are on the server, and the page says so', async () => {
    const page = await phone()
    await enter(page, { on: '2027-05-04', line: 'Plan de comptes' })
    await page.waitForLoadState('load')
    await told(page, /Plan de comptes à confirmer/)
    expect(await queue(page).count()).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
  })

  test('the network is cut, the phone reloads, the network is back: one row (KIM-2428)', async () => {
    const page = await phone()
    await page.context().setOffline(true)
    await enter(page, { on: '2027-05-05', line: 'Dans le sous-sol' })
    await told(page, /Sur ce téléphone seulement : sera envoyé dès que possible/)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.reload()
    await told(page, /Vous êtes sans réseau.*Dans le sous-sol.*Sur ce téléphone seulement/)
    expect(await accessibilityFaults(page)).toEqual([])
    expect(await sticksOut(page)).toBe(false)
    await enter(page, { on: '2027-05-06', line: 'Toujours au sous-sol' })
    await expect.poll(() => queue(page).count()).toBe(2)
    await page.context().setOffline(false)
    await page.reload()
    await told(page, /Dans le sous-sol à confirmer/)
    await page.reload()
    expect(await rowsOn('Dans le sous-sol')).toBe(1)
    // The 6th was Ascension Day: the phone says what the server answered, and nothing is lost.
    await told(page, /Toujours au sous-sol.*Refusé :.*jour férié/)
    expect(await rowsOn('Toujours au sous-sol')).toBe(0)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'Corriger' }).click()
    await page.getByLabel('Je l’ai lu').check()
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
    await told(page, /Toujours au sous-sol un jour férié à confirmer/)
    expect(await queue(page).count()).toBe(0)
    expect(await rowsOn('Toujours au sous-sol')).toBe(1)
  })

  test('the answer is lost on the way: sent again, it counts once (TOF-845)', async () => {
    const page = await phone()
    await page.route('**/queued', async (route) => {
      await route.fetch()
      await route.abort()
    })
    await enter(page, { on: '2027-05-07', line: 'Réponse perdue' })
    await told(page, /Sur ce téléphone seulement/)
    await page.unroute('**/queued')
    await page.reload()
    await told(page, /Réponse perdue à confirmer/)
    expect(await queue(page).count()).toBe(0)
    expect(await rowsOn('Réponse perdue')).toBe(1)
  })

  test('an answer cut short is no refusal: the hours wait and are sent again', async () => {
    const page = await phone()
    await page.route('**/queued', (route) =>
      route.fulfill({ status: 422, contentType: 'application/json', body: '{"reasons":["Un j' }),
    )
    await enter(page, { on: '2027-04-29', line: 'Réponse coupée' })
    await told(page, /Réponse coupée Sur ce téléphone seulement/)
    await page.unroute('**/queued')
    await page.reload()
    await told(page, /Réponse coupée à confirmer/)
    expect(await rowsOn('Réponse coupée')).toBe(1)
  })

  test('the session ends: the hours wait on the phone, and leave after signing in again', async () => {
    const page = await phone()
    const cookies = await page.context().cookies()
    await page.context().clearCookies()
    await enter(page, { on: '2027-04-27', line: 'Session finie' })
    await told(page, /votre session a pris fin/)
    expect(await page.getByRole('link', { name: 'Se reconnecter' }).count()).toBe(1)
    await page.goto(`${site.url}/sign-in`)
    await page.context().addCookies(cookies)
    await page.goto(url)
    await told(page, /Session finie à confirmer/)
    expect(await rowsOn('Session finie')).toBe(1)
  })

  test('another person on the same phone sees nothing of it, with network or without', async () => {
    const page = await phone()
    await page.context().setOffline(true)
    await enter(page, { on: '2027-04-28', line: 'Secret d’Inès' })
    await told(page, /Sur ce téléphone seulement/)
    await page.route('**/queued', (route) => route.abort())
    await page.context().setOffline(false)
    await page.goto(`${site.url}/valmont/home`)
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.waitForURL(/\/$/)
    const tom = page
      .locator('form[action="/demo/sessions"]')
      .filter({ has: page.locator(`input[value="${emailOf('tom')}"]`) })
    await tom.locator('button').first().click()
    await page.waitForURL(/\/home$/)
    expect((await page.goto(url))?.status()).toBe(404)
    expect(await page.evaluate(() => localStorage.getItem('metis-hours-person'))).toBe(null)
    await page.context().setOffline(true)
    await page.goto(url, { waitUntil: 'load' }).catch(() => undefined)
    expect(await page.getByText('Secret d’Inès').count()).toBe(0)
    expect(await rowsOn('Secret d’Inès')).toBe(0)
  })

  test('without script the week is entered as the last one, in one tap', async () => {
    site.house.demoClock?.moveTo(day('2027-05-12'))
    const page = await phone({ javaScript: false })
    await page.getByRole('button', { name: /Comme la semaine dernière \(2\sh\)/ }).click()
    await page.waitForURL(/\/hours$/)
    await told(page, /12 mai 2027 · 1 h — Dans le sous-sol à confirmer/)
    await told(page, /11 mai 2027 · 1 h — Plan de comptes à confirmer/)
    expect(await page.getByRole('button', { name: /Comme la semaine/ }).count()).toBe(0)
    expect(await sticksOut(page)).toBe(false)
  })

  test('the script of the page stays small', async () => {
    const page = await phone()
    const src = await page.locator('script[src*="hours.js"]').getAttribute('src')
    const script = await (await fetch(`${site.url}${src}`)).arrayBuffer()
    expect(gzipSync(Buffer.from(script)).length).toBeLessThan(10_000)
  })
})
