import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { depositedApplications } from '#applications'
import { type Campaign, criteriaOf } from '#campaigns'
import { day } from '#kit'
import { bundle, readAsset, root } from '#platform'
import { giveMarks } from '#review'
import { type OrganisationKey, settle } from '../cast.ts'
import { applicants, reviewed } from '../council.ts'
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

test('what a browser loads to compute by itself weighs less than 60 kB', async () => {
  for (const language of ['fr', 'en']) {
    const names = [`allocation-worker.${language}.js`, 'allocation-live.js']
    const files = await Promise.all(names.map(async (name) => readAsset(await bundle(name))))
    const bytes = files.map((file) => gzipSync(file?.body ?? '').length)
    expect(Math.max(...bytes)).toBeGreaterThan(0)
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(60_000)
  }
})

/** Whoever has not marked sees no figure from which a score could be read: this member has. */
async function markedToo(players: Players, campaign: Campaign): Promise<void> {
  await players.as('nadia', async (place) => {
    const criteria = await criteriaOf(place.tx, campaign)
    const files = await depositedApplications(place.tx, campaign)
    for (const [key, { marks }] of Object.entries(applicants(campaign))) {
      const own = players.cast.organisations[key as OrganisationKey]
      const file = files.find(({ associationId }) => associationId === own)
      const given = Object.fromEntries(criteria.map(({ id }) => [id, marks]))
      done(await giveMarks(place, file?.id ?? '', { marks: given, comment: '' }))
    }
  })
}

