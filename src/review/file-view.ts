import { type Application, filePathOf, type ReadFile, readFileOf } from '#applications'
import type { Campaign } from '#campaigns'
import { actorOf, type Place } from '#people'
import type { Typed } from '#platform'
import { fileToReview } from './actions.ts'
import { type Clocks, clocksOf } from './clocks.ts'
import { fileRecordOf } from './file-store.ts'
import type { Grid } from './grid-store.ts'
import { type Marking, markingOf } from './marking-view.ts'
import type { Message } from './message-store.ts'
import type { OutsideRequest } from './outside-rules.ts'
import type { PastGrant } from './past.ts'
import type { CompletenessCheck } from './rules.ts'
import { reviewSeasonOf } from './season-store.ts'
import type { Eligibilities, Note } from './store.ts'
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
  marking: Marking
  shared: Shared
  notes: Note[]
  past: PastGrant[]
  messages: Message[]
  outside: OutsideRequest[]
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
  const { deposit } = application
  const { personId } = actorOf(place)
  const { grid } = await reviewSeasonOf(tx, campaign)
  const record = await fileRecordOf(
    tx,
    { territoryId: territory.id, applicationId: id, personId },
    territory.organisationId,
  )
  const { checks, eligibilities, notes, messages, outside, agents, agentId, draft } = record
  const file = await readFileOf(place, { application, campaign })
  return {
    application,
    campaign,
    // Elected members read pieces through the review, which knows who is recused.
    file: { ...file, path: `${filePathOf(path, id)}/review` },
    grid,
    checks,
    clocks: deposit && clocksOf({ ...deposit, checks }, await whereOf(place, campaign)),
    eligibilities,
    marking: await markingOf(place, { application, campaign, interests, grid, record }),
    shared: (await readers.sharesOf(place, campaign)).get(id) ?? {},
    notes,
    past: await readers.pastGrantsOf(place, {
      associationId: application.association.id,
      before: campaign.year,
    }),
    messages,
    outside,
    agents,
    agentId,
    draft,
  }
}
