import { cents, day, minutes, parseSiren, type Siren } from '#kit'
import type { GiftReceipt } from './gift-receipt.ts'

// Fictional papers of the cast, for tests and the bench.

function siren(text: string): Siren {
  const parsed = parseSiren(text)
  if (!parsed) throw new Error(`not a SIREN: ${text}`)
  return parsed
}

export const createdAt = new Date('2027-02-12T09:30:00Z')

export const issuedReceipt: GiftReceipt = {
  cerfaVersion: '16216*03',
  association: {
    name: 'Le Panier de Valmont',
    identifier: 'RNA W751245606',
    address: { street: '4, rue des Tilleuls', postcode: '38730', town: 'Valmont' },
    purpose:
      'Collecter des denrées et les distribuer gratuitement aux personnes en difficulté du canton.',
    category: { kind: 'freeAid' },
  },
  company: {
    name: 'Boulangeries Martin & Fils',
    legalForm: 'SAS',
    siren: siren('732829320'),
    address: { street: '12, place du Marché', postcode: '38730', town: 'Valmont' },
  },
  inKind: {
    amountCents: cents(462_000),
    missions: [
      {
        title: 'Tenir une comptabilité simple',
        qualification: 'Contrôleur de gestion',
        workedMinutes: minutes(7_200),
        from: day('2026-05-04'),
        to: day('2026-11-27'),
        agreementReference: 'CM-2026-014',
      },
    ],
  },
  cash: { amountCents: cents(0), forms: [] },
  from: day('2026-01-01'),
  to: day('2026-12-31'),
  status: {
    state: 'issued',
    number: '2026-0003',
    signedOn: day('2027-02-12'),
    signatory: { name: 'Odile Perrin', role: 'présidente' },
  },
  verification: { address: 'metis.valmont.example/verifier', code: '7QK4-M2XA-9TFD' },
  createdAt,
}
