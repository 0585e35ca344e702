-- Double entry. Two books that never mix: hours in minutes, cash in cents (DOMAIN 8.4).
-- Every rule here is a constraint, or a trigger that reads its own table alone: see decision 0006.
create table ledger_accounts (
  territory_id uuid not null references territories,
  id uuid not null,
  book text not null,
  -- OUTSIDE is where hours and cash come from: the one kind that may owe.
  kind text not null,
  campaign_id uuid not null,
  -- What the account is about: a pledge, an award, a mission.
  subject_id uuid not null,
  label text not null,
  may_owe boolean not null check (may_owe = (kind = 'OUTSIDE')),
  primary key (territory_id, id),
  unique (territory_id, book, kind, campaign_id, subject_id),
  -- What each line must agree with.
  unique (territory_id, id, book, may_owe),
  constraint known_kind check (case book
    when 'hours' then kind in ('OUTSIDE', 'PLEDGED', 'CONFIRMED', 'ALLOCATED', 'COMMITTED', 'DONE', 'RECEIPTED')
    when 'cash' then kind in ('OUTSIDE', 'VOTED', 'PAID')
    else false end)
);
call keep_in_territory('ledger_accounts');
call write_once('ledger_accounts');

create table ledger_entries (
  territory_id uuid not null references territories,
  id uuid not null,
  seq bigint not null check (seq > 0),
  book text not null,
  day date not null,
  at timestamptz not null,
  person_id uuid references people,
  reason text not null,
  subject_id uuid not null,
  reverses_id uuid,
  previous_hash text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (territory_id, id),
  unique (territory_id, id, book),
  unique (territory_id, seq),
  -- Two entries cannot follow the same one.
  unique (territory_id, previous_hash),
  -- An entry is reversed once at most, in its own book.
  constraint reversed_once unique (territory_id, reverses_id),
  foreign key (territory_id, reverses_id, book) references ledger_entries (territory_id, id, book)
);
create index on ledger_entries (territory_id, subject_id);
call keep_in_territory('ledger_entries');
call write_once('ledger_entries');

create table ledger_lines (
  territory_id uuid not null,
  entry_id uuid not null,
  rank smallint not null check (rank > 0),
  book text not null,
  account_id uuid not null,
  may_owe boolean not null,
  -- Minutes or cents, as the book says: added to the account when positive, taken when negative.
  amount bigint not null check (amount <> 0),
  -- The thread of the account: each of its lines starts from the balance that the one before left.
  account_rank bigint not null check (account_rank > 0),
  previous_rank bigint,
  balance_before bigint not null,
  balance_after bigint not null,
  primary key (territory_id, entry_id, rank),
  unique (territory_id, account_id, account_rank),
  unique (territory_id, account_id, account_rank, balance_after),
  foreign key (territory_id, entry_id, book) references ledger_entries (territory_id, id, book),
  foreign key (territory_id, account_id, book, may_owe)
    references ledger_accounts (territory_id, id, book, may_owe),
  foreign key (territory_id, account_id, previous_rank, balance_before)
    references ledger_lines (territory_id, account_id, account_rank, balance_after),
  constraint thread_starts_at_zero check (
    case account_rank when 1 then previous_rank is null and balance_before = 0
    else previous_rank is not null and previous_rank = account_rank - 1 end),
  constraint thread_adds_up check (balance_after = balance_before + amount),
  -- The last word against overdraft.
  constraint no_overdraft check (may_owe or balance_after >= 0)
);
call keep_in_territory('ledger_lines');
call write_once('ledger_lines');

-- At commit, what leaves equals what arrives. The table is named by the trigger itself, since on
-- Citus the rows live in a shard of another name.
create function refuse_unbalanced() returns trigger language plpgsql as $$
declare
  total numeric;
begin
  execute format('select sum(amount) from %I.%I where territory_id = $1 and entry_id = $2',
                 tg_table_schema, tg_table_name)
    into total using new.territory_id, new.entry_id;
  if total <> 0 then
    raise exception 'ledger entry % does not balance: % too much', new.entry_id, total
      using errcode = 'check_violation', constraint = 'balanced';
  end if;
  return null;
end $$;
create constraint trigger balanced after insert on ledger_lines
  deferrable initially deferred for each row execute function refuse_unbalanced();
