import { sql } from 'kysely'
import type { Campaign } from '#campaigns'
import { type Cents, cents, type Day, day, isId, type Minutes, minutes, newId } from '#kit'
import { askedOnce, type Tx } from '#platform'
import type { DecidedLine } from './rules.ts'

export type AwardHours = {
  id: string
  needId: string
  pledgeId: string
  companyId: string
  companyName: string
  family: string
  minutes: Minutes
}

export type Award = {
  id: string
  campaignId: string
  applicationId: string
  associationId: string
  associationName: string
  deliberationId: string
  /** Since when the decision binds: published and sent to the prefect. */
  executoryOn: Day | undefined
  /** What the council decided; `cashCents` is what stands of it, nothing once it was declined. */
  decidedCents: Cents
  cashCents: Cents
  votesFor: number
  votesAgainst: number
  abstentions: number
  isAdopted: boolean
  noticeDocumentId: string | undefined
  notifiedAt: Date | undefined
  /** When the association said that it had read its letter. */
  openedAt: Date | undefined
  answer: AwardAnswer | undefined
  agreementDocumentId: string | undefined
  paidCents: Cents
  repaidCents: Cents
  hours: AwardHours[]
}

export type AwardAnswer = { answer: 'accepted' | 'declined'; words: string; answeredAt: Date }

/** What the council granted; the letter left when `notifiedAt` is set, which supposes an executory decision. */
export async function adoptedAwards(tx: Tx, campaign: Campaign): Promise<Award[]> {
  return (await awardsOf(tx, campaign)).filter((award) => award.isAdopted)
}

export async function awardsOf(tx: Tx, campaign: Campaign): Promise<Award[]> {
  return askedOnce(tx, `awards ${campaign.id}`, async () => {
    const rows = await awardRows(tx, campaign.territoryId)
      .where('a.campaignId', '=', campaign.id)
      .execute()
    return rows.map(awardFrom)
  })
}

export async function awardById(
  tx: Tx,
  territoryId: string,
  id: string,
): Promise<Award | undefined> {
  if (!isId(id)) return undefined
  const row = await awardRows(tx, territoryId).where('a.id', '=', id).executeTakeFirst()
  return row && awardFrom(row)
}

/** One row a line, then its hours and its recusals: three statements, however many lines. */
export async function insertAwards(
  tx: Tx,
  decided: {
    territoryId: string
    campaignId: string
    deliberationId: string
    recusalReason: string
    lines: DecidedLine[]
  },
): Promise<void> {
  const { territoryId, campaignId, deliberationId, recusalReason } = decided
  const lines = decided.lines.map((line) => ({ ...line, awardId: newId() }))
  const awards = lines.map((line) => ({
    territoryId,
    id: line.awardId,
    campaignId,
    deliberationId,
    applicationId: line.applicationId,
    associationId: line.associationId,
    cashCents: line.cashCents,
    votesFor: line.votesFor,
    votesAgainst: line.votesAgainst,
    abstentions: line.abstentions,
    isAdopted: line.isAdopted,
  }))
  const hours = lines.flatMap((line) =>
    (line.isAdopted ? line.hours : []).map(({ needId, pledgeId, minutes: awardedMinutes }) => ({
      territoryId,
      id: newId(),
      awardId: line.awardId,
      needId,
      pledgeId,
      awardedMinutes,
    })),
  )
  const recusals = lines.flatMap((line) =>
    line.recusedIds.map((personId) => ({
      territoryId,
      awardId: line.awardId,
      personId,
      reason: recusalReason,
    })),
  )
  await tx.insertInto('awards').values(awards).execute()
  if (hours.length > 0) await tx.insertInto('awardHours').values(hours).execute()
  if (recusals.length > 0) await tx.insertInto('recusals').values(recusals).execute()
}

/** Hours that are no longer there when the decision comes into force: no award holds them from then on. */
export async function insertLapses(
  tx: Tx,
  { territoryId, hours, at }: { territoryId: string; hours: AwardHours[]; at: Date },
): Promise<void> {
  if (hours.length === 0) return
  const rows = hours.map(({ id }) => ({ territoryId, awardHoursId: id, lapsedAt: at }))
  await tx.insertInto('awardHoursLapses').values(rows).execute()
}

export async function insertNotice(
  tx: Tx,
  notice: {
    territoryId: string
    awardId: string
    documentId: string
    notifiedBy: string
    notifiedAt: Date
  },
): Promise<void> {
  await tx.insertInto('awardNotices').values(notice).execute()
}

export async function insertAgreement(
  tx: Tx,
  agreement: { territoryId: string; awardId: string; documentId: string; preparedAt: Date },
): Promise<void> {
  await tx.insertInto('grantAgreements').values(agreement).execute()
}

export type Recusal = { awardId: string; personId: string; personName: string }

