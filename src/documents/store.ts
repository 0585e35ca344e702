import { sql } from 'kysely'
import { isId } from '#kit'
import { askedOnce, type Tables, type Tx } from '#platform'
import type { DocumentKind, Party } from './rules.ts'

export type DocumentRow = Omit<Tables['documents'], 'kind' | 'content'> & {
  kind: DocumentKind
  content: object
}

/** A document without its pages: for lists. */
export type DocumentHead = Omit<DocumentRow, 'pdf' | 'content'>

export async function insertDocument(tx: Tx, row: DocumentRow, content: string): Promise<void> {
  await tx
    .insertInto('documents')
    .values({ ...row, content })
    .execute()
}

export async function lastRank(
  tx: Tx,
  territoryId: string,
  { kind, year }: { kind: DocumentKind; year: number },
): Promise<number> {
  const last = await tx
    .selectFrom('documents')
    .select('rank')
    .where('territoryId', '=', territoryId)
    .where('kind', '=', kind)
    .where('year', '=', year)
    .orderBy('rank', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.rank ?? 0
}

export async function documentById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<DocumentRow | undefined> {
  if (!isId(id)) return undefined
  const row = await tx
    .selectFrom('documents')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { ...row, kind: row.kind as DocumentKind }
}

const head = [
  'territoryId',
  'id',
  'kind',
  'year',
  'rank',
  'number',
  'subjectId',
  'title',
  'sha256',
  'verificationCode',
  'madeAt',
] as const

/** What was made about a subject, the newest first. */
export async function documentsOn(
  tx: Tx,
  territoryId: string,
  subjectId: string,
): Promise<DocumentHead[]> {
  const rows = await tx
    .selectFrom('documents')
    .select(head)
    .where('territoryId', '=', territoryId)
    .where('subjectId', '=', subjectId)
    .orderBy('madeAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as DocumentKind }))
}

/** By the code as kept: see parseVerificationCode(). */
export async function documentByCode(
  tx: Tx,
  territoryId: string,
  verificationCode: string,
): Promise<DocumentHead | undefined> {
  const row = await tx
    .selectFrom('documents')
    .select(head)
    .where('territoryId', '=', territoryId)
    .where('verificationCode', '=', verificationCode)
    .executeTakeFirst()
  return row && { ...row, kind: row.kind as DocumentKind }
}

export type Signature = Omit<Tables['signatures'], 'party'> & { party: Party }

export async function signaturesOf(
  tx: Tx,
  territoryId: string,
  documentId: string,
): Promise<Signature[]> {
  return (await partiesOf(tx, territoryId, [documentId])).get(documentId) ?? []
}

export async function insertSignature(tx: Tx, signature: Signature): Promise<void> {
  await tx.insertInto('signatures').values(signature).execute()
}

/** Who signed each of these documents, first to last; unsigned ones are absent. */
export async function partiesOf(
  tx: Tx,
  territoryId: string,
  documentIds: string[],
): Promise<Map<string, Signature[]>> {
  if (documentIds.length === 0) return new Map()
  const rows = await askedOnce(tx, `parties ${documentIds.join(' ')}`, () =>
    tx
      .selectFrom('signatures')
      .selectAll()
      .where('territoryId', '=', territoryId)
      .where('documentId', 'in', documentIds)
      .orderBy('signedAt')
      .execute(),
  )
  const read = rows.map((row) => ({ ...row, party: row.party as Party }))
  return Map.groupBy(read, ({ documentId }) => documentId)
}

/** When each of these documents was signed by its last party so far; unsigned ones are absent. */
export async function lastSignedAt(
  tx: Tx,
  territoryId: string,
  documentIds: string[],
): Promise<Map<string, Date>> {
  if (documentIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('signatures')
    .select(({ fn }) => ['documentId', fn.max('signedAt').as('signedAt')])
    .where('territoryId', '=', territoryId)
    .where('documentId', 'in', documentIds)
    .groupBy('documentId')
    .execute()
  return new Map(rows.map(({ documentId, signedAt }) => [documentId, signedAt]))
}

/** Documents altered since they were sealed, signatures of other bytes, numbers that leave a gap. */
export async function documentFaults(tx: Tx, territoryId: string): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
    select 'document ' || kind || ' ' || number || ' (' || id || ') is not what was sealed' as fault
    from documents
    where territory_id = ${territoryId} and encode(sha256(pdf), 'hex') <> documents.sha256
    union all
    select 'the signature of ' || s.party || ' on document ' || d.number || ' (' || d.id || ') is of other bytes'
    from signatures s join documents d on d.territory_id = s.territory_id and d.id = s.document_id
    where s.territory_id = ${territoryId} and s.document_sha256 <> d.sha256
    union all
    select 'documents ' || kind || ' of ' || year || ' have a gap: ' || count(*) || ' for ' || max(rank)
    from documents where territory_id = ${territoryId}
    group by kind, year having count(*) <> max(rank)`.execute(tx)
  return rows.map(({ fault }) => fault)
}
