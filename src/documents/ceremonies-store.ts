import type { Tables, Tx } from '#platform'
import type { Party } from './rules.ts'

export type CeremonyState =
  | 'asked'
  | 'open'
  | 'withdrawn'
  | 'signed'
  | 'refused'
  | 'expired'
  | 'cancelled'
  | 'failed'
export type CeremonyRow = Omit<Tables['signatureCeremonies'], 'party' | 'state' | 'evidence'> & {
  party: Party
  state: CeremonyState
}

/** Somebody may still sign. */
export const underWay: readonly CeremonyState[] = ['asked', 'open', 'withdrawn']

const columns = [
  'territoryId',
  'id',
  'documentId',
  'party',
  'personId',
  'organisationId',
  'role',
  'capacity',
  'provider',
  'askedAt',
  'state',
  'reference',
  'link',
  'reason',
  'endedAt',
] as const

export async function insertCeremony(tx: Tx, row: CeremonyRow): Promise<void> {
  await tx
    .insertInto('signatureCeremonies')
    .values({ ...row, evidence: '{}' })
    .execute()
}

function ceremonies(tx: Tx, territoryId: string) {
  return tx.selectFrom('signatureCeremonies').select(columns).where('territoryId', '=', territoryId)
}

/** The newest one about this document. */
export async function lastCeremonyOn(
  tx: Tx,
  territoryId: string,
  documentId: string,
): Promise<CeremonyRow | undefined> {
  return asCeremony(
    await ceremonies(tx, territoryId)
      .where('documentId', '=', documentId)
      .orderBy('askedAt', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst(),
  )
}

export async function ceremonyById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<CeremonyRow | undefined> {
  return asCeremony(await ceremonies(tx, territoryId).where('id', '=', id).executeTakeFirst())
}

export async function ceremoniesIn(
  tx: Tx,
  territoryId: string,
  states: readonly CeremonyState[],
): Promise<string[]> {
  const rows = await tx
    .selectFrom('signatureCeremonies')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('state', 'in', states)
    .orderBy('askedAt')
    .execute()
  return rows.map(({ id }) => id)
}

/** False when another worker was first: the state is no longer that one. */
export async function moveCeremony(
  tx: Tx,
  { territoryId, id, state: from }: Pick<CeremonyRow, 'territoryId' | 'id' | 'state'>,
  change: Partial<Pick<CeremonyRow, 'state' | 'reference' | 'link' | 'reason' | 'endedAt'>> & {
    evidence?: string
  },
): Promise<boolean> {
  const moved = await tx
    .updateTable('signatureCeremonies')
    .set(change)
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('id')
    .executeTakeFirst()
  return moved !== undefined
}

/** The evidence that providers gave with their signatures of a document. */
export async function providerEvidence(
  tx: Tx,
  territoryId: string,
  documentId: string,
): Promise<{ party: string; evidence: unknown }[]> {
  return tx
    .selectFrom('signatureCeremonies')
    .select(['party', 'evidence'])
    .where('territoryId', '=', territoryId)
    .where('documentId', '=', documentId)
    .where('state', '=', 'signed')
    .orderBy('endedAt')
    .execute()
}

function asCeremony(
  row: Pick<Tables['signatureCeremonies'], (typeof columns)[number]> | undefined,
): CeremonyRow | undefined {
  return row && { ...row, party: row.party as Party, state: row.state as CeremonyState }
}
