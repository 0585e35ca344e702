-- Fewer trips for what every posting does. Both lock first, then look: each statement of a volatile
-- function sees what was committed before it began, so the writer before has left what it wrote.
create function take_key(of_territory uuid, of_key text)
returns table (payload_sha256 text, answer jsonb) language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('key ' || of_territory || ' ' || of_key, 0));
  return query select k.payload_sha256, k.answer from idempotency_keys k
    where k.territory_id = of_territory and k.key = of_key;
end $$;

-- The turn of a commune's chains, the last link of its ledger, and the accounts about these subjects
-- with what each holds: one row at least, its account null where none is known.
create function take_ledger_turn(of_territory uuid, of_book text, about uuid[])
returns table (
  last_seq bigint, last_hash text, id uuid, kind text, campaign_id uuid, subject_id uuid, label text,
  may_owe boolean, account_rank bigint, balance_after bigint
) language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('chain ' || of_territory, 0));
  return query
    select e.seq, e.hash, a.id, a.kind, a.campaign_id, a.subject_id, a.label, a.may_owe,
      l.account_rank, l.balance_after
    from (values (1)) as always (one)
    left join lateral (
      select n.seq, n.hash from ledger_entries n where n.territory_id = of_territory
      order by n.seq desc limit 1
    ) e on true
    left join ledger_accounts a
      on a.territory_id = of_territory and a.book = of_book and a.subject_id = any (about)
    left join lateral (
      select n.account_rank, n.balance_after from ledger_lines n
      where n.territory_id = of_territory and n.account_id = a.id
      order by n.account_rank desc limit 1
    ) l on true;
end $$;
