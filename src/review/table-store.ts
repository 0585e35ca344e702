import { sql } from 'kysely'
import type { Campaign } from '#campaigns'
import { type Cents, cents, day, type Minutes, minutes } from '#kit'
import type { Tx } from '#platform'
import type { EligibilityCheck, Outcome, Subject } from './eligibility.ts'
import type { Mark } from './marks.ts'
import type { Side } from './message-store.ts'
import type { CompletenessCheck } from './rules.ts'

/** A deposited file and all that its review wrote, as the work table reads it. */
export type FileRow = {
  id: string
  associationId: string
  associationName: string
  projectTitle: string
  envelopeName: string
  number: string
  depositedAt: Date
  askedCents: Cents
  askedMinutes: Minutes
  asksHours: boolean
  agentId: string | undefined
  checks: CompletenessCheck[]
  eligibilities: Partial<Record<Subject, Held>>
  marks: Mark[]
  /** Who wrote last on the file; undefined where nobody has. */
  lastMessageFrom: Side | undefined
}

/** What of an eligibility decides whether it holds. */
export type Held = Pick<EligibilityCheck, 'outcome' | 'expiresOn'>

/**
 * Every deposited file of the season, or those asked for, in one question, however many: what belongs to a file is
 * gathered by the database, so that two thousand files are two thousand rows.
 */
export async function fileRowsOf(
  tx: Tx,
  { territoryId, id }: Campaign,
  applicationIds?: string[],
): Promise<FileRow[]> {
  if (applicationIds?.length === 0) return []
  const asked = applicationIds ? sql`and a.id in (${sql.join(applicationIds)})` : sql``
  const { rows } = await sql<Row>`
    with files as materialized (
      select a.id, a.association_id, a.project_title, a.asked_cents, a.envelope_id, d.number, d.deposited_at
      from applications a
      join application_deposits d on d.territory_id = a.territory_id and d.application_id = a.id
      where a.territory_id = ${territoryId} and a.campaign_id = ${id} and a.envelope_id is not null ${asked}
    ), undone as (
      select bulk_id from bulk_undoings where territory_id = ${territoryId}
    )
    select f.id, f.association_id, o.name as association_name, f.project_title, f.asked_cents,
      e.name as envelope_name, f.number, f.deposited_at, n.asked_minutes, n.needs_count,
      s.agent_id, c.checks, g.checks as eligibilities, m.marks, l.side as last_message_from
    from files f
    join organisations o on o.id = f.association_id
    join envelopes e on e.territory_id = ${territoryId} and e.id = f.envelope_id
    left join (
      select application_id, sum(max_minutes)::bigint as asked_minutes, count(*) as needs_count
      from application_needs where territory_id = ${territoryId}
        and application_id in (select id from files) group by 1
    ) n on n.application_id = f.id
    left join (
      select distinct on (application_id) application_id, agent_id
      from file_assignments where territory_id = ${territoryId}
        and (bulk_id is null or bulk_id not in (select bulk_id from undone))
      order by application_id, rank desc
    ) s on s.application_id = f.id
    left join (
      select k.application_id, json_agg(json_build_array(k.rank, k.missing, k.checked_at, k.answer_by,
        w.note, w.answered_at) order by k.rank) as checks
      from completeness_checks k
      left join completeness_answers w on w.territory_id = k.territory_id
        and w.application_id = k.application_id and w.rank = k.rank
      where k.territory_id = ${territoryId} and k.application_id in (select id from files)
        and (k.bulk_id is null or k.bulk_id not in (select bulk_id from undone))
      group by 1
    ) c on c.application_id = f.id
    left join (
      select application_id, json_agg(json_build_array(subject, outcome, expires_on)) as checks
      from (
        select distinct on (application_id, subject) * from eligibility_checks
        where territory_id = ${territoryId} and application_id in (select id from files)
        order by application_id, subject, rank desc
      ) newest group by 1
    ) g on g.application_id = f.id
    left join (
      select application_id, json_agg(json_build_array(criterion_id, reviewer_id, mark, grid_version)) as marks
      from scores where territory_id = ${territoryId} and application_id in (select id from files)
      group by 1
    ) m on m.application_id = f.id
    left join (
      select distinct on (application_id) application_id, side
      from file_messages where territory_id = ${territoryId} and application_id in (select id from files)
      order by application_id, written_at desc, id desc
    ) l on l.application_id = f.id
    order by o.name, f.id`.execute(tx)
  return rows.map(rowFrom)
}

type CheckCells = [number, string, string, string | null, string | null, string | null]
type EligibilityCells = [Subject, Outcome, string | null]
type MarkCells = [string, string, number, number]

type Row = {
  id: string
  associationId: string
  associationName: string
  projectTitle: string
  envelopeName: string
  number: string
  depositedAt: Date
  askedCents: bigint | null
  askedMinutes: bigint | null
  needsCount: bigint | null
  agentId: string | null
  checks: CheckCells[] | null
  eligibilities: EligibilityCells[] | null
  marks: MarkCells[] | null
  lastMessageFrom: Side | null
}

function rowFrom(row: Row): FileRow {
  return {
    id: row.id,
    associationId: row.associationId,
    associationName: row.associationName,
    projectTitle: row.projectTitle,
    envelopeName: row.envelopeName,
    number: row.number,
    depositedAt: row.depositedAt,
    askedCents: cents(row.askedCents ?? 0n),
    askedMinutes: minutes(row.askedMinutes ?? 0n),
    asksHours: (row.needsCount ?? 0n) > 0n,
    agentId: row.agentId ?? undefined,
    lastMessageFrom: row.lastMessageFrom ?? undefined,
    checks: (row.checks ?? []).map(checkFrom),
    eligibilities: Object.fromEntries(
      (row.eligibilities ?? []).map((cells) => [cells[0], eligibilityFrom(cells)]),
    ),
    marks: (row.marks ?? []).map(([criterionId, reviewerId, mark, gridVersion]) => ({
      criterionId,
      reviewerId,
      mark,
      gridVersion,
    })),
  }
}

function checkFrom([rank, missing, checkedAt, by, note, at]: CheckCells): CompletenessCheck {
  return {
    rank,
    missing,
    checkedAt: new Date(checkedAt),
    answerBy: by === null ? undefined : day(by),
    answer: at === null ? undefined : { note: note ?? '', answeredAt: new Date(at) },
  }
}

function eligibilityFrom([, outcome, expiresOn]: EligibilityCells): Held {
  return { outcome, expiresOn: expiresOn === null ? null : day(expiresOn) }
}

/** The columns that this reader chose, from left to right. */
export function selectColumns(tx: Tx, key: { territoryId: string; personId: string }) {
  return tx
    .selectFrom('tableColumns')
    .select('columns')
    .where('territoryId', '=', key.territoryId)
    .where('personId', '=', key.personId)
}

export async function saveColumns(
  tx: Tx,
  key: { territoryId: string; personId: string },
  chosen: { columns: string[]; at: Date },
): Promise<void> {
  const row = { columns: chosen.columns, chosenAt: chosen.at }
  await tx
    .insertInto('tableColumns')
    .values({ ...key, ...row })
    .onConflict((conflict) => conflict.columns(['territoryId', 'personId']).doUpdateSet(row))
    .execute()
}
