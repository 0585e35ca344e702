import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#platform'

// Here alone a query reads the tables of several rooms: it asks whether they tell the same story.

/** What each account holds: the balance that its last line left. */
const held = (territoryId: string) => sql`
  held as (
    select distinct on (a.id) a.kind, a.subject_id, l.balance_after as amount
    from ledger_accounts a
    join ledger_lines l on l.territory_id = a.territory_id and l.account_id = a.id
    where a.territory_id = ${territoryId}
    order by a.id, l.account_rank desc
  )`

/** Hours awarded by an executory vote are still on their road, worked, receipted or given back. */
export async function lostAwardedHours(tx: Tx, territoryId: string): Promise<string[]> {
  return faults(
    tx,
    sql`with ${held(territoryId)}, traced as (
      select h.id, h.awarded_minutes,
        a.is_adopted and d.executory_on is not null and lapse.award_hours_id is null as is_due,
        coalesce((select sum(amount) from held where kind = 'ALLOCATED' and subject_id = h.id), 0)
        + coalesce((select sum(amount) from held where kind in ('COMMITTED', 'DONE') and subject_id = m.id), 0)
        + coalesce((select sum(amount) from held join gift_receipts r
                    on r.territory_id = h.territory_id and r.mission_id = m.id
                    where kind = 'RECEIPTED' and subject_id = r.id), 0)
        + coalesce((select returned_minutes from mission_endings e
                    where e.territory_id = h.territory_id and e.mission_id = m.id), 0) as found
      from award_hours h
      join awards a on a.territory_id = h.territory_id and a.id = h.award_id
      join deliberations d on d.territory_id = a.territory_id and d.id = a.deliberation_id
      left join missions m on m.territory_id = h.territory_id and m.award_hours_id = h.id
      left join award_hours_lapses lapse
        on lapse.territory_id = h.territory_id and lapse.award_hours_id = h.id
      where h.territory_id = ${territoryId}
    )
    select 'hours awarded ' || id || ': ' || case when is_due then awarded_minutes else 0 end
           || ' minutes due, ' || found || ' found in the ledger' as fault
    from traced where found <> case when is_due then awarded_minutes else 0 end`,
  )
}

/** Approved timesheets are what DONE and living receipts hold together. */
export async function unpostedApprovals(tx: Tx, territoryId: string): Promise<string[]> {
  return faults(
    tx,
    sql`with ${held(territoryId)}, compared as (
      select m.id,
        coalesce((select sum(t.worked_minutes) from timesheet_entries t
                  join timesheet_approvals ok on ok.territory_id = t.territory_id and ok.entry_id = t.id
                  where t.territory_id = m.territory_id and t.mission_id = m.id), 0) as approved,
        coalesce((select sum(amount) from held where kind = 'DONE' and subject_id = m.id), 0)
        + coalesce((select sum(amount) from held join gift_receipts r
                    on r.territory_id = m.territory_id and r.mission_id = m.id
                    where kind = 'RECEIPTED' and subject_id = r.id), 0) as posted
      from missions m where m.territory_id = ${territoryId}
    )
    select 'mission ' || id || ': ' || approved || ' minutes approved, ' || posted || ' posted as done' as fault
    from compared where approved <> posted`,
  )
}

/** A living receipt says the minutes of the entries that stand on it; a cancelled one holds nothing. */
export async function wrongReceipts(tx: Tx, territoryId: string): Promise<string[]> {
  return faults(
    tx,
    sql`with ${held(territoryId)}, compared as (
      select r.id, r.year, r.number, c.receipt_id is not null as is_cancelled, r.receipted_minutes,
        coalesce((select sum(t.worked_minutes) from receipt_entries e
                  join timesheet_entries t on t.territory_id = e.territory_id and t.id = e.entry_id
                  where e.territory_id = r.territory_id and e.receipt_id = r.id), 0) as standing,
        coalesce((select sum(amount) from held where kind = 'RECEIPTED' and subject_id = r.id), 0) as posted
      from gift_receipts r
      left join receipt_cancellations c on c.territory_id = r.territory_id and c.receipt_id = r.id
      where r.territory_id = ${territoryId}
    )
    select 'receipt ' || year || '-' || number || ' (' || id || ') says ' || receipted_minutes || ' minutes'
           || case when is_cancelled then ', is cancelled' else '' end
           || ': ' || standing || ' stand on it, ' || posted || ' in the ledger' as fault
    from compared
    where standing <> case when is_cancelled then 0 else receipted_minutes end
       or posted <> case when is_cancelled then 0 else receipted_minutes end
    union all
    select 'receipts of association ' || association_id || ' in ' || year || ' have a gap: '
           || count(*) || ' for ' || max(number)
    from gift_receipts where territory_id = ${territoryId}
    group by association_id, year having count(*) <> max(number)`,
  )
}

/** Cash voted, executory and not declined is what VOTED and PAID hold; PAID is what was paid and not repaid. */
export async function wrongPayments(tx: Tx, territoryId: string): Promise<string[]> {
  return faults(
    tx,
    sql`with ${held(territoryId)}, compared as (
      select a.id,
        case when a.is_adopted and d.executory_on is not null and w.answer is distinct from 'declined'
          then a.cash_cents else 0 end as due,
        coalesce((select sum(b.repaid_cents) from repayments b
                  where b.territory_id = a.territory_id and b.award_id = a.id), 0) as repaid,
        coalesce((select sum(p.paid_cents) from payments p
                  where p.territory_id = a.territory_id and p.award_id = a.id), 0) as paid,
        coalesce((select sum(amount) from held where kind = 'VOTED' and subject_id = a.id), 0) as left_over,
        coalesce((select sum(amount) from held where kind = 'PAID' and subject_id = a.id), 0) as posted
      from awards a
      join deliberations d on d.territory_id = a.territory_id and d.id = a.deliberation_id
      left join award_answers w on w.territory_id = a.territory_id and w.award_id = a.id
      where a.territory_id = ${territoryId}
    )
    select 'award ' || id || ': ' || due || ' cents due, ' || paid || ' paid and ' || repaid
           || ' repaid, the ledger has ' || left_over || ' to pay and ' || posted || ' paid' as fault
    from compared where posted <> paid - repaid or left_over + posted + repaid <> due`,
  )
}

async function faults(tx: Tx, query: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`${query}`.execute(tx)
  return rows.map(({ fault }) => fault)
}
