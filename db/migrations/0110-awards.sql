create table deliberations (
  territory_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  scenario_id uuid not null,
  number text not null,
  held_on date not null,
  -- Executory: published and sent to the prefect (CGCT L.2131-1).
  executory_on date,
  in_office_count smallint not null check (in_office_count > 0),
  present_count smallint not null check (present_count > 0 and present_count <= in_office_count),
  document_id uuid,
  recorded_by uuid references people,
  recorded_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, number),
  check (executory_on >= held_on),
  foreign key (territory_id, campaign_id) references campaigns,
  foreign key (territory_id, scenario_id) references scenarios,
  foreign key (territory_id, document_id) references documents
);
call keep_in_territory('deliberations');

-- One line of the deliberation: cash decided by the council, hours noted for information.
create table awards (
  territory_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  deliberation_id uuid not null,
  application_id uuid not null,
  association_id uuid not null references organisations,
  cash_cents bigint not null check (cash_cents >= 0),
  votes_for smallint not null check (votes_for >= 0),
  votes_against smallint not null check (votes_against >= 0),
  abstentions smallint not null check (abstentions >= 0),
  is_adopted boolean not null,
  primary key (territory_id, id),
  unique (territory_id, deliberation_id, application_id),
  foreign key (territory_id, deliberation_id) references deliberations,
  foreign key (territory_id, application_id) references applications
);
-- A request is granted once, whatever the number of sittings.
create unique index on awards (territory_id, application_id) where is_adopted;
call keep_in_territory('awards');
call write_once('awards');

create table award_hours (
  territory_id uuid not null,
  id uuid not null,
  award_id uuid not null,
  need_id uuid not null,
  pledge_id uuid not null,
  awarded_minutes bigint not null check (awarded_minutes > 0),
  primary key (territory_id, id),
  unique (territory_id, award_id, need_id),
  foreign key (territory_id, award_id) references awards,
  foreign key (territory_id, need_id) references application_needs,
  foreign key (territory_id, pledge_id) references pledges
);
call keep_in_territory('award_hours');
call write_once('award_hours');

-- Who left the room for this line (CGCT L.2131-11): printed in the minutes.
create table recusals (
  territory_id uuid not null,
  award_id uuid not null,
  person_id uuid not null references people,
  reason text not null,
  primary key (territory_id, award_id, person_id),
  foreign key (territory_id, award_id) references awards
);
call keep_in_territory('recusals');
call write_once('recusals');

create table award_notices (
  territory_id uuid not null,
  award_id uuid not null,
  document_id uuid not null,
  notified_by uuid references people,
  notified_at timestamptz not null,
  primary key (territory_id, award_id),
  foreign key (territory_id, award_id) references awards,
  foreign key (territory_id, document_id) references documents
);
call keep_in_territory('award_notices');
call write_once('award_notices');

create table grant_agreements (
  territory_id uuid not null,
  award_id uuid not null,
  document_id uuid not null,
  prepared_at timestamptz not null,
  primary key (territory_id, award_id),
  foreign key (territory_id, award_id) references awards,
  foreign key (territory_id, document_id) references documents
);
call keep_in_territory('grant_agreements');
call write_once('grant_agreements');

create table payments (
  territory_id uuid not null,
  id uuid not null,
  award_id uuid not null,
  paid_cents bigint not null check (paid_cents > 0),
  paid_on date not null,
  order_number text not null,
  recorded_by uuid references people,
  recorded_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, order_number),
  foreign key (territory_id, award_id) references awards
);
create index on payments (territory_id, award_id);
call keep_in_territory('payments');
call write_once('payments');