export async function recusalsOf(tx: Tx, campaign: Campaign): Promise<Recusal[]> {
  return tx
    .selectFrom('recusals as r')
    .innerJoin('awards as a', (join) =>
      join.onRef('a.territoryId', '=', 'r.territoryId').onRef('a.id', '=', 'r.awardId'),
    )
    .innerJoin('people as p', 'p.id', 'r.personId')
    .select(['r.awardId', 'r.personId', 'p.name as personName'])
    .where('r.territoryId', '=', campaign.territoryId)
    .where('a.campaignId', '=', campaign.id)
    .orderBy('p.name')
    .execute()
}

function awardRows(tx: Tx, territoryId: string) {
  return tx
    .selectFrom('awards as a')
    .innerJoin('deliberations as d', (join) =>
      join.onRef('d.territoryId', '=', 'a.territoryId').onRef('d.id', '=', 'a.deliberationId'),
    )
    .innerJoin('organisations as o', 'o.id', 'a.associationId')
    .leftJoin('awardNotices as n', (join) =>
      join.onRef('n.territoryId', '=', 'a.territoryId').onRef('n.awardId', '=', 'a.id'),
    )
    .leftJoin('grantAgreements as g', (join) =>
      join.onRef('g.territoryId', '=', 'a.territoryId').onRef('g.awardId', '=', 'a.id'),
    )
    .leftJoin('noticeOpenings as r', (join) =>
      join.onRef('r.territoryId', '=', 'a.territoryId').onRef('r.awardId', '=', 'a.id'),
    )
    .leftJoin('awardAnswers as w', (join) =>
      join.onRef('w.territoryId', '=', 'a.territoryId').onRef('w.awardId', '=', 'a.id'),
    )
    .selectAll('a')
    .select(['r.openedAt', 'w.answer', 'w.words', 'w.answeredAt'])
    .select([
      'o.name as associationName',
      'd.executoryOn',
      'n.documentId as noticeDocumentId',
      'n.notifiedAt',
      'g.documentId as agreementDocumentId',
    ])
    .select((select) =>
      select
        .selectFrom('payments as p')
        .select((sum) => sum.fn.coalesce(sum.fn.sum('p.paidCents'), sum.lit(0)).as('paid'))
        .whereRef('p.territoryId', '=', 'a.territoryId')
        .whereRef('p.awardId', '=', 'a.id')
        .as('paidCents'),
    )
    .select((select) =>
      select
        .selectFrom('repayments as b')
        .select((sum) => sum.fn.coalesce(sum.fn.sum('b.repaidCents'), sum.lit(0)).as('repaid'))
        .whereRef('b.territoryId', '=', 'a.territoryId')
        .whereRef('b.awardId', '=', 'a.id')
        .as('repaidCents'),
    )
    .select(hoursBeside.as('hours'))
    .where('a.territoryId', '=', territoryId)
    .orderBy('o.name')
    .orderBy('a.id')
}

type AwardRow = Awaited<ReturnType<ReturnType<typeof awardRows>['execute']>>[number]

function awardFrom(found: AwardRow): Award {
  const { territoryId: _, answer, words, answeredAt, ...row } = found
  return {
    ...row,
    decidedCents: cents(row.cashCents),
    cashCents: cents(answer === 'declined' ? 0n : row.cashCents),
    openedAt: row.openedAt ?? undefined,
    answer: answerFrom(answer, words, answeredAt),
    paidCents: cents(String(row.paidCents ?? 0)),
    repaidCents: cents(String(row.repaidCents ?? 0)),
    executoryOn: row.executoryOn === null ? undefined : day(row.executoryOn),
    noticeDocumentId: row.noticeDocumentId ?? undefined,
    notifiedAt: row.notifiedAt ?? undefined,
    agreementDocumentId: row.agreementDocumentId ?? undefined,
    hours: row.hours.map((own) => ({ ...own, minutes: minutes(own.minutes) })),
  }
}

function answerFrom(
  answer: string | null,
  words: string | null,
  answeredAt: Date | null,
): AwardAnswer | undefined {
  if (answer === null || answeredAt === null) return undefined
  return { answer: answer as AwardAnswer['answer'], words: words ?? '', answeredAt }
}

/** The hours of an award beside it, but those that have lapsed; minutes travel as text through JSON. */
const hoursBeside = sql<(Omit<AwardHours, 'minutes'> & { minutes: string })[]>`(
  select coalesce(json_agg(json_build_object('id', h.id, 'needId', h.need_id, 'pledgeId', h.pledge_id,
    'companyId', p.company_id, 'companyName', c.name, 'family', p.family,
    'minutes', h.awarded_minutes::text) order by p.family, h.id), '[]')
  from award_hours h
  join pledges p on p.territory_id = h.territory_id and p.id = h.pledge_id
  join organisations c on c.id = p.company_id
  left join award_hours_lapses l on l.territory_id = h.territory_id and l.award_hours_id = h.id
  where h.territory_id = a.territory_id and h.award_id = a.id and l.award_hours_id is null)`
