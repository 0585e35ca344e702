-- What makes each night's digest answer for a single entry: the root of the tree of the entries that
-- came since the digest before (docs/ledger-proofs.md). Digests from before this migration have none.
alter table journal_digests add column ledger_root text
  check (ledger_root ~ '^[0-9a-f]{64}$');

-- Each time that all communes were recounted: read by /metrics, whichever process counted.
create table check_runs (
  id uuid primary key,
  started_at timestamptz not null,
  ended_at timestamptz not null check (ended_at >= started_at),
  fault_count integer not null check (fault_count >= 0)
);
create index on check_runs (ended_at);
revoke all on check_runs from metis_app;
create trigger written_once before update or delete on check_runs
  for each row execute function refuse_change();

-- Rows cannot be changed one by one, by anyone; nor can all of them go at once.
create trigger never_emptied before truncate on ledger_accounts
  for each statement execute function refuse_change();
create trigger never_emptied before truncate on ledger_entries
  for each statement execute function refuse_change();
create trigger never_emptied before truncate on ledger_lines
  for each statement execute function refuse_change();
