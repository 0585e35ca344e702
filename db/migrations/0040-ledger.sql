-- Double entry. Two books that never mix: hours in minutes, cash in cents (DOMAIN 8.4).
create table ledger_accounts (
  territory_id uuid not null references territories,
  id uuid not null,
  book text not null check (book in ('hours', 'cash')),
  -- PLEDGED, CONFIRMED, ALLOCATED, COMMITTED, DONE…; OUTSIDE is where hours and cash come from.
  kind text not null,
  campaign_id uuid not null,
  -- What the account is about: a pledge, an award, a mission.
  subject_id uuid not null,
  label text not null,
  primary key (territory_id, id),
  unique (territory_id, book, kind, campaign_id, subject_id)
);
call keep_in_territory('ledger_accounts');

create table ledger_entries (
  territory_id uuid not null references territories,
  id uuid not null,
  seq bigint not null check (seq > 0),
  book text not null check (book in ('hours', 'cash')),
  day date not null,
  at timestamptz not null,
  person_id uuid references people,
  reason text not null,
  subject_id uuid not null,
  reverses_id uuid,
  previous_hash text not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  primary key (territory_id, id),
  unique (territory_id, seq),
  unique (territory_id, previous_hash),
  -- An entry is reversed once at most.
  unique (territory_id, reverses_id),
  foreign key (territory_id, reverses_id) references ledger_entries
);
call keep_in_territory('ledger_entries');
call write_once('ledger_entries');

create table ledger_lines (
  territory_id uuid not null,
  entry_id uuid not null,
  rank smallint not null,
  account_id uuid not null,
  -- Minutes or cents, as the book says: added to the account when positive, taken when negative.
  amount bigint not null check (amount <> 0),
  primary key (territory_id, entry_id, rank),
  foreign key (territory_id, entry_id) references ledger_entries,
  foreign key (territory_id, account_id) references ledger_accounts
);
create index on ledger_lines (territory_id, account_id);
call keep_in_territory('ledger_lines');
call write_once('ledger_lines');

-- Kept by trigger from the lines. No account but OUTSIDE may owe: the last word against overdraft.
create table ledger_balances (
  territory_id uuid not null,
  account_id uuid not null,
  may_owe boolean not null,
  amount bigint not null default 0,
  primary key (territory_id, account_id),
  foreign key (territory_id, account_id) references ledger_accounts,
  constraint no_overdraft check (may_owe or amount >= 0)
);
call keep_in_territory('ledger_balances');
revoke insert, update, delete on ledger_balances from metis_app;

create function open_balance() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into ledger_balances (territory_id, account_id, may_owe)
    values (new.territory_id, new.id, new.kind = 'OUTSIDE');
  return null;
end $$;
create trigger open_balance after insert on ledger_accounts
  for each row execute function open_balance();

create function move_balance() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update ledger_balances set amount = amount + new.amount
    where territory_id = new.territory_id and account_id = new.account_id;
  return null;
end $$;
create trigger move_balance after insert on ledger_lines
  for each row execute function move_balance();

-- At commit: what leaves equals what arrives, and every line is in the entry's own book.
create function refuse_unbalanced() returns trigger language plpgsql as $$
declare
  total numeric; line_count integer; foreign_count integer;
begin
  select coalesce(sum(l.amount), 0), count(*), count(*) filter (where a.book <> new.book)
    into total, line_count, foreign_count
    from ledger_lines l
    join ledger_accounts a on a.territory_id = l.territory_id and a.id = l.account_id
    where l.territory_id = new.territory_id and l.entry_id = new.id;
  if total <> 0 or line_count < 2 or foreign_count > 0 then
    raise exception 'ledger entry % does not balance: % over % lines', new.id, total, line_count
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger balanced after insert on ledger_entries
  deferrable initially deferred for each row execute function refuse_unbalanced();
