import { type Cents, cents, parseEuros, type Refusal, type Refused, refusal } from '#kit'
import type { Typed } from '#platform'
import { type BudgetLine, chargeAccounts, inKindAccounts, productAccounts, sumOf } from './rules.ts'

/** What the association says, as certified: the content of Cerfa 15059. */
export type ReportContent = {
  words: Record<ReportWords, string>
  lines: BudgetLine[]
  capacity: string
}

export const reportWords = [
  'actions',
  'people',
  'places',
  'results',
  'hoursWords',
  'overheads',
  'gaps',
  'inKind',
] as const
export type ReportWords = (typeof reportWords)[number]
const neededWords: ReportWords[] = ['actions', 'people', 'results']

export const accounts = [...chargeAccounts, ...productAccounts, ...inKindAccounts]

/** Only the answers of the report: what else a browser sends is not kept. */
export function draftOf(typed: Typed): Typed {
  const fields = [
    ...reportWords,
    'capacity',
    ...accounts.flatMap((account) => [`planned-${account}`, `done-${account}`]),
  ]
  const kept = fields.map((field) => [field, typed[field]?.trim() ?? ''] as const)
  return Object.fromEntries(kept.filter(([, text]) => text !== ''))
}

/** A draft read as far as it goes: an unreadable amount counts for nothing until it is certified. */
export function linesOf(draft: Typed): BudgetLine[] {
  return accounts.map((account) => ({
    account,
    plannedCents: amountOf(draft, `planned-${account}`) ?? cents(0),
    doneCents: amountOf(draft, `done-${account}`) ?? cents(0),
  }))
}

/** The whole report, or every reason why it cannot be certified as it is. */
export function readReport(typed: Typed): ReportContent | Refused {
  const draft = draftOf(typed)
  const refusals: Refusal[] = neededWords
    .filter((word) => !draft[word])
    .map((word) => refusal('awards:refused.reportWords', { field: word }))
  for (const account of accounts)
    for (const field of [`planned-${account}`, `done-${account}`])
      if (amountOf(draft, field) === undefined)
        refusals.push(refusal('awards:refused.amountOf', { field, account }))
  const lines = linesOf(draft)
  if (sumOf(lines, chargeAccounts, 'doneCents') === 0n)
    refusals.push(refusal('awards:refused.nothingDone', { field: 'done-60' }))
  for (const column of ['plannedCents', 'doneCents'] as const)
    if (sumOf(lines, ['86'], column) !== sumOf(lines, ['87'], column))
      refusals.push(
        refusal('awards:refused.inKindUnbalanced', {
          field: column === 'doneCents' ? 'done-87' : 'planned-87',
        }),
      )
  if (!draft.capacity) refusals.push(refusal('awards:refused.noCapacity', { field: 'capacity' }))
  if (typed.certified !== 'yes')
    refusals.push(refusal('awards:refused.notCertified', { field: 'certified' }))
  if (refusals.length > 0) return { refusals }
  const words = Object.fromEntries(reportWords.map((word) => [word, draft[word] ?? '']))
  return { words: words as Record<ReportWords, string>, lines, capacity: draft.capacity ?? '' }
}

function amountOf(draft: Typed, field: string): Cents | undefined {
  const text = draft[field]
  if (!text) return cents(0)
  const read = parseEuros(text)
  return read !== undefined && read >= 0n ? read : undefined
}

/** Two people wrote at once: blanks take the other's words; where both wrote, both are shown. */
export function beside(typed: Typed, other: Typed): { shown: Typed; setAside: [string, string][] } {
  const shown = {
    ...other,
    ...Object.fromEntries(Object.entries(typed).filter(([, mine]) => mine !== '')),
  }
  const setAside = Object.entries(other).filter(([field, theirs]) => shown[field] !== theirs)
  return { shown, setAside }
}
