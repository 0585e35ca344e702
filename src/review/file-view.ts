import { type Application, filePathOf, type ReadFile, readFileOf } from '#applications'
import type { Campaign } from '#campaigns'
import { actorOf, type Place, peopleOf } from '#people'
import type { Typed } from '#platform'
import { fileToReview } from './actions.ts'
import { assignedAgentOf } from './bulk-store.ts'
import { type Clocks, clocksOf } from './clocks.ts'
import { draftIn } from './draft.ts'
import { type Grid, gridOf } from './grid-store.ts'
import { gapOf, type Mark, scoreOf } from './marks.ts'
import { type CompletenessCheck, isRecused } from './rules.ts'
import { marksThatCount } from './standings.ts'
import {
  completenessChecksOf,
  type Eligibilities,
  eligibilitiesOf,
  marksOf,
  type Note,
  notesOf,
  type Opinion,
  opinionsOf,
} from './store.ts'
import type { Shared } from './table.ts'
import { type ReviewReaders, whereOf } from './table-view.ts'

/** Everything that a reviewer sees of one file. */
export type FileView = {
  application: Application
  campaign: Campaign
  file: ReadFile
  grid: Grid
  checks: CompletenessCheck[]
  clocks: Clocks | undefined
  eligibilities: Eligibilities
  ownMarks: Mark[]
  opinions: Opinion[]
  reviewersCount: number
  score: number | undefined
  gap: number
  shared: Shared
  notes: Note[]
  agents: { id: string; name: string }[]
  agentId: string | undefined
  /** What this reviewer typed here and has not given yet. */
  draft: Typed
}

export async function fileViewOf(
  place: Place,
  id: string,
  readers: ReviewReaders,
): Promise<FileView> {
  const { tx, territory, path } = place
  const { application, campaign, interests } = await fileToReview(place, id)
  const { deposit, association } = application
  const grid = await gridOf(tx, campaign)
  const checks = (await completenessChecksOf(tx, territory.id, [id])).get(id) ?? []
  const known = (await marksOf(tx, territory.id, [id])).get(id) ?? []
  const counted = marksThatCount(known, { interests, associationId: association.id, grid })
  const opinions = await opinionsOf(tx, territory.id, id)
  const { personId } = actorOf(place)
  const file = { ...(await readFileOf(place, { application, campaign })) }
  return {
    application,
    campaign,
    // Elected members read pieces through the review, which knows who is recused.
    file: { ...file, path: `${filePathOf(path, id)}/review` },
    grid,
    checks,
    clocks: deposit && clocksOf({ ...deposit, checks }, await whereOf(place)),
    eligibilities: (await eligibilitiesOf(tx, territory.id, [id])).get(id) ?? {},
    ownMarks: known.filter(({ reviewerId }) => reviewerId === personId),
    opinions: opinions.filter(
      ({ reviewerId }) => !isRecused(interests, reviewerId, association.id),
    ),
    reviewersCount: new Set(counted.map(({ reviewerId }) => reviewerId)).size,
    score: scoreOf(grid.criteria, counted),
    gap: gapOf(grid.criteria, counted),
    shared: (await readers.sharesOf(place, campaign)).get(id) ?? {},
    notes: await notesOf(tx, territory.id, id),
    agents: await peopleOf(tx, territory.organisationId, 'municipality.agent'),
    agentId: await assignedAgentOf(tx, territory.id, id),
    draft: await draftIn(place, id),
  }
}

/** Marks given on the grid that stands: those of an earlier one wait to be looked at again. */
export function ownCountedMarks({ ownMarks, grid }: FileView): Mark[] {
  return ownMarks.filter(({ gridVersion }) => gridVersion === grid.version)
}
