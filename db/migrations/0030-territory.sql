-- Grant files as read: which columns meant what, and how many lines were kept or refused.
create table grant_imports (
  territory_id uuid not null references territories,
  id uuid not null,
  file_name text not null,
  file_sha256 text not null,
  columns_mapped jsonb not null,
  accepted_count integer not null check (accepted_count >= 0),
  refused_count integer not null check (refused_count >= 0),
  imported_by uuid references people,
  imported_at timestamptz not null,
  primary key (territory_id, id)
);
call keep_in_territory('grant_imports');

-- A file put in but not yet accepted: the person may correct the meaning of its columns first.
create table grant_files (
  territory_id uuid not null references territories,
  id uuid not null,
  file_name text not null,
  content bytea not null,
  put_in_by uuid references people,
  put_in_at timestamptz not null,
  primary key (territory_id, id)
);
call keep_in_territory('grant_files');

-- What was wrong or doubtful in a line: refused lines, and lines kept with a remark.
create table grant_remarks (
  territory_id uuid not null,
  import_id uuid not null,
  rank integer not null,
  is_refused boolean not null,
  sheet text not null,
  line integer not null,
  column_name text not null,
  value text not null,
  code text not null,
  -- What the sentence of the code needs to be said.
  said_values jsonb not null default '{}',
  primary key (territory_id, import_id, rank),
  foreign key (territory_id, import_id) references grant_imports
);
call keep_in_territory('grant_remarks');

-- What each association received before: the line from which the fall is measured.
create table baselines (
  territory_id uuid not null references territories,
  id uuid not null,
  import_id uuid,
  line_key text not null,
  year integer not null check (year between 1990 and 2100),
  beneficiary_name text not null,
  beneficiary_siret text,
  beneficiary_rna text,
  is_natural_person boolean not null default false,
  organisation_id uuid references organisations,
  purpose text not null default '',
  nature text not null check (nature in ('cash', 'in_kind', 'mixed', 'loan', 'guarantee')),
  amount_cents bigint not null,
  requested_cents bigint,
  primary key (territory_id, id),
  -- The same file imported twice changes nothing.
  unique (territory_id, line_key),
  foreign key (territory_id, import_id) references grant_imports
);
create index on baselines (territory_id, year, organisation_id);
call keep_in_territory('baselines');
