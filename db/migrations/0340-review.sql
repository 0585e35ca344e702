-- What an agent does to many files at once: one row, so that it can be taken back at once.
create table bulk_deeds (
  territory_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  kind text not null check (kind in ('assign', 'complete', 'ask')),
  files_count integer not null check (files_count > 0),
  done_by uuid not null references people,
  done_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, campaign_id) references campaigns
);
create index on bulk_deeds (territory_id, done_by, done_at);
call keep_in_territory('bulk_deeds');
call write_once('bulk_deeds');

-- What a deed wrote no longer counts from here on; nothing is erased.
create table bulk_undoings (
  territory_id uuid not null,
  bulk_id uuid not null,
  undone_by uuid not null references people,
  undone_at timestamptz not null,
  primary key (territory_id, bulk_id),
  foreign key (territory_id, bulk_id) references bulk_deeds
);
call keep_in_territory('bulk_undoings');
call write_once('bulk_undoings');

-- CRPA art. L.114-5: missing pieces are asked with a delay; the clock of silence stops for it, no longer.
alter table completeness_checks
  add column answer_by date,
  add column bulk_id uuid,
  add constraint only_a_request_has_a_delay check (answer_by is null or missing <> ''),
  add foreign key (territory_id, bulk_id) references bulk_deeds;

-- Who follows a file. The newest row stands; nobody when the agent is empty.
create table file_assignments (
  territory_id uuid not null,
  application_id uuid not null,
  rank smallint not null,
  agent_id uuid references people,
  bulk_id uuid,
  assigned_by uuid not null references people,
  assigned_at timestamptz not null,
  primary key (territory_id, application_id, rank),
  foreign key (territory_id, application_id) references applications,
  foreign key (territory_id, bulk_id) references bulk_deeds
);
call keep_in_territory('file_assignments');
call write_once('file_assignments');

-- What one reader wants to see of the work table, from left to right.
create table table_columns (
  territory_id uuid not null references territories,
  person_id uuid not null references people,
  columns text[] not null,
  chosen_at timestamptz not null,
  primary key (territory_id, person_id)
);
call keep_in_territory('table_columns');

-- What a reviewer typed and did not give yet: saving one part of a file drops nothing of the others.
create table review_drafts (
  territory_id uuid not null,
  application_id uuid not null,
  person_id uuid not null references people,
  typed jsonb not null,
  saved_at timestamptz not null,
  primary key (territory_id, application_id, person_id),
  foreign key (territory_id, application_id) references applications
);
call keep_in_territory('review_drafts');

-- Between reviewers: the association never reads them on a page, whoever is recused neither.
create table file_notes (
  territory_id uuid not null,
  id uuid not null,
  application_id uuid not null,
  author_id uuid not null references people,
  words text not null check (words <> ''),
  written_at timestamptz not null,
  primary key (territory_id, id),
  foreign key (territory_id, application_id) references applications
);
create index on file_notes (territory_id, application_id);
call keep_in_territory('file_notes');
call write_once('file_notes');

-- How marks are read. Version 1 is the season's criteria as voted, and has no row.
create table scoring_grids (
  territory_id uuid not null,
  campaign_id uuid not null,
  version smallint not null check (version > 1),
  reason text not null,
  made_by uuid not null references people,
  made_at timestamptz not null,
  primary key (territory_id, campaign_id, version),
  foreign key (territory_id, campaign_id) references campaigns
);
call keep_in_territory('scoring_grids');
call write_once('scoring_grids');

create table scoring_grid_lines (
  territory_id uuid not null,
  campaign_id uuid not null,
  version smallint not null,
  criterion_id uuid not null,
  weight integer not null check (weight between 1 and 100),
  -- What each mark means here, from 0 to 4; empty where the usual words do.
  words text[] not null check (array_length(words, 1) = 5),
  primary key (territory_id, campaign_id, version, criterion_id),
  foreign key (territory_id, campaign_id, version) references scoring_grids,
  foreign key (territory_id, criterion_id) references criteria
);
call keep_in_territory('scoring_grid_lines');
call write_once('scoring_grid_lines');

-- Marks given on an earlier grid wait for their reviewer to look again.
alter table scores add column grid_version smallint not null default 1;

-- A mail may wait a moment, so that the deed that wrote it can be taken back before anyone reads it.
alter table outbox
  add column held_seconds integer not null default 0 check (held_seconds between 0 and 86400),
  add column cause_id uuid;
create index on outbox (cause_id) where cause_id is not null and sent_at is null;

-- A page may not read or remove mails; it says which cause is taken back, and the sender lets its mails go.
create table outbox_take_backs (
  cause_id uuid primary key
);
revoke all on outbox_take_backs from metis_app;
grant insert on outbox_take_backs to metis_app;
