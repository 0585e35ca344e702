-- What the association says of the year: prefilled from the ledger, completed in words.
create table impact_reports (
  territory_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  association_id uuid not null references organisations,
  spent_cents bigint not null check (spent_cents >= 0),
  what_changed text not null,
  people_helped integer check (people_helped >= 0),
  submitted_by uuid references people,
  submitted_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, campaign_id, association_id),
  foreign key (territory_id, campaign_id) references campaigns
);
call keep_in_territory('impact_reports');
call write_once('impact_reports');
