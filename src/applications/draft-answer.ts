import type { Place } from '#people'
import type { Typed } from '#platform'
import type { Merge } from './draft-merge.ts'
import { needsBeside, type Section } from './draft-sections.ts'
import { formatTime, labelOf } from './draft-words.ts'
import { type Base, baseOf, readBase } from './merge.ts'

/** What the page is told after saving by itself; every sentence is ready to be shown. */
export type DraftAnswer = {
  /** `Enregistré à 14 h 32`, and what of it is not. */
  saved: string
  /** What the form stands on from now. */
  base: Base
  /** Answers that others changed: put in the form where nobody touched them. */
  fields: Typed
  /** What is on the device alone: a sentence a field. */
  open: Record<string, string>
  news: string[]
  hasConflicts: boolean
  /** Rows that the page does not show yet. */
  hasRows: boolean
}

export function draftAnswerOf(
  place: Place,
  { section, typed }: { section: Section; typed: Typed },
  merge: Merge,
): DraftAnswer {
  const { say, language, now } = place
  const open = openFields(place, section, typed, merge)
  const sent = readBase(typed.base)
  const held = Object.entries(baseOf(merge.typed)).filter(([field]) => !(field in open))
  const still = Object.entries(sent).filter(([field]) => field in open)
  const rows = section.name === 'needs' ? needsBeside(merge.application, typed) : []
  const at = { time: formatTime(now, language) }
  const count = Object.keys(open).length
  return {
    saved:
      count > 0
        ? say('applications:draft.savedBut', { ...at, count })
        : say('applications:draft.saved', at),
    base: Object.fromEntries([...held, ...still]),
    fields: Object.fromEntries(merge.taken.map((field) => [field, merge.typed[field] ?? ''])),
    open,
    news: [
      ...merge.taken.map((field) => newsOf(place, section, { merge, typed, field })),
      ...(rows.length > 0 ? [say('applications:draft.rows', { count: rows.length })] : []),
    ],
    hasConflicts: merge.conflicts.length > 0,
    hasRows: rows.length > 0,
  }
}

function openFields(
  { say }: Place,
  section: Section,
  typed: Typed,
  { application, authors, conflicts, unreadable }: Merge,
): Record<string, string> {
  const twice = conflicts.map(({ field }) => {
    const author = authors.get(section.answerOf(field, { application, typed }))
    const values = { label: labelOf(say, field), name: author?.name ?? '' }
    return [field, say('applications:draft.twoVersions', values)]
  })
  const refused = unreadable.flatMap(({ field, code, values }) =>
    field
      ? [
          [
            field,
            say('applications:draft.reason', {
              label: labelOf(say, field),
              reason: say(code, values),
            }),
          ],
        ]
      : [],
  )
  return Object.fromEntries([...refused, ...twice])
}

function newsOf(
  { say, language }: Place,
  section: Section,
  { merge, typed, field }: { merge: Merge; typed: Typed; field: string },
): string {
  const author = merge.authors.get(
    section.answerOf(field, { application: merge.application, typed }),
  )
  const label = labelOf(say, field)
  if (!author) return say('applications:draft.changed', { label })
  const time = formatTime(author.savedAt, language)
  return say('applications:draft.changedBy', { label, name: author.name, time })
}
