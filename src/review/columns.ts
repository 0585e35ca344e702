import type { Minutes } from '#kit'
import {
  type Column,
  dayCell,
  eurosCell,
  hoursCell,
  numberCell,
  type Say,
  textCell,
  type Written,
} from '#platform'
import type { Subject } from './eligibility.ts'
import type { TableRow } from './table.ts'

/** A file's value in one column: what is compared when sorting; nothing goes last. */
type Key = string | number | bigint | undefined

export type TableColumn = {
  name: string
  isNumber: boolean
  key: (row: TableRow, say: Say) => Key
  written: (row: TableRow, say: Say) => Written
}

function words(name: string, of: (row: TableRow, say: Say) => string | undefined): TableColumn {
  return { name, isNumber: false, key: of, written: (row, say) => textCell(of(row, say)) }
}

function figure(
  name: string,
  key: (row: TableRow) => number | bigint | undefined,
  written: (row: TableRow) => Written,
): TableColumn {
  return { name, isNumber: true, key, written }
}

const euros = (name: string, of: (row: TableRow) => Parameters<typeof eurosCell>[0]) =>
  figure(name, of, (row) => eurosCell(of(row)))

const hours = (name: string, of: (row: TableRow) => Minutes | undefined) =>
  figure(name, of, (row) => hoursCell(of(row)))

const days = (name: string, of: (row: TableRow) => Parameters<typeof dayCell>[0]): TableColumn => ({
  name,
  isNumber: false,
  key: of,
  written: (row) => dayCell(of(row)),
})

/** Every column that a reader may choose, from left to right. Euros and hours: asked, proposed, decided. */
export const tableColumns: TableColumn[] = [
  words('number', ({ number }) => number),
  words('envelope', ({ envelopeName }) => envelopeName),
  words('agent', ({ agentName }) => agentName),
  words('completeness', ({ completeness }, say) => say(`review:completeness.${completeness}`)),
  words('cash', (row, say) => say(`review:outcome.${outcomeSeen(row, 'cash')}`)),
  words('hours', (row, say) => say(`review:outcome.${outcomeSeen(row, 'hours')}`)),
  euros('askedCents', ({ askedCents }) => askedCents),
  euros('proposedCents', ({ proposed }) => proposed?.cents),
  euros('decidedCents', ({ decided }) => decided?.cents),
  hours('askedMinutes', ({ askedMinutes }) => askedMinutes),
  hours('proposedMinutes', ({ proposed }) => proposed?.minutes),
  hours('decidedMinutes', ({ decided }) => decided?.minutes),
  days('acknowledgeBy', ({ clocks }) => (clocks.isAcknowledged ? undefined : clocks.acknowledgeBy)),
  days('decideBy', ({ clocks, decided }) => (decided ? undefined : clocks.decideBy)),
  figure('score', scoreSeen, (row) => numberCell(scoreSeen(row))),
  figure('gap', gapSeen, (row) => numberCell(gapSeen(row))),
  figure(
    'reviewers',
    ({ reviewersCount }) => reviewersCount,
    ({ reviewersCount }) => numberCell(reviewersCount),
  ),
  words('blockers', ({ blockers }, say) =>
    blockers.map((blocker) => say(`review:blocker.${blocker}`)).join(', '),
  ),
]

/** On the council's day; what was found and will have expired by then is not simply unknown. */
function outcomeSeen({ standing, expiring }: TableRow, subject: Subject): string {
  return expiring.includes(subject) ? 'expires' : (standing[subject] ?? 'unknown')
}

export function scoreSeen({ seesMarks, standing }: TableRow): number | undefined {
  return seesMarks ? standing.score : undefined
}

export function gapSeen({ seesGap, reviewersCount, gap }: TableRow): number | undefined {
  return seesGap && reviewersCount > 1 ? gap : undefined
}

const usualColumns = [
  'completeness',
  'cash',
  'hours',
  'askedCents',
  'proposedCents',
  'decidedCents',
  'askedMinutes',
  'proposedMinutes',
  'decidedMinutes',
  'decideBy',
  'score',
  'blockers',
]

/** Before the split nothing is proposed, after the council nothing is blocked, and a screen is narrow. */
const shownOnceTold = [
  'proposedCents',
  'decidedCents',
  'proposedMinutes',
  'decidedMinutes',
  'decideBy',
  'blockers',
]

/** Those that this reader chose; for whoever chose none, the usual ones, without those that have nothing to say yet. */
export function columnsFor(
  chosen: string[] | undefined,
  rows: TableRow[],
  say: Say,
): TableColumn[] {
  if (chosen) return tableColumns.filter(({ name }) => chosen.includes(name))
  return tableColumns.filter(
    ({ name, key }) =>
      usualColumns.includes(name) &&
      (!shownOnceTold.includes(name) || rows.some((row) => !isNothing(key(row, say)))),
  )
}

const association = words('association', ({ associationName }) => associationName)

/** `sort` is a column's name, with a minus in front from the greatest down. Recused rows come last. */
export function sortedRows(rows: TableRow[], sort: string, say: Say): TableRow[] {
  const isDown = sort.startsWith('-')
  const name = isDown ? sort.slice(1) : sort
  const column = [association, ...tableColumns].find((known) => known.name === name)
  if (!column) return rows
  const collator = new Intl.Collator('fr', { numeric: true })
  const keyed = rows.map((row) => ({ row, key: row.isRecused ? undefined : column.key(row, say) }))
  const compared = (a: Key, b: Key): number => {
    if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b)
    if (a === undefined || b === undefined || a === b) return 0
    return a < b ? -1 : 1
  }
  return keyed
    .sort((a, b) => {
      if (isNothing(a.key) || isNothing(b.key))
        return Number(isNothing(a.key)) - Number(isNothing(b.key))
      return isDown ? compared(b.key, a.key) : compared(a.key, b.key)
    })
    .map(({ row }) => row)
}

function isNothing(key: Key): boolean {
  return key === undefined || key === ''
}

/** The columns of the exported file: those on screen, the association and its project in front. */
export function exportedColumns(columns: TableColumn[], say: Say): Column<TableRow>[] {
  const project = words('project', ({ projectTitle }) => projectTitle)
  return [
    { name: say('review:table.column.association'), cell: (row) => association.written(row, say) },
    ...[project, ...columns].map((column) => ({
      name: say(`review:table.column.${column.name}`),
      cell: (row: TableRow) => (row.isRecused ? textCell(undefined) : column.written(row, say)),
    })),
  ]
}
