import { describe, expect, test } from 'vitest'
import { cents, day } from '#kit'
import {
  deedsOpen,
  donePercent,
  type ReportFacts,
  reminderOn,
  repaymentRequestRefusals,
  reportDueOn,
  reportStateOf,
  wasHeard,
} from './rules.ts'

test.each([
  [2024, 6, '2025-06-30'],
  [2026, 6, '2027-06-30'],
  [2027, 6, '2028-06-30'],
  [2027, 2, '2028-02-29'],
  [2026, 2, '2027-02-28'],
])(
  'a grant of %s is accounted for within %s months of the end of that year: %s',
  (year, months, due) => {
    expect(reportDueOn(year, months)).toBe(due)
  },
)

const dueOn = day('2028-06-30')
function facts(today: string, ...steps: ReportFacts['steps']): ReportFacts {
  return { dueOn, steps, paidCents: cents(100_00), repaidCents: cents(0), today: day(today) }
}
function one(kind: ReportFacts['steps'][number]['kind'], answerBy?: string, asked?: number) {
  return {
    kind,
    answerBy: answerBy === undefined ? undefined : day(answerBy),
    askedCents: asked === undefined ? undefined : cents(asked),
  }
}

test.each([
  ['2027-12-31', 'upcoming', 'submit'],
  ['2028-01-01', 'due', 'submit'],
  ['2028-02-29', 'due', 'submit'],
  ['2028-06-30', 'due', 'submit'],
  ['2028-07-01', 'overdue', 'submit notice'],
])('on %s a report that nobody wrote is %s', (today, state, deeds) => {
  expect(reportStateOf(facts(today))).toBe(state)
  expect([...deedsOpen(facts(today))].join(' ')).toBe(deeds)
})

describe('what may follow what', () => {
  test.each([
    [[one('submitted')], 'submitted', 'return accept notice'],
    [[one('submitted'), one('returned', '2028-07-10')], 'returned', 'submit'],
    [[one('submitted'), one('returned', '2028-07-01')], 'returned', 'submit notice'],
    [[one('submitted'), one('accepted')], 'accepted', ''],
    [[one('noticed', '2028-08-01')], 'noticed', 'submit observe ask'],
    [[one('noticed', '2028-08-01'), one('observed')], 'noticed', 'submit observe ask'],
    [[one('noticed', '2028-08-01'), one('submitted')], 'submitted', 'return accept notice ask'],
    [
      [one('noticed', '2028-07-01'), one('repayment_asked', undefined, 5)],
      'repaymentAsked',
      'repay',
    ],
  ])('%#: %s', (steps, state, deeds) => {
    const now = facts('2028-07-02', ...steps)
    expect(reportStateOf(now)).toBe(state)
    expect([...deedsOpen(now)].join(' ')).toBe(deeds)
  })
})

test.each([
  ['nobody was put on notice', false, []],
  ['the delay of the notice still runs', false, [one('noticed', '2028-07-02')]],
  ['the delay is over', true, [one('noticed', '2028-07-01')]],
  ['the association has spoken', true, [one('noticed', '2028-09-01'), one('observed')]],
  ['it has handed its report over', true, [one('noticed', '2028-09-01'), one('submitted')]],
  ['it spoke before the notice only', false, [one('submitted'), one('noticed', '2028-09-01')]],
])('%s: heard is %s', (_case, isHeard, steps) => {
  expect(wasHeard(facts('2028-07-02', ...steps))).toBe(isHeard)
})

test('repayment is refused with all its reasons: not heard, no words, more than was paid', () => {
  const asked = { askedCents: cents(100_01), words: '' }
  const refusals = repaymentRequestRefusals(asked, facts('2028-07-02'))
  expect(refusals.map(({ code }) => code)).toEqual([
    'awards:refused.notHeard',
    'awards:refused.sayWhy',
    'awards:refused.repaidMoreThanPaid',
  ])
})

test.each([
  ['2028-04-30', undefined],
  ['2028-05-01', 60],
  ['2028-05-31', 30],
  ['2028-06-22', 30],
  ['2028-06-23', 7],
  ['2028-06-30', 7],
  ['2028-07-01', -1],
])('on %s the step of the reminder is %s', (today, step) => {
  expect(reminderOn(dueOn, day(today))).toBe(step)
})

test('a share is counted down to the euro cent, and there is none of nothing', () => {
  expect(donePercent({ plannedCents: cents(300), doneCents: cents(100) })).toBe(33)
  expect(donePercent({ plannedCents: cents(0), doneCents: cents(100) })).toBeUndefined()
})
