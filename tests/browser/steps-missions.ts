import { expect } from 'vitest'
import { type Walk, wordsOf } from './steps.ts'
import { pdfOf } from './steps-applications.ts'

export const RECEIPT_NUMBER = /2027-0*1$/

const need = 'Un budget suivi chaque mois'

export async function findSomeone({ home, follow, press }: Walk): Promise<void> {
  const page = await home('claire')
  await follow(page, 'Publier')
  await press(page, 'Publier les missions')
  const phone = await home('ines', { width: 360, height: 740 })
  await follow(phone, 'Voir')
  await follow(phone, need)
  await phone.getByLabel('Votre métier ou votre savoir-faire').fill('Comptable')
  await press(phone, 'Proposer mon aide')
  const association = await home('amina')
  await follow(association, 'Répondre')
  await follow(association, need)
  await press(association, /^Dire oui/)
  const company = await home('hugo')
  await follow(company, 'Répondre')
  await follow(company, need)
  await press(company, 'Accorder l’absence')
}

export async function agree({ home, follow, press }: Walk): Promise<void> {
  const company = await home('hugo')
  await follow(company, 'Préparer')
  await follow(company, need)
  await follow(company, 'Préparer la convention')
  await company.getByLabel('Lieu').fill('4 rue des Halles, Valmont')
  await company.getByLabel('Horaires').fill('le mardi')
  await company.getByLabel('Référent dans l’entreprise').fill('Hugo Aubry')
  await company.getByLabel('Référent dans l’association').fill('Amina Diallo')
  await press(company, 'Préparer et envoyer à la signature')
  await press(company, 'Signer la convention')
  const association = await home('amina')
  await follow(association, 'Signer')
  await follow(association, need)
  await press(association, 'Signer la convention')
  const phone = await home('ines')
  await follow(phone, 'Lire et accepter')
  await follow(phone, need)
  await press(phone, /accord/)
  expect(await wordsOf(phone.locator('main'))).toContain('Noter mes heures')
}

export async function work({ home, follow, press }: Walk): Promise<void> {
  const phone = await home('ines')
  await follow(phone, 'Saisir')
  await follow(phone, need)
  await follow(phone, 'Noter mes heures')
  for (const worked of ['2027-04-06', '2027-04-13']) {
    await phone.getByLabel('Jour').fill(worked)
    await phone.getByLabel('Durée').selectOption({ label: '7 h' })
    await phone.getByLabel(/en une ligne/).fill('Plan de comptes')
    await press(phone, 'Enregistrer')
  }
  await press(phone, 'Envoyer le lien de confirmation')
}

/** The volunteer has no account at hand: the mail's link is enough. */
export async function confirm({ site, look }: Walk): Promise<void> {
  const page = await site.open(undefined, { width: 360 })
  await page.goto(`${site.url}/mailbox`)
  await look(page)
  const mail = page
    .getByRole('article')
    .filter({ hasText: 'Dix secondes pour confirmer des heures' })
  await mail.getByRole('link').first().click()
  await look(page)
  await page.getByRole('button', { name: 'Tout est exact' }).click()
  await page.waitForLoadState('load')
  await look(page)
  expect(await wordsOf(page.locator('main'))).toContain('Merci, tout est répondu')
}

export async function value({ home, follow, press }: Walk): Promise<void> {
  const company = await home('hugo')
  await follow(company, 'Approuver')
  await follow(company, need)
  await press(company, /^Approuver les 2 lignes/)
  await home('hugo')
  await follow(company, 'Déclarer')
  await follow(company, /^Déclarer la valeur/)
  await company.getByLabel('Coût de revient d’une heure').fill('38,50')
  await company.getByLabel('Forme juridique de l’entreprise').fill('SARL')
  await press(company, 'Déclarer cette valeur')
}

export async function issue(walk: Walk): Promise<void> {
  const { home, follow, press } = walk
  const page = await home('amina')
  await follow(page, 'Émettre')
  await follow(page, /^Préparer le reçu/)
  await press(page, 'Signer et émettre le reçu')
  const row = page.getByRole('row', { name: /valable/ })
  expect(await wordsOf(row)).toContain('14 h')
  expect(await wordsOf(row)).toContain('539 €')
  expect(await pdfOf(page, RECEIPT_NUMBER)).toMatch(/^%PDF/)
}
