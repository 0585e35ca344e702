-- Hours noted without network, confirmed once a month, contested along a path, corrected by a reversal.

alter table timesheet_entries
  -- The warnings that the person read before the entry was kept.
  add column acknowledged text[] not null default '{}',
  -- The contested entry whose other duration this one is.
  add column replaces_id uuid,
  add unique (territory_id, replaces_id),
  add foreign key (territory_id, replaces_id) references timesheet_entries;

-- A link opens one mission, or everything that waits for one association.
alter table confirmation_links
  alter column mission_id drop not null,
  add column association_id uuid references organisations,
  -- So that nobody confirms their own hours by a link; unknown on links made before.
  add column recipient_id uuid references people,
  add constraint of_a_mission_or_an_association check (num_nonnulls(mission_id, association_id) = 1);

-- One mail a month and association, then two reminders: each leaves once, even when two workers run.
create table confirmation_rounds (
  territory_id uuid not null,
  association_id uuid not null references organisations,
  month date not null check (extract(day from month) = 1),
  days_after smallint not null check (days_after in (0, 7, 14)),
  told_at timestamptz not null,
  primary key (territory_id, association_id, month, days_after)
);
call keep_in_territory('confirmation_rounds');
call write_once('confirmation_rounds');

alter table timesheet_confirmations
  add column proposed_minutes bigint,
  add constraint proposes_quarters check (
    proposed_minutes is null
    or outcome = 'disputed' and proposed_minutes between 15 and 600 and proposed_minutes % 15 = 0
  );

-- What was said since an entry was contested, in order; the last step says whose turn it is.
create table dispute_steps (
  territory_id uuid not null,
  entry_id uuid not null,
  rank smallint not null check (rank > 0),
  kind text not null check (kind in ('accepted', 'answered', 'maintained', 'agreed', 'closed')),
  words text not null,
  agreed_minutes bigint check (agreed_minutes between 15 and 600 and agreed_minutes % 15 = 0),
  outcome text not null default 'disputed' check (outcome = 'disputed'),
  by_name text not null,
  person_id uuid references people,
  link_id uuid,
  said_at timestamptz not null,
  primary key (territory_id, entry_id, rank),
  foreign key (territory_id, entry_id, outcome)
    references timesheet_confirmations (territory_id, entry_id, outcome),
  foreign key (territory_id, link_id) references confirmation_links,
  constraint said_by_somebody check (num_nonnulls(person_id, link_id) = 1),
  constraint says_why check (kind in ('accepted', 'agreed') or words <> ''),
  constraint an_agreement_has_a_duration check ((agreed_minutes is not null) = (kind in ('accepted', 'agreed')))
);
call keep_in_territory('dispute_steps');
call write_once('dispute_steps');

-- An approval taken back is moved here, with the entry of the ledger that answers it. An approval that
-- stands on a receipt cannot go: receipt_entries refers to it.
create table timesheet_reversals (
  territory_id uuid not null,
  entry_id uuid not null,
  reason text not null check (reason <> ''),
  reversed_by uuid not null references people,
  reversed_at timestamptz not null,
  ledger_entry_id uuid not null,
  approved_by uuid references people,
  approved_at timestamptz not null,
  approval_ledger_entry_id uuid not null,
  primary key (territory_id, entry_id),
  unique (territory_id, ledger_entry_id),
  foreign key (territory_id, entry_id) references timesheet_entries,
  foreign key (territory_id, ledger_entry_id) references ledger_entries,
  foreign key (territory_id, approval_ledger_entry_id) references ledger_entries
);
call keep_in_territory('timesheet_reversals');
call write_once('timesheet_reversals');

drop trigger written_once on timesheet_approvals;
create trigger written_once before update on timesheet_approvals
  for each row execute function refuse_change();
grant delete on timesheet_approvals to metis_app;
