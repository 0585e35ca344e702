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
  isSignedByAll,
  type Mission,
  type RoundStep,
  roundDue,
  stateOf,
} from './rules/index.ts'

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
  shared: undefined,
  isAskedToShare: false,
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
  route: 'secondment' as const,
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
  day: day('2027-05-11'),
  workedMinutes: minutes(180),
  isAtNight: false,
  note: '',
  acknowledged: [],
  id: 'e1',
  missionId: 'm',
  employeeId: 'ines',
  enteredAt: at,
  answer: undefined,
  steps: [],
  approvedAt: undefined,
  stoodIn: undefined,
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

test('the mail of the month leaves on a working day, and a worker that slept sends one, not three', () => {
  const due = (today: string, toldSteps: RoundStep[] = []) =>
    roundDue({ today: day(today), calendar: 'mainland', toldSteps })
  // 1 May 2027 is a Saturday and a holiday, 3 May a Monday.
  expect(['2027-05-01', '2027-05-02', '2027-05-03'].map((on) => due(on))).toEqual([
    undefined,
    undefined,
    0,
  ])
  expect(due('2027-05-09', [0])).toBeUndefined()
  expect(due('2027-05-10', [0])).toBe(7)
  expect(due('2027-05-25')).toBe(14)
  expect(due('2027-05-25', [14])).toBeUndefined()
})
