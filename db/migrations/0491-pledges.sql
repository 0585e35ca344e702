-- A file of many promises, read line by line; the file itself is not kept. The same content put in again
-- by the same organisation is the same file.
create table pledge_files (
  territory_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  organisation_id uuid not null references organisations,
  file_name text not null,
  file_sha256 text not null,
  put_in_by uuid not null references people,
  put_in_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, campaign_id, organisation_id, file_sha256),
  foreign key (territory_id, campaign_id) references campaigns
);
call keep_in_territory('pledge_files');
call write_once('pledge_files');

-- What each line says, as it was written or corrected since.
create table pledge_file_lines (
  territory_id uuid not null,
  file_id uuid not null,
  line integer not null check (line > 0),
  said jsonb not null,
  -- Columns whose title was not understood, until a person says what they are.
  apart jsonb not null,
  primary key (territory_id, file_id, line),
  foreign key (territory_id, file_id) references pledge_files
);
call keep_in_territory('pledge_file_lines');
revoke delete on pledge_file_lines from metis_app;

-- The answers of the pledge form, filled in for a company. It promises nothing and counts nowhere until
-- the company has said so. The same promise is drafted once, whatever the file it comes from.
create table pledge_drafts (
  territory_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  company_id uuid not null references organisations,
  line_key text not null,
  answers jsonb not null,
  file_id uuid not null,
  line integer not null,
  drafted_by uuid not null references people,
  drafted_at timestamptz not null,
  primary key (territory_id, id),
  unique (territory_id, campaign_id, line_key),
  unique (territory_id, file_id, line),
  foreign key (territory_id, campaign_id) references campaigns,
  foreign key (territory_id, file_id, line) references pledge_file_lines
);
call keep_in_territory('pledge_drafts');
call write_once('pledge_drafts');

-- The company's word on a draft, once: the pledge that it made of it, or none.
create table pledge_draft_answers (
  territory_id uuid not null,
  draft_id uuid not null,
  pledge_id uuid,
  answered_by uuid not null references people,
  answered_at timestamptz not null,
  primary key (territory_id, draft_id),
  foreign key (territory_id, draft_id) references pledge_drafts,
  foreign key (territory_id, pledge_id) references pledges
);
call keep_in_territory('pledge_draft_answers');
call write_once('pledge_draft_answers');
