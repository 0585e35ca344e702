import { expect, test } from 'vitest'
import { answerDay, stepReached, usualWait } from './rules/index.ts'

// The clocks change on the Sunday, and the Monday is Easter's.
const friday = new Date('2027-03-26T09:00:00Z')

test.each([
  ['from the Friday before Easter', friday, 'mainland', '2027-03-31'],
  ['from a Wednesday', new Date('2027-04-07T08:00:00Z'), 'mainland', '2027-04-09'],
  ['late on a Tuesday in Paris', new Date('2027-04-06T22:30:00Z'), 'mainland', '2027-04-09'],
  ['over the end of slavery in Réunion', new Date('2027-12-17T08:00:00Z'), 'reunion', '2027-12-22'],
] as const)('an answer is due two working days later: %s', (_, since, calendar, due) => {
  expect(answerDay(since, calendar)).toBe(due)
})

test.each([
  ['the eve', '2027-03-30T20:00:00Z', 0],
  ['an hour before', '2027-03-31T07:00:00Z', 0],
  ['the hour itself', '2027-03-31T08:00:00Z', 1],
  ['the day after', '2027-04-01T08:00:00Z', 1],
  ['four working days later', '2027-04-02T08:00:00Z', 2],
  ['a month later, still no third', '2027-05-10T08:00:00Z', 2],
] as const)('reminders come at 48 h and once more: %s', (_, now, step) => {
  expect(stepReached(friday, new Date(now), 'mainland')).toBe(step)
})

test('an association reads how fast it usually answers, week-ends left out', () => {
  const answer = (asked: string, answered: string) => ({
    askedAt: new Date(`${asked}T08:00:00Z`),
    answeredAt: new Date(`${answered}T09:00:00Z`),
  })
  expect(usualWait([], 'mainland')).toBeUndefined()
  expect(usualWait([answer('2027-04-02', '2027-04-02')], 'mainland')).toBe(0)
  const three = [
    answer('2027-04-02', '2027-04-06'),
    answer('2027-04-06', '2027-04-20'),
    answer('2027-04-09', '2027-04-12'),
  ]
  expect(usualWait(three, 'mainland')).toBe(2)
})
