import { expect, test } from 'vitest'
import type { Campaign } from '#campaigns'
import { cents, day, minutes } from '#kit'
import { refusalsForDraftNeeds } from './draft.ts'
import { effectOf } from './effect.ts'
import { plainFileName } from './pieces.ts'
import { type Application, type DraftNeed, refusalsForDeposit } from './rules.ts'

const campaign: Campaign = {
  territoryId: 't',
  id: 'c',
  state: 'applying',
  year: 2027,
  title: 'Saison 2027',
  pledgesCloseOn: day('2026-12-15'),
  applicationsCloseOn: day('2027-01-31'),
  councilOn: day('2027-03-25'),
  startsOn: day('2027-04-01'),
  endsOn: day('2027-12-31'),
  floorPercent: 60,
  reservePercent: 10,
  weightLowPercent: 70,
  weightHighPercent: 130,
  totalCapPercent: 130,
  cashUnitCents: cents(10_00),
  referenceHourlyCents: cents(35_00),
}

const need: DraftNeed & { id: string } = {
  id: 'n',
  family: 'FINANCE',
  minMinutes: minutes(300),
  maxMinutes: minutes(600),
  deliverable: 'Un budget suivi',
  modality: 'hybrid',
  startsOn: day('2027-04-01'),
  endsOn: day('2027-12-31'),
}

const whole: Application = {
  territoryId: 't',
  id: 'a',
  campaignId: 'c',
  association: {
    id: 'o',
    name: 'Banque alimentaire de Valmont',
    rna: 'W760000001',
    siret: null,
    address: '',
    purpose: '',
  },
  envelopeId: 'e',
  projectTitle: 'Distribution du samedi',
  projectSummary: 'Une distribution de plus',
  beneficiaries: '',
  askedCents: cents(1_500_00),
  usefulCents: cents(1_000_00),
  cashFallback: '',
  budgetChargesCents: cents(4_000_00),
  budgetProductsCents: cents(4_000_00),
  commitmentSignedAt: new Date(),
  savedAt: new Date(),
  withdrawnAt: null,
  deposit: undefined,
  needs: [need],
}

const cases: [string, Partial<Application>, string[]][] = [
  ['a whole file', {}, []],
  [
    'hours alone',
    { askedCents: null, usefulCents: null, budgetChargesCents: null, budgetProductsCents: null },
    [],
  ],
  ['euros alone', { needs: [] }, []],
  ['nothing asked', { askedCents: cents(0), usefulCents: null, needs: [] }, ['nothingAsked']],
  ['no commitment signed', { commitmentSignedAt: null }, ['noCommitment']],
  ['no number at all', { association: { ...whole.association, rna: null } }, ['noIdentifier']],
  ['no name and no words', { projectTitle: '', projectSummary: '' }, ['noTitle', 'noSummary']],
  ['no envelope', { envelopeId: null }, ['noEnvelope']],
  ['a budget out of balance', { budgetProductsCents: cents(3_999_99) }, ['unbalanced']],
  ['no budget', { budgetChargesCents: null, budgetProductsCents: null }, ['noBudget']],
  ['a start above what is asked', { usefulCents: cents(1_500_01) }, ['usefulAboveAsked']],
  ['a skill of another season', { needs: [{ ...need, family: 'LEGAL' }] }, ['familyNotInCampaign']],
  [
    'a period too early',
    { needs: [{ ...need, startsOn: day('2027-03-31') }] },
    ['needOutsideSeason'],
  ],
  [
    'a need hardly begun',
    { needs: [{ ...need, family: null, maxMinutes: null, deliverable: '', endsOn: null }] },
    ['needWithoutFamily', 'needWithoutHours', 'needWithoutDeliverable', 'needWithoutPeriod'],
  ],
]

test.each(cases)('the deposit of %s gets every reason at once', (_, changed, codes) => {
  const season = { campaign, families: ['FINANCE'], today: day('2027-01-31') }
  const refusals = refusalsForDeposit({ ...whole, ...changed }, season)
  expect(refusals.map(({ code }) => code)).toEqual(
    codes.map((code) => `applications:refused.${code}`),
  )
})

test.each([
  ['after the closing day', { state: 'applying' as const, today: day('2027-02-01') }, 'tooLate'],
  ['before applications open', { state: 'pledging' as const, today: day('2027-01-01') }, 'notOpen'],
])('nothing is deposited %s', (_, { state, today }, code) => {
  const season = { campaign: { ...campaign, state }, families: ['FINANCE'], today }
  const [refusal] = refusalsForDeposit(whole, season)
  expect(refusal?.code).toBe(`applications:refused.${code}`)
})

test('a draft holds blank rows, but no hours that cannot be', () => {
  expect(refusalsForDraftNeeds([undefined, { ...need, maxMinutes: null }])).toEqual([])
  const wrong = [undefined, { ...need, minMinutes: minutes(45), maxMinutes: minutes(30) }]
  expect(refusalsForDraftNeeds(wrong).map(({ field }) => field)).toEqual([
    'need2-hoursMin',
    'need2-hoursMax',
  ])
})

test('a file keeps a name that any disk and any header reads the same', () => {
  expect(plainFileName('C:\\Documents\\"relevé" 2026.pdf')).toBe('_relevé_ 2026.pdf')
  expect(plainFileName('<script>alert(1)</script>.pdf')).toBe('script_.pdf')
})

test('a smaller envelope shows each its fall, and what its hours would weigh beside it', () => {
  const effect = effectOf({
    baselineCents: cents(4_000_00),
    lastYearCents: cents(40_000_00),
    envelopeCents: cents(25_000_00),
    askedMinutes: minutes(30 * 60),
    referenceHourlyCents: cents(35_00),
  })
  expect(effect).toMatchObject({ fallCents: 1_500_00n, indicativeCents: 1_050_00n, percent: 70 })
})

test('an envelope that does not fall takes nothing from anybody', () => {
  const effect = effectOf({
    baselineCents: cents(4_000_00),
    lastYearCents: cents(40_000_00),
    envelopeCents: cents(40_000_00),
    askedMinutes: minutes(60),
    referenceHourlyCents: cents(35_00),
  })
  expect(effect).toMatchObject({ fallCents: 0n, percent: undefined })
})
