import type { Campaign } from '#campaigns'
import { calendarOf } from '#kit'
import { actorOf, type Place } from '#people'
import { readAsked } from './asked.ts'
import { isUndoable } from './bulk.ts'
import type { BulkDeed } from './bulk-store.ts'
import { columnsFor, sortedRows, type TableColumn } from './columns.ts'
import { deskOf } from './desk-store.ts'
import type { PastGrant } from './past.ts'
import { refusalsForMarking } from './rules.ts'
import { reviewSeasonOf } from './season-store.ts'
import { reviewedFiles } from './standings.ts'
import {
  type Asked,
  countsOf,
  rowsFor,
  type Shared,
  type Show,
  shownRows,
  type TableRow,
} from './table.ts'

/** Review comes before the rooms that propose and decide: what they say of each file is told from above. */
export type ReviewReaders = {
  sharesOf: (place: Place, campaign: Campaign) => Promise<Map<string, Shared>>
  /** What the commune gave this association before, by the files imported and by the votes held here. */
  pastGrantsOf: (
    place: Place,
    asked: { associationId: string; before: number },
  ) => Promise<PastGrant[]>
}

export type TableView = {
  campaign: Campaign
  rows: TableRow[]
  shown: TableRow[]
  counts: Record<Show, number>
  columns: TableColumn[]
  asked: Asked
  agents: { id: string; name: string }[]
  /** What this reader just did to many files, while it can be taken back. */
  undoable: BulkDeed | undefined
  isAgent: boolean
}

export async function tableViewOf(
  place: Place,
  campaign: Campaign,
  { readers, query }: { readers: ReviewReaders; query: URLSearchParams },
): Promise<TableView> {
  const { tx, territory, say, now } = place
  const { personId } = actorOf(place)
  const key = { territoryId: territory.id, personId, campaignId: campaign.id }
  const { agents, last, columns } = await deskOf(tx, key, territory.organisationId)
  const rows = rowsFor(await reviewedFiles(tx, campaign), {
    personId,
    interests: (await reviewSeasonOf(tx, campaign)).interests,
    where: await whereOf(place, campaign),
    isMarkingOpen: refusalsForMarking(campaign.state).length === 0,
    shares: await readers.sharesOf(place, campaign),
    agentNames: new Map(agents.map(({ id, name }) => [id, name])),
  })
  const asked = readAsked(query)
  return {
    campaign,
    rows,
    shown: sortedRows(shownRows(rows, asked, personId), asked.sort, say),
    counts: countsOf(rows, personId),
    columns: columnsFor(columns, rows, say),
    asked,
    agents,
    undoable: last && isUndoable(last, now) ? last : undefined,
    isAgent: place.as?.role === 'municipality.agent',
  }
}

export async function whereOf({ tx, today }: Place, campaign: Campaign) {
  return { calendar: calendarOf((await reviewSeasonOf(tx, campaign)).inseeCode), today }
}
