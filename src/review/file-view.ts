import { type Application, filePathOf, type ReadFile, readFileOf } from '#applications'
import type { Campaign } from '#campaigns'
import { type Place, peopleOf } from '#people'
import type { Typed } from '#platform'
import { fileToReview } from './actions.ts'
import { assignedAgentOf } from './bulk-store.ts'
import { type Clocks, clocksOf } from './clocks.ts'
import { draftIn } from './draft.ts'
import { type Grid, gridOf } from './grid-store.ts'
import { type Marking, markingOf } from './marking-view.ts'
import { type Message, messagesOf } from './message-store.ts'
import type { OutsideRequest } from './outside-rules.ts'
import { requestsOf } from './outside-store.ts'
import { type PastGrant, pastGrantsOf } from './past.ts'
import type { CompletenessCheck } from './rules.ts'
import {
  completenessChecksOf,
  type Eligibilities,
  eligibilitiesOf,
  type Note,
  notesOf,
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
  const grid = await gridOf(tx, campaign)
  const checks = (await completenessChecksOf(tx, territory.id, [id])).get(id) ?? []
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
    marking: await markingOf(place, { application, campaign, interests, grid }),
    shared: (await readers.sharesOf(place, campaign)).get(id) ?? {},
    notes: await notesOf(tx, territory.id, id),
    past: await pastGrantsOf(place, readers, {
      associationId: application.association.id,
      before: campaign.year,
    }),
    messages: await messagesOf(tx, territory.id, id),
    outside: await requestsOf(tx, { territoryId: territory.id, applicationId: id }),
    agents: await peopleOf(tx, territory.organisationId, 'municipality.agent'),
    agentId: await assignedAgentOf(tx, territory.id, id),
    draft: await draftIn(place, id),
  }
}
