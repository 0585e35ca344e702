import { cents, minutes } from '#kit'
import { constant } from './constant.ts'

// Amounts in cents, durations in minutes, shares in percent or per mille: nothing here is a float.
// `from` is the day from which METIS applies a value; the text itself may be older.

const euros = (amount: number) => cents(amount * 100)
const hours = (count: number) => minutes(count * 60)

/** Companies: the gift and its tax reduction (CGI art. 238 bis). */
const gifts = {
  giftReductionPercent: constant('percent', 'CGI art. 238 bis, 1', ['2020-01-01', 60n]),
  giftReducedRatePercent: constant('percent', 'CGI art. 238 bis', ['2020-12-31', 40n]),
  giftReducedRateAboveCents: constant('cents', 'CGI art. 238 bis', [
    '2020-12-31',
    euros(2_000_000),
  ]),
  giftCeilingFloorCents: constant(
    'cents',
    'CGI art. 238 bis',
    ['2019-01-01', euros(10_000), 'to verify'],
    ['2020-01-01', euros(20_000)],
  ),
  giftCeilingTurnoverPerMille: constant('perMille', 'CGI art. 238 bis', ['2019-01-01', 5n]),
  carryForwardYears: constant('years', 'CGI art. 238 bis', ['2019-01-01', 5]),
  itemisedGiftsAboveCents: constant('cents', 'CGI art. 238 bis, 6; décret 2019-531', [
    '2019-01-01',
    euros(10_000),
  ]),
  counterpartPercentMax: constant('percent', 'administrative practice', [
    '2020-01-01',
    25n,
    'to verify',
  ]),
  secondmentCapMultiple: constant('times', 'CGI art. 238 bis, 1; loi 2019-1479 art. 134', [
    '2020-12-31',
    3n,
    'to verify',
  ]),
  socialSecurityCeilingMonthlyCents: constant(
    'cents',
    'CSS art. L.241-3; arrêté annuel',
    ['2023-01-01', euros(3_666)],
    ['2024-01-01', euros(3_864)],
    ['2025-01-01', euros(3_925)],
    ['2026-01-01', euros(4_005)],
  ),
  minimumWageHourlyCents: constant(
    'cents',
    'décrets fixant le SMIC',
    ['2024-01-01', cents(1165)],
    ['2024-11-01', cents(1188)],
    ['2026-01-01', cents(1202)],
    ['2026-06-01', cents(1231)],
  ),
  cerfaCompanyReceipt: constant(
    'form',
    'CGI art. 238 bis, 5 bis (form 2041-MEC-SD)',
    ['2022-01-01', '16216*01'],
    ['2024-01-01', '16216*02', 'to verify'],
    ['2026-01-01', '16216*03', 'to verify'],
  ),
} as const

/** Working time and the loan of staff (code du travail, code de la sécurité sociale). */
const work = {
  annualMinutes: constant('minutes', 'C. trav. art. L.3121-41', ['2020-01-01', hours(1607)]),
  annualDays: constant('days', 'C. trav. art. L.3121-64', ['2020-01-01', 218]),
  missionDayMinutes: constant('minutes', 'METIS convention', ['2020-01-01', hours(7)]),
  dailyMinutesMax: constant('minutes', 'C. trav. art. L.3121-18', ['2020-01-01', hours(10)]),
  weeklyMinutesMax: constant('minutes', 'C. trav. art. L.3121-20', ['2020-01-01', hours(48)]),
  averageWeeklyMinutesMax: constant('minutes', 'C. trav. art. L.3121-22', [
    '2020-01-01',
    hours(44),
  ]),
  weeklyDaysMax: constant('days', 'C. trav. art. L.3132-1', ['2020-01-01', 6]),
  dailyRestMinutes: constant('minutes', 'C. trav. art. L.3131-1', ['2020-01-01', hours(11)]),
  illicitLendingPrisonYears: constant('years', 'C. trav. art. L.8243-1', ['2020-01-01', 2]),
  illicitLendingFineCents: constant('cents', 'C. trav. art. L.8243-1', [
    '2020-01-01',
    euros(30_000),
  ]),
  secondmentYearsMax: constant(
    'years',
    'C. trav. art. L.8241-3',
    ['2020-01-01', 2, 'to verify'],
    ['2024-04-17', 3],
  ),
  accidentToldEmployerHours: constant('hours', 'CSS art. R.441-2', ['2020-01-01', 24]),
  accidentUserTellsHours: constant('hours', 'CSS art. L.412-4', ['2020-01-01', 24, 'to verify']),
  accidentDeclaredHours: constant('hours', 'CSS art. R.441-3', ['2020-01-01', 48]),
} as const

