import {
  addDays,
  addMonths,
  type Cents,
  cents,
  type Day,
  day,
  daysBetween,
  type Refusal,
  refusal,
  sumCents,
} from '#kit'
import { lawOn } from '#platform'

export const stepKinds = [
  'submitted',
  'returned',
  'accepted',
  'noticed',
  'observed',
  'repayment_asked',
] as const
export type StepKind = (typeof stepKinds)[number]

export const reportStates = [
  'upcoming',
  'due',
  'overdue',
  'submitted',
  'returned',
  'accepted',
  'noticed',
  'repaymentAsked',
  'repaid',
] as const
export type ReportState = (typeof reportStates)[number]

export type ReportStep = {
  rank: number
  kind: StepKind
  words: string
  answerBy: Day | undefined
  askedCents: Cents | undefined
  documentId: string | undefined
  doneBy: string
  doneByName: string
  doneAt: Date
}

type BareStep = Pick<ReportStep, 'kind' | 'answerBy' | 'askedCents'>

/** All that decides where a report stands. */
export type ReportFacts<Step = BareStep> = {
  dueOn: Day
  /** Oldest first. */
  steps: Step[]
  paidCents: Cents
  repaidCents: Cents
  today: Day
}

/** Law 2000-321 art. 10: within six months of the end of the year for which the grant was given. */
export function reportDueOn(grantYear: number, months: number): Day {
  const firstDayAfter = addDays(day(`${grantYear}-12-31`), 1)
  return addDays(addMonths(firstDayAfter, months), -1)
}

/** Every METIS grant in euros is given for a named project, so each one is accounted for. */
export function owesReport(award: {
  isAdopted: boolean
  cashCents: Cents
  notifiedAt: Date | undefined
}): boolean {
  return award.isAdopted && award.cashCents > 0n && award.notifiedAt !== undefined
}

export function reportStateOf({ dueOn, steps, repaidCents, today }: ReportFacts): ReportState {
  const last = steps.findLast(({ kind }) => kind !== 'observed')
  if (last?.kind === 'repayment_asked')
    return repaidCents >= (last.askedCents ?? 0n) ? 'repaid' : 'repaymentAsked'
  if (last) return last.kind as Exclude<StepKind, 'observed' | 'repayment_asked'>
  if (today > dueOn) return 'overdue'
  return today > yearEndBefore(dueOn) ? 'due' : 'upcoming'
}

/** Before the year of the grant is over there is nothing to account for yet. */
function yearEndBefore(dueOn: Day): Day {
  return day(`${Number(dueOn.slice(0, 4)) - 1}-12-31`)
}

/** What may be done now, by whom it may be: the pages show these forms and no other. */
export type ReportDeed = 'submit' | 'return' | 'accept' | 'notice' | 'observe' | 'ask' | 'repay'

export function deedsOpen(facts: ReportFacts): Set<ReportDeed> {
  const state = reportStateOf(facts)
  const open = new Set<ReportDeed>()
  const may = (deed: ReportDeed, ...states: ReportState[]) =>
    states.includes(state) && open.add(deed)
  may('submit', 'upcoming', 'due', 'overdue', 'returned', 'noticed')
  may('return', 'submitted')
  may('accept', 'submitted')
  may('notice', 'overdue', 'submitted')
  may('observe', 'noticed')
  may('repay', 'repaymentAsked')
  const last = facts.steps.findLast(({ kind }) => kind === 'returned')
  if (state === 'returned' && isOver(last?.answerBy, facts.today)) open.add('notice')
  const hasNotice = facts.steps.some(({ kind }) => kind === 'noticed')
  if (hasNotice && ['noticed', 'submitted', 'returned'].includes(state)) open.add('ask')
  return open
}

/** CRPA art. L.121-1: who is asked to repay has first been able to say what they have to say. */
export function wasHeard({ steps, today }: Pick<ReportFacts, 'steps' | 'today'>): boolean {
  const noticedAt = steps.findLastIndex(({ kind }) => kind === 'noticed')
  if (noticedAt < 0) return false
  const hasAnswered = steps
    .slice(noticedAt + 1)
    .some(({ kind }) => kind === 'observed' || kind === 'submitted')
  return hasAnswered || isOver(steps[noticedAt]?.answerBy, today)
}

function isOver(answerBy: Day | undefined, today: Day): boolean {
  return answerBy !== undefined && answerBy < today
}

/** Shorter is no real delay to complete a report, or to present observations. */
export function delayDaysOf(kind: 'returned' | 'noticed', today: Day): number {
  const { reportCompletionDays, observationDays } = lawOn(today)
  return kind === 'returned' ? reportCompletionDays : observationDays
}

