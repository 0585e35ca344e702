import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { enterBy, tabTo, typeIn, type Walk, wordsOf } from './steps.ts'

/** The food bank asks for euros and for an accountant's hours, with a mouse. */
export async function apply(walk: Walk): Promise<void> {
  const { home, follow, press } = walk
  const page = await home('amina')
  await follow(page, 'Commencer')
  await press(page, 'Commencer notre demande')
  await follow(page, 'Le projet')
  await page.getByLabel('Nom du projet').fill('Distribution du samedi')
  await page.getByLabel('Ce que vous allez faire').fill('Une distribution chaque samedi matin.')
  await save(walk, page)
  await follow(page, 'Les euros et le budget')
  await page.getByLabel('Montant demandé à la commune').fill('18 000')
  await page.getByLabel('Total des charges du projet').fill('30 000')
  await page.getByLabel('Total des produits du projet').fill('30 000')
  await save(walk, page)
  await follow(page, 'Les heures de compétences')
  const need = page.getByRole('group', { name: 'Besoin 1' })
  await need.getByLabel('Compétence').selectOption({ label: 'Finance et comptabilité' })
  await need.getByLabel('Utile à partir de').fill('7')
  await need.getByLabel('Heures souhaitées').fill('28')
  await need.getByLabel('Ce qui restera à la fin').fill('Un budget suivi chaque mois')
  await save(walk, page)
  await press(page, 'Déposer notre demande')
  expect(await wordsOf(page.getByRole('alert'))).toContain('contrat d’engagement républicain')
  await follow(page, 'Le contrat d’engagement républicain')
  await press(page, 'Signer au nom de l’association')
  await press(page, 'Déposer notre demande')
  expect(await wordsOf(page.locator('main'))).toContain('Demande n° 2026-0001')
  expect(await pdfOf(page, 'Télécharger l’accusé de réception (PDF)')).toMatch(/^%PDF-1\.7/)
}

/** The button of a draft saves first, then leaves: the page that comes is waited for. */
async function save({ look }: Walk, page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Enregistrer', exact: true })
  await Promise.all([page.waitForEvent('load'), button.click()])
  await look(page)
}

/** The band does the same with nothing but the keyboard. */
export async function applyByKeyboard(walk: Walk): Promise<void> {
  const page = await walk.home('luc')
  const enter = (name: string) => enterBy(walk, page, name)
  await enter('Commencer')
  await enter('Commencer notre demande')
  await enter('Le projet')
  await typeIn(page, 'Nom du projet', 'Une école de musique ouverte')
  await typeIn(page, 'Ce que vous allez faire', 'Des cours du soir pour tous.')
  await enter('Enregistrer')
  await enter('Les euros et le budget')
  await typeIn(page, 'Montant demandé à la commune', '9500')
  await typeIn(page, 'Total des charges du projet', '15000')
  await typeIn(page, 'Total des produits du projet', '15000')
  await enter('Enregistrer')
  await enter('Les heures de compétences')
  await tabTo(page, 'Compétence')
  await page.keyboard.type('Informatique')
  await typeIn(page, 'Utile à partir de', '7')
  await typeIn(page, 'Heures souhaitées', '21')
  await typeIn(page, 'Ce qui restera à la fin', 'Un site tenu par nos bénévoles')
  await enter('Enregistrer')
  await enter('Le contrat d’engagement républicain')
  await enter('Signer au nom de l’association')
  await enter('Déposer notre demande')
  expect(await wordsOf(page.locator('main'))).toContain('Demande n° 2026-0002')
}

/** The PDF behind a link, as the person's own computer receives it. */
export async function pdfOf(page: Page, link: string | RegExp): Promise<string> {
  const way = page.getByRole('link', { name: link }).first()
  const address = new URL((await way.getAttribute('href')) ?? '', page.url()).href
  const answer = await page.context().request.get(address)
  expect(answer.headers()['content-type']).toBe('application/pdf')
  return (await answer.body()).toString('latin1')
}

export async function review(walk: Walk): Promise<void> {
  const { home, follow, press } = walk
  const page = await home('claire')
  await follow(page, 'Voir la campagne')
  await press(page, "Commencer l'instruction")
  for (const name of ['Banque alimentaire de Valmont', 'Harmonie municipale']) {
    await home('claire')
    await follow(page, 'Instruire')
    await follow(page, name)
    await reviewFile(walk, page)
  }
  await follow(page, 'Toutes les demandes à instruire')
  expect(await wordsOf(page.locator('main'))).toContain('Tous les dossiers sont prêts')
}

async function reviewFile({ press }: Walk, page: Page): Promise<void> {
  await press(page, 'Le dossier est complet')
  await establish(page, 'euros', 'Intérêt public local, neutralité')
  await establish(page, 'heures', 'Rescrit favorable de l’administration fiscale')
  for (const criterion of [/^Besoin de/, /^Qualité/, /^Ancrage/])
    await page.getByLabel(criterion).selectOption({ label: '3 — Répond bien' })
  await press(page, 'Donner mon avis')
  expect(await wordsOf(page.locator('main'))).toContain('Note : 75 sur 100')
}

async function establish(page: Page, currency: 'euros' | 'heures', ground: string): Promise<void> {
  const title = page.getByRole('heading', { name: `Peut-elle recevoir des ${currency}` })
  const card = page.locator('section').filter({ has: title })
  await card.getByLabel('Fondement').selectOption({ label: ground })
  await card.getByLabel('Sur quoi cela repose').fill('Pièces au dossier')
  await card.getByRole('button', { name: 'Enregistrer' }).click()
  await page.waitForLoadState('load')
}

/** An elected member with a tie to the band reads nothing of its file. */
export async function declareInterest({ home, follow, press }: Walk): Promise<void> {
  const page = await home('nadia')
  await follow(page, 'Déclarer')
  await page.getByLabel('Association').selectOption({ label: 'Harmonie municipale' })
  await page.getByLabel('Nature du lien').fill('Membre du bureau')
  await press(page, 'Déclarer ce lien')
  await follow(page, 'Instruction')
  expect(await wordsOf(page.getByRole('row', { name: /Harmonie/ }))).toContain('en déport')
}
