import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, day, minutes } from '#kit'
import { entryRefusals, type NewEntry, warningKinds, warningsOf, weekOf } from './rules/index.ts'

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
