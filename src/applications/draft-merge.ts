import { isRefused, type Refusal, type Refused } from '#kit'
import { actorOf, type Place } from '#people'
import type { Typed } from '#platform'
import { ownApplicationToWrite } from './access.ts'
import { type DraftInput, keepDraft, refusalsForChange } from './actions.ts'
import type { WholeFile } from './cerfa/file.ts'
import { wholeFile } from './cerfa/load.ts'
import { refusalsForDraftNeeds } from './draft.ts'
import type { Section } from './draft-sections.ts'
import {
  type Author,
  authorsOf,
  confirmFields,
  insertSetAsides,
  signFields,
} from './draft-store.ts'
import { type Conflict, type Left, mergeTyped, resolved, type Sides } from './merge.ts'

/** A form put together with what others wrote since it was opened. */
export type Merge = {
  /** The file as it stood before. */
  application: WholeFile
  /** Who wrote each answer that stood before, by the answer's own name. */
  authors: Map<string, Author>
  /** Each answer of the form as the file holds it now. */
  typed: Typed
  /** Answers of this person that were written. */
  kept: string[]
  taken: string[]
  conflicts: Conflict[]
  /** Answers that cannot be kept, with their reasons. */
  unreadable: Refusal[]
}

/** The button's way: the whole form is kept, or nothing of it and every reason is told. */
export async function saveForm(
  place: Place,
  id: string,
  form: { section: Section; typed: Typed },
): Promise<Merge | Refused> {
  const { section, typed } = form
  const file = await fileToWrite(place, id)
  if (isRefused(file)) return file
  const { sides, left } = resolved(section.sides(file.application, typed), typed)
  const merged = mergeTyped(sides)
  const { input, refusals } = inputOf(section, merged.typed, { ...file, typed })
  const outcome = { ...file, ...merged, unreadable: refusals }
  if (!input || merged.conflicts.length > 0) return outcome
  await keep(place, { ...form, application: file.application }, { input, kept: merged.kept })
  await setAside(place, { ...form, ...file }, left)
  // Sent by hand, the page was read: what came from last year holds for this one.
  const answers = Object.keys(sides.mine).map((field) => answerIn(form, file, field))
  await confirmFields(place.tx, keyOf(place, id), answers, place.now)
  return outcome
}

/**
 * The way of what saves as one types: whatever can be kept is kept, and the rest is told, so that
 * one wrong figure never holds a page of words back (DN-6356).
 */
export async function saveAsTyped(
  place: Place,
  id: string,
  form: { section: Section; typed: Typed },
): Promise<Merge | Refused> {
  const { section, typed } = form
  const file = await fileToWrite(place, id)
  if (isRefused(file)) return file
  const sides = section.sides(file.application, typed)
  const merged = mergeTyped(sides)
  const { readable, input, refusals } = readableOf(section, sides, merged.typed, { ...file, typed })
  const kept = merged.kept.filter((field) => readable[field] === merged.typed[field])
  if (kept.length > 0)
    await keep(place, { ...form, application: file.application }, { input, kept })
  return { ...file, ...merged, kept, typed: readable, unreadable: refusals }
}

async function fileToWrite(place: Place, id: string) {
  const known = await ownApplicationToWrite(place, id)
  const refusals = refusalsForChange(known)
  if (refusals.length > 0) return { refusals }
  const application = await wholeFile(place.tx, known)
  return { application, authors: await authorsOf(place.tx, keyOf(place, id)) }
}

type File = { application: WholeFile; typed: Typed }

function inputOf(section: Section, merged: Typed, file: File) {
  const read = section.read(merged, file)
  if (isRefused(read)) return { input: undefined, refusals: read.refusals }
  const refusals = refusalsForDraftNeeds(read.needs ?? [])
  return { input: refusals.length > 0 ? undefined : read, refusals }
}

/** What of it can be kept: an answer that cannot goes back to what the file held. */
function readableOf(section: Section, sides: Sides, merged: Typed, file: File) {
  const told: Refusal[] = []
  let readable = merged
  for (;;) {
    const { input, refusals } = inputOf(section, readable, file)
    if (input) return { readable, input, refusals: told }
    told.push(...refusals)
    const fields = refusals.flatMap(({ field }) => field ?? [])
    const isNew = fields.some((field) => readable[field] !== (sides.theirs[field] ?? ''))
    const back = isNew ? fields : Object.keys(readable)
    readable = { ...readable, ...Object.fromEntries(back.map((f) => [f, sides.theirs[f] ?? ''])) }
    if (!isNew) return { readable, input: {} satisfies DraftInput, refusals: told }
  }
}

async function keep(
  place: Place,
  { section, typed, application }: { section: Section } & File,
  { input, kept }: { input: DraftInput; kept: string[] },
): Promise<void> {
  await keepDraft(place, application, input)
  const answers = kept.map((field) => section.answerOf(field, { application, typed }))
  const saved = { at: place.now, personId: actorOf(place).personId }
  await signFields(place.tx, keyOf(place, application.id), answers, saved)
}

async function setAside(
  place: Place,
  file: { section: Section; authors: Map<string, Author> } & File,
  left: Left[],
): Promise<void> {
  const { personId } = actorOf(place)
  const versions = left.map(({ field, value, isMine }) => {
    const answer = file.section.answerOf(field, file)
    const writtenBy = isMine ? personId : file.authors.get(answer)?.personId
    return { field: answer, value, writtenBy }
  })
  const chosen = { at: place.now, personId }
  await insertSetAsides(place.tx, keyOf(place, file.application.id), versions, chosen)
}

function answerIn(
  { section, typed }: { section: Section; typed: Typed },
  { application }: { application: WholeFile },
  field: string,
): string {
  return section.answerOf(field, { application, typed })
}

function keyOf(place: Place, id: string) {
  return { territoryId: place.territory.id, id }
}
