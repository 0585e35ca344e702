import { expect } from 'vitest'
import { type Walk, wordsOf } from './steps.ts'

const grants = [
  'Exercice;Bénéficiaire;Objet;Montant',
  '2026;Banque alimentaire de Valmont;Fonctionnement;18 000,00 €',
  '2026;Harmonie municipale;Fonctionnement;9 500,00 €',
  '2026;Amicale laïque;Kermesse;à voir',
].join('\r\n')

export async function importLastYear({ home, follow, press }: Walk): Promise<void> {
  const page = await home('claire')
  await follow(page, 'Importer')
  await page.getByLabel('Votre fichier de subventions').setInputFiles({
    name: 'subventions-2026.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(grants),
  })
  await press(page, 'Lire ce fichier')
  await press(page, 'Importer ces lignes')
  const refused = page.getByRole('region', { name: 'Lignes refusées, et pourquoi' })
  expect(await refused.getByRole('row').count()).toBe(2)
  expect(await wordsOf(refused)).toContain('à voir')
  await follow(page, 'Voir les années')
  expect(await wordsOf(page.getByRole('row', { name: /2026/ }))).toContain('27 500')
}

export async function openPledges({ home, follow, press }: Walk): Promise<void> {
  const page = await home('claire')
  await follow(page, 'Préparer')
  await page.getByLabel('Enveloppe 1', { exact: true }).fill('Vie associative')
  await page.getByLabel("Montant de l'enveloppe 1").fill('22 000')
  await press(page, 'Enregistrer les réglages')
  await press(page, "Ouvrir les promesses d'heures")
  expect(await wordsOf(page.locator('[aria-current=step]'))).toBe("Promesses d'heures")
}

export async function pledgeHours({ home, follow, press }: Walk): Promise<void> {
  const without = await home('hugo', { javaScript: false })
  await follow(without, 'Promettre')
  await follow(without, 'Promettre des heures')
  await without.getByLabel('Finance et comptabilité').fill('42')
  await press(without, 'Envoyer la promesse')
  expect(await wordsOf(without.getByRole('alert'))).toContain('Cochez cette déclaration')
  await without.getByLabel(/n'attend rien en échange/).check()
  await press(without, 'Envoyer la promesse')
  expect(await wordsOf(without.getByRole('row', { name: /Finance/ }))).toContain('À confirmer')

  const page = await home('sarah')
  await follow(page, 'Promettre')
  await follow(page, 'Promettre des heures')
  await page.getByLabel('Informatique et numérique').fill('28')
  await page.getByLabel(/n'attend rien en échange/).check()
  await press(page, 'Envoyer la promesse')
}

export async function confirmPledges({ home, follow, press }: Walk): Promise<void> {
  for (const family of ['Finance et comptabilité', 'Informatique et numérique']) {
    const page = await home('claire')
    await follow(page, 'Confirmer')
    await follow(page, family)
    await page.getByLabel(/La commune a reçu la lettre/).check()
    await press(page, 'Confirmer la promesse')
  }
  const page = await home('claire')
  await follow(page, 'Voir la campagne')
  expect(await wordsOf(page.locator('main'))).toContain('70 h')
  await press(page, 'Ouvrir les demandes')
}
