import { existsSync } from 'node:fs'
import { serve } from '@hono/node-server'
import axe from 'axe-core'
import { chromium, type Page } from 'playwright-core'
import type { Day } from '#kit'
import type { Config } from '#platform'
import type { House } from '#web'
import { emailOf, type PersonKey, settle } from '../cast.ts'
import { freePort } from '../free-port.ts'
import type { TestHouse } from '../house.ts'
import { openHouse, testConfig } from '../house.ts'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Where Chromium is on this machine, if it is. */
export const chromiumPath = process.env.CHROMIUM ?? places.find((path) => existsSync(path))

export const whyNoWalk = 'no Chromium on this machine: install it with "apt-get install chromium"'

export type Site = {
  house: TestHouse
  url: string
  /** A new browser window, signed in as this person; `javaScript: false` for the plain twin. */
  open: (person?: PersonKey, options?: WindowOptions) => Promise<Page>
  close: () => Promise<void>
}
export type WindowOptions = {
  width?: number
  height?: number
  javaScript?: boolean
  /** With our own content security policy in force: axe cannot be run there. */
  isGuarded?: boolean
}

/**
 * The real server on a port, the cast in it (or the whole demo played), and a real browser.
 * With `today`, it starts on that morning and its calendar moves by hand, as the demo's does.
 */
export async function openSite({
  play,
  today,
  settings,
  port: asked,
}: {
  play?: (house: House) => Promise<void>
  today?: Day
  settings?: Partial<Config>
  /** A port known beforehand, when another program must know it too. */
  port?: number
} = {}): Promise<Site> {
  const port = asked ?? (await freePort())
  const url = `http://localhost:${port}`
  const demoClock = today && clockFrom(today)
  const config = { ...testConfig, ...settings, port, url }
  const house = demoClock
    ? await openHouse(config, demoClock.now, { demoClock })
    : await openHouse(config)
  if (play) await play(house)
  else await settle(house.db)
  const server = serve({ fetch: house.app.fetch, port })
  const browser = await chromium.launch({
    ...(chromiumPath ? { executablePath: chromiumPath } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return {
    house,
    url,
    open: async (
      person,
      { width = 1280, height = 900, javaScript = true, isGuarded = false } = {},
    ) => {
      const context = await browser.newContext({
        viewport: { width, height },
        javaScriptEnabled: javaScript,
        locale: 'fr-FR',
        bypassCSP: !isGuarded,
      })
      const page = await context.newPage()
      if (person) await enter(page, url, emailOf(person))
      return page
    },
    close: async () => {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
      await house.close()
    },
  }
}

/** Hours go by as on a wall; days go by at once, when the demo's calendar is told to. */
function clockFrom(today: Day) {
  let ahead = morningOf(today) - Date.now()
  return {
    now: () => new Date(Date.now() + ahead),
    moveTo: (day: Day) => {
      ahead = morningOf(day) - Date.now()
    },
  }
}

function morningOf(day: Day): number {
  return Date.parse(`${day}T08:00:00Z`)
}

async function enter(page: Page, url: string, email: string): Promise<void> {
  await page.goto(url)
  const row = page
    .locator('form[action="/demo/sessions"]')
    .filter({ has: page.locator(`input[value="${email}"]`) })
  // Once for each role that the person holds: any of them opens the same session.
  await row.locator('button').first().click()
  await page.waitForURL(/\/home$/)
}

/** What axe finds wrong on the page as it stands: rule, help and the elements. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const { axe: tool } = window as unknown as { axe: typeof axe }
    return tool.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    })
  })
  return found.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes.map(({ target }) => target.join(' ')).join(', ')})`,
  )
}

/** Does anything stick out of the window? Only tables in their own scroller may. */
export async function sticksOut(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth + 1)
}
