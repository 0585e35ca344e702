import { cents, day, minutes } from '#kit'
import type { CouncilPack } from './council-pack.ts'
import { campaign, createdAt, issuer } from './sample-parties.ts'

export const councilPack: CouncilPack = {
  issuer,
  drafts: [
    {
      title: 'Le Panier de Valmont',
      visas:
        'Vu le code général des collectivités territoriales, notamment son article L. 1612-25 ;',
      considering: ['Considérant l’intérêt local du projet « Aide alimentaire » ;'],
      decides: ['attribue une subvention de 26 400 € ;', 'autorise la signature de la convention.'],
      state: [],
      recused: [],
    },
    {
      title: 'subventions sans condition',
      visas:
        'Vu le code général des collectivités territoriales, notamment son article L. 1612-25 ;',
      considering: [],
      decides: ['attribue les subventions de l’état annexé.'],
      state: [
        {
          association: 'Union sportive de Valmont',
          identifier: 'RNA W381000123',
          object: 'École de football',
          amountCents: cents(15900_00),
        },
      ],
      recused: ['Karim Benali', 'Claire Vidal'],
    },
  ],
  reference: '2027-03-12',
  campaign,
  sessionOn: day('2027-03-25'),
  object: 'Attribution des subventions aux associations',
  rapporteur: 'Karim Benali, adjoint à la vie associative',
  report: [
    'L’enveloppe des subventions baisse de 12 %. Vingt entreprises ont promis des heures de compétences avant l’ouverture de la campagne. Chaque association a demandé, sur un même dossier, des euros et des heures.',
    'La commission a examiné les demandes complètes. Elle propose le partage suivant, chaque montant étant motivé dans le dossier de la demande.',
  ],
  budgetLine: '65748',
  envelopeCents: cents(6_000_000),
  lines: [
    {
      association: 'Le Panier de Valmont',
      identifier: 'RNA W751245606',
      object: 'Aide alimentaire',
      previousCents: cents(30000_00),
      amountCents: cents(26400_00),
      agreement: true,
      recused: [],
    },
    {
      association: 'Union sportive de Valmont',
      identifier: 'RNA W381000123',
      object: 'École de football',
      previousCents: cents(18000_00),
      amountCents: cents(15900_00),
      agreement: false,
      recused: ['Karim Benali'],
    },
    {
      association: 'Les Planches',
      identifier: 'RNA W381000456',
      object: 'Festival d’été',
      previousCents: cents(9000_00),
      amountCents: cents(8100_00),
      agreement: false,
      recused: ['Claire Vidal', 'Jean Roux'],
    },
    {
      association: 'Mémoire et Patrimoine',
      identifier: 'RNA W381000789',
      object: 'Restauration du lavoir',
      previousCents: cents(4000_00),
      amountCents: cents(3500_00),
      agreement: false,
      recused: [],
    },
  ],
  hoursCredits: [
    {
      association: 'Le Panier de Valmont',
      family: 'Finance, comptabilité, contrôle de gestion',
      minutes: minutes(7_200),
    },
    {
      association: 'Les Planches',
      family: 'Communication et relations presse',
      minutes: minutes(1_890),
    },
  ],
  algorithm: {
    purpose: 'proposer un partage équitable',
    rulesAddress: 'metis.valmont.example/regles',
  },
  createdAt,
}
