import type { Campaign } from '#campaigns'
import { type Day, day, isId, newId } from '#kit'
import type { Tx } from '#platform'

export type Deliberation = {
  id: string
  campaignId: string
  scenarioId: string
  number: string
  heldOn: Day
  executoryOn: Day | undefined
  inOfficeCount: number
  presentCount: number
}

export async function deliberationsOf(tx: Tx, campaign: Campaign): Promise<Deliberation[]> {
  const rows = await tx
    .selectFrom('deliberations')
    .selectAll()
    .where('territoryId', '=', campaign.territoryId)
    .where('campaignId', '=', campaign.id)
    .orderBy('heldOn')
    .orderBy('id')
    .execute()
  return rows.map(deliberationOf)
}

export async function deliberationById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<Deliberation | undefined> {
  if (!isId(id)) return undefined
  const row = await tx
    .selectFrom('deliberations')
    .selectAll()
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && deliberationOf(row)
}

export async function isNumberTaken(tx: Tx, territoryId: string, number: string): Promise<boolean> {
  const known = await tx
    .selectFrom('deliberations')
    .select('id')
    .where('territoryId', '=', territoryId)
    .where('number', '=', number)
    .executeTakeFirst()
  return known !== undefined
}

export async function insertDeliberation(
  tx: Tx,
  deliberation: Omit<Deliberation, 'id' | 'executoryOn'> & {
    territoryId: string
    recordedBy: string
    recordedAt: Date
  },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('deliberations')
    .values({ id, ...deliberation })
    .execute()
  return id
}

export async function setExecutory(
  tx: Tx,
  { territoryId, id, executoryOn }: { territoryId: string; id: string; executoryOn: Day },
): Promise<void> {
  await tx
    .updateTable('deliberations')
    .set({ executoryOn })
    .where('territoryId', '=', territoryId)
    .where('id', '=', id)
    .where('executoryOn', 'is', null)
    .execute()
}

function deliberationOf(row: {
  id: string
  campaignId: string
  scenarioId: string
  number: string
  heldOn: string
  executoryOn: string | null
  inOfficeCount: number
  presentCount: number
}): Deliberation {
  const { id, campaignId, scenarioId, number, inOfficeCount, presentCount } = row
  return {
    id,
    campaignId,
    scenarioId,
    number,
    heldOn: day(row.heldOn),
    executoryOn: row.executoryOn === null ? undefined : day(row.executoryOn),
    inOfficeCount,
    presentCount,
  }
}
