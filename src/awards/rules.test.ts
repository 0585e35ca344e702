import { expect, test } from 'vitest'
import { cents, day, minutes } from '#kit'
import {
  type DecidedLine,
  executoryRefusals,
  hasQuorum,
  mustHaveAgreement,
  paymentRefusals,
  splitByHeld,
  type Vote,
  voteRefusals,
} from './rules.ts'

const line = (changed: Partial<DecidedLine> = {}): DecidedLine => ({
  applicationId: 'a1',
  associationId: 'band',
  associationName: 'Harmonie municipale',
  envelopeId: 'e1',
  proposedCents: cents(1000_00),
  askedCents: cents(2000_00),
  cashCents: cents(1000_00),
  hours: [],
  votesFor: 18,
  votesAgainst: 1,
  abstentions: 1,
  isAdopted: true,
  recusedIds: [],
  ...changed,
})

const vote = (changed: Partial<Vote> = {}): Vote => ({
  sitting: { number: '2027-03', heldOn: day('2027-03-25'), inOfficeCount: 27, presentCount: 20 },
  lines: [line()],
  envelopes: [{ id: 'e1', name: 'Vie associative', cashCents: cents(1000_00) }],
  spentCents: new Map(),
  interests: [],
  recorderTies: [],
  isNumberTaken: false,
  today: day('2027-03-26'),
  ...changed,
})
const sitting = (changed: Partial<Vote['sitting']>) =>
  vote({ sitting: { ...vote().sitting, ...changed } })
const lines = (changed: Partial<DecidedLine>) => vote({ lines: [line(changed)] })

const cases: [string, Vote, string[]][] = [
  ['a sitting in order', vote(), []],
  ['no number', sitting({ number: '' }), ['numberMissing']],
  ['a number already used', vote({ isNumberTaken: true }), ['numberTaken']],
  ['a sitting still to come', sitting({ heldOn: day('2027-03-27') }), ['heldLater']],
  ['more present than in office', sitting({ presentCount: 28 }), ['morePresent']],
  ['half of the members, which is no quorum', sitting({ inOfficeCount: 40 }), ['noQuorum']],
  ['nothing to vote', vote({ lines: [] }), ['noLine']],
  ['more voices than people', lines({ votesFor: 19 }), ['moreVoices']],
  [
    'a recused member who is counted as voting too',
    lines({ recusedIds: ['paul'] }),
    ['moreVoices'],
  ],
  ['a recused member who left', lines({ votesFor: 17, recusedIds: ['paul'] }), []],
  [
    'an interested member who stayed',
    vote({ interests: [{ personId: 'paul', associationId: 'band' }] }),
    ['interested'],
  ],
  [
    'an interest in another association',
    vote({ interests: [{ personId: 'paul', associationId: 'canoe' }] }),
    [],
  ],
  [
    'a line that the agent who writes is tied to',
    vote({ recorderTies: [{ personId: 'claire', associationId: 'band' }] }),
    ['tiedRecorder'],
  ],
  ['adopted against the votes', lines({ votesFor: 3, votesAgainst: 15 }), ['outcome']],
  ['rejected against the votes', lines({ isAdopted: false }), ['outcome']],
  [
    'a tie, settled by whoever presides',
    lines({ votesFor: 10, votesAgainst: 10, abstentions: 0 }),
    [],
  ],
  [
    'more than the association asked',
    lines({ cashCents: cents(2001_00) }),
    ['moreThanAsked', 'overEnvelope'],
  ],
  [
    'an envelope already spent at an earlier sitting',
    vote({ spentCents: new Map([['e1', cents(1)]]) }),
    ['overEnvelope'],
  ],
  [
    'a rejected line takes nothing from the envelope',
    lines({ cashCents: cents(1500_00), isAdopted: false, votesFor: 2, votesAgainst: 17 }),
    [],
  ],
]
test.each(cases)('the vote: %s', (_, one, expected) => {
  const codes = voteRefusals(one).map(({ code }) => code.replace('awards:refused.', ''))
  expect(codes).toEqual(expected)
})