describe.skipIf(!chromiumPath)(`in the council room (${chromiumPath ?? whyNoWalk})`, () => {
  let site: Site
  let path: string
  beforeAll(async () => {
    site = await openSite({
      today: day('2027-01-10'),
      play: async (house) => {
        const cast = await settle(house.db)
        const players: Players = { cast, as: (person, work) => actAs(house, cast, person, work) }
        await markedToo(players, await reviewed(players))
      },
    })
    const claire = await site.open('claire')
    await claire.goto(`${site.url}/valmont/2027/allocation`)
    await claire.getByRole('button', { name: 'Calculer' }).click()
    await claire.waitForURL(/allocation\/[0-9a-f-]{36}/)
    path = claire.url()
  })
  afterAll(() => site?.close())

  const status = (page: Page) => page.locator('metis-trial [role=status]')
  const cashOf = (page: Page, name: RegExp) =>
    wordsOf(page.locator('#trial-lines').getByRole('row', { name }).locator('td').nth(1))

  async function opened(person: 'claire' | 'nadia' = 'claire', options = {}): Promise<Page> {
    const page = await site.open(person, options)
    await page.goto(path)
    return page
  }

  test('a slider moves and the figures follow, even once the network is gone', async () => {
    const page = await opened()
    const before = await cashOf(page, /Banque/)
    await page.context().setOffline(true)
    const slider = page.locator('input[type=range]').first()
    await slider.fill('30000')
    await status(page).filter({ hasText: 'Non enregistré' }).waitFor()
    expect(await cashOf(page, /Banque/)).not.toBe(before)
    expect(await wordsOf(page.locator('#trial-figures'))).toMatch(/Essai, non enregistré/)
    expect(await wordsOf(page.locator('#trial-changes'))).toMatch(/3 associations perdent/)
    expect(await accessibilityFaults(page)).toEqual([])
    await page.getByLabel('Plancher par association').fill('120')
    await status(page).filter({ hasText: 'de 0 à 100' }).waitFor()
  })

  test('an elected member tries too, and keeps nothing', async () => {
    const page = await opened('nadia')
    await page.getByLabel('Entreprise').selectOption({ label: 'Studio Sorel Numérique' })
    await page.getByLabel('Part retirée').fill('100')
    await status(page).filter({ hasText: 'Non enregistré' }).waitFor()
    expect(await wordsOf(page.locator('#trial-changes'))).toMatch(
      /Harmonie municipale gagne 540 €, perd 20 h/,
    )
    expect(await page.getByRole('button', { name: 'Calculer et enregistrer' }).count()).toBe(0)
  })

  test('the browser, the server and the command line find the same digests', async () => {
    const page = await opened()
    await page.getByLabel(/Enveloppe/).fill('33333')
    await status(page).filter({ hasText: 'Non enregistré' }).waitFor()
    const tried = await page.locator('input[name=resultSha256]').inputValue()
    await page.getByRole('button', { name: 'Calculer et enregistrer' }).click()
    await page.getByText('Même empreinte').waitFor()
    const sealed = await page.locator('dd code').allInnerTexts()
    expect(sealed[1]).toBe(tried)
    const files = await Promise.all(
      ['problem', 'result'].map(async (part) => {
        const answer = await page.context().request.get(`${page.url().split('?')[0]}/${part}.json`)
        return answer.text()
      }),
    )
    const told = atCommandLine(files[0] ?? '')
    for (const seal of sealed) expect(told).toContain(seal)
    await recomputed(await site.open(), files, sealed)
  })

  /** A stranger, the two files, the digest copied from the deliberation; the network is gone. */
  async function recomputed(page: Page, files: string[], sealed: string[]) {
    await page.goto(`${site.url}/valmont/recompute`)
    await page.context().setOffline(true)
    const [problem, result] = files.map((text, rank) => ({
      name: `${rank}.json`,
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    }))
    await page.getByLabel(/Empreinte à reconnaître/).fill(sealed[0] ?? '')
    await page.getByLabel(/Fichier du résultat/).setInputFiles(result ?? [])
    await page.getByLabel(/Fichier du problème/).setInputFiles(problem ?? [])
    const answer = page.locator('#again-answer')
    await answer.getByText('est celle de ce problème').waitFor()
    expect(await wordsOf(answer)).toContain('exactement celui recalculé ici')
    expect(await answer.locator('dd code').allInnerTexts()).toEqual(sealed)
    expect(await accessibilityFaults(page)).toEqual([])
    const cheated = Buffer.from((files[1] ?? '').replace(/"cashCents":\d+/, '"cashCents":100'))
    await page
      .getByLabel(/Fichier du résultat/)
      .setInputFiles({ name: 'r', mimeType: 'x/y', buffer: cheated })
    await answer.getByText('ne passe pas la vérification').waitFor()
    const half = Buffer.from((files[0] ?? '').slice(0, 500))
    await page
      .getByLabel(/Fichier du problème/)
      .setInputFiles({ name: 'p', mimeType: 'x/y', buffer: half })
    await page.getByText('ou il est coupé').waitFor()
  }

  test('a long computation says so, and stops when told', async () => {
    const page = await opened()
    await page.evaluate(makeLong)
    await page.getByLabel(/Enveloppe/).fill('31000')
    const stop = page.getByRole('button', { name: 'Arrêter le calcul' })
    await stop.waitFor()
    expect(await wordsOf(status(page))).toContain('Calcul en cours')
    expect(await page.getByRole('progressbar').isVisible()).toBe(true)
    await stop.click()
    expect(await wordsOf(status(page))).toContain('Calcul arrêté')
    expect(await stop.isVisible()).toBe(false)
    await page.evaluate(makeShort)
    await page.getByLabel(/Enveloppe/).fill('32000')
    await status(page).filter({ hasText: 'Non enregistré' }).waitFor()
  })

  test('the pages are usable on a phone, and without JavaScript', async () => {
    const phone = await opened('claire', { width: 360 })
    expect(await sticksOut(phone)).toBe(false)
    const plain = await opened('claire', { javaScript: false })
    expect(await plain.locator('metis-trial').isVisible()).toBe(false)
    await plain.getByRole('link', { name: /Fixer à la main Harmonie/ }).click()
    await plain.getByLabel('Numéraire').fill('9000')
    await plain.getByLabel('Motif').fill('Centenaire de la fanfare.')
    await plain.getByRole('button', { name: 'Voir ce que cela coûte aux autres' }).click()
    expect(await wordsOf(plain.locator('#cost'))).toMatch(/Banque alimentaire de Valmont perd/)
    await plain.getByRole('button', { name: 'Enregistrer ce scénario' }).click()
    const row = plain.getByRole('row', { name: /Harmonie/ }).first()
    expect(await wordsOf(row)).toContain('Fixée à la main')
  })
})

function atCommandLine(problem: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'metis-'))
  try {
    const file = join(folder, 'problem.json')
    writeFileSync(file, problem)
    return execFileSync(process.execPath, [join(root, 'bin', 'metis.mjs'), 'allocate', file], {
      encoding: 'utf8',
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** In the page: as if eight thousand associations had asked. */
function makeLong() {
  const place = document.querySelector('metis-trial script')
  const room = JSON.parse(place?.textContent ?? '')
  Object.assign(window, { short: place?.textContent })
  const [request] = room.facts.requests
  room.facts.requests = Array.from({ length: 8_000 }, (_, rank) => ({
    ...request,
    associationId: `a${rank}`,
    baselineCents: 100_000 + rank,
    needs: request.needs.map((need: object) => ({ ...need, id: `n${rank}` })),
  }))
  room.facts.pledges = Array.from({ length: 2_000 }, (_, rank) => ({
    ...room.facts.pledges[0],
    id: `p${rank}`,
    family: request.needs[0]?.family,
  }))
  if (place) place.textContent = JSON.stringify(room)
}

function makeShort() {
  const place = document.querySelector('metis-trial script')
  const { short } = window as unknown as { short: string }
  if (place) place.textContent = short
}
