import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, day, minutes } from '#kit'
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
  type NewEntry,
  type RoundStep,
  roundDue,
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
const from = (hours: number) => ({ startsAt: minutes(hours * 60) })
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
  [
    'hours that overlap others of the same day are refused, on whatever mission',
    { ...entry('2027-05-11', 3), ...from(9) },
    { others: [{ ...worked('2027-05-11', 2), ...from(11) }] },
    ['overlap'],
  ],
  [
    'hours that begin when others end are entered',
    { ...entry('2027-05-11', 3), ...from(9) },
    { others: [{ ...worked('2027-05-11', 2), ...from(12) }] },
    [],
  ],
  [
    'hours past midnight are entered day by day',
    { ...entry('2027-05-11', 3), ...from(22) },
    {},
    ['overMidnight'],
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
  [
    'an evening past 21 h is pointed out (L.3122-2)',
    { ...entry('2027-05-11', 2), ...from(20) },
    ['night'],
  ],
  ['an evening until 21 h is no night', { ...entry('2027-05-11', 2), ...from(19) }, []],
  ['a night is pointed out (L.3122-2)', { ...entry('2027-05-11', 1), isAtNight: true }, ['night']],
] as const)('%s', (_, asked, warnings) => {
  expect(warningsOf(asked, around)).toEqual(warnings)
})

test.each([
  ['10 h 45 of rest are too short', from(8.75), 'restShort'],
  ['11 h of rest are enough', from(9), undefined],
  ['a beginning that was not said leaves a doubt', {}, 'rest'],
] as const)('after an evening until 22 h, %s (L.3131-1)', (_, start, warning) => {
  const evening = { ...worked('2027-05-11', 2), ...from(20), isAtNight: true }
  const warnings = warningsOf(
    { ...entry('2027-05-12', 2), ...start },
    { ...around, others: [evening] },
  )
  expect(warnings).toEqual(warning ? [warning] : [])
  // And the other way round: the day after was noted first.
  const morning = { ...worked('2027-05-12', 2), ...start }
  const said = warningsOf({ ...evening, ...from(20) }, { ...around, others: [morning] })
  expect(said).toEqual(warning ? ['night', warning] : ['night'])
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
  ...entry('2027-05-11', 3),
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

test('whatever is entered, in whatever order, what is kept never breaks a limit of the law', () => {
  const asked = fc.record({
    after: fc.integer({ min: -40, max: 120 }),
    workedMinutes: fc.integer({ min: -4, max: 100 }).map((quarters) => minutes(quarters * 15)),
    isAtNight: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 90 }), (all) => {
      const kept: NewEntry[] = []
      let left = 500n * 60n
      for (const { after, ...rest } of all) {
        const one = { ...entry('2027-05-01', 0), ...rest, day: addDays(day('2027-05-01'), after) }
        const here = {
          ...around,
          today: day('2027-09-01'),
          others: kept,
          leftMinutes: minutes(left),
        }
        if (entryRefusals(one, here).length > 0) continue
        kept.push(one)
        left -= one.workedMinutes
      }
      const most = (of: (on: NewEntry) => string) =>
        Math.max(
          0,
          ...[...Map.groupBy(kept, of).values()].map((own) =>
            Number(own.reduce((sum, { workedMinutes }) => sum + workedMinutes, 0n)),
          ),
        )
      expect(most(({ day: on }) => on)).toBeLessThanOrEqual(600)
      expect(most(({ day: on }) => weekOf(on).from)).toBeLessThanOrEqual(2880)
      for (const { day: first } of kept) {
        const { from } = weekOf(first)
        const within = kept.filter(({ day: on }) => on >= from && on < addDays(from, 84))
        const total = within.reduce((sum, { workedMinutes }) => sum + workedMinutes, 0n)
        expect(total).toBeLessThanOrEqual(12n * 44n * 60n)
        const days = within.filter(({ day: on }) => on < addDays(from, 7)).map(({ day: on }) => on)
        expect(new Set(days).size).toBeLessThanOrEqual(6)
      }
      expect(left).toBeGreaterThanOrEqual(0n)
    }),
    { numRuns: 60 },
  )
})

test('after eleven weeks of 47 h, the twelfth keeps to 44 h on average (L.3121-22)', () => {
  const weeks = Array.from({ length: 11 }, (_, rank) => addDays(day('2027-04-05'), 7 * rank))
  const others = weeks.flatMap((from) => [
    ...[0, 1, 2, 3].map((after) => worked(addDays(from, after), 10)),
    worked(addDays(from, 4), 7),
  ])
  const later = { ...around, others, today: day('2027-06-30'), leftMinutes: minutes(6000) }
  const on = (hours: number) => entryRefusals(entry('2027-06-21', hours), later)
  expect(on(10).map(({ code }) => code)).toEqual([])
  const almost = { ...later, others: [...others, worked('2027-06-22', 8)] }
  const codes = entryRefusals(entry('2027-06-21', 4), almost).map(({ code }) => code)
  expect(codes).toEqual(['missions:refused.averageTooLong'])
})

test('the seventh day of a week is refused (L.3132-1)', () => {
  const others = [10, 11, 12, 13, 14, 15].map((on) => worked(`2027-05-${on}`, 1))
  const refusals = entryRefusals(entry('2027-05-16', 1), {
    ...around,
    others,
    today: day('2027-05-17'),
  })
  expect(refusals.map(({ code }) => code)).toEqual(['missions:refused.noDayOff'])
})

test('a night beside another day asks to check the rest; a closed season takes nothing', () => {
  const night = { ...entry('2027-05-11', 2), isAtNight: true }
  const beside = { ...around, others: [worked('2027-05-12', 2)] }
  expect(warningsOf(night, beside)).toEqual(['night', 'rest'])
  const unread = entryRefusals({ ...night, acknowledged: ['night'] }, beside)
  expect(unread.map(({ code }) => code)).toEqual(['missions:read.rest'])
  const closed = entryRefusals(night, { ...beside, isSeasonClosed: true })
  expect(closed.map(({ code }) => code)).toEqual(['missions:refused.seasonClosed'])
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
