import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { PersonKey } from '../cast.ts'
import { accessibilityFaults, type Site, sticksOut, type WindowOptions } from './chromium.ts'

/** What people do in front of a page, said as they would: follow, press, fill, choose. */
export type Walk = {
  site: Site
  /** This person's window, opened on their home; the same one for the rest of the season. */
  home: (person: PersonKey, options?: WindowOptions) => Promise<Page>
  /** What was wrong on the pages seen since the last time one asked. */
  faults: () => string[]
  look: (page: Page) => Promise<void>
  follow: (page: Page, name: string | RegExp) => Promise<void>
  press: (page: Page, name: string | RegExp) => Promise<void>
  /** The demo's calendar: the season goes by without waiting for it. */
  moveTo: (day: string) => Promise<void>
}

/** Every page answers well before this; a control that is not there by then is missing. */
const PATIENCE_MILLISECONDS = 10_000

export function startWalk(site: Site): Walk {
  const windows = new Map<PersonKey, Page>()
  const plain = new Set<Page>()
  const english = new Set<Page>()
  let found: string[] = []
  let picturesCount = 0
  async function look(page: Page): Promise<void> {
    const language = english.has(page) ? 'en' : 'fr'
    found.push(...(await faultsOf(page, { language, hasScript: !plain.has(page) })))
    picturesCount++
    await keepPicture(page, picturesCount)
  }
  async function act(page: Page, role: 'link' | 'button', name: string | RegExp): Promise<void> {
    const control = page.getByRole(role, { name, exact: typeof name === 'string' }).first()
    // A draft saves before it sends: the page that comes is waited for, not the one that is there.
    await Promise.all([page.waitForEvent('load'), control.click()])
    if (name === 'English') english.add(page)
    await look(page)
  }
  return {
    site,
    look,
    home: async (person, options) => {
      const known = windows.get(person)
      const page = known ?? (await site.open(person, options))
      page.setDefaultTimeout(PATIENCE_MILLISECONDS)
      windows.set(person, page)
      if (options?.javaScript === false) plain.add(page)
      await page.goto(`${site.url}/home`)
      // A home is passed forty times in a season: looked at once for each person.
      if (!known) await look(page)
      return page
    },
    faults: () => {
      const told = found
      found = []
      return told
    },
    follow: (page, name) => act(page, 'link', name),
    press: (page, name) => act(page, 'button', name),
    moveTo: async (day) => {
      const page = await site.open()
      await page.goto(`${site.url}/demo/calendar`)
      await look(page)
      await page.getByLabel('Aller au').fill(day)
      await act(page, 'button', 'Changer de date')
      await page.context().close()
    },
  }
}

type Expected = { language: 'fr' | 'en'; hasScript: boolean }

/** One title, the right language, nothing that sticks out, nothing that a screen reader would miss. */
async function faultsOf(page: Page, { language, hasScript }: Expected): Promise<string[]> {
  // axe is itself a script: without any, the same page is seen by axe in somebody else's window.
  const faults = hasScript ? await accessibilityFaults(page) : []
  const titles = await page.locator('h1').allInnerTexts()
  if (titles.length !== 1) faults.push(`titles: ${titles.join(', ') || 'none'}`)
  const said = await page.locator('html').getAttribute('lang')
  if (said !== language) faults.push(`language: ${said}`)
  if (await sticksOut(page)) faults.push('sticks out')
  return faults.map((fault) => `${shapeOf(page)}: ${fault}`)
}

/** Pictures of the walk, where someone wants to look at them: `PICTURES=folder`. */
async function keepPicture(page: Page, rank: number): Promise<void> {
  const folder = process.env.PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const name = shapeOf(page).replaceAll(/\W+/g, '_').slice(0, 60)
  const path = join(folder, `${String(rank).padStart(3, '0')}${name}.png`)
  await page.screenshot({ path, fullPage: true })
}

function shapeOf(page: Page): string {
  const { pathname } = new URL(page.url())
  const width = page.viewportSize()?.width ?? 0
  return `${pathname.replaceAll(/[0-9a-f-]{36}/g, ':id')} at ${width}`
}

/** What a person reads there, with plain spaces. */
export async function wordsOf(where: Locator): Promise<string> {
  return (await where.allInnerTexts()).join(' ').replaceAll(/[\u00a0\u202f\s]+/g, ' ')
}

/** By the keyboard alone: to this control, then Enter, then what comes. */
export async function enterBy({ look }: Walk, page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  await look(page)
}

/** By the keyboard alone: to this field, then the words, over what was there. */
export async function typeIn(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text)
}

/** By the keyboard alone: Tab until this control has the focus, and the focus can be seen. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(focusedControl)
    const isIt = typeof name === 'string' ? focused.name === name : name.test(focused.name)
    if (!isIt) continue
    if (!focused.isVisible) throw new Error(`the focus cannot be seen on ${focused.name}`)
    return
  }
  throw new Error(`the keyboard never reaches ${name}`)
}

function focusedControl(): { name: string; isVisible: boolean } {
  const element = document.activeElement
  if (!(element instanceof HTMLElement)) return { name: '', isVisible: false }
  const labels = 'labels' in element && element.labels instanceof NodeList ? element.labels : []
  const label = [...labels].map(({ textContent }) => textContent).join(' ')
  const name = element.getAttribute('aria-label') ?? (label || (element.textContent ?? ''))
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
  const hasOutline = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1
  return { name: name.trim(), isVisible: hasOutline || boxShadow !== 'none' }
}
