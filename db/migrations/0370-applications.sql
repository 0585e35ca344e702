-- The rest of form 12156*06, a row a part: whatever the form will ask next year is a new version, not a new column.
create table application_answers (
  territory_id uuid not null,
  application_id uuid not null,
  section text not null check (section in (
    'identity', 'contacts', 'relations', 'means', 'budget', 'request', 'details', 'resources',
    'project-budget', 'attestations')),
  version smallint not null check (version >= 1),
  answers jsonb not null check (jsonb_typeof(answers) = 'object'),
  saved_at timestamptz not null,
  saved_by uuid not null references people,
  primary key (territory_id, application_id, section),
  foreign key (territory_id, application_id) references applications
);
call keep_in_territory('application_answers');

-- A number to be looked up in the public registers. What waits here is asked again until they answer.
create table registry_checks (
  territory_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  identifier text not null check (identifier ~ '^(\d{14}|W\d[A-Z0-9]\d{7}|0\d{3}00\d{4})$'),
  asked_by uuid references people,
  asked_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, application_id) references applications
);
create index on registry_checks (territory_id, application_id);
call keep_in_territory('registry_checks');
call write_once('registry_checks');

-- Each answer, or silence, of a register: the values as it gave them, beside what people then wrote.
create table registry_answers (
  territory_id uuid not null,
  check_id uuid not null,
  source text not null check (source in ('companies', 'associations')),
  rank smallint not null check (rank >= 1),
  outcome text not null check (outcome in ('found', 'unknown', 'unreadable', 'silent')),
  given jsonb not null default '{}' check (jsonb_typeof(given) = 'object'),
  answered_at timestamptz not null,
  primary key (territory_id, check_id, source, rank),
  foreign key (territory_id, check_id) references registry_checks
);
call keep_in_territory('registry_answers');
call write_once('registry_answers');
