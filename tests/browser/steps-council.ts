import { expect } from 'vitest'
import { enterBy, typeIn, type Walk, wordsOf } from './steps.ts'
import { pdfOf } from './steps-applications.ts'

export async function share({ home, follow, press }: Walk): Promise<void> {
  const page = await home('claire')
  await follow(page, 'Répartir')
  await page.getByLabel('Nom du scénario').fill('Budget −20 %')
  await press(page, 'Calculer')
  const figures = page.getByRole('region', { name: 'Chiffres clés' })
  expect(await wordsOf(figures)).toContain('22 000 €')
  expect(await wordsOf(figures)).toMatch(/Baisse compensée 31 % .* pour 5 500 € de baisse/)
  expect(await page.getByRole('row', { name: /Banque alimentaire/ }).count()).toBeGreaterThan(0)
  await press(page, 'Proposer au conseil')
  await follow(page, 'Passer au conseil municipal')
  await press(page, 'Passer au conseil municipal')
}

/** The clerk records the vote with the keyboard alone; the member who is tied to the band left the room. */
export async function vote(walk: Walk): Promise<void> {
  const page = await walk.home('claire')
  await enterBy(walk, page, 'Consigner')
  await typeIn(page, 'Numéro de la délibération', '2027-03-12')
  await typeIn(page, 'Membres en exercice', '27')
  await typeIn(page, 'Membres présents', '20')
  await enterBy(walk, page, 'Enregistrer la délibération')
  const band = await wordsOf(page.getByRole('row', { name: /Harmonie/ }).last())
  expect(band).toContain('19 pour, 0 contre, 0 abstentions')
  expect(band).toContain('Déports : Nadia Benali')
}

export async function notify({ home, follow, press }: Walk): Promise<void> {
  const page = await home('claire')
  await follow(page, 'Continuer')
  await press(page, 'Rendre exécutoire')
  await press(page, 'Notifier 2 associations')
  expect(await wordsOf(page.locator('main'))).toContain(
    'Toutes les associations ont reçu leur lettre',
  )
}

export async function signGrant({ home, follow, press }: Walk): Promise<void> {
  const own = await home('amina')
  await follow(own, 'Lire')
  await follow(own, 'Voir la décision')
  expect(await wordsOf(own.locator('main'))).toContain('Pourquoi cette décision')
  await press(own, 'Prendre connaissance de la lettre')
  expect(await pdfOf(own, 'Lire la lettre de notification (PDF)')).toMatch(/^%PDF/)
  await press(own, 'Signer la convention')
  const page = await home('claire')
  await follow(page, 'Décisions')
  await follow(page, 'Banque alimentaire de Valmont')
  await press(page, 'Signer la convention')
  expect(await wordsOf(page.locator('main'))).toContain('signée par Amina Diallo')
  expect(await wordsOf(page.locator('main'))).toContain('signée par Claire Morel')
}

export async function pay({ home, follow, press }: Walk): Promise<void> {
  const page = await home('claire')
  await follow(page, 'Décisions')
  await follow(page, /Les missions peuvent commencer/)
  await press(page, 'Lancer la réalisation')
  await home('claire')
  await follow(page, 'Suivre les versements')
  await follow(page, 'Banque alimentaire de Valmont')
  await page.getByLabel('Montant versé').fill('10 000')
  await page.getByLabel('Numéro de mandat').fill('M-118')
  await press(page, 'Enregistrer le versement')
  expect(await wordsOf(page.locator('main'))).toContain('10 000 € versés sur')
}
