import type { Party } from './parts.ts'

export const createdAt = new Date('2027-02-12T09:30:00Z')

export const issuer = {
  name: 'Commune de Valmont',
  colour: '#27348B',
  address: '1, place de la Mairie, 38730 Valmont',
}

export const commune: Party = {
  name: 'Commune de Valmont',
  identifier: 'SIRET 213 800 019 00017',
  address: issuer.address,
  representative: { name: 'Claire Vidal', role: 'maire' },
}

export const association: Party = {
  name: 'Le Panier de Valmont',
  identifier: 'RNA W751245606',
  address: '4, rue des Tilleuls, 38730 Valmont',
  representative: { name: 'Odile Perrin', role: 'présidente' },
}

export const company: Party = {
  name: 'Boulangeries Martin & Fils',
  identifier: 'SIREN 732 829 320',
  address: '12, place du Marché, 38730 Valmont',
  representative: { name: 'Hugo Martin', role: 'gérant' },
}

export const campaign = 'Campagne METIS 2027'
