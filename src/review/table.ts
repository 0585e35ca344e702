import { type Minutes, sumMinutes } from '#kit'
import { type Blocker, blockersOf, type Interest, isRecused } from './rules.ts'
import type { ReviewedFile } from './standings.ts'

export type TableRow = ReviewedFile & {
  askedMinutes: Minutes
  blockers: Blocker[]
  /** This reader takes no part in this file. */
  isRecused: boolean
}

/** From this many points between two reviewers, the file deserves a talk. */
const DISPUTED_POINTS = 25

export function rowsFor(
  files: ReviewedFile[],
  personId: string,
  interests: Interest[],
): TableRow[] {
  return files.map((file) => {
    const { application, standing, completeness } = file
    const asksHours = application.needs.length > 0
    const asksCash = application.askedCents > 0n
    return {
      ...file,
      askedMinutes: sumMinutes(application.needs.map(({ maxMinutes }) => maxMinutes)),
      blockers: blockersOf({ completeness, standing, asksHours, asksCash }),
      isRecused: isRecused(interests, personId, application.associationId),
    }
  })
}

export function shownRows(rows: TableRow[], filter: string): TableRow[] {
  if (filter === 'blocked') return rows.filter(isOpenAnd(({ blockers }) => blockers.length > 0))
  if (filter === 'ready') return rows.filter(isOpenAnd(({ blockers }) => blockers.length === 0))
  if (filter === 'disputed') return rows.filter(isOpenAnd(({ gap }) => gap >= DISPUTED_POINTS))
  return rows
}

// Where a recused reader stands in a filter would tell them how the file stands.
function isOpenAnd(keep: (row: TableRow) => boolean) {
  return (row: TableRow) => !row.isRecused && keep(row)
}
