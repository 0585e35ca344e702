create table pledges (
  territory_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null references organisations,
  family text not null references skill_families,
  pledged_minutes bigint not null check (pledged_minutes > 0 and pledged_minutes % 30 = 0),
  block_minutes bigint not null check (block_minutes > 0 and block_minutes % 30 = 0),
  missions_max integer check (missions_max > 0),
  modality text not null check (modality in ('on_site', 'remote', 'hybrid')),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  submitted_by uuid references people,
  submitted_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, campaign_id) references campaigns,
  foreign key (territory_id, campaign_id, family) references campaign_families
);
call keep_in_territory('pledges');

create table pledge_confirmations (
  territory_id uuid not null,
  pledge_id uuid not null,
  confirmed_by uuid references people,
  confirmed_at timestamptz not null,
  primary key (territory_id, pledge_id),
  foreign key (territory_id, pledge_id) references pledges
);
call keep_in_territory('pledge_confirmations');
call write_once('pledge_confirmations');

create table pledge_reductions (
  territory_id uuid not null,
  id uuid not null,
  pledge_id uuid not null,
  taken_back_minutes bigint not null check (taken_back_minutes > 0),
  reason text not null,
  reduced_by uuid references people,
  reduced_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, pledge_id) references pledges
);
call keep_in_territory('pledge_reductions');
call write_once('pledge_reductions');

create table pledge_withdrawals (
  territory_id uuid not null,
  pledge_id uuid not null,
  reason text not null,
  withdrawn_by uuid references people,
  withdrawn_at timestamptz not null,
  primary key (territory_id, pledge_id),
  foreign key (territory_id, pledge_id) references pledges
);
call keep_in_territory('pledge_withdrawals');
call write_once('pledge_withdrawals');
