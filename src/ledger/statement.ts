import { addDays, type Day } from '#kit'
import type { AccountKind, Book } from './rules.ts'

export type StatementEntry = {
  seq: bigint
  day: Day
  reason: string
  hash: string
  lines: StatementLine[]
}
export type StatementLine = {
  book: Book
  kind: AccountKind
  subjectId: string
  label: string
  amount: bigint
}

/**
 * The entries in the syntax of beancount, a free accounting program: anyone can sum the ledger again
 * without METIS. Hours are counted in minutes (MIN), cash in euros.
 */
export function statementText(title: string, entries: StatementEntry[]): string {
  const held = new Map<string, { line: StatementLine; amount: bigint }>()
  for (const line of entries.flatMap(({ lines }) => lines)) {
    const amount = (held.get(accountName(line))?.amount ?? 0n) + line.amount
    held.set(accountName(line), { line, amount })
  }
  const days = entries.map(({ day }) => day).sort()
  const lastDay = days.at(-1) ?? NEVER
  const opened = new Map<string, { day: Day; label: string }>()
  for (const { day, lines } of entries)
    for (const line of lines) {
      const known = opened.get(accountName(line))
      if (!known || day < known.day) opened.set(accountName(line), { day, label: line.label })
    }
  const parts = [
    `option "title" ${quoted(title)}`,
    ...[...opened].map(
      ([name, { day, label }]) => `${day} open ${name}\n  label: ${quoted(label)}`,
    ),
    ...entries.map(entryText),
    // The program that reads it compares its own sums with ours, on the morning after the last day.
    ...[...held].map(
      ([name, { line, amount }]) =>
        `${addDays(lastDay, 1)} balance ${name}  ${amountText({ ...line, amount })}`,
    ),
  ]
  return `${parts.join('\n\n')}\n`
}

const NEVER = '0001-01-01' as Day

function entryText({ seq, day, reason, hash, lines }: StatementEntry): string {
  return [
    `${day} * ${quoted(reason)}`,
    `  number: ${quoted(String(seq))}`,
    `  seal: ${quoted(hash)}`,
    ...lines.map((line) => `  ${accountName(line)}  ${amountText(line)}`),
  ].join('\n')
}

function accountName({ book, kind, subjectId }: StatementLine): string {
  const root = kind === 'OUTSIDE' ? 'Equity' : 'Assets'
  return [root, capitalised(book), capitalised(kind), subjectId.toUpperCase()].join(':')
}

function amountText({ book, amount }: StatementLine): string {
  if (book === 'hours') return `${amount} MIN`
  const [sign, positive] = amount < 0n ? ['-', -amount] : ['', amount]
  return `${sign}${positive / 100n}.${String(positive % 100n).padStart(2, '0')} EUR`
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/\s+/g, ' ')}"`
}
