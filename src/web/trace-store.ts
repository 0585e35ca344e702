import { sql } from 'kysely'
import type { Tx } from '#platform'

// As its neighbour, it reads the tables of several rooms, to ask whether they tell the same story.

/** Where the minutes of an account must come from: from the receipt back to the pledge (DOMAIN 8.4). */
const origins = (territoryId: string) => sql`
  origins as (
    select 'RECEIPTED' as kind, id as subject_id, 'DONE' as from_kind, mission_id as from_id
    from gift_receipts where territory_id = ${territoryId}
    union all
    select 'DONE', id, 'COMMITTED', id from missions where territory_id = ${territoryId}
    union all
    select 'COMMITTED', id, 'ALLOCATED', award_hours_id from missions where territory_id = ${territoryId}
    union all
    select 'ALLOCATED', id, 'CONFIRMED', pledge_id from award_hours where territory_id = ${territoryId}
    union all
    select 'CONFIRMED', id, 'PLEDGED', id from pledges where territory_id = ${territoryId}
  )`

/**
 * Each entry that brings minutes one stage further takes them from the stage before, of the same
 * promise. With no account in the red, every minute of a receipt then goes back to a pledge. What
 * returns from a mission to its pledge goes the other way, and is left out.
 */
export async function strayMinutes(tx: Tx, territoryId: string): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
    with ${origins(territoryId)}, lines as (
      select l.entry_id, a.kind, a.subject_id, l.amount
      from ledger_lines l
      join ledger_accounts a on a.territory_id = l.territory_id and a.id = l.account_id
      where l.territory_id = ${territoryId} and l.book = 'hours'
    ), returned as (
      select distinct entry_id from lines where amount < 0 and kind in ('ALLOCATED', 'COMMITTED')
    ), gained as (
      select e.id, e.seq, l.kind, o.from_kind, o.from_id, sum(l.amount) as amount
      from lines l
      join ledger_entries e on e.territory_id = ${territoryId} and e.id = l.entry_id
      left join origins o on o.kind = l.kind and o.subject_id = l.subject_id
      where l.amount > 0 and e.reverses_id is null and l.kind not in ('OUTSIDE', 'PLEDGED')
        and not (l.kind = 'CONFIRMED' and l.entry_id in (select entry_id from returned))
      group by e.id, e.seq, l.kind, o.from_kind, o.from_id
    ), given as (
      select entry_id, kind, subject_id, -sum(amount) as amount from lines where amount < 0
      group by entry_id, kind, subject_id
    )
    select 'ledger entry ' || g.seq || ' brings ' || g.amount || ' minutes to ' || g.kind || ', '
           || coalesce(v.amount, 0) || ' of them from '
           || coalesce(g.from_kind || ' ' || g.from_id, 'a stage before that is not known') as fault
    from gained g
    left join given v on v.entry_id = g.id and v.kind = g.from_kind and v.subject_id = g.from_id
    where coalesce(v.amount, 0) < g.amount
    order by g.seq`.execute(tx)
  return rows.map(({ fault }) => fault)
}

/** Each receipt names its own entry, and stands on a mission, an award and a pledge of its company. */
export async function untracedReceipts(tx: Tx, territoryId: string): Promise<string[]> {
  const { rows } = await sql<{ fault: string }>`
    select 'receipt ' || r.year || '-' || r.number || ' (' || r.id || ') does not go back to a pledge of its company: '
           || case when m.id is null then 'no mission ' || r.mission_id
                   when h.id is null then 'no hours awarded to mission ' || m.id
                   when p.id is null then 'no pledge behind the hours awarded ' || h.id
                   when p.company_id <> r.company_id then 'pledge ' || p.id || ' is of another company'
                   else 'its minutes are not those of ledger entry ' || r.ledger_entry_id end as fault
    from gift_receipts r
    left join missions m on m.territory_id = r.territory_id and m.id = r.mission_id
    left join award_hours h on h.territory_id = m.territory_id and h.id = m.award_hours_id
    left join pledges p on p.territory_id = h.territory_id and p.id = h.pledge_id
    where r.territory_id = ${territoryId}
      and (p.id is null or p.company_id <> r.company_id or not exists (
        select from ledger_lines l
        join ledger_accounts a on a.territory_id = l.territory_id and a.id = l.account_id
        where l.territory_id = r.territory_id and l.entry_id = r.ledger_entry_id
          and a.kind = 'RECEIPTED' and a.subject_id = r.id and l.amount = r.receipted_minutes))
    order by r.year, r.number`.execute(tx)
  return rows.map(({ fault }) => fault)
}
