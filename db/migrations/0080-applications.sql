create table applications (
  territory_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  association_id uuid not null references organisations,
  envelope_id uuid,
  -- A draft never demands: every answer may be empty until the deposit.
  project_title text not null default '',
  project_summary text not null default '',
  beneficiaries text not null default '',
  asked_cents bigint check (asked_cents >= 0),
  -- Below this the project does not start.
  useful_cents bigint check (useful_cents >= 0),
  -- What the association does if hours are not available (DOMAIN 4.5).
  cash_fallback text not null default '',
  budget_charges_cents bigint check (budget_charges_cents >= 0),
  budget_products_cents bigint check (budget_products_cents >= 0),
  -- Contrat d'engagement républicain, law 2000-321 art. 10-1: who subscribed, when.
  commitment_signed_by uuid references people,
  commitment_signed_at timestamptz,
  commitment_text text,
  started_at timestamptz not null,
  saved_at timestamptz not null,
  saved_by uuid references people,
  primary key (territory_id, id),
  unique (territory_id, campaign_id, association_id),
  foreign key (territory_id, campaign_id) references campaigns,
  foreign key (territory_id, envelope_id) references envelopes
);
call keep_in_territory('applications');

create table application_needs (
  territory_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  rank smallint not null,
  -- As above: the deposit asks for what a draft may leave open.
  family text references skill_families,
  min_minutes bigint check (min_minutes > 0 and min_minutes % 30 = 0),
  max_minutes bigint check (max_minutes >= min_minutes and max_minutes > 0 and max_minutes % 30 = 0),
  deliverable text not null default '',
  modality text not null check (modality in ('on_site', 'remote', 'hybrid')),
  starts_on date,
  ends_on date check (ends_on >= starts_on),
  primary key (territory_id, id),
  foreign key (territory_id, application_id) references applications
);
create index on application_needs (territory_id, application_id);
call keep_in_territory('application_needs');

create table application_pieces (
  territory_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  kind text not null check (kind in ('statutes', 'bank_details', 'accounts', 'activity_report', 'other')),
  file_name text not null,
  media_type text not null,
  content bytea not null,
  sha256 text not null,
  added_by uuid references people,
  added_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, application_id) references applications
);
create index on application_pieces (territory_id, application_id);
call keep_in_territory('application_pieces');

create table application_deposits (
  territory_id uuid not null,
  application_id uuid not null,
  number text not null,
  deposited_by uuid references people,
  deposited_at timestamptz not null,
  document_id uuid not null,
  primary key (territory_id, application_id),
  unique (territory_id, number),
  foreign key (territory_id, application_id) references applications,
  foreign key (territory_id, document_id) references documents
);
call keep_in_territory('application_deposits');
call write_once('application_deposits');
