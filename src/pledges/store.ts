import { type Selectable, sql } from 'kysely'
import type { Campaign } from '#campaigns'
import { day, minutes, newId } from '#kit'
import { heldBy } from '#ledger'
import type { Tables, Tx } from '#platform'
import {
  type Modality,
  type Pledge,
  type PledgeState,
  type Promised,
  type Supply,
  supplyOf,
} from './rules.ts'

/** Every pledge of the season, by skill family then company, with what the ledger says is free. */
export async function pledgesOf(
  tx: Tx,
  campaign: Pick<Campaign, 'territoryId' | 'id'>,
): Promise<Pledge[]> {
  const rows = await allPledges(tx, campaign.territoryId)
    .where('p.campaignId', '=', campaign.id)
    .orderBy('known.rank')
    .orderBy('o.name')
    .orderBy('p.id')
    .execute()
  return rows.map(pledgeFrom)
}

export async function pledgeById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<Pledge | undefined> {
  const row = await allPledges(tx, territoryId).where('p.id', '=', id).executeTakeFirst()
  return row && pledgeFrom(row)
}

export async function confirmedSupply(tx: Tx, campaign: Campaign): Promise<Supply[]> {
  return supplyOf(await pledgesOf(tx, campaign), campaign.reservePercent)
}

/** What the company took back since, oldest first. */
export async function reductionsOf(tx: Tx, pledge: Pledge) {
  const rows = await tx
    .selectFrom('pledgeReductions')
    .select(['takenBackMinutes', 'reason', 'reducedAt'])
    .where('territoryId', '=', pledge.territoryId)
    .where('pledgeId', '=', pledge.id)
    .orderBy('reducedAt')
    .execute()
  return rows.map((row) => ({ ...row, takenBackMinutes: minutes(row.takenBackMinutes) }))
}

/** Of one deed: where, who, when. */
type Deed = { territoryId: string; at: Date; personId: string | undefined }

export async function insertPledge(
  tx: Tx,
  { territoryId, at, personId }: Deed,
  pledge: Promised & { campaignId: string; companyId: string },
): Promise<string> {
  const id = newId()
  const { missionsMax, ...promised } = pledge
  await tx
    .insertInto('pledges')
    .values({
      ...promised,
      missionsMax: missionsMax ?? null,
      territoryId,
      id,
      submittedBy: personId ?? null,
      submittedAt: at,
    })
    .execute()
  return id
}

export async function insertConfirmation(
  tx: Tx,
  { territoryId, at, personId }: Deed,
  pledgeId: string,
): Promise<void> {
  await tx
    .insertInto('pledgeConfirmations')
    .values({ territoryId, pledgeId, confirmedBy: personId ?? null, confirmedAt: at })
    .execute()
}

export async function insertReduction(
  tx: Tx,
  { territoryId, at, personId }: Deed,
  reduction: { pledgeId: string; takenBackMinutes: bigint; reason: string },
): Promise<void> {
  await tx
    .insertInto('pledgeReductions')
    .values({ ...reduction, territoryId, id: newId(), reducedBy: personId ?? null, reducedAt: at })
    .execute()
}

export async function insertWithdrawal(
  tx: Tx,
  { territoryId, at, personId }: Deed,
  withdrawal: { pledgeId: string; reason: string },
): Promise<void> {
  await tx
    .insertInto('pledgeWithdrawals')
    .values({ ...withdrawal, territoryId, withdrawnBy: personId ?? null, withdrawnAt: at })
    .execute()
}

export async function insertExpiry(
  tx: Tx,
  { territoryId, at }: Pick<Deed, 'territoryId' | 'at'>,
  expiry: { pledgeId: string; returnedMinutes: bigint },
): Promise<void> {
  await tx
    .insertInto('pledgeExpiries')
    .values({ ...expiry, territoryId, expiredAt: at })
    .execute()
}

export type ConditionsKept = Omit<
  Selectable<Tables['pledgeConditions']>,
  'territoryId' | 'pledgeId'
>

export async function insertConditions(
  tx: Tx,
  key: { territoryId: string; pledgeId: string },
  conditions: ConditionsKept,
): Promise<void> {
  await tx
    .insertInto('pledgeConditions')
    .values({ ...conditions, ...key })
    .execute()
}

