import { expect, test } from 'vitest'
import { day, minutes } from '#kit'
import {
  type AgreementTerms,
  absenceRefusals,
  agreementRefusals,
  answerRefusals,
  approvalRefusals,
  candidacyRefusals,
  type Entry,
  entryRefusals,
  isSignedByAll,
  type Mission,
  stateOf,
  warningKinds,
  warningsOf,
  weekOf,
} from './rules/index.ts'

const agreement = {
  startsOn: day('2027-04-01'),
  endsOn: day('2027-09-30'),
  effectiveOn: day('2027-04-05'),
}
const around = {
  agreement,
  leftMinutes: minutes(30 * 60),
  others: [],
  isSeasonClosed: false,
  calendar: 'mainland' as const,
  today: day('2027-05-14'),
}
const worked = (on: string, hours: number) => ({ day: day(on), workedMinutes: minutes(hours * 60) })
const entry = (on: string, hours: number) => ({
  ...worked(on, hours),
  isAtNight: false,
  note: '',
  acknowledged: [...warningKinds],
})
const week = ['2027-05-10', '2027-05-11', '2027-05-12', '2027-05-13']

test.each([
  ['half a day is entered', entry('2027-05-11', 3.5), {}, []],
  ['10 h in a day are the most (L.3121-18)', entry('2027-05-11', 10), {}, []],
  ['10 h 15 in a day are refused (L.3121-18)', entry('2027-05-11', 10.25), {}, ['dayTooLong']],
  [
    'hours of another mission count in the day (L.3121-18)',
    entry('2027-05-11', 4),
    { others: [worked('2027-05-11', 7)] },
    ['dayTooLong'],
  ],
  [
    '48 h in a week are the most (L.3121-20)',
    entry('2027-05-14', 8),
    { others: week.map((on) => worked(on, 10)) },
    [],
  ],
  [
    '48 h 15 in a week are refused (L.3121-20)',
    entry('2027-05-14', 8.25),
    { others: week.map((on) => worked(on, 10)) },
    ['weekTooLong'],
  ],
  ['tomorrow is refused', entry('2027-05-15', 1), {}, ['future']],
  ['before the agreement is refused', entry('2027-03-31', 1), {}, ['outsideAgreement']],
  [
    'after the agreement is refused',
    entry('2027-10-01', 1),
    { today: day('2027-10-02') },
    ['outsideAgreement'],
  ],
  [
    'before the third signature is refused (R.8241-2)',
    entry('2027-04-02', 1),
    {},
    ['beforeSignatures'],
  ],
  [
    'more than what is left is refused',
    entry('2027-05-11', 3),
    { leftMinutes: minutes(165) },
    ['moreThanLeft'],
  ],
  [
    'twenty minutes are refused',
    { ...entry('2027-05-11', 1), workedMinutes: minutes(20) },
    {},
    ['notQuarters'],
  ],
  ['nothing is refused', entry('2027-05-11', 0), {}, ['notQuarters']],
  [
    'without an agreement in force nothing is entered',
    entry('2027-05-11', 1),
    { agreement: undefined },
    ['notInForce'],
  ],
  [
    'every reason is said at once',
    entry('2027-05-15', 11),
    { leftMinutes: minutes(60) },
    ['future', 'moreThanLeft', 'dayTooLong'],
  ],
] as const)('%s', (_, asked, changed, reasons) => {
  const refusals = entryRefusals(asked, {
    ...around,
    ...changed,
    others: [...('others' in changed ? changed.others : [])],
  })
  expect(refusals.map(({ code }) => code)).toEqual(
    reasons.map((code) => `missions:refused.${code}`),
  )
})

test.each([
  ['a day of 7 h says nothing', entry('2027-05-11', 7), []],
  ['more than 7 h is pointed out', entry('2027-05-11', 7.25), ['long']],
  ['a Saturday is pointed out', entry('2027-05-15', 1), ['saturday']],
  ['a Sunday is pointed out (L.3132-3)', entry('2027-05-09', 1), ['sunday']],
  ['Ascension Day is pointed out (L.3133-1)', entry('2027-05-06', 1), ['holiday']],
  ['a night is pointed out (L.3122-2)', { ...entry('2027-05-11', 1), isAtNight: true }, ['night']],
] as const)('%s', (_, asked, warnings) => {
  expect(warningsOf(asked, around)).toEqual(warnings)
})

test('the week of the law goes from Monday to Sunday, over the new year too', () => {
  expect(weekOf(day('2027-05-09'))).toEqual({ from: '2027-05-03', to: '2027-05-09' })
  expect(weekOf(day('2027-05-10'))).toEqual({ from: '2027-05-10', to: '2027-05-16' })
  expect(weekOf(day('2027-01-01'))).toEqual({ from: '2026-12-28', to: '2027-01-03' })
})

const mission: Mission = {
  territoryId: 't',
  id: 'm',
  campaignId: 'c',
  awardHoursId: 'h',
  applicationId: 'a',
  pledgeId: 'p',
  associationId: 'foodBank',
  associationName: 'Banque alimentaire',
  companyId: 'accountants',
  companyName: 'Cabinet Aubry',
  family: 'FINANCE',
  title: 'Tenir une comptabilité simple',
  agreedMinutes: minutes(1800),
  modality: 'on_site',
  startsOn: day('2027-04-01'),
  endsOn: day('2027-09-30'),
  chosen: undefined,
  agreement: undefined,
  ending: undefined,
  candidatesCount: 0,
  waitingMinutes: minutes(0),
  confirmedMinutes: minutes(0),
  approvedMinutes: minutes(0),
}
const at = new Date('2027-04-01T08:00:00Z')
const chosen = { employeeId: 'ines', employeeName: 'Inès', qualification: 'Comptable' }
const selected: Mission = { ...mission, chosen: { ...chosen, approvedAt: undefined } }
const approved: Mission = { ...mission, chosen: { ...chosen, approvedAt: at } }
const prepared = {
  employeeId: 'ines',
  documentId: 'd',
  startsOn: day('2027-04-01'),
  endsOn: day('2027-09-30'),
  qualification: 'Comptable',
  effectiveAt: undefined,
}

