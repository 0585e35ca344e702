import { selectPeople } from '#people'
import { type Tx, together } from '#platform'
import { type BulkDeed, bulkFrom, selectLastBulk } from './bulk-store.ts'
import { selectColumns } from './table-store.ts'

/** What an agent finds on the work table beside its files. */
export type Desk = {
  agents: { id: string; name: string }[]
  /** What they did last to many files. */
  last: BulkDeed | undefined
  /** Those they chose; undefined when they never did. */
  columns: string[] | undefined
}

export async function deskOf(
  tx: Tx,
  key: { territoryId: string; campaignId: string; personId: string },
  communeId: string,
): Promise<Desk> {
  const { agents, bulks, chosen } = await together(tx, {
    agents: selectPeople(tx, communeId, 'municipality.agent'),
    bulks: selectLastBulk(tx, key),
    chosen: selectColumns(tx, key),
  })
  return { agents, last: bulks[0] && bulkFrom(bulks[0]), columns: chosen[0]?.columns }
}