/** Municipal grants, their procedure and their publication. */
const grants = {
  agreementAboveCents: constant('cents', 'loi 2000-321 art. 10; décret 2001-495 art. 1', [
    '2001-06-06',
    euros(23_000),
  ]),
  certifiedAccountsAboveCents: constant('cents', 'CGCT ex art. L.2313-1', [
    '2020-01-01',
    euros(75_000),
  ]),
  certifiedAccountsBudgetPercent: constant('percent', 'CGCT ex art. L.2313-1', ['2020-01-01', 50n]),
  auditorAboveCents: constant('cents', 'obligation légale de commissariat aux comptes', [
    '2020-01-01',
    euros(153_000),
    'to verify',
  ]),
  auditChamberAboveCents: constant('cents', 'CJF art. L.211-8', ['2020-01-01', euros(1_500)]),
  deMinimisThreeYearsCents: constant('cents', 'Règlement (UE) 2023/2831', [
    '2024-01-01',
    euros(300_000),
  ]),
  publicAidStatedAboveCents: constant('cents', 'formulaire Cerfa 12156, partie 7', [
    '2020-01-01',
    euros(500_000),
    'to verify',
  ]),
  paymentDays: constant('days', 'loi 2000-321 art. 10', ['2021-07-03', 60, 'to verify']),
  financialReportMonths: constant('months', 'loi 2000-321 art. 10', ['2001-06-06', 6]),
  reportCompletionDays: constant('days', 'METIS convention', ['2020-01-01', 8]),
  // The text asks for a delay that is enough, and gives no figure.
  observationDays: constant('days', 'CRPA art. L.121-1, L.122-1', ['2016-01-01', 15, 'to verify']),
  implicitRejectionMonths: constant('months', 'CRPA art. L.231-4, 3°', ['2016-01-01', 2]),
  acknowledgementWorkingDays: constant('days', 'CRPA art. R.112-11-1', ['2016-11-07', 10]),
  appealMonths: constant('months', 'CJA art. R.421-1', ['2016-01-01', 2, 'to verify']),
  openDataMonths: constant('months', 'décret 2017-779', ['2017-08-01', 3]),
  openDataInhabitantsMin: constant('inhabitants', 'loi 2000-321 art. 10', ['2017-08-01', 3_500]),
  algorithmPublicationAgentsMin: constant('agents', 'CRPA art. L.312-1-3, D.312-1-1-1', [
    '2018-10-07',
    50,
  ]),
} as const

/** Associations: rulings, declarations, and people's privacy. */
const associations = {
  rulingTacitMonths: constant('months', 'LPF art. L.80 C', ['2016-01-01', 6]),
  selfDeclarationMonths: constant('months', 'METIS convention', ['2020-01-01', 12]),
  receiptKeptYears: constant('years', 'LPF art. L.102 E', ['2022-01-01', 6, 'to verify']),
  undueReceiptFinePercent: constant('percent', 'CGI art. 1740 A', ['2019-01-01', 60n]),
  aggregatePersonsMin: constant('persons', 'METIS convention', ['2020-01-01', 5]),
} as const

export const constants = { ...gifts, ...work, ...grants, ...associations } as const