test.each([
  ['nobody chosen', mission, 'open'],
  ['the association said yes', selected, 'selected'],
  ['the company said yes', approved, 'approved'],
  ['the agreement is drawn', { ...approved, agreement: prepared }, 'signing'],
  [
    'the agreement of somebody who stepped back binds nobody',
    { ...approved, agreement: { ...prepared, employeeId: 'other' } },
    'approved',
  ],
  ['all three signed', { ...approved, agreement: { ...prepared, effectiveAt: at } }, 'running'],
  [
    'every hour approved',
    {
      ...approved,
      agreement: { ...prepared, effectiveAt: at },
      approvedMinutes: minutes(1800),
    },
    'complete',
  ],
  [
    'stopped',
    { ...approved, ending: { reason: '', returnedMinutes: minutes(0), endedAt: at } },
    'ended',
  ],
] as const)('a mission where %s', (_, one, state) => {
  expect(stateOf(one)).toBe(state)
})

test('an offer needs a qualification, an open mission, and is made once', () => {
  const today = day('2027-04-01')
  const codes = (one: Mission, qualification: string) =>
    candidacyRefusals(one, { qualification, own: undefined, today }).map(({ code }) => code)
  expect(codes(mission, 'Comptable')).toEqual([])
  expect(codes(mission, '')).toEqual(['missions:refused.noQualification'])
  expect(codes(selected, 'Comptable')).toEqual(['missions:refused.taken'])
})

test('nobody approves their own absence', () => {
  expect(absenceRefusals(selected, 'hugo')).toEqual([])
  expect(absenceRefusals(selected, 'ines').map(({ code }) => code)).toEqual([
    'missions:refused.ownAbsence',
  ])
})

const terms: AgreementTerms = {
  route: 'secondment',
  purpose: 'partnership',
  tasks: ['Tenir les comptes'],
  startsOn: day('2027-04-01'),
  endsOn: day('2027-09-30'),
  places: '',
  schedule: '',
  companyReferent: '',
  associationReferent: '',
}
const season = { startsOn: day('2027-04-01'), endsOn: day('2027-12-31') }

test.each([
  ['is drawn once both organisations said yes', approved, terms, true, []],
  ['waits for both', selected, terms, true, ['notApproved']],
  ['needs the eligibility for hours (L.8241-3)', approved, terms, false, ['notEligible']],
  [
    'stays inside the season',
    approved,
    { ...terms, startsOn: day('2027-03-31'), endsOn: day('2028-01-01') },
    true,
    ['beforeSeason', 'afterSeason'],
  ],
] as const)('an agreement %s', (_, one, asked, mayReceiveHours, reasons) => {
  const refusals = agreementRefusals(
    one,
    { ...asked, tasks: [...asked.tasks] },
    { season, mayReceiveHours, ofContent: [] },
  )
  expect(refusals.map(({ code }) => code)).toEqual(
    reasons.map((code) => `missions:refused.${code}`),
  )
})

test('an agreement takes effect with three signatures, whatever their order', () => {
  expect(isSignedByAll(['employee', 'company', 'association'])).toBe(true)
  expect(isSignedByAll(['company', 'association'])).toBe(false)
  expect(isSignedByAll(['company', 'employee', 'municipality'])).toBe(false)
})

const waiting: Entry = {
  ...entry('2027-05-11', 3),
  id: 'e1',
  missionId: 'm',
  employeeId: 'ines',
  enteredAt: at,
  answer: undefined,
  steps: [],
  approvedAt: undefined,
  reversal: undefined,
}
const unknown = { proposedMinutes: undefined, personId: null, linkId: null }
const answered = { reason: '', byName: 'Amina', at, ...unknown }

test('an entry is answered once, never by the person who did the hours', () => {
  const codes = (entries: Entry[], answererId?: string) =>
    answerRefusals({ outcome: 'confirmed', entryIds: ['e1'] }, { entries, answererId }).map(
      ({ code }) => code,
    )
  expect(codes([waiting])).toEqual([])
  expect(codes([waiting], 'ines')).toEqual(['missions:refused.ownHours'])
  expect(codes([{ ...waiting, answer: { ...answered, outcome: 'confirmed' } }])).toEqual([
    'missions:refused.answeredAlready',
  ])
  expect(codes([])).toEqual(['missions:refused.noEntry'])
})

test('silence never counts: the company approves only what the association confirmed', () => {
  const codes = (one: Entry) =>
    approvalRefusals(['e1'], { entries: [one], approverId: 'hugo' }).map(({ code }) => code)
  expect(codes(waiting)).toEqual(['missions:refused.notConfirmed'])
  expect(codes({ ...waiting, answer: { ...answered, outcome: 'disputed' } })).toEqual([
    'missions:refused.notConfirmed',
  ])
  expect(codes({ ...waiting, answer: { ...answered, outcome: 'confirmed' } })).toEqual([])
})