test('many recusals may leave a line without its quorum', () => {
  const recusedIds = Array.from({ length: 14 }, (_, rank) => `member ${rank}`)
  const few = vote({
    sitting: { ...vote().sitting, presentCount: 14 },
    lines: [line({ recusedIds, votesFor: 0, votesAgainst: 0, abstentions: 0, isAdopted: false })],
  })
  expect(voteRefusals(few).map(({ code }) => code)).toEqual(['awards:refused.lineQuorum'])
})

test('a quorum is more than half', () => {
  expect(hasQuorum({ presentCount: 14, inOfficeCount: 27 })).toBe(true)
  expect(hasQuorum({ presentCount: 13, inOfficeCount: 26 })).toBe(false)
})

test('an agreement is compulsory above 23 000 euros, not at 23 000', () => {
  expect(mustHaveAgreement(cents(23_000_00), cents(23_000_00))).toBe(false)
  expect(mustHaveAgreement(cents(23_000_01), cents(23_000_00))).toBe(true)
})

test('a decision binds from the day it is published and sent, never before the vote', () => {
  const held = { heldOn: day('2027-03-25'), executoryOn: undefined }
  const on = (executoryOn: string) =>
    executoryRefusals(held, { executoryOn: day(executoryOn), today: day('2027-03-30') }).length
  expect([on('2027-03-24'), on('2027-03-25'), on('2027-03-30'), on('2027-03-31')]).toEqual([
    1, 0, 0, 1,
  ])
})

test('when a company holds less than was voted, the shortest missions are kept', () => {
  const hours = [
    { id: 'long', pledgeId: 'p', minutes: minutes(600) },
    { id: 'short', pledgeId: 'p', minutes: minutes(120) },
    { id: 'other', pledgeId: 'q', minutes: minutes(60) },
  ]
  const held = new Map([
    ['p', 600n],
    ['q', 60n],
  ])
  const { kept, lapsed } = splitByHeld(hours, held)
  expect(kept.map(({ id }) => id).sort()).toEqual(['other', 'short'])
  expect(lapsed.map(({ id }) => id)).toEqual(['long'])
})

const payable = {
  cashCents: cents(1000_00),
  paidCents: cents(400_00),
  executoryOn: day('2027-03-30'),
  isNotified: true,
  needsAgreement: false,
  isAgreementSigned: false,
  isOrderNumberTaken: false,
  today: day('2027-04-15'),
}
const payment = { paidCents: cents(600_00), paidOn: day('2027-04-15'), orderNumber: 'M-7' }
const payments: [string, object, object, string[]][] = [
  ['the balance', {}, {}, []],
  ['one cent more than granted', { paidCents: cents(600_01) }, {}, ['paidTooMuch']],
  ['nothing', { paidCents: cents(0) }, {}, ['nothingPaid']],
  ['before the letter', {}, { isNotified: false }, ['notYetPayable']],
  ['before the decision binds', { paidOn: day('2027-03-29') }, {}, ['paidTooEarly']],
  ['dated tomorrow', { paidOn: day('2027-04-16') }, {}, ['paidLater']],
  ['without its agreement', {}, { needsAgreement: true }, ['agreementFirst']],
  ['with its agreement', {}, { needsAgreement: true, isAgreementSigned: true }, []],
  ['without a number', { orderNumber: '' }, {}, ['orderMissing']],
  ['twice under one number', {}, { isOrderNumberTaken: true }, ['orderTaken']],
]
test.each(payments)('a payment: %s', (_, paid, facts, expected) => {
  const refusals = paymentRefusals({ ...payment, ...paid }, { ...payable, ...facts })
  expect(refusals.map(({ code }) => code.replace('awards:refused.', ''))).toEqual(expected)
})
