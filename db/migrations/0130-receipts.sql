-- The company's cost of an hour: pay, so only those who act for the company see the row (DOMAIN 2.4).
create table cost_prices (
  territory_id uuid not null,
  mission_id uuid not null,
  -- Written once: a correction is a new version, with the valuation that it gives.
  version smallint not null check (version > 0),
  company_id uuid not null references organisations,
  hourly_cost_cents bigint not null check (hourly_cost_cents > 0),
  declared_by uuid references people,
  declared_at timestamptz not null,
  primary key (territory_id, mission_id, version),
  foreign key (territory_id, mission_id) references missions
);
alter table cost_prices enable row level security;
alter table cost_prices force row level security;
create policy territory_and_company on cost_prices
  using (territory_id = current_territory() and acting_for(company_id));
call write_once('cost_prices');

-- What leaves the company: the total retained for a mission, capped by law. Versions, never edits.
create table valuations (
  territory_id uuid not null,
  id uuid not null,
  mission_id uuid not null,
  version smallint not null check (version > 0),
  company_id uuid not null references organisations,
  association_id uuid not null references organisations,
  valued_minutes bigint not null check (valued_minutes > 0),
  value_cents bigint not null check (value_cents > 0),
  is_capped boolean not null,
  cap_mode text not null check (cap_mode in ('prorata', 'flat_monthly_per_year')),
  declared_by uuid references people,
  -- As the company writes it on its own papers: SARL, SAS, entreprise individuelle (Cerfa 16216).
  legal_form text not null check (legal_form <> ''),
  declared_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, mission_id, version),
  foreign key (territory_id, mission_id) references missions
);
-- Value over minutes is pay: what the two parties to the gift know, the commune need not.
alter table valuations enable row level security;
alter table valuations force row level security;
create policy territory_and_parties on valuations
  using (territory_id = current_territory() and (acting_for(company_id) or acting_for(association_id)));
call write_once('valuations');

-- Cerfa 16216. The number is gapless by association and year, given at issue (DOMAIN 0.1 rule 11).
create table gift_receipts (
  territory_id uuid not null,
  id uuid not null,
  association_id uuid not null references organisations,
  company_id uuid not null references organisations,
  mission_id uuid not null,
  valuation_id uuid not null,
  year integer not null,
  number integer not null check (number > 0),
  cerfa_version text not null,
  value_cents bigint not null check (value_cents > 0),
  receipted_minutes bigint not null check (receipted_minutes > 0),
  from_day date not null,
  to_day date not null,
  document_id uuid not null,
  -- The minutes' way from DONE to this receipt: reversed when it is cancelled.
  ledger_entry_id uuid not null,
  issued_by uuid not null references people,
  issued_at timestamptz not null,
  replaces_id uuid,
  primary key (territory_id, id),
  unique (territory_id, association_id, year, number),
  foreign key (territory_id, mission_id) references missions,
  foreign key (territory_id, valuation_id) references valuations,
  foreign key (territory_id, document_id) references documents,
  foreign key (territory_id, ledger_entry_id) references ledger_entries,
  -- Only a cancelled receipt is replaced, and once.
  unique (territory_id, replaces_id),
  check (to_day >= from_day)
);
call keep_in_territory('gift_receipts');
call write_once('gift_receipts');

create table receipt_cancellations (
  territory_id uuid not null,
  receipt_id uuid not null,
  reason text not null,
  cancelled_by uuid references people,
  cancelled_at timestamptz not null,
  primary key (territory_id, receipt_id),
  foreign key (territory_id, receipt_id) references gift_receipts
);
call keep_in_territory('receipt_cancellations');
call write_once('receipt_cancellations');
alter table gift_receipts
  add foreign key (territory_id, replaces_id) references receipt_cancellations;

-- Each approved entry stands on one living receipt at most (DOMAIN 8.4 invariant 5). A cancelled
-- receipt lets its entries go; what it said stays in its document.
create table receipt_entries (
  territory_id uuid not null,
  entry_id uuid not null,
  receipt_id uuid not null,
  primary key (territory_id, entry_id),
  foreign key (territory_id, entry_id) references timesheet_approvals,
  foreign key (territory_id, receipt_id) references gift_receipts
);
call keep_in_territory('receipt_entries');
