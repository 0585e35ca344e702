import { addMonths, type Cents, cents, type Day, day, type Refusal, refusal, yearOf } from '#kit'
import type { CampaignState } from './states.ts'

/** The figures of a season: what the council decides before anyone asks. */
export type Figures = {
  year: number
  title: string
  pledgesCloseOn: Day
  applicationsCloseOn: Day
  councilOn: Day
  startsOn: Day
  endsOn: Day
  /** Each association keeps at least this share of its baseline, as far as the envelope goes. */
  floorPercent: number
  /** Share of confirmed hours kept aside for accidents of the season. */
  reservePercent: number
  weightLowPercent: number
  weightHighPercent: number
  totalCapPercent: number
  cashUnitCents: Cents
  /** Indicative, never fiscal, never added to euros in an act (DOMAIN 8.5). */
  referenceHourlyCents: Cents
}

export type Campaign = Figures & { territoryId: string; id: string; state: CampaignState }

export type Settings = Figures & {
  envelopes: { name: string; cashCents: Cents }[]
  families: string[]
  criteria: { label: string; weight: number }[]
}

/** DOMAIN 1.5, in the order in which they are shown. */
export const families = [
  'STRATEGY',
  'FINANCE',
  'LEGAL',
  'HR',
  'COMMS',
  'MARKETING',
  'FUNDRAISING',
  'DIGITAL',
  'DATA',
  'DESIGN',
  'LOGISTICS',
  'REALESTATE',
  'EVENTS',
  'TRAINING',
  'ENVIRONMENT',
  'SOLIDARITY_DAY',
] as const

/** Sane figures for the season of `year`, with the calendar of DOMAIN 8.1. */
export function proposedFigures(year: number): Omit<Figures, 'title'> {
  return {
    year,
    pledgesCloseOn: day(`${year - 1}-12-15`),
    applicationsCloseOn: day(`${year}-01-31`),
    councilOn: day(`${year}-03-25`),
    startsOn: day(`${year}-04-01`),
    endsOn: day(`${year}-12-31`),
    floorPercent: 60,
    reservePercent: 10,
    weightLowPercent: 70,
    weightHighPercent: 130,
    totalCapPercent: 130,
    cashUnitCents: cents(10_00),
    referenceHourlyCents: cents(35_00),
  }
}

/** The same settings for another year: each day moved by whole years, the rest as it was. */
export function movedTo(year: number, settings: Settings): Settings {
  const months = (year - settings.year) * 12
  return {
    ...settings,
    year,
    title: settings.title.replaceAll(String(settings.year), String(year)),
    pledgesCloseOn: addMonths(settings.pledgesCloseOn, months),
    applicationsCloseOn: addMonths(settings.applicationsCloseOn, months),
    councilOn: addMonths(settings.councilOn, months),
    startsOn: addMonths(settings.startsOn, months),
    endsOn: addMonths(settings.endsOn, months),
  }
}

/** Everything that is wrong with these settings, each reason beside its field. */
export function refusalsForSettings(settings: Settings): Refusal[] {
  return [
    ...refusalsForCalendar(settings),
    ...refusalsForShares(settings),
    ...refusalsForLists(settings),
  ]
}

function refusalsForCalendar(figures: Figures): Refusal[] {
  const refusals: Refusal[] = []
  const say = (code: string, field: string) => refusals.push(refusal(code, { field }))
  if (figures.year < 2000 || figures.year > 2100) say('campaigns:refused.year', 'year')
  if (figures.title.length < 2) say('campaigns:refused.title', 'title')
  if (figures.applicationsCloseOn < figures.pledgesCloseOn)
    say('campaigns:refused.applicationsBeforePledges', 'applicationsCloseOn')
  if (figures.councilOn <= figures.applicationsCloseOn)
    say('campaigns:refused.councilTooSoon', 'councilOn')
  if (figures.endsOn <= figures.startsOn) say('campaigns:refused.endsBeforeStart', 'endsOn')
  if (yearOf(figures.startsOn) !== figures.year) say('campaigns:refused.otherYear', 'startsOn')
  return refusals
}

/** The bounds that the schema keeps too. */
export const bounds = {
  floorPercent: { least: 0, most: 100 },
  reservePercent: { least: 0, most: 50 },
  weightLowPercent: { least: 10, most: 100 },
  weightHighPercent: { least: 100, most: 300 },
  totalCapPercent: { least: 100, most: 500 },
} as const
export type Share = keyof typeof bounds

function refusalsForShares(figures: Figures): Refusal[] {
  const shares = Object.keys(bounds) as Share[]
  const outside = shares.filter((share) => {
    const value = figures[share]
    return !Number.isInteger(value) || value < bounds[share].least || value > bounds[share].most
  })
  const refusals = outside.map((field) =>
    refusal('campaigns:refused.outOfBounds', { field, ...bounds[field] }),
  )
  if (figures.cashUnitCents <= 0n)
    refusals.push(refusal('campaigns:refused.amount', { field: 'cashUnitCents' }))
  if (figures.referenceHourlyCents <= 0n)
    refusals.push(refusal('campaigns:refused.amount', { field: 'referenceHourlyCents' }))
  return refusals
}

function refusalsForLists({ envelopes, families: chosen, criteria }: Settings): Refusal[] {
  const refusals: Refusal[] = []
  const say = (code: string, field: string) => refusals.push(refusal(code, { field }))
  if (envelopes.length === 0) say('campaigns:refused.noEnvelope', 'envelopeName1')
  if (hasTwins(envelopes.map(({ name }) => name)))
    say('campaigns:refused.twinEnvelopes', 'envelopeName1')
  if (envelopes.some(({ cashCents }) => cashCents < 0n))
    say('campaigns:refused.amount', 'envelopeCash1')
  if (chosen.length === 0) say('campaigns:refused.noFamily', 'family-STRATEGY')
  if (criteria.length === 0) say('campaigns:refused.noCriterion', 'criterionLabel1')
  if (hasTwins(criteria.map(({ label }) => label)))
    say('campaigns:refused.twinCriteria', 'criterionLabel1')
  if (criteria.some(({ weight }) => !Number.isInteger(weight) || weight < 1 || weight > 100))
    say('campaigns:refused.weight', 'criterionWeight1')
  return refusals
}

function hasTwins(words: string[]): boolean {
  return new Set(words.map((word) => word.toLowerCase())).size < words.length
}
