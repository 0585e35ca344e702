import { expect } from 'vitest'
import { type Walk, wordsOf } from './steps.ts'
import { pdfOf } from './steps-applications.ts'
import { RECEIPT_NUMBER } from './steps-missions.ts'

export async function readLedger({ home, follow }: Walk): Promise<void> {
  const page = await home('claire')
  await follow(page, 'Registre')
  expect(await wordsOf(page.locator('main'))).toContain('Harmonie municipale · Informatique')
  const hours = page.getByRole('region', { name: 'Les heures' })
  for (const moved of ['Attribuées', 'Engagées par convention', 'Portées sur un reçu'])
    expect(await wordsOf(hours)).toContain(moved)
  expect(await wordsOf(page.getByRole('row', { name: /Portées sur un reçu/ }))).toContain('14 h')
}

export async function publish({ home, follow, press, site, look }: Walk): Promise<void> {
  const page = await home('claire')
  await follow(page, 'Bilan')
  await follow(page, 'Page publique')
  await press(page, 'Publier cette page')
  const stranger = await site.open()
  await stranger.goto(`${site.url}/valmont`)
  await look(stranger)
  await follow(stranger, 'Résultats 2027')
  const rows = await wordsOf(stranger.getByRole('row', { name: /Banque alimentaire/ }))
  expect(rows).toContain('14 h')
  const csv = await stranger
    .context()
    .request.get(
      new URL(
        (await stranger.getByRole('link', { name: /SCDL/ }).getAttribute('href')) ?? '',
        site.url,
      ).href,
    )
  const lines = (await csv.text()).trim().split(/\r?\n/)
  expect(lines).toHaveLength(3)
  expect(lines[0]).toContain('nomAttribuant')
  await follow(stranger, 'English')
  expect(await wordsOf(stranger.locator('h1'))).toMatch(/results/i)
}

/** Whoever holds the receipt reads its code at the foot of the page and types it, without an account. */
export async function verify({ home, site, look, follow, press }: Walk): Promise<void> {
  const owner = await home('hugo')
  await follow(owner, 'Reçus')
  const pdf = await pdfOf(owner, RECEIPT_NUMBER)
  const code = /\/URI ?\([^)]*\/verify\/([^)]+)\)/.exec(pdf)?.[1] ?? ''
  const stranger = await site.open()
  await stranger.goto(`${site.url}/valmont`)
  await look(stranger)
  await follow(stranger, 'Vérifier un document')
  await stranger.getByLabel('Code de vérification').fill(code)
  await press(stranger, 'Vérifier')
  const told = await wordsOf(stranger.locator('main'))
  expect(told).toContain('Ce document existe et n’a pas changé')
  expect(told).toContain('539 €')
  expect(told).not.toContain('Inès')
}
