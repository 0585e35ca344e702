import { sql } from 'kysely'
import { type Cents, cents, day, newId } from '#kit'
import { askedOnce, type Tx } from '#platform'
import type { Campaign, Settings } from './rules.ts'
import type { CampaignState } from './states.ts'

export async function campaignById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<Campaign | undefined> {
  return (await campaignsOf(tx, territoryId)).find((campaign) => campaign.id === id)
}

export async function campaignOfYear(
  tx: Tx,
  territoryId: string,
  year: number,
): Promise<Campaign | undefined> {
  return (await campaignsOf(tx, territoryId)).find((campaign) => campaign.year === year)
}

/** Every season of the commune, the latest first: one a year, so few that all are read with any. */
export async function campaignsOf(tx: Tx, territoryId: string): Promise<Campaign[]> {
  return (await seasonsOf(tx, territoryId)).map(({ campaign }) => campaign)
}

type Season = { campaign: Campaign; envelopes: { id: string; name: string; cashCents: Cents }[] }

async function seasonsOf(tx: Tx, territoryId: string): Promise<Season[]> {
  return askedOnce(tx, `seasons ${territoryId}`, async () => {
    const rows = await allCampaigns(tx, territoryId).orderBy('year', 'desc').execute()
    return rows.map(({ envelopes, ...row }) => ({
      campaign: campaignFrom(row),
      envelopes: envelopes.map((one) => ({ ...one, cashCents: cents(one.cashCents) })),
    }))
  })
}

/** The latest season still running, else the latest of all. */
export async function currentCampaign(tx: Tx, territoryId: string): Promise<Campaign | undefined> {
  const all = await campaignsOf(tx, territoryId)
  return all.find(({ state }) => state !== 'closed' && state !== 'cancelled') ?? all[0]
}

/** The season is read with its money: a page that shows one asks no more. */
export async function envelopesOf(tx: Tx, { territoryId, id }: Campaign) {
  const seasons = await seasonsOf(tx, territoryId)
  return seasons.find(({ campaign }) => campaign.id === id)?.envelopes ?? []
}

export async function familiesOf(tx: Tx, campaign: Campaign): Promise<string[]> {
  const rows = await tx
    .selectFrom('campaignFamilies as chosen')
    .innerJoin('skillFamilies as known', 'known.code', 'chosen.family')
    .select('chosen.family')
    .where('chosen.territoryId', '=', campaign.territoryId)
    .where('chosen.campaignId', '=', campaign.id)
    .orderBy('known.rank')
    .execute()
  return rows.map(({ family }) => family)
}

export async function criteriaOf(tx: Tx, campaign: Campaign) {
  return tx
    .selectFrom('criteria')
    .select(['id', 'label', 'weight'])
    .where('territoryId', '=', campaign.territoryId)
    .where('campaignId', '=', campaign.id)
    .orderBy('weight', 'desc')
    .orderBy('label')
    .execute()
}

export async function settingsOf(tx: Tx, campaign: Campaign): Promise<Settings> {
  const { territoryId: _, id: __, state: ___, ...figures } = campaign
  return {
    ...figures,
    envelopes: await envelopesOf(tx, campaign),
    families: await familiesOf(tx, campaign),
    criteria: await criteriaOf(tx, campaign),
  }
}

export async function insertCampaign(
  tx: Tx,
  territoryId: string,
  settings: Settings,
  { at, copiedFrom }: { at: Date; copiedFrom?: { campaignId: string; year: number } | undefined },
): Promise<string> {
  const id = newId()
  const { envelopes: _, families: __, criteria: ___, ...figures } = settings
  await tx
    .insertInto('campaigns')
    .values({
      territoryId,
      id,
      ...figures,
      createdAt: at,
      ...(copiedFrom && { copiedFrom: JSON.stringify(copiedFrom) }),
    })
    .execute()
  await insertLists(tx, territoryId, id, settings)
  return id
}

/** Only while the season is a draft: nothing points at its lists yet. */
export async function replaceSettings(tx: Tx, campaign: Campaign, settings: Settings) {
  const { envelopes: _, families: __, criteria: ___, ...figures } = settings
  await tx
    .updateTable('campaigns')
    .set(figures)
    .where('territoryId', '=', campaign.territoryId)
    .where('id', '=', campaign.id)
    .execute()
  for (const table of ['envelopes', 'campaignFamilies', 'criteria'] as const)
    await tx
      .deleteFrom(table)
      .where('territoryId', '=', campaign.territoryId)
      .where('campaignId', '=', campaign.id)
      .execute()
  await insertLists(tx, campaign.territoryId, campaign.id, settings)
}

export async function insertState(
  tx: Tx,
  entry: {
    territoryId: string
    campaignId: string
    state: CampaignState
    at: Date
    personId: string | undefined
  },
): Promise<void> {
  const { territoryId, campaignId, state } = entry
  const { past } = await tx
    .selectFrom('campaignStates')
    .select((select) => select.fn.countAll<bigint>().as('past'))
    .where('territoryId', '=', territoryId)
    .where('campaignId', '=', campaignId)
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('campaignStates')
    .values({
      territoryId,
      campaignId,
      rank: Number(past) + 1,
      state,
      enteredAt: entry.at,
      enteredBy: entry.personId ?? null,
    })
    .execute()
}

async function insertLists(tx: Tx, territoryId: string, campaignId: string, settings: Settings) {
  const key = { territoryId, campaignId }
  const { envelopes, families, criteria } = settings
  await tx
    .insertInto('envelopes')
    .values(envelopes.map(({ name, cashCents }) => ({ ...key, id: newId(), name, cashCents })))
    .execute()
  await tx
    .insertInto('campaignFamilies')
    .values(families.map((family) => ({ ...key, family })))
    .execute()
  await tx
    .insertInto('criteria')
    .values(criteria.map(({ label, weight }) => ({ ...key, id: newId(), label, weight })))
    .execute()
}

function allCampaigns(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('campaigns as c')
    .selectAll('c')
    .select((select) =>
      select
        .selectFrom('campaignStates as s')
        .select(sql<CampaignState>`s.state`.as('state'))
        .whereRef('s.territoryId', '=', 'c.territoryId')
        .whereRef('s.campaignId', '=', 'c.id')
        .orderBy('s.rank', 'desc')
        .limit(1)
        .as('state'),
    )
    .select(envelopesBeside.as('envelopes'))
    .where('c.territoryId', '=', territoryId)
}

/** Cents travel as text: JSON would round them. */
const envelopesBeside = sql<{ id: string; name: string; cashCents: string }[]>`(
  select coalesce(json_agg(json_build_object('id', e.id, 'name', e.name,
    'cashCents', e.cash_cents::text) order by e.name), '[]')
  from envelopes e where e.territory_id = c.territory_id and e.campaign_id = c.id)`

type Row = Awaited<ReturnType<ReturnType<typeof allCampaigns>['executeTakeFirstOrThrow']>>

function campaignFrom(row: Omit<Row, 'envelopes'>): Campaign {
  const { copiedFrom: _, createdAt: __, ...figures } = row
  return {
    ...figures,
    state: row.state ?? 'draft',
    pledgesCloseOn: day(row.pledgesCloseOn),
    applicationsCloseOn: day(row.applicationsCloseOn),
    councilOn: day(row.councilOn),
    startsOn: day(row.startsOn),
    endsOn: day(row.endsOn),
    cashUnitCents: cents(row.cashUnitCents),
    referenceHourlyCents: cents(row.referenceHourlyCents),
  }
}
