import type { Day } from '#kit'
import { dated } from './parts.ts'

// The model lists 21 categories; only the one that applies has to be shown. These are the ones whose
// labels have been read; `other` carries the label that the association copies from the form.

const GENERAL_INTEREST =
  'Œuvre ou organisme d’intérêt général ayant un caractère philanthropique, éducatif, scientifique, social, humanitaire, sportif, familial, culturel ou concourant à l’égalité entre les femmes et les hommes, à la mise en valeur du patrimoine artistique, à la défense de l’environnement naturel ou à la diffusion de la culture, de la langue et des connaissances scientifiques françaises'

const labels = {
  association1901: `${GENERAL_INTEREST} — Association loi 1901`,
  universityFoundation: `${GENERAL_INTEREST} — Fondation universitaire ou fondation partenariale (articles L. 719-12 et L. 719-13 du code de l’éducation)`,
  companyFoundation: `${GENERAL_INTEREST} — Fondation d’entreprise`,
  museum: `${GENERAL_INTEREST} — Musée de France`,
  freeAid: `${GENERAL_INTEREST} — Organisme sans but lucratif fournissant gratuitement une aide alimentaire, des soins médicaux ou des produits de première nécessité à des personnes en difficulté ou favorisant leur logement`,
  worship: 'Association cultuelle ou établissement public des cultes reconnus d’Alsace-Moselle',
  education:
    'Établissement d’enseignement supérieur ou d’enseignement artistique public ou privé, d’intérêt général, à but non lucratif',
  performance:
    'Organisme public ou privé à gestion désintéressée ayant pour activité principale la présentation au public d’œuvres (spectacle vivant, cirque, expositions d’art contemporain)',
  endowmentFund: 'Fonds de dotation',
} as const

export type ReceiptCategory =
  | { kind: keyof typeof labels }
  | { kind: 'publicUtility'; decreedOn: Day; publishedOn: Day }
  | { kind: 'approvedResearch'; approvedOn: Day }
  | { kind: 'other'; label: string }

export function receiptCategoryLabel(category: ReceiptCategory): string {
  if (category.kind === 'publicUtility')
    return `${GENERAL_INTEREST} — Association ou fondation reconnue d’utilité publique par décret en date du ${dated(category.decreedOn)}, publié au Journal officiel du ${dated(category.publishedOn)}`
  if (category.kind === 'approvedResearch')
    return `Société ou organisme public ou privé agréé (article 4 de l’ordonnance n° 58-882 du 25 septembre 1958), agrément du ${dated(category.approvedOn)}`
  if (category.kind === 'other') return category.label
  return labels[category.kind]
}
