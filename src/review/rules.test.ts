import { expect, test } from 'vitest'
import { day, newId } from '#kit'
import {
  type Answers,
  type EligibilityCheck,
  type EligibilityInput,
  expiryOf,
  type HoursCheck,
  isEligible,
  mayReceiveOn,
  outcomeOf,
  outcomeOn,
  refusalsForEligibility,
} from './eligibility.ts'
import { gapOf, refusalsForMarks, scoreOf } from './marks.ts'
import {
  type Blocker,
  blockersOf,
  type CompletenessCheck,
  completenessOf,
  isRecused,
  oneList,
  type Standing,
} from './rules.ts'

const allYes: Answers = {
  e1: 'yes',
  e2: 'yes',
  e3: 'yes',
  e4: 'yes',
  e5: 'yes',
  e6: 'yes',
  e7: 'yes',
}
const hours = (basis: EligibilityInput['basis'], answers: Answers = {}) =>
  ({ subject: 'hours', basis, evidence: 'n° 12', answers }) as EligibilityInput

test.each<[string, EligibilityInput, string, boolean]>([
  ['a decree of public utility', hours('rup'), 'presumed', true],
  ['a favourable ruling', hours('ruling_granted'), 'ruled', true],
  ['six months of silence of the tax office', hours('ruling_tacit'), 'ruled', true],
  ['an unfavourable ruling', hours('ruling_refused'), 'ineligible', false],
  ['seven times yes', hours('self_declaration', allYes), 'declared', true],
  ['one no', hours('self_declaration', { ...allYes, e4: 'no' }), 'to_review', false],
  ['one doubt', hours('self_declaration', { ...allYes, e2: 'unknown' }), 'to_review', false],
  [
    'a local public interest',
    { subject: 'cash', basis: 'local_interest', evidence: 'x' },
    'eligible',
    true,
  ],
  [
    'a political purpose',
    { subject: 'cash', basis: 'political_or_religious', evidence: 'x' },
    'ineligible',
    false,
  ],
])('%s decides the eligibility', (_, input, outcome, mayReceive) => {
  expect(outcomeOf(input)).toBe(outcome)
  expect(isEligible(outcomeOf(input))).toBe(mayReceive)
})

test('a declaration lasts twelve months, a decree does not end', () => {
  const expiresOn = expiryOf('declared', day('2026-03-25'))
  expect(expiresOn).toBe('2027-03-25')
  expect(expiryOf('presumed', day('2026-03-25'))).toBeNull()
  // Evidence that says until when it holds is believed, but makes no declaration last longer.
  expect(expiryOf('ruled', day('2026-03-25'), day('2026-12-31'))).toBe('2026-12-31')
  expect(expiryOf('declared', day('2026-03-25'), day('2029-12-31'))).toBe('2027-03-25')
  const check: EligibilityCheck = {
    subject: 'hours',
    outcome: 'declared',
    basis: 'self_declaration',
    evidence: '',
    answers: allYes,
    checkedAt: new Date(),
    evidencePieceId: null,
    expiresOn,
  }
  expect(outcomeOn(check, day('2027-03-24'))).toBe('declared')
  expect(outcomeOn(check, day('2027-03-25'))).toBeUndefined()
})

test('an eligibility rests on something, or on every answer', () => {
  const today = day('2027-01-11')
  const without = { subject: 'hours', basis: 'rup', evidence: ' ' } as const
  expect(refusalsForEligibility(without, today)).toHaveLength(1)
  expect(refusalsForEligibility({ ...without, pieceId: newId() }, today)).toEqual([])
  const past = { ...without, evidence: 'Décret', expiresOn: today }
  expect(refusalsForEligibility(past, today)).toHaveLength(1)
  expect(refusalsForEligibility(hours('self_declaration', { e1: 'yes' }), today)).toHaveLength(6)
})

test.each([
  ['', 'Les statuts', 'Les statuts'],
  ['Les statuts', 'Les comptes', 'Les statuts\nLes comptes'],
  ['Les statuts\nLes comptes', ' Les comptes \n\nLe RIB', 'Les statuts\nLes comptes\nLe RIB'],
])('after %j, asking for %j is one list', (waiting, added, list) => {
  expect(oneList(waiting, added)).toBe(list)
})

const criteria = [
  { id: 'need', label: 'Besoin', weight: 60 },
  { id: 'plan', label: 'Projet', weight: 40 },
]
const mark = (criterionId: string, reviewerId: string, value: number) => ({
  criterionId,
  reviewerId,
  mark: value,
  gridVersion: 1,
})

test.each([
  ['full marks', [mark('need', 'claire', 4), mark('plan', 'claire', 4)], 100],
  ['marks weighed by criterion', [mark('need', 'claire', 4), mark('plan', 'claire', 1)], 70],
  [
    'the mean of two reviewers',
    [mark('need', 'claire', 4), mark('need', 'paul', 1), mark('plan', 'claire', 2)],
    57.5,
  ],
  ['a criterion without a mark', [mark('need', 'claire', 4)], undefined],
  ['no mark', [], undefined],
])('the score is %s', (_, given, score) => {
  expect(scoreOf(criteria, given)).toBe(score)
})

