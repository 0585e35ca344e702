import { note } from '#journal'
import { type Refusal, type Refused, refusal } from '#kit'
import { actorOf, deed, type Place } from '#people'
import { takeTurn } from '#platform'
import { fileToReview } from './actions.ts'
import { type Grid, gridOf } from './grid-store.ts'
import { type Mark, refusalsForMarks } from './marks.ts'
import { insertRevision } from './revision-store.ts'
import { refusalsForMarking } from './rules.ts'
import { marksOf, type Opinion, opinionsOf, saveMarks, saveOpinion } from './store.ts'

export type MarksInput = { marks: Record<string, number>; comment: string; reason?: string }

/**
 * One reviewer's marks on every criterion, with a word on the whole. Given again, they replace the
 * earlier ones, which are kept with the reason: by then the others' marks have been seen.
 */
export async function giveMarks(
  place: Place,
  id: string,
  { marks, comment, reason = '' }: MarksInput,
): Promise<{ id: string } | Refused> {
  const { campaign } = await fileToReview(place, id)
  const closed = refusalsForMarking(campaign.state)
  if (closed.length > 0) return { refusals: closed }
  await takeTurn(place.tx, place.territory.id)
  const grid = await gridOf(place.tx, campaign)
  const before = await givenBefore(place, id)
  const after = { marks, comment: comment.trim() }
  const why = reason.trim()
  const refusals = [
    ...refusalsForMarks(grid.criteria, marks),
    ...refusalsForRevision(before, { after, version: grid.version, why }),
  ]
  if (refusals.length > 0) return { refusals }
  if (before && isSame(before, after, grid.version)) return { id }
  await keepMarks(place, id, { grid, before, after, why })
  return { id }
}

type Given = { marks: Mark[]; opinion: Opinion | undefined }
type After = { marks: Record<string, number>; comment: string }

async function givenBefore(place: Place, id: string): Promise<Given | undefined> {
  const { tx, territory } = place
  const { personId } = actorOf(place)
  const all = (await marksOf(tx, territory.id, [id])).get(id) ?? []
  const marks = all.filter(({ reviewerId }) => reviewerId === personId)
  if (marks.length === 0) return undefined
  const opinions = await opinionsOf(tx, territory.id, id)
  return { marks, opinion: opinions.find(({ reviewerId }) => reviewerId === personId) }
}

function isSame({ marks, opinion }: Given, after: After, version: number): boolean {
  return (
    marks.every(
      ({ criterionId, mark, gridVersion }) =>
        gridVersion === version && after.marks[criterionId] === mark,
    ) && (opinion?.comment ?? '') === after.comment
  )
}

/** A new grid is a reason by itself; a change of mind says its own. */
function refusalsForRevision(
  before: Given | undefined,
  { after, version, why }: { after: After; version: number; why: string },
): Refusal[] {
  if (!before || why || isSame(before, after, version)) return []
  const isSameGrid = before.marks.every(({ gridVersion }) => gridVersion === version)
  return isSameGrid ? [refusal('review:refused.noRevisionReason', { field: 'markReason' })] : []
}

async function keepMarks(
  place: Place,
  id: string,
  {
    grid,
    before,
    after,
    why,
  }: { grid: Grid; before: Given | undefined; after: After; why: string },
): Promise<void> {
  const reviewerId = actorOf(place).personId
  const key = { territoryId: place.territory.id, applicationId: id }
  if (before) {
    const { marks, opinion } = before
    await insertRevision(place.tx, key, {
      reviewerId,
      marks: Object.fromEntries(marks.map(({ criterionId, mark }) => [criterionId, mark])),
      comment: opinion?.comment ?? '',
      gridVersion: Math.max(...marks.map(({ gridVersion }) => gridVersion)),
      givenAt: opinion?.givenAt ?? place.now,
      reason: why,
      nextGridVersion: grid.version,
      revisedAt: place.now,
    })
  }
  const given = grid.criteria.map(({ id: criterionId }) => ({
    criterionId,
    mark: after.marks[criterionId] ?? 0,
    gridVersion: grid.version,
  }))
  await saveMarks(place.tx, { ...key, reviewerId }, given, place.now)
  await saveOpinion(place.tx, { ...key, reviewerId, comment: after.comment }, place.now)
  // Not the marks themselves: the journal is read by people who have not given theirs.
  const details = { gridVersion: grid.version, isRevised: before !== undefined, reason: why }
  await note(place.tx, { ...deed(place), action: 'application.marked', subjectId: id, details })
}
