import { sql } from 'kysely'
import { type Calendar, calendarOf, type Day } from '#kit'
import type { Tx } from '#platform'
import type { Awaited } from '../rules/index.ts'

/** A mission on which somebody waits for a word, and since when. */
export type Waiting = {
  missionId: string
  title: string
  associationId: string
  companyId: string
  awaited: Awaited
  since: Date
  /** Whose absence is asked; for the managers' link alone. */
  employeeId: string | null
}

/**
 * Who waits in this commune: people who offered their help, as long as nobody is chosen; those chosen,
 * as long as their absence is not granted; hours confirmed, as long as the company has not approved. When the one chosen steps back, the next wait from there.
 */
export async function waitingIn(tx: Tx, territoryId: string, today: Day): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    with living as (
      select m.id, m.title, m.association_id, m.company_id from missions m
      where m.territory_id = ${territoryId} and m.ends_on >= ${today}
        and not exists (select from mission_endings e
                        where e.territory_id = m.territory_id and e.mission_id = m.id)
    ), own as (
      select * from candidacies where territory_id = ${territoryId}
    )
    select l.id as mission_id, l.title, l.association_id, l.company_id, 'candidacy' as awaited,
      greatest(min(c.applied_at), max(left_by.at)) as since, null::uuid as employee_id
    from living l
    join own c on c.mission_id = l.id and c.withdrawn_at is null and c.declined_at is null
    left join lateral (select max(w.withdrawn_at) as at from own w
      where w.mission_id = l.id and w.accepted_at is not null) as left_by on true
    group by l.id, l.title, l.association_id, l.company_id
    having bool_and(c.accepted_at is null)
    union all
    select l.id, l.title, l.association_id, l.company_id, 'absence', c.accepted_at, c.employee_id
    from living l
    join own c on c.mission_id = l.id and c.withdrawn_at is null
      and c.accepted_at is not null and c.approved_at is null
    union all
    select m.id, m.title, m.association_id, m.company_id, 'approval', min(ok.confirmed_at), null::uuid
    from missions m
    join timesheet_entries t on t.territory_id = m.territory_id and t.mission_id = m.id
    join timesheet_confirmations ok on ok.territory_id = t.territory_id and ok.entry_id = t.id
      and ok.outcome = 'confirmed'
    left join timesheet_approvals a on a.territory_id = t.territory_id and a.entry_id = t.id
    left join timesheet_reversals r on r.territory_id = t.territory_id and r.entry_id = t.id
    where m.territory_id = ${territoryId} and a.entry_id is null and r.entry_id is null
    group by m.id, m.title, m.association_id, m.company_id
    order by since, mission_id`.execute(tx)
  return rows
}

/** The commune's INSEE code says which days are worked there. */
export async function calendarIn(tx: Tx, territoryId: string): Promise<Calendar> {
  const { inseeCode } = await tx
    .selectFrom('territories')
    .select('inseeCode')
    .where('id', '=', territoryId)
    .executeTakeFirstOrThrow()
  return calendarOf(inseeCode)
}

type Told = { missionId: string; awaited: Awaited; since: Date }

/** The last step told for each wait: 0 for one of which nobody was reminded. */
export async function stepTold(tx: Tx, territoryId: string, wait: Told): Promise<number> {
  const last = await tx
    .selectFrom('answerReminders')
    .select(({ fn }) => fn.max('step').as('step'))
    .where('territoryId', '=', territoryId)
    .where('missionId', '=', wait.missionId)
    .where('awaited', '=', wait.awaited)
    .where('since', '=', wait.since)
    .executeTakeFirst()
  return last?.step ?? 0
}

export async function insertAnswerReminder(
  tx: Tx,
  territoryId: string,
  { missionId, awaited, since, step, at }: Told & { step: number; at: Date },
): Promise<void> {
  await tx
    .insertInto('answerReminders')
    .values({ territoryId, missionId, awaited, since, step, sentAt: at })
    .execute()
}

/** How this association answered those who offered their help, whatever the answer. */
export async function answersGivenBy(
  tx: Tx,
  territoryId: string,
  associationId: string,
): Promise<{ askedAt: Date; answeredAt: Date }[]> {
  const rows = await tx
    .selectFrom('candidacies as c')
    .innerJoin('missions as m', (join) =>
      join.onRef('m.territoryId', '=', 'c.territoryId').onRef('m.id', '=', 'c.missionId'),
    )
    .select('c.appliedAt')
    .select(({ fn }) => fn.coalesce('c.acceptedAt', 'c.declinedAt').as('answeredAt'))
    .where('c.territoryId', '=', territoryId)
    .where('m.associationId', '=', associationId)
    .execute()
  return rows.flatMap(({ appliedAt, answeredAt }) =>
    answeredAt ? [{ askedAt: appliedAt, answeredAt }] : [],
  )
}
