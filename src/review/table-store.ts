import { sql } from 'kysely'
import type { Campaign } from '#campaigns'
import { type Cents, cents, day, type Minutes, minutes } from '#kit'
import type { Tx } from '#platform'
import type { EligibilityCheck, Outcome, Subject } from './eligibility.ts'
import { notAnnulled } from './eligibility-store.ts'
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
 * Every deposited file of the season, or those asked for, in one question: what belongs to a file is gathered by
 * the database, so that two thousand files are two thousand rows.
 */
export async function fileRowsOf(
  tx: Tx,
  { territoryId, id }: Campaign,
  applicationIds?: string[],
): Promise<FileRow[]> {
  if (applicationIds?.length === 0) return []
  const asked = applicationIds ? sql`and a.id in (${sql.join(applicationIds)})` : sql``
  // Each column looks for its own file by index: PostgreSQL, which takes a commune's files for three
  // rows, would else join the whole of each table to each file.
  const standing = sql`(bulk_id is null or bulk_id not in (
    select bulk_id from bulk_undoings where territory_id = ${territoryId}))`
  const ofFile = sql`territory_id = ${territoryId} and application_id = a.id`
  const { rows } = await sql<Row>`
    select a.id, a.association_id, o.name as association_name, a.project_title, a.asked_cents,
      e.name as envelope_name, d.number, d.deposited_at,
      (select sum(max_minutes)::bigint from application_needs where ${ofFile}) as asked_minutes,
      (select agent_id from file_assignments where ${ofFile} and ${standing}
        order by rank desc limit 1) as agent_id,
      (select json_agg(json_build_array(k.rank, k.missing, k.checked_at, k.answer_by, w.note, w.answered_at)
          order by k.rank)
        from completeness_checks k
        left join completeness_answers w on w.territory_id = k.territory_id
          and w.application_id = k.application_id and w.rank = k.rank
        where k.territory_id = ${territoryId} and k.application_id = a.id and ${standing}) as checks,
      (select json_agg(json_build_array(subject, outcome, expires_on) order by rank)
        from eligibility_checks where ${ofFile} and ${notAnnulled('eligibility_checks')}) as eligibilities,
      (select json_agg(json_build_array(criterion_id, reviewer_id, mark, grid_version))
        from scores where ${ofFile}) as marks,
      (select side from file_messages where ${ofFile}
        order by written_at desc, id desc limit 1) as last_message_from
    from applications a
    join application_deposits d on d.territory_id = a.territory_id and d.application_id = a.id
    join organisations o on o.id = a.association_id
    join envelopes e on e.territory_id = a.territory_id and e.id = a.envelope_id
    where a.territory_id = ${territoryId} and a.campaign_id = ${id} ${asked}
    order by o.name, a.id`.execute(tx)
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
    asksHours: row.askedMinutes !== null,
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