test('two reviewers far apart are seen', () => {
  const claire = [mark('need', 'claire', 4), mark('plan', 'claire', 4)]
  const paul = [mark('need', 'paul', 1), mark('plan', 'paul', 2)]
  expect(gapOf(criteria, [...claire, ...paul])).toBe(65)
  expect(gapOf(criteria, claire)).toBe(0)
})

test('marks are whole, from 0 to 4, on every criterion', () => {
  const refusals = refusalsForMarks(criteria, { need: 5 })
  expect(refusals.map(({ field }) => field)).toEqual(['mark-need', 'mark-plan'])
})

const at = (text: string) => new Date(`${text}T12:00:00Z`)
const check = (rank: number, missing: string, checkedOn: string, answeredOn?: string) => ({
  rank,
  missing,
  checkedAt: at(checkedOn),
  answerBy: undefined,
  answer: answeredOn ? { note: '', answeredAt: at(answeredOn) } : undefined,
})

test.each<[string, CompletenessCheck[], string]>([
  ['nobody has looked', [], 'unchecked'],
  ['all is there', [check(1, '', '2027-01-20')], 'complete'],
  ['pieces are awaited', [check(1, 'comptes', '2027-01-20')], 'incomplete'],
  ['they came', [check(1, 'comptes', '2027-01-20', '2027-01-30')], 'answered'],
  [
    'they came by hand and the agent closed the list',
    [check(1, 'comptes', '2027-01-20'), check(2, '', '2027-01-25')],
    'complete',
  ],
])('when %s, the file says so', (_, checks, state) => {
  expect(completenessOf(checks)).toBe(state)
})

const ready: Standing = {
  applicationId: 'a',
  isComplete: true,
  cash: 'eligible',
  hours: 'declared',
  score: 70,
}

test.each<[string, Partial<Standing>, { asksCash: boolean; asksHours: boolean }, Blocker[]]>([
  ['a ready file', {}, { asksCash: true, asksHours: true }, []],
  [
    'an unknown right to hours',
    { hours: undefined },
    { asksCash: true, asksHours: true },
    ['hoursUnknown'],
  ],
  ['no hours asked', { hours: undefined }, { asksCash: true, asksHours: false }, []],
  ['a refused right to hours', { hours: 'ineligible' }, { asksCash: true, asksHours: true }, []],
  ['a doubt on euros', { cash: 'to_review' }, { asksCash: true, asksHours: true }, ['cashUnknown']],
  ['no marks', { score: undefined }, { asksCash: true, asksHours: true }, ['unmarked']],
])('%s shows what blocks it', (_, changed, asked, blockers) => {
  const standing = { ...ready, ...changed }
  expect(blockersOf({ completeness: 'complete', standing, expiring: [], ...asked })).toEqual(
    blockers,
  )
})

test('a tie with one association recuses from that one only', () => {
  const interests = [{ personId: 'nadia', associationId: 'band', nature: 'présidente' }]
  expect(isRecused(interests, 'nadia', 'band')).toBe(true)
  expect(isRecused(interests, 'nadia', 'canoe')).toBe(false)
  expect(isRecused(interests, 'paul', 'band')).toBe(false)
})

const ruling = (at: string, outcome: HoursCheck['outcome'], until?: string): HoursCheck => ({
  outcome,
  checkedAt: new Date(`${at}T09:00:00Z`),
  expiresOn: until ? day(until) : null,
})

test.each<[string, HoursCheck[], boolean]>([
  ['nothing was ever found', [], false],
  ['a ruling holds', [ruling('2027-01-10', 'ruled')], true],
  [
    'it was lost the day before',
    [ruling('2027-01-10', 'ruled'), ruling('2027-05-03', 'ineligible')],
    false,
  ],
  [
    'it was lost the day after',
    [ruling('2027-01-10', 'ruled'), ruling('2027-05-05', 'ineligible')],
    true,
  ],
  ['the declaration had expired', [ruling('2026-04-01', 'declared', '2027-04-01')], false],
  [
    'it had expired and was made again since',
    [ruling('2026-04-01', 'declared', '2027-04-01'), ruling('2027-05-20', 'declared')],
    true,
  ],
  [
    'it had expired and was refused since',
    [ruling('2026-04-01', 'declared', '2027-04-01'), ruling('2027-05-20', 'ineligible')],
    false,
  ],
  [
    'it was an open question, then a ruling',
    [ruling('2027-01-10', 'to_review'), ruling('2027-06-01', 'ruled')],
    true,
  ],
  [
    'it was refused, and granted only later',
    [ruling('2027-01-10', 'ineligible'), ruling('2027-06-01', 'ruled')],
    false,
  ],
])('hours of 4 May when %s', (_, checks, mayReceive) => {
  expect(mayReceiveOn(checks, day('2027-05-04'))).toBe(mayReceive)
})
