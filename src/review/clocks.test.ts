import { expect, test } from 'vitest'
import { type Calendar, day } from '#kit'
import { clocksOf, type Warning, warningsOf } from './clocks.ts'
import type { CompletenessCheck } from './rules.ts'

const at = (text: string) => new Date(`${text}T12:00:00Z`)
const asked = (on: string, { by, answered }: { by?: string; answered?: string } = {}) => ({
  rank: 1,
  missing: 'Les comptes de 2026',
  checkedAt: at(on),
  answerBy: by === undefined ? undefined : day(by),
  answer: answered === undefined ? undefined : { note: '', answeredAt: at(answered) },
})
const complete = (on: string) => ({
  rank: 2,
  missing: '',
  checkedAt: at(on),
  answerBy: undefined,
  answer: undefined,
})

type Case = [string, CompletenessCheck[], string, string | undefined, string | undefined]

// Deposited on 10 January 2027: silence rejects on 10 March.
test.each<Case>([
  ['nobody has looked', [], '2027-02-01', '2027-03-10', undefined],
  ['all was there', [complete('2027-01-20')], '2027-02-01', '2027-03-10', undefined],
  [
    'pieces are awaited',
    [asked('2027-01-20', { by: '2027-02-03' })],
    '2027-02-01',
    undefined,
    '2027-02-03',
  ],
  [
    'they came after ten days',
    [asked('2027-01-20', { by: '2027-02-03', answered: '2027-01-30' })],
    '2027-02-01',
    '2027-03-20',
    undefined,
  ],
  [
    'the delay is over and nothing came: the clock has started again',
    [asked('2027-01-20', { by: '2027-02-03' })],
    '2027-02-20',
    '2027-03-25',
    undefined,
  ],
  [
    'they came after the delay: what is beyond it is not taken out',
    [asked('2027-01-20', { by: '2027-02-03', answered: '2027-02-25' })],
    '2027-03-01',
    '2027-03-25',
    undefined,
  ],
  [
    'the agent closed the list herself',
    [asked('2027-01-20', { by: '2027-02-03' }), complete('2027-01-25')],
    '2027-02-01',
    '2027-03-15',
    undefined,
  ],
  ['a request of old gave no delay', [asked('2027-01-20')], '2027-06-01', undefined, undefined],
])('when %s, the clock of silence says so', (_, checks, today, silenceOn, stoppedUntil) => {
  const where = { calendar: 'mainland' as const, today: day(today) }
  const clocks = clocksOf({ depositedAt: at('2027-01-10'), checks }, where)
  expect(clocks.silenceOn).toBe(silenceOn)
  expect(clocks.stoppedUntil).toBe(stoppedUntil)
})

test.each<[string, string, Calendar, string, string, string]>([
  ['in Lyon', '2027-01-31T10:00:00Z', 'mainland', '2027-02-12', '2027-03-31', '2027-03-31'],
  // 29 March 2027 is Easter Monday, 26 March Good Friday.
  ['at Easter', '2027-01-29T10:00:00Z', 'mainland', '2027-02-12', '2027-03-29', '2027-03-26'],
  ['in Colmar', '2027-01-29T10:00:00Z', 'alsaceMoselle', '2027-02-12', '2027-03-29', '2027-03-25'],
  ['on 31 December', '2026-12-31T10:00:00Z', 'mainland', '2027-01-15', '2027-02-28', '2027-02-26'],
  ['of a leap year', '2027-12-31T10:00:00Z', 'mainland', '2028-01-14', '2028-02-29', '2028-02-29'],
  // 23:30 on the 9th in Papeete is already the 10th in Paris.
  ['in Papeete', '2027-01-10T09:30:00Z', 'polynesia', '2027-01-22', '2027-03-09', '2027-03-09'],
  ['in Nouméa', '2027-01-10T15:00:00Z', 'newCaledonia', '2027-01-25', '2027-03-11', '2027-03-11'],
])('a file deposited %s is acknowledged and decided in time', (_, instant, calendar, ...days) => {
  const where = { calendar, today: day('2027-01-31') }
  const clocks = clocksOf({ depositedAt: new Date(instant), checks: [] }, where)
  expect([clocks.acknowledgeBy, clocks.silenceOn, clocks.decideBy]).toEqual(days)
})

test.each<[string, CompletenessCheck[], Warning[]]>([
  ['2027-01-18', [], []],
  ['2027-01-19', [], ['acknowledgeSoon']],
  ['2027-01-23', [], ['acknowledgeLate']],
  ['2027-01-23', [complete('2027-01-20')], []],
  ['2027-02-23', [complete('2027-01-20')], ['silenceSoon']],
  ['2027-03-10', [complete('2027-01-20')], ['silencePast']],
  ['2027-03-10', [asked('2027-03-05', { by: '2027-03-20' })], []],
])('on %s the agent is warned of what comes', (today, checks, warnings) => {
  const where = { calendar: 'mainland' as const, today: day(today) }
  expect(warningsOf(clocksOf({ depositedAt: at('2027-01-10'), checks }, where), where)).toEqual(
    warnings,
  )
})
