import type { Campaign } from '#campaigns'
import { canonicalJson, newId } from '#kit'
import { type Tx, together } from '#platform'

/** A sealed scenario as stored: what went in and what came out, with the digest of each. */
export type StoredScenario = ScenarioHead & { assumptions: object; problem: object; result: object }

export type ScenarioHead = {
  id: string
  campaignId: string
  /** The scenario beside which it was made. */
  variantOf: string | null
  name: string
  problemSha256: string
  resultSha256: string
  computedAt: Date
}

export async function insertScenario(
  tx: Tx,
  scenario: Omit<StoredScenario, 'id'> & { territoryId: string; computedBy: string },
): Promise<string> {
  const id = newId()
  await tx
    .insertInto('scenarios')
    .values({
      ...scenario,
      id,
      assumptions: canonicalJson(scenario.assumptions),
      problem: canonicalJson(scenario.problem),
      result: canonicalJson(scenario.result),
    })
    .execute()
  return id
}

const headColumns = [
  'id',
  'campaignId',
  'variantOf',
  'name',
  'problemSha256',
  'resultSha256',
  'computedAt',
] as const

/** The newest first, without their contents; and which of them was put to the council last. */
export async function headsOf(
  tx: Tx,
  campaign: Campaign,
): Promise<{ scenarios: ScenarioHead[]; proposedId: string | undefined }> {
  const { scenarios, proposed } = await together(tx, {
    scenarios: tx
      .selectFrom('scenarios')
      .select(headColumns)
      .where('territoryId', '=', campaign.territoryId)
      .where('campaignId', '=', campaign.id)
      .orderBy('computedAt', 'desc')
      .orderBy('id', 'desc'),
    proposed: lastProposal(tx, campaign),
  })
  return { scenarios, proposedId: proposed[0]?.scenarioId }
}

export async function scenariosOf(tx: Tx, campaign: Campaign): Promise<ScenarioHead[]> {
  return (await headsOf(tx, campaign)).scenarios
}

export async function scenarioById(
  tx: Tx,
  campaign: Campaign,
  id: string,
): Promise<StoredScenario | undefined> {
  return tx
    .selectFrom('scenarios')
    .select([...headColumns, 'assumptions', 'problem', 'result'])
    .where('territoryId', '=', campaign.territoryId)
    .where('campaignId', '=', campaign.id)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The scenario put to the council last, with its contents. */
export async function proposedScenario(
  tx: Tx,
  { territoryId, id }: Campaign,
): Promise<StoredScenario | undefined> {
  return tx
    .selectFrom('proposals as p')
    .innerJoin('scenarios as s', (join) =>
      join
        .onRef('s.territoryId', '=', 'p.territoryId')
        .onRef('s.campaignId', '=', 'p.campaignId')
        .onRef('s.id', '=', 'p.scenarioId'),
    )
    .select(['s.id', 's.campaignId', 's.variantOf', 's.name', 's.problemSha256', 's.resultSha256'])
    .select(['s.computedAt', 's.assumptions', 's.problem', 's.result'])
    .where('p.territoryId', '=', territoryId)
    .where('p.campaignId', '=', id)
    .orderBy('p.rank', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The scenario put to the council last: the newest stands. */
export async function proposedScenarioId(tx: Tx, campaign: Campaign): Promise<string | undefined> {
  const row = await lastProposal(tx, campaign).executeTakeFirst()
  return row?.scenarioId
}

export async function insertProposal(
  tx: Tx,
  campaign: Campaign,
  proposal: { scenarioId: string; proposedBy: string; proposedAt: Date },
): Promise<void> {
  const rank = ((await lastProposal(tx, campaign).executeTakeFirst())?.rank ?? 0) + 1
  await tx
    .insertInto('proposals')
    .values({ territoryId: campaign.territoryId, campaignId: campaign.id, rank, ...proposal })
    .execute()
}

function lastProposal(tx: Tx, campaign: Campaign) {
  return tx
    .selectFrom('proposals')
    .select(['rank', 'scenarioId'])
    .where('territoryId', '=', campaign.territoryId)
    .where('campaignId', '=', campaign.id)
    .orderBy('rank', 'desc')
    .limit(1)
}
