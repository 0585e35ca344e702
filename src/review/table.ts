import type { Cents, Minutes } from '#kit'
import { type Clocks, clocksOf, type Warning, type Where, warningsOf } from './clocks.ts'
import { type Blocker, blockersOf, type Interest, isRecused } from './rules.ts'
import type { ReviewedFile } from './standings.ts'

/** Euros and hours of one file at one step; the two are never added. */
export type Shares = { cents: Cents; minutes: Minutes }
/** What later rooms know of a file: read by them, shown here. */
export type Shared = { proposed?: Shares; decided?: Shares }

export type TableRow = ReviewedFile &
  Shared & {
    clocks: Clocks
    warnings: Warning[]
    blockers: Blocker[]
    agentName: string | undefined
    /** This reader takes no part in this file. */
    isRecused: boolean
    /** Score and gap stay hidden from whoever has not marked yet, while marks are given. */
    seesMarks: boolean
    /** The gap waits for everyone. */
    seesGap: boolean
  }

export type Reader = {
  personId: string
  interests: Interest[]
  where: Where
  isMarkingOpen: boolean
  shares: Map<string, Shared>
  agentNames: Map<string, string>
}

export function rowsFor(files: ReviewedFile[], reader: Reader): TableRow[] {
  return files.map((file) => {
    const { standing, completeness } = file
    const shared = reader.shares.get(file.id) ?? {}
    const clocks = clocksOf(file, reader.where)
    const hasMarked = file.marks.some(({ reviewerId }) => reviewerId === reader.personId)
    const asksCash = file.askedCents > 0n
    return {
      ...file,
      ...shared,
      clocks,
      // A decided file has no clock any more.
      warnings: shared.decided ? [] : warningsOf(clocks, reader.where),
      blockers: blockersOf({
        completeness,
        standing,
        asksCash,
        asksHours: file.asksHours,
        expiring: file.expiring,
      }),
      agentName: file.agentId === undefined ? undefined : reader.agentNames.get(file.agentId),
      isRecused: isRecused(reader.interests, reader.personId, file.associationId),
      seesMarks: hasMarked || !reader.isMarkingOpen,
      seesGap: (hasMarked && file.isEveryoneDone) || !reader.isMarkingOpen,
    }
  })
}

/** The states that the table counts, each a filter. */
export const shows = [
  'all',
  'unchecked',
  'incomplete',
  'answered',
  'message',
  'complete',
  'blocked',
  'ready',
  'disputed',
  'expiring',
  'acknowledge',
  'silence',
  'mine',
  'unassigned',
] as const
export type Show = (typeof shows)[number]

type Keep = (row: TableRow, personId: string) => boolean

const keeps: Record<Exclude<Show, 'all'>, Keep> = {
  unchecked: ({ completeness }) => completeness === 'unchecked',
  incomplete: ({ completeness }) => completeness === 'incomplete',
  answered: ({ completeness }) => completeness === 'answered',
  message: ({ lastMessageFrom }) => lastMessageFrom === 'association',
  complete: ({ completeness }) => completeness === 'complete',
  blocked: ({ blockers }) => blockers.length > 0,
  ready: ({ blockers }) => blockers.length === 0,
  disputed: ({ isDisputed, seesGap }) => seesGap && isDisputed,
  expiring: ({ expiring }) => expiring.length > 0,
  acknowledge: ({ warnings }) => warnings.some((warning) => warning.startsWith('acknowledge')),
  silence: ({ warnings }) => warnings.some((warning) => warning.startsWith('silence')),
  mine: ({ agentId }, personId) => agentId === personId,
  unassigned: ({ agentId }) => agentId === undefined,
}

/** What the address asks of the table. */
export type Asked = {
  show: Show
  q: string
  envelope: string
  agent: string
  /** A column's name, with a minus in front from the greatest down. */
  sort: string
  page: number
}

// Where a recused reader stands in a filter would tell them how the file stands.
function keeper(show: Show, personId: string): (row: TableRow) => boolean {
  if (show === 'all') return () => true
  return (row) => !row.isRecused && keeps[show](row, personId)
}

export function countsOf(rows: TableRow[], personId: string): Record<Show, number> {
  const counts = shows.map((show) => [show, rows.filter(keeper(show, personId)).length])
  return Object.fromEntries(counts) as Record<Show, number>
}

/** The rows that the address asks for, in its order. */
export function shownRows(rows: TableRow[], asked: Asked, personId: string): TableRow[] {
  const isKept = keeper(asked.show, personId)
  const sought = plain(asked.q)
  return rows.filter(
    (row) =>
      isKept(row) &&
      (!sought || plain(wordsOf(row)).includes(sought)) &&
      (!asked.envelope || (!row.isRecused && row.envelopeName === asked.envelope)) &&
      (!asked.agent || (!row.isRecused && row.agentId === asked.agent)),
  )
}

/** Of a file that one takes no part in, only the association's name is known, and found. */
function wordsOf({ associationName, projectTitle, number, isRecused: isOut }: TableRow): string {
  return isOut ? associationName : `${associationName} ${projectTitle} ${number}`
}

export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
