import type { Shape } from './rows.ts'

const circumstances = {
  startsOn: 'day?',
  endsOn: 'day?',
  modality: 'modality?',
  place: 'place?',
} as const satisfies Shape

/** The lists of a problem file and their fields, in the order of the format. */
export const shapes = {
  scoreWeights: { score: 'score', percent: 'percent' },
  families: { family: 'key', hourlyValueCents: 'positive' },
  envelopes: { id: 'key', name: 'text?', cashCents: 'amount' },
  companies: { id: 'key', name: 'text?', missionsMax: 'limit', excludedAssociationIds: 'texts' },
  pools: {
    id: 'key',
    companyId: 'text',
    families: 'texts',
    minutes: 'amount',
    blockMinutes: 'positive',
    missionsMax: 'limit',
    reachMetres: 'metres?',
    ...circumstances,
  },
  needs: {
    id: 'key',
    associationId: 'text',
    family: 'text',
    minMinutes: 'amount',
    maxMinutes: 'positive',
    ...circumstances,
  },
  associations: {
    id: 'key',
    name: 'text?',
    envelopeId: 'text',
    basisCents: 'positive?',
    referenceCents: 'positive',
    baselineCents: 'amount',
    floorCents: 'amount',
    requestCents: 'amount',
    usefulCents: 'amount',
    totalCapCents: 'amount',
    score: 'score',
    isCashEligible: 'boolean',
    isHoursEligible: 'boolean',
    excludedCompanyIds: 'texts',
  },
} as const satisfies Record<string, Shape>
export const pinShapes = {
  cash: { associationId: 'key', cashCents: 'amount' },
  hours: { needId: 'key', poolId: 'textOrNone', minutes: 'amount' },
} as const satisfies Record<string, Shape>