/** What the company added; pledges older than the question have nothing. */
export async function conditionsOf(
  tx: Tx,
  { territoryId, id }: Pick<Pledge, 'territoryId' | 'id'>,
): Promise<ConditionsKept | undefined> {
  return tx
    .selectFrom('pledgeConditions')
    .select(['sites', 'employeesMax', 'preferredCauses', 'excludedCauses'])
    .select(['halfDaysEach', 'seniorityMonths', 'endOfCareerWeeklyMinutes'])
    .where('territoryId', '=', territoryId)
    .where('pledgeId', '=', id)
    .executeTakeFirst()
}

/** Where each of these pledges is given, as its company wrote it; nothing for those that do not say. */
export async function sitesOf(
  tx: Tx,
  territoryId: string,
  pledgeIds: string[],
): Promise<Map<string, string>> {
  if (pledgeIds.length === 0) return new Map()
  const rows = await tx
    .selectFrom('pledgeConditions')
    .select(['pledgeId', 'sites'])
    .where('territoryId', '=', territoryId)
    .where('pledgeId', 'in', pledgeIds)
    .where('sites', '<>', '')
    .execute()
  return new Map(rows.map(({ pledgeId, sites }) => [pledgeId, sites]))
}

/** What every pledge of the commune asks of its missions, as one question to be asked with others. */
export function selectConditions(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('pledgeConditions')
    .select(['pledgeId', 'preferredCauses', 'excludedCauses', 'halfDaysEach'])
    .where('territoryId', '=', territoryId)
}

function allPledges(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('pledges as p')
    .innerJoin('organisations as o', 'o.id', 'p.companyId')
    .innerJoin('skillFamilies as known', 'known.code', 'p.family')
    .leftJoin('pledgeConfirmations as c', (join) =>
      join.onRef('c.territoryId', '=', 'p.territoryId').onRef('c.pledgeId', '=', 'p.id'),
    )
    .leftJoin('pledgeWithdrawals as w', (join) =>
      join.onRef('w.territoryId', '=', 'p.territoryId').onRef('w.pledgeId', '=', 'p.id'),
    )
    .leftJoin('pledgeExpiries as x', (join) =>
      join.onRef('x.territoryId', '=', 'p.territoryId').onRef('x.pledgeId', '=', 'p.id'),
    )
    .selectAll('p')
    .select(['o.name as companyName', 'c.confirmedAt', 'w.withdrawnAt'])
    .select(['x.expiredAt', 'x.returnedMinutes'])
    .select((select) =>
      select
        .selectFrom('pledgeReductions as r')
        .select((sum) => sum.fn.sum<string>('r.takenBackMinutes').as('takenBack'))
        .whereRef('r.territoryId', '=', 'p.territoryId')
        .whereRef('r.pledgeId', '=', 'p.id')
        .as('takenBack'),
    )
    .select((select) =>
      heldBy({
        territoryId: select.ref('p.territoryId'),
        subjectId: select.ref('p.id'),
        kind: sql<string>`case when c.confirmed_at is not null and w.withdrawn_at is null then 'CONFIRMED' else 'PLEDGED' end`,
      }).as('freeMinutes'),
    )
    .where('p.territoryId', '=', territoryId)
}

type Row = Awaited<ReturnType<ReturnType<typeof allPledges>['executeTakeFirstOrThrow']>>

function pledgeFrom(row: Row): Pledge {
  const { takenBack, confirmedAt, withdrawnAt, expiredAt: _e, returnedMinutes, ...known } = row
  const { submittedBy: _, ...pledge } = known
  const gone = BigInt(takenBack ?? 0) + (returnedMinutes ?? 0n)
  return {
    ...pledge,
    state: stateFrom(row),
    pledgedMinutes: minutes(row.pledgedMinutes),
    blockMinutes: minutes(row.blockMinutes),
    keptMinutes: minutes(withdrawnAt ? 0n : row.pledgedMinutes - gone),
    freeMinutes: minutes(row.freeMinutes ?? 0n),
    missionsMax: row.missionsMax ?? undefined,
    modality: row.modality as Modality,
    startsOn: day(row.startsOn),
    endsOn: day(row.endsOn),
  }
}

function stateFrom({ confirmedAt, withdrawnAt, expiredAt }: Row): PledgeState {
  if (withdrawnAt) return 'withdrawn'
  if (expiredAt) return 'expired'
  return confirmedAt ? 'confirmed' : 'submitted'
}
