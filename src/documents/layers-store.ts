import { sql } from 'kysely'
import type { Tables, Tx } from '#platform'
import { METIS } from './rules.ts'

export type Layer = Tables['documentLayers']

/** What was appended to a document, in order. */
export async function layersOf(tx: Tx, territoryId: string, documentId: string): Promise<Layer[]> {
  return tx
    .selectFrom('documentLayers')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .where('documentId', '=', documentId)
    .orderBy('rank')
    .execute()
}

export async function isSealed(tx: Tx, territoryId: string, documentId: string): Promise<boolean> {
  const seal = await tx
    .selectFrom('documentLayers')
    .select('rank')
    .where('territoryId', '=', territoryId)
    .where('documentId', '=', documentId)
    .where('madeBy', '=', METIS)
    .executeTakeFirst()
  return seal !== undefined
}

export async function insertLayer(tx: Tx, layer: Layer): Promise<void> {
  await tx.insertInto('documentLayers').values(layer).execute()
}

/** Documents of these kinds that all their parties signed, and that bear no seal yet. */
export async function signedWithoutSeal(
  tx: Tx,
  territoryId: string,
  kinds: Map<string, number>,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('documents')
    .innerJoin('signatures', (join) =>
      join
        .onRef('signatures.territoryId', '=', 'documents.territoryId')
        .onRef('signatures.documentId', '=', 'documents.id'),
    )
    .select(['documents.id', 'documents.kind', ({ fn }) => fn.countAll<bigint>().as('count')])
    .where('documents.territoryId', '=', territoryId)
    .where('documents.kind', 'in', [...kinds.keys()])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('documentLayers')
            .select(sql`1`.as('one'))
            .whereRef('documentLayers.territoryId', '=', 'documents.territoryId')
            .whereRef('documentLayers.documentId', '=', 'documents.id')
            .where('documentLayers.madeBy', '=', METIS),
        ),
      ),
    )
    .groupBy(['documents.id', 'documents.kind'])
    .execute()
  return rows
    .filter(({ kind, count }) => Number(count) >= (kinds.get(kind) ?? Number.POSITIVE_INFINITY))
    .map(({ id }) => id)
}

/** Files whose layers are not those that were put there. */
export async function layerFaults(tx: Tx, territoryId: string): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
    select 'the sealed file of document ' || d.number || ' (' || d.id || ') is not what was sealed' as fault
    from document_layers l join documents d on d.territory_id = l.territory_id and d.id = l.document_id
    where l.territory_id = ${territoryId} and l.sha256 <> encode(sha256(d.pdf || (
      select string_agg(below.bytes, ''::bytea order by below.rank) from document_layers below
      where below.territory_id = l.territory_id and below.document_id = l.document_id
        and below.rank <= l.rank)), 'hex')`.execute(tx)
  return rows.map(({ fault }) => fault)
}
