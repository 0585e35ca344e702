import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#platform'

/**
 * The same hundred communes later in their season: every file deposited, checked and marked twice,
 * every pledge confirmed and in the ledger, one agent a commune. The seals of the ledger are empty:
 * what is measured here never recounts them.
 */
export async function settleReviews(db: Db, year: number): Promise<void> {
  await sql`insert into people (id, name, email, email_verified)
    select gen_random_uuid(), 'Agent ' || slug, slug || '@example.org', true from territories`.execute(
    db,
  )
  await sql`insert into memberships (person_id, organisation_id, role)
    select p.id, t.organisation_id, 'municipality.agent' from territories t
    join people p on p.email = t.slug || '@example.org'`.execute(db)
  const territories = await db.selectFrom('territories').select('id').execute()
  for (const { id } of territories)
    await db.transaction().execute(async (tx) => {
      await sql`select set_config('metis.territory', ${id}, true)`.execute(tx)
      for (const statement of reviewsOf(year)) await statement.execute(tx)
    })
  await sql`vacuum analyze`.execute(db)
}

/** Each table's rows are drawn from those that the commune's policy lets see. */
function reviewsOf(year: number): RawBuilder<unknown>[] {
  return [...filesOf(year), ...marksOf(), ...confirmedHours(year)]
}

function filesOf(year: number): RawBuilder<unknown>[] {
  return [
    sql`insert into campaign_states (territory_id, campaign_id, rank, state, entered_at)
      select territory_id, id, 4, 'reviewing', now() from campaigns`,
    sql`insert into envelopes (territory_id, campaign_id, id, name, cash_cents)
      select territory_id, id, gen_random_uuid(), 'Associations', 90000000 from campaigns`,
    sql`insert into criteria (territory_id, campaign_id, id, label, weight)
      select territory_id, id, gen_random_uuid(), label, 20
      from campaigns, unnest(array['Intérêt local', 'Public', 'Solidité']) label`,
    sql`update applications a set envelope_id = e.id, useful_cents = 100000, project_summary = 'Un an de plus',
        budget_charges_cents = 900000, budget_products_cents = 900000
      from envelopes e where e.territory_id = a.territory_id`,
    sql`insert into application_needs (territory_id, id, application_id, rank, family, min_minutes,
        max_minutes, deliverable, modality, starts_on, ends_on)
      select a.territory_id, gen_random_uuid(), a.id, n, (array['STRATEGY','FINANCE'])[n], 240, 960, 'Un plan',
        'hybrid', c.starts_on, c.ends_on
      from applications a join campaigns c on c.id = a.campaign_id, generate_series(1, 2) n`,
    sql`insert into documents (territory_id, id, kind, year, rank, number, subject_id, title, content,
        pdf, sha256, verification_code, made_at)
      select territory_id, gen_random_uuid(), 'deposit', ${year}::int, rank, ${year}::text || '-' || rank, id, 'Récépissé',
        '{}', '', '', rank::text, now()
      from (select *, row_number() over () as rank from applications) a`,
    sql`insert into application_deposits (territory_id, application_id, number, deposited_at, document_id)
      select territory_id, subject_id, number, now(), id from documents`,
  ]
}

function marksOf(): RawBuilder<unknown>[] {
  return [
    sql`insert into completeness_checks (territory_id, application_id, rank, checked_at)
      select territory_id, id, 1, now() from applications`,
    sql`insert into eligibility_checks (territory_id, application_id, subject, rank, outcome, basis, checked_at)
      select territory_id, id, subject, 1, 'eligible', 'CGI 238 bis', now()
      from applications, unnest(array['cash', 'hours']) subject`,
    sql`insert into scores (territory_id, application_id, criterion_id, reviewer_id, mark, marked_at)
      select a.territory_id, a.id, c.id, p.id, 1 + (ascii(right(a.id::text, 1)) + c.weight) % 4, now()
      from applications a, criteria c, (select id from people order by email limit 2) p`,
  ]
}

function confirmedHours(year: number): RawBuilder<unknown>[] {
  return [
    sql`insert into pledge_confirmations (territory_id, pledge_id, confirmed_at)
      select territory_id, id, now() from pledges`,
    sql`insert into ledger_accounts (territory_id, id, book, kind, campaign_id, subject_id, label, may_owe)
      select territory_id, gen_random_uuid(), 'hours', 'CONFIRMED', campaign_id, id, family, false from pledges
      union all
      select territory_id, gen_random_uuid(), 'hours', 'OUTSIDE', id, id, 'Entreprises', true from campaigns`,
    sql`insert into ledger_entries (territory_id, id, seq, book, day, at, reason, subject_id, previous_hash, hash)
      select territory_id, gen_random_uuid(), rank, 'hours', make_date(${year}::int, 1, 15), now(),
        'pledge.confirmed', id, rank::text, lpad(rank::text, 64, '0')
      from (select *, row_number() over () as rank from pledges) p`,
    sql`insert into ledger_lines (territory_id, entry_id, rank, book, account_id, may_owe, amount,
        account_rank, previous_rank, balance_before, balance_after)
      select e.territory_id, e.id, 1, 'hours', a.id, true, -p.pledged_minutes, e.seq, nullif(e.seq - 1, 0),
        -p.pledged_minutes * (e.seq - 1), -p.pledged_minutes * e.seq
      from ledger_entries e join pledges p on p.id = e.subject_id join ledger_accounts a on a.kind = 'OUTSIDE'
      union all
      select e.territory_id, e.id, 2, 'hours', a.id, false, p.pledged_minutes, 1, null, 0, p.pledged_minutes
      from ledger_entries e join pledges p on p.id = e.subject_id join ledger_accounts a on a.subject_id = p.id`,
  ]
}