export function requestRefusals(
  kind: 'returned' | 'noticed',
  { words, answerBy, today }: { words: string; answerBy: Day | undefined; today: Day },
): Refusal[] {
  const refusals: Refusal[] = []
  if (words === '') refusals.push(refusal('awards:refused.sayWhat', { field: `${kind}-words` }))
  const days = delayDaysOf(kind, today)
  if (!answerBy || daysBetween(today, answerBy) < days)
    refusals.push(refusal('awards:refused.shortDelay', { field: `${kind}-answerBy`, days }))
  return refusals
}

export function repaymentRequestRefusals(
  { askedCents, words }: { askedCents: Cents | undefined; words: string },
  facts: ReportFacts,
): Refusal[] {
  const refusals: Refusal[] = []
  if (!wasHeard(facts)) refusals.push(refusal('awards:refused.notHeard'))
  if (words === '') refusals.push(refusal('awards:refused.sayWhy', { field: 'ask-words' }))
  if (askedCents === undefined || askedCents <= 0n)
    refusals.push(refusal('awards:refused.amount', { field: 'askedCents' }))
  else if (askedCents > facts.paidCents)
    refusals.push(refusal('awards:refused.repaidMoreThanPaid', { field: 'askedCents' }))
  return refusals
}

export type NewRepayment = { repaidCents: Cents; repaidOn: Day; receiptNumber: string }

export function repaymentRefusals(
  { repaidCents, repaidOn, receiptNumber }: NewRepayment,
  facts: ReportFacts & { isNumberTaken: boolean },
): Refusal[] {
  const left = leftToRepay(facts)
  const refusals: Refusal[] = []
  if (repaidCents <= 0n) refusals.push(refusal('awards:refused.amount', { field: 'repaidCents' }))
  if (repaidCents > left)
    refusals.push(refusal('awards:refused.repaidTooMuch', { field: 'repaidCents' }))
  if (repaidOn > facts.today)
    refusals.push(refusal('awards:refused.repaidLater', { field: 'repaidOn' }))
  if (receiptNumber === '')
    refusals.push(refusal('awards:refused.receiptMissing', { field: 'receiptNumber' }))
  if (facts.isNumberTaken)
    refusals.push(refusal('awards:refused.receiptTaken', { field: 'receiptNumber' }))
  return refusals
}

export function leftToRepay({ steps, repaidCents }: ReportFacts): Cents {
  const asked = steps.findLast(({ kind }) => kind === 'repayment_asked')?.askedCents ?? 0n
  return cents(asked > repaidCents ? asked - repaidCents : 0n)
}

/** Days before the due day on which the association is reminded; late is said once, as -1. */
export const reminderDays = [60, 30, 7] as const
export const LATE = -1

/** The latest step that has come: whoever starts late is not told three times in a day. */
export function reminderOn(dueOn: Day, today: Day): number | undefined {
  if (today > dueOn) return LATE
  return reminderDays.findLast((days) => addDays(dueOn, -days) <= today)
}

export type BudgetLine = { account: string; plannedCents: Cents; doneCents: Cents }

/** Cerfa 15059, part 2: the accounts of charges and of products, voluntary contributions apart. */
export const chargeAccounts = ['60', '61', '62', '63', '64', '65', '66', '67', '68', '69'] as const
export const productAccounts = ['70', '73', '74', '75', '76', '77', '78', '79'] as const
export const inKindAccounts = ['86', '87'] as const

export function sumOf(
  lines: BudgetLine[],
  accounts: readonly string[],
  column: 'plannedCents' | 'doneCents',
): Cents {
  return sumCents(
    lines.filter(({ account }) => accounts.includes(account)).map((line) => line[column]),
  )
}

/** Done over planned; a dash where nothing was planned, for there is no share of nothing. */
export function donePercent({ plannedCents, doneCents }: Omit<BudgetLine, 'account'>) {
  return plannedCents > 0n ? Number((doneCents * 100n) / plannedCents) : undefined
}

/** What the agent should look at in a report: said, never decided by the machine. */
export function reportRemarks(lines: BudgetLine[], grantCents: Cents): string[] {
  const spent = sumOf(lines, chargeAccounts, 'doneCents')
  const received = sumOf(lines, productAccounts, 'doneCents')
  return [
    ...(spent < grantCents ? ['awards:report.remark.spentLess'] : []),
    ...(received > spent ? ['awards:report.remark.surplus'] : []),
  ]
}
