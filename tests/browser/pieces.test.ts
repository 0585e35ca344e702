import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPiece, giveBankAccount, piecesOf, scanWaitingPieces } from '#applications'
import { root } from '#platform'
import type { House } from '#web'
import { settle } from '../cast.ts'
import { type Clamd, EICAR, startClamd } from '../clamd.ts'
import { handedOver, openApplications, prepared } from '../files.ts'
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

const IBAN = 'FR14 2004 1010 0505 0001 3M02 606'

describe('pieces and accounts, in a browser', () => {
  let site: Site
  let clamd: Clamd
  let draft: string
  let deposited: string
  let image: string
  async function play(house: House): Promise<void> {
    const cast = await settle(house.db)
    const world: Players = { cast, as: (person, work) => actAs(house, cast, person, work) }
    const season = await openApplications(world)
    draft = await prepared(world, 'rose', season)
    const give = (kind: string, fileName: string, content: Uint8Array, replaces = '') =>
      world.as('rose', async (place) =>
        done(await addPiece(place, draft, { kind, fileName, content, replaces })),
      )
    const png = readFileSync(join(root, 'docs', 'screens', '10-public-results.png'))
    const { id } = await give('statutes', 'statuts 2019.pdf', Buffer.from('%PDF-1.7 a\n%%EOF'))
    await give('statutes', 'statuts 2026.pdf', Buffer.from('%PDF-1.7 b\n/Encrypt 1 0 R\n%%EOF'), id)
    image = (await give('activity_report', 'affiche de la fête.png', png)).id
    clamd.become('down')
    await give('accounts', 'comptes.pdf', Buffer.from(`%PDF-1.7 ${EICAR}\n%%EOF`))
    clamd.become('up')
    await scanWaitingPieces(house, house.now())
    clamd.become('down')
    await give('other', 'budget prévisionnel de la saison.pdf', Buffer.from('%PDF-1.7 c\n%%EOF'))
    const account = { holder: 'Les Jardins partagés', iban: IBAN }
    await world.as('rose', async (place) => done(await giveBankAccount(place, draft, account)))
    deposited = await handedOver(world, 'amina', season)
    const own = { holder: 'Le Panier de Valmont', iban: IBAN }
    await world.as('amina', async (place) => done(await giveBankAccount(place, deposited, own)))
  }
  beforeAll(async () => {
    if (!chromiumPath) return
    clamd = await startClamd()
    site = await openSite({ play, settings: { clamd: clamd.address } })
  })
  afterAll(async () => {
    await site?.close()
    await clamd?.stop()
  })

  const walks = [
    ['rose', 'pieces', () => `/applications/${draft}/pieces`],
    ['rose', 'replace', () => `/applications/${draft}/pieces?replaces=${image}#replaces`],
    ['rose', 'preview', () => `/applications/${draft}/pieces/${image}/preview`],
    ['rose', 'account', () => `/applications/${draft}/bank-account`],
    ['claire', 'file', () => `/applications/${deposited}`],
    ['claire', 'account-agent', () => `/applications/${deposited}/bank-account`],
  ] as const

  for (const width of [360, 1280])
    test(`every page is accessible and fits ${width} pixels`, async ({ skip }) => {
      if (!chromiumPath) return skip(whyNoWalk)
      for (const person of ['rose', 'claire'] as const) {
        const page = await site.open(person, { width })
        for (const [, name, path] of walks.filter(([who]) => who === person)) {
          await page.goto(`${site.url}/valmont${path()}`)
          const faults = await accessibilityFaults(page)
          const shots = process.env['METIS_SHOTS']
          if (shots)
            await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true })
          expect({ path: path(), faults, sticksOut: await sticksOut(page) }).toEqual({
            path: path(),
            faults: [],
            sticksOut: false,
          })
        }
        await page.context().close()
      }
    })

  test('an image shows on its page, under our own policy', async ({ skip }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open('rose', { isGuarded: true })
    await page.goto(`${site.url}/valmont/applications/${draft}/pieces/${image}/preview`)
    const width = await page
      .locator('img.piece-image')
      .evaluate((shown) => (shown instanceof HTMLImageElement ? shown.naturalWidth : 0))
    expect(width).toBeGreaterThan(100)
    await page.context().close()
  })

  test('a piece is given, replaced and taken away with the keyboard and without a script', async ({
    skip,
  }) => {
    if (!chromiumPath) return skip(whyNoWalk)
    const page = await site.open('rose', { javaScript: false, isGuarded: true })
    const path = `${site.url}/valmont/applications/${draft}/pieces`
    const file = (name: string) => ({
      name,
      mimeType: 'application/pdf',
      buffer: Buffer.from(`%PDF-1.7 ${name}\n%%EOF`),
    })
    await page.goto(path)
    await page.getByLabel('Fichier').setInputFiles(file('un.pdf'))
    await page.getByRole('button', { name: 'Ajouter cette pièce' }).press('Enter')
    await page.getByRole('link', { name: 'Remplacer un.pdf' }).press('Enter')
    await page.getByLabel('Fichier').setInputFiles(file('deux.pdf'))
    await page.getByRole('button', { name: 'Remplacer cette pièce' }).press('Enter')
    await page.getByRole('link', { name: 'deux.pdf', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Retirer deux.pdf' }).press('Enter')
    await page.waitForURL(path)
    expect(await page.getByText('deux.pdf').count()).toBe(0)
    await page.context().close()
    const left = await piecesLeft()
    expect(left).not.toContain('un.pdf')
  })

  async function piecesLeft(): Promise<string[]> {
    const cast = await site.house.db
      .selectFrom('territories')
      .select('id')
      .executeTakeFirstOrThrow()
    const pieces = await site.house.db
      .transaction()
      .execute((tx) => piecesOf(tx, { territoryId: cast.id, id: draft }))
    return pieces.map(({ fileName }) => fileName)
  }
})
