-- Of each answer of a draft: who wrote it last, or the file of an earlier season that it was taken from.
-- A need's answers are named by the need: <id>-deliverable.
create table application_fields (
  territory_id uuid not null,
  application_id uuid not null,
  field text not null check (length(field) between 1 and 80),
  saved_at timestamptz not null,
  saved_by uuid not null references people,
  taken_from uuid,
  -- Set once somebody has read again what was taken from the earlier file.
  confirmed_at timestamptz,
  primary key (territory_id, application_id, field),
  foreign key (territory_id, application_id) references applications,
  foreign key (territory_id, taken_from) references applications (territory_id, id)
);
call keep_in_territory('application_fields');

-- Two people wrote the same answer and one version was chosen: the other is kept to be read and copied.
create table application_set_asides (
  territory_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  field text not null check (length(field) between 1 and 80),
  value text not null,
  written_by uuid references people,
  set_aside_by uuid not null references people,
  set_aside_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, application_id) references applications
);
create index on application_set_asides (territory_id, application_id);
call keep_in_territory('application_set_asides');
call write_once('application_set_asides');

-- A draft that nobody sent: each step before the closing day is announced once.
create table application_reminders (
  territory_id uuid not null,
  application_id uuid not null,
  days_before smallint not null check (days_before >= 0),
  written_at timestamptz not null,
  primary key (territory_id, application_id, days_before),
  foreign key (territory_id, application_id) references applications
);
call keep_in_territory('application_reminders');
call write_once('application_reminders');

-- The association asks for nothing any more; its file stays to be read.
create table application_withdrawals (
  territory_id uuid not null,
  application_id uuid not null,
  reason text not null,
  withdrawn_by uuid not null references people,
  withdrawn_at timestamptz not null,
  primary key (territory_id, application_id),
  foreign key (territory_id, application_id) references applications
);
call keep_in_territory('application_withdrawals');
call write_once('application_withdrawals');
