import { expect, test } from 'vitest'
import { minutes } from '#kit'
import { type CampaignState, nextState, refusalsToEnter, states } from './states.ts'

const nothing = { confirmedMinutes: minutes(0), hasExecutoryAward: false }
const hours = { ...nothing, confirmedMinutes: minutes(60) }
const award = { ...nothing, hasExecutoryAward: true }

test('a season goes through its eight states in order, then stops', () => {
  const walked: CampaignState[] = ['draft']
  for (let next = nextState('draft'); next; next = nextState(next)) walked.push(next)
  expect(walked).toEqual([...states])
  expect(nextState('cancelled')).toBeUndefined()
})

test.each([
  ['pledging', 'draft', nothing, []],
  ['applying', 'draft', hours, ['campaigns:refused.notNext']],
  ['pledging', 'applying', hours, ['campaigns:refused.notNext']],
  ['applying', 'pledging', nothing, ['campaigns:refused.noConfirmedPledge']],
  ['applying', 'pledging', hours, []],
  ['executing', 'deliberating', hours, ['campaigns:refused.noExecutoryAward']],
  ['executing', 'deliberating', award, []],
  ['closed', 'reporting', nothing, []],
  ['draft', 'closed', nothing, ['campaigns:refused.notNext']],
  ['cancelled', 'deliberating', award, []],
  ['cancelled', 'executing', award, ['campaigns:refused.tooLateToCancel']],
  ['cancelled', 'cancelled', award, ['campaigns:refused.tooLateToCancel']],
] as const)('entering "%s" from "%s"', (state, from, progress, codes) => {
  expect(refusalsToEnter(state, from, progress).map(({ code }) => code)).toEqual(codes)
})
